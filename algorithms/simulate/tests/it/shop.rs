//! Models for tests, and the files beside the repository.

use std::path::PathBuf;

use simulate::distribution::Distribution;
use simulate::model::{Arrivals, Group, Kind, Model, Rate, Step, Team, Way};

/// The complete example that the README points to.
pub const SALON: &str = include_str!("../salon.json");

/// A reference file, or nothing where it is not.
pub fn shared(name: &str) -> Option<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = root.join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("{} is not here: not tried", path.display());
    }
    text
}

/// The only way on.
pub fn to(name: &str) -> Vec<Way> {
    vec![Way {
        to: name.to_owned(),
        share: 1.0,
    }]
}

/// Work by one of the staff with the skill of the step's own name.
pub fn work(name: &str, minutes: Distribution, next: Vec<Way>) -> Step {
    let skills = vec![name.to_owned()];
    let rooms = Vec::new();
    Step {
        name: name.to_owned(),
        kind: Kind::Work {
            minutes,
            skills,
            rooms,
        },
        next,
    }
}

/// Staff for the step with this name, always on duty.
pub fn team(skill: &str, count: u32) -> Team {
    let (name, skills) = (skill.to_owned(), vec![skill.to_owned()]);
    Team {
        name,
        count,
        skills,
        shifts: Vec::new(),
    }
}

/// Customers who come by chance and stay.
pub fn poisson(start: &str, per_minute: f64) -> Group {
    let rate = Rate {
        from_minute: 0.0,
        per_hour: per_minute * 60.0,
    };
    Group {
        name: "all".to_owned(),
        priority: 0,
        start: start.to_owned(),
        arrivals: Arrivals::Poisson(vec![rate]),
        balking: Vec::new(),
        patience: None,
    }
}

/// One line before equal servers.
pub fn line(servers: u32, per_minute: f64, minutes: Distribution, horizon: f64) -> Model {
    Model {
        steps: vec![work("serve", minutes, to("end"))],
        staff: vec![team("serve", servers)],
        customers: vec![poisson("serve", per_minute)],
        horizon_minutes: horizon,
        warm_up_minutes: 0.1 * horizon,
        ..Model::default()
    }
}
