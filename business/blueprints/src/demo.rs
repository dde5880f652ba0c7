//! Designs of the demonstration business, in both languages.

mod visits;

pub use visits::{haircut, repair, spa};

use kernel::Bilingual;

use crate::{
    commands::NewBlueprint,
    model::{
        Body, Evidence,
        Lane::{self, Backstage, Customer, Frontstage, Support},
        Phase, Step,
    },
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

    fn icon(mut self, icon: &str) -> Self {
        self.0.icon = Some(icon.to_owned());
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
            step("bookings", Support, ("预约引擎", "Bookings")).icon("calendar"),
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
            step("client-file", Support, ("客户档案", "Client file")).icon("users"),
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
            step("dye-stock", Support, ("染膏库存", "Dye stock")).icon("package"),
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
                .skill("cut")
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
                .skill("cut"),
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
            step("wechat-pay", Support, ("微信支付", "WeChat Pay")).icon("credit-card"),
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
        assert_eq!(body.work_steps().len(), 11);
    }
}
