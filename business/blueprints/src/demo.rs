//! Designs of the demonstration business, in both languages.

use kernel::Bilingual;

use crate::{
    commands::NewBlueprint,
    model::{Body, Evidence, Lane, Phase, Step},
};

fn both((zh, en): (&str, &str)) -> Bilingual {
    Bilingual::new(zh, en)
}

/// A step being described.
struct Draft(Step);

fn step(key: &str, lane: Lane, name: (&str, &str)) -> Draft {
    Draft(Step::new(key, "", lane, both(name)))
}

impl Draft {
    fn minutes(mut self, minutes: i64) -> Self {
        self.0.minutes_standard = Some(minutes);
        self
    }

    fn skill(mut self, code: &str) -> Self {
        self.0.skill = Some(code.to_owned());
        self
    }

    fn at(mut self, touchpoint: (&str, &str)) -> Self {
        self.0.touchpoint = both(touchpoint);
        self
    }

    fn waits(mut self, minutes: i64) -> Self {
        self.0.wait_minutes = Some(minutes);
        self
    }

    fn automatic(mut self) -> Self {
        self.0.automatic = true;
        self
    }

    fn checks(mut self, points: &[(&str, &str)]) -> Self {
        self.0.checklist = points.iter().copied().map(both).collect();
        self
    }

    fn fails(mut self, point: (&str, &str), remedy: (&str, &str)) -> Self {
        self.0.fail_point = Some(both(point));
        self.0.remedy = Some(both(remedy));
        self
    }
}

/// A phase with its evidence and its steps.
fn phase(body: &mut Body, key: &str, name: (&str, &str), seen: &[(&str, &str)], steps: Vec<Draft>) {
    body.phases.push(Phase {
        key: key.to_owned(),
        name: both(name),
    });
    let piece = |name: &(&str, &str)| Evidence {
        phase: key.to_owned(),
        name: both(*name),
    };
    body.evidence.extend(seen.iter().map(piece));
    body.steps.extend(steps.into_iter().map(|Draft(step)| Step {
        phase: key.to_owned(),
        ..step
    }));
}

use Lane::{Backstage, Customer, Frontstage, Support};

/// Cut and colour: seven phases, the design the drawing was made for.
pub fn cut_and_colour() -> NewBlueprint {
    let mut body = Body::default();
    colour_before(&mut body);
    colour_work(&mut body);
    colour_after(&mut body);
    NewBlueprint {
        name: both(("剪染套餐", "Cut & colour")),
        body,
    }
}

fn colour_before(body: &mut Body) {
    phase(
        body,
        "book",
        ("预约", "Book"),
        &[("提醒短信", "Reminder")],
        vec![
            step("books", Customer, ("线上预约", "Books online")).at(("小程序", "Mini program")),
            step("confirm", Frontstage, ("确认与提醒", "Confirm & remind")).automatic(),
            step("bookings", Support, ("预约引擎", "Bookings")),
        ],
    );
    phase(
        body,
        "arrive",
        ("到店", "Arrive"),
        &[("茶饮、客袍", "Tea, robe")],
        vec![
            step("arrives", Customer, ("到店", "Arrives"))
                .at(("前台", "Front desk"))
                .waits(4),
            step("greet", Frontstage, ("迎宾签到", "Greet, check in"))
                .minutes(3)
                .skill("desk")
                .checks(&[
                    ("称呼姓名", "Greet by name"),
                    ("递上茶饮和客袍", "Offer tea and a robe"),
                ]),
            step("patch-test", Backstage, ("核对皮试", "Check patch test"))
                .minutes(2)
                .skill("colour")
                .checks(&[(
                    "48 小时内有皮试记录",
                    "A patch test within 48 hours is on file",
                )])
                .fails(
                    ("没有皮试记录", "No patch test on file"),
                    ("改做洗剪，染发改约。", "Cut only today, move the colour."),
                ),
        ],
    );
    phase(
        body,
        "consult",
        ("沟通", "Consult"),
        &[("色卡", "Shade book")],
        vec![
            step("wants", Customer, ("描述需求", "Says what she wants")),
            step(
                "consultation",
                Frontstage,
                ("发质与色彩沟通", "Consultation"),
            )
            .minutes(10)
            .skill("colour")
            .checks(&[
                (
                    "查看发质和上次配方",
                    "Look at the hair and the last formula",
                ),
                ("用色卡确认目标色", "Agree on the shade with the book"),
                ("说明时长和价格", "Say how long it takes and what it costs"),
            ]),
            step("history", Backstage, ("调取档案", "Pull history"))
                .minutes(1)
                .skill("colour"),
            step("client-file", Support, ("客户档案", "Client file")),
        ],
    );
}

fn colour_work(body: &mut Body) {
    phase(
        body,
        "apply",
        ("上色", "Apply"),
        &[],
        vec![
            step("relaxes", Customer, ("放松等待", "Relaxes")).waits(6),
            step("mix", Backstage, ("调配染膏", "Mix colour"))
                .minutes(8)
                .skill("colour")
                .checks(&[
                    ("按配方称量", "Weigh by the formula"),
                    ("记录批号", "Note the batch number"),
                ])
                .fails(
                    ("色号缺货", "Shade out of stock"),
                    ("以九折提供相近色号。", "Offer the next shade at 10% off."),
                ),
            step("apply-colour", Frontstage, ("涂抹染膏", "Apply colour"))
                .minutes(40)
                .skill("colour"),
            step("dye-stock", Support, ("染膏库存", "Dye stock")),
        ],
    );
    phase(
        body,
        "process",
        ("停留", "Process"),
        &[("计时器", "Timer")],
        vec![
            step("waits", Customer, ("等待上色", "Waits for colour")),
            step("rinse", Frontstage, ("检查与冲洗", "Check & rinse"))
                .minutes(15)
                .skill("hair")
                .checks(&[
                    ("每 10 分钟查看一次", "Look every ten minutes"),
                    ("水温 38 °C", "Water at 38 °C"),
                ]),
        ],
    );
}

fn colour_after(body: &mut Body) {
    phase(
        body,
        "finish",
        ("造型", "Finish"),
        &[("效果照", "Photo")],
        vec![
            step("looks", Customer, ("查看效果", "Looks, asks")),
            step("basin", Backstage, ("准备洗头位", "Prepare basin")).minutes(3),
            step("cut-style", Frontstage, ("修剪与造型", "Cut & style"))
                .minutes(35)
                .skill("hair"),
        ],
    );
    phase(
        body,
        "pay",
        ("结账与回访", "Pay & after"),
        &[("小票", "Receipt")],
        vec![
            step("pays", Customer, ("付款评价", "Pays, rates")).at(("前台", "Front desk")),
            step("payment", Frontstage, ("收款", "Take payment"))
                .minutes(4)
                .skill("desk")
                .checks(&[
                    ("核对项目和金额", "Check lines and total"),
                    ("约下一次", "Offer the next visit"),
                ]),
            step("clean", Backstage, ("清洁工位", "Clean station")).minutes(8),
            step("wechat-pay", Support, ("微信支付", "WeChat Pay")),
        ],
    );
}

/// A haircut.
pub fn haircut() -> NewBlueprint {
    let mut body = Body::default();
    haircut_before(&mut body);
    haircut_work(&mut body);
    NewBlueprint {
        name: both(("洗剪吹", "Cut & style")),
        body,
    }
}

fn haircut_before(body: &mut Body) {
    phase(
        body,
        "arrive",
        ("到店", "Arrive"),
        &[("排队号", "Ticket")],
        vec![
            step(
                "arrives",
                Customer,
                ("到店或取号", "Arrives or takes a number"),
            )
            .waits(10),
            step("greet", Frontstage, ("迎宾签到", "Greet, check in"))
                .minutes(2)
                .skill("desk"),
        ],
    );
    phase(
        body,
        "wash",
        ("洗发", "Wash"),
        &[("热毛巾", "Warm towel")],
        vec![
            step("lies-back", Customer, ("躺下放松", "Lies back")),
            step("wash", Frontstage, ("洗发", "Wash"))
                .minutes(8)
                .checks(&[("询问水温", "Ask about the water")]),
        ],
    );
}

fn haircut_work(body: &mut Body) {
    phase(
        body,
        "cut",
        ("剪发", "Cut"),
        &[("镜子", "Mirror")],
        vec![
            step("says", Customer, ("说明发型", "Says how")),
            step("cut", Frontstage, ("修剪", "Cut"))
                .minutes(25)
                .skill("hair")
                .fails(
                    ("剪得过短", "Cut too short"),
                    (
                        "店长到场，免单并约下次修整。",
                        "Call the manager; free of charge, next trim on us.",
                    ),
                ),
            step("style", Frontstage, ("吹风造型", "Blow-dry"))
                .minutes(8)
                .skill("hair"),
        ],
    );
    phase(
        body,
        "pay",
        ("结账", "Pay"),
        &[("小票", "Receipt")],
        vec![
            step("pays", Customer, ("付款", "Pays")),
            step("payment", Frontstage, ("收款", "Take payment"))
                .minutes(3)
                .skill("desk"),
            step("sweep", Backstage, ("清扫工位", "Sweep station")).minutes(4),
            step("wechat-pay", Support, ("微信支付", "WeChat Pay")),
        ],
    );
}

/// A massage or a facial in a treatment room.
pub fn spa() -> NewBlueprint {
    let mut body = Body::default();
    phase(
        &mut body,
        "arrive",
        ("到店", "Arrive"),
        &[("花茶", "Flower tea")],
        vec![
            step("arrives", Customer, ("到店更衣", "Arrives, changes")).waits(5),
            step(
                "greet",
                Frontstage,
                ("迎宾、健康问询", "Greet, health questions"),
            )
            .minutes(5)
            .skill("desk")
            .checks(&[
                ("过敏与伤病", "Allergies and injuries"),
                ("是否怀孕", "Pregnancy"),
            ]),
            step("room", Backstage, ("准备房间", "Prepare room"))
                .minutes(6)
                .skill("spa")
                .checks(&[("更换床单", "Fresh linen"), ("室温 25 °C", "Room at 25 °C")]),
        ],
    );
    phase(
        &mut body,
        "treat",
        ("护理", "Treatment"),
        &[("香氛、音乐", "Scent, music")],
        vec![
            step("rests", Customer, ("享受护理", "Rests")),
            step("treatment", Frontstage, ("护理", "Treatment"))
                .minutes(50)
                .skill("spa")
                .fails(
                    ("皮肤过敏", "Skin reaction"),
                    (
                        "立即停止、冲洗，并联系合作诊所。",
                        "Stop, rinse, call the partner clinic.",
                    ),
                ),
        ],
    );
    phase(
        &mut body,
        "leave",
        ("离店", "Leave"),
        &[("护理卡", "Care card")],
        vec![
            step("pays", Customer, ("更衣付款", "Changes, pays")),
            step("payment", Frontstage, ("收款与护理建议", "Payment, advice"))
                .minutes(6)
                .skill("desk"),
            step("laundry", Backstage, ("整理与送洗", "Tidy, laundry")).minutes(10),
            step("linen", Support, ("布草洗涤商", "Linen service")),
        ],
    );
    NewBlueprint {
        name: both(("水疗护理", "Spa treatment")),
        body,
    }
}

/// A repair at the bench, with rework when the test fails.
pub fn repair() -> NewBlueprint {
    let mut body = Body::default();
    repair_before(&mut body);
    repair_after(&mut body);
    let links = |key: &str, to: &[&str], body: &mut Body| {
        if let Some(step) = body.steps.iter_mut().find(|step| step.key == key) {
            step.links = to.iter().map(|key| (*key).to_owned()).collect();
        }
    };
    links("test", &["collects", "mend"], &mut body);
    NewBlueprint {
        name: both(("维修", "Repair")),
        body,
    }
}

fn repair_before(body: &mut Body) {
    phase(
        body,
        "bring",
        ("送修", "Bring in"),
        &[("取件单", "Claim tag")],
        vec![
            step("brings", Customer, ("送来物品", "Brings the thing")).waits(8),
            step("intake", Frontstage, ("登记与拍照", "Intake, photos"))
                .minutes(6)
                .skill("desk")
                .checks(&[
                    ("记录外观损伤", "Note visible damage"),
                    ("备份提醒", "Remind of a backup"),
                ]),
        ],
    );
    phase(
        body,
        "diagnose",
        ("诊断", "Diagnose"),
        &[("报价", "Quote")],
        vec![
            step("approves", Customer, ("确认报价", "Approves the quote")).waits(10),
            step("diagnose", Backstage, ("检测", "Diagnose"))
                .minutes(15)
                .skill("repair"),
            step("quote", Frontstage, ("报价", "Quote"))
                .minutes(4)
                .skill("repair"),
            step("parts", Support, ("配件供应商", "Parts supplier")),
        ],
    );
}

fn repair_after(body: &mut Body) {
    phase(
        body,
        "mend",
        ("维修", "Mend"),
        &[],
        vec![
            step("mend", Backstage, ("维修", "Mend"))
                .minutes(30)
                .skill("repair")
                .fails(
                    ("配件不符", "Part does not fit"),
                    (
                        "换供应商，改约取件时间。",
                        "Other supplier, new pick-up time.",
                    ),
                ),
            step("test", Backstage, ("测试", "Test"))
                .minutes(8)
                .skill("repair")
                .checks(&[
                    ("通电 10 分钟", "Ten minutes under power"),
                    ("全部功能", "Every function"),
                ]),
        ],
    );
    phase(
        body,
        "return",
        ("取件", "Hand back"),
        &[("保修卡", "Warranty card")],
        vec![
            step("collects", Customer, ("取件付款", "Collects, pays")),
            step("handover", Frontstage, ("演示与收款", "Show, take payment"))
                .minutes(5)
                .skill("desk"),
            step("sms", Support, ("短信通知", "Text messages")),
        ],
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Locale;

    #[test]
    fn every_design_of_the_demonstration_can_be_published() {
        for new in [cut_and_colour(), haircut(), spa(), repair()] {
            assert_eq!(
                new.body.check_publishable(Locale::En),
                Ok(()),
                "{}",
                new.name.en
            );
        }
    }

    #[test]
    fn cut_and_colour_is_the_one_of_the_drawing() {
        let body = cut_and_colour().body;
        assert_eq!(body.phases.len(), 7);
        assert_eq!(body.phase_minutes("apply"), Some(48));
        assert_eq!(body.work_steps().len(), 12);
    }
}
