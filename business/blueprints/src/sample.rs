//! A design to start from.

use kernel::Bilingual;

use crate::model::{Body, Lane, Phase, Step};

impl Body {
    /// The smallest body: three phases and one step of work, to start from.
    pub fn starter() -> Self {
        let phase = |key: &str, zh: &str, en: &str| Phase {
            key: key.to_owned(),
            name: Bilingual::new(zh, en),
        };
        let step = |key: &str, phase: &str, lane, zh: &str, en: &str, minutes| Step {
            minutes_standard: minutes,
            ..Step::new(key, phase, lane, Bilingual::new(zh, en))
        };
        Self {
            phases: vec![
                phase("arrive", "到店", "Arrive"),
                phase("serve", "服务", "Serve"),
                phase("pay", "结账", "Pay"),
            ],
            steps: vec![
                step("arrives", "arrive", Lane::Customer, "到店", "Arrives", None),
                step(
                    "greet",
                    "arrive",
                    Lane::Frontstage,
                    "迎宾签到",
                    "Greet, check in",
                    Some(3),
                ),
                step(
                    "receives",
                    "serve",
                    Lane::Customer,
                    "接受服务",
                    "Is served",
                    None,
                ),
                step(
                    "serve",
                    "serve",
                    Lane::Frontstage,
                    "提供服务",
                    "Serve",
                    Some(30),
                ),
                step("pays", "pay", Lane::Customer, "付款", "Pays", None),
                step(
                    "payment",
                    "pay",
                    Lane::Frontstage,
                    "收款",
                    "Take payment",
                    Some(4),
                ),
            ],
            evidence: Vec::new(),
        }
    }
}
