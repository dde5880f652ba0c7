//! A haircut, a spa treatment, a repair.

use super::{both, phase, step};
use crate::{
    commands::NewBlueprint,
    model::{
        Body,
        Lane::{Backstage, Customer, Frontstage, Support},
    },
};

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
                .skill("cut")
                .fails(
                    ("剪得过短", "Cut too short"),
                    (
                        "店长到场，免单并约下次修整。",
                        "Call the manager; free of charge, next trim on us.",
                    ),
                ),
            step("style", Frontstage, ("吹风造型", "Blow-dry"))
                .minutes(8)
                .skill("cut"),
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
            step("wechat-pay", Support, ("微信支付", "WeChat Pay")).icon("credit-card"),
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
            step("linen", Support, ("布草洗涤商", "Linen service")).icon("store"),
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
            step("parts", Support, ("配件供应商", "Parts supplier")).icon("store"),
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
            step("sms", Support, ("短信通知", "Text messages")).icon("message-square"),
        ],
    );
}
