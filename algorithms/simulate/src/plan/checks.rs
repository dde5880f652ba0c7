//! Every number and name of a model, one by one; the first that cannot be is refused.

use crate::distribution::Distribution;
use crate::model::{Arrivals, Group, Kind, Model, Rate, Span, Step, Wrong};

/// Minutes in 2,000 years: no time of a model is longer.
const MINUTES_MAX: f64 = 1e9;

/// Arrivals of one group in one replication; more take hours to play.
const ARRIVALS_MAX: f64 = 1e8;

type Checked = Result<(), Wrong>;

fn refuse<T>(path: String, what: impl std::fmt::Display, allowed: &str) -> Result<T, Wrong> {
    Err(Wrong::new(
        path,
        format!("{what} is not allowed; give {allowed}"),
    ))
}

fn within(path: String, value: f64, least: f64, most: f64) -> Checked {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    refuse(path, value, &format!("a number from {least} to {most}"))
}

fn above(path: String, value: f64, limit: f64) -> Checked {
    if value > limit && value <= MINUTES_MAX {
        return Ok(());
    }
    refuse(
        path,
        value,
        &format!("a number above {limit} and at most {MINUTES_MAX}"),
    )
}

fn count(path: String, value: usize, most: usize) -> Checked {
    if (1..=most).contains(&value) {
        return Ok(());
    }
    refuse(path, value, &format!("from 1 to {most} of them"))
}

/// Checks all but the way that visits take through the steps.
pub(super) fn check(model: &Model) -> Checked {
    above("horizon_minutes".into(), model.horizon_minutes, 0.0)?;
    let warm_up = model.warm_up_minutes;
    if !(0.0..model.horizon_minutes).contains(&warm_up) {
        let allowed = "a number from 0 to less than horizon_minutes";
        return refuse("warm_up_minutes".into(), warm_up, allowed);
    }
    let target = model.wait_target_minutes;
    within("wait_target_minutes".into(), target, 0.0, MINUTES_MAX)?;
    if let Some(cycle) = model.cycle_minutes {
        // Shorter ones would only make a long run longer.
        within("cycle_minutes".into(), cycle, 1.0, MINUTES_MAX)?;
    }
    spans("opening", &model.opening, model)?;
    count("steps".into(), model.steps.len(), 10_000)?;
    count("customers".into(), model.customers.len(), 1_000)?;
    names("steps", model.steps.iter().map(|step| &step.name))?;
    names("staff", model.staff.iter().map(|team| &team.name))?;
    names("rooms", model.rooms.iter().map(|room| &room.name))?;
    names("customers", model.customers.iter().map(|group| &group.name))?;
    resources(model)?;
    for (index, one) in model.steps.iter().enumerate() {
        step(&format!("steps[{index}]"), one, model)?;
    }
    for (index, one) in model.customers.iter().enumerate() {
        group(&format!("customers[{index}]"), one, model)?;
    }
    Ok(())
}

fn names<'a>(list: &str, names: impl Iterator<Item = &'a String>) -> Checked {
    let mut seen = std::collections::BTreeSet::new();
    for (index, name) in names.enumerate() {
        let path = || format!("{list}[{index}].name");
        if name.trim().is_empty() {
            return refuse(path(), format!("{name:?}"), "a name");
        }
        if list == "steps" && (name == "end" || name == "join") {
            let allowed = "another name: end and join are the ends of visits and branches";
            return refuse(path(), format!("{name:?}"), allowed);
        }
        if !seen.insert(name) {
            return refuse(path(), format!("{name:?} once more"), "each name once");
        }
    }
    Ok(())
}

fn resources(model: &Model) -> Checked {
    if model.staff.len() > 10_000 || model.rooms.len() > 10_000 {
        let most = model.staff.len().max(model.rooms.len());
        return refuse("staff or rooms".into(), most, "at most 10000 of them");
    }
    for (index, team) in model.staff.iter().enumerate() {
        count(
            format!("staff[{index}].count"),
            team.count as usize,
            1_000_000,
        )?;
        spans(&format!("staff[{index}].shifts"), &team.shifts, model)?;
    }
    for (index, room) in model.rooms.iter().enumerate() {
        count(
            format!("rooms[{index}].count"),
            room.count as usize,
            1_000_000,
        )?;
    }
    Ok(())
}

fn spans(list: &str, spans: &[Span], model: &Model) -> Checked {
    let last = model.cycle_minutes.unwrap_or(MINUTES_MAX);
    for (index, span) in spans.iter().enumerate() {
        let path = |field: &str| format!("{list}[{index}].{field}");
        within(path("from_minute"), span.from_minute, 0.0, last)?;
        let until = span.until_minute;
        if !(until > span.from_minute && until <= last) {
            let first = span.from_minute;
            let allowed = format!("a number above {first} (from_minute) and at most {last}");
            return refuse(path("until_minute"), until, &allowed);
        }
    }
    Ok(())
}

fn step(path: &str, step: &Step, model: &Model) -> Checked {
    match &step.kind {
        Kind::Choice => {}
        Kind::Work { minutes, rooms, .. } => {
            duration(&format!("{path}.minutes"), minutes)?;
            for (index, room) in rooms.iter().enumerate() {
                if !model.rooms.iter().any(|known| known.name == *room) {
                    let path = format!("{path}.rooms[{index}]");
                    return refuse(path, format!("{room:?}"), "the name of a room");
                }
            }
            if let Some(twice) = (1..rooms.len()).find(|&i| rooms[..i].contains(&rooms[i])) {
                let path = format!("{path}.rooms[{twice}]");
                return refuse(
                    path,
                    format!("{:?} once more", rooms[twice]),
                    "each room once",
                );
            }
        }
        Kind::Parallel { branches } => {
            count(format!("{path}.parallel"), branches.len(), 1_000)?;
            for (index, branch) in branches.iter().enumerate() {
                known_step(format!("{path}.parallel[{index}]"), branch, model)?;
            }
        }
    }
    ways(path, step, model)
}

fn ways(path: &str, step: &Step, model: &Model) -> Checked {
    if step.next.is_empty() {
        let name = &step.name;
        let reason = format!(
            "the step {name} is a dead end; give the name of a step, \"end\", or in a branch \
             \"join\""
        );
        return Err(Wrong::new(format!("{path}.next"), reason));
    }
    for (index, way) in step.next.iter().enumerate() {
        let path = format!("{path}.next[{index}]");
        if way.to != "end" && way.to != "join" {
            known_step(format!("{path}.to"), &way.to, model)?;
        }
        if !(way.share > 0.0 && way.share <= 1.0) {
            return refuse(
                format!("{path}.share"),
                way.share,
                "a share above 0 and at most 1",
            );
        }
    }
    let sum: f64 = step.next.iter().map(|way| way.share).sum();
    if (sum - 1.0).abs() > 1e-6 {
        let what = format!("a sum of shares of {sum}");
        return refuse(format!("{path}.next"), what, "shares that add up to 1");
    }
    Ok(())
}

fn known_step(path: String, name: &str, model: &Model) -> Checked {
    if model.steps.iter().any(|step| step.name == name) {
        return Ok(());
    }
    let names: Vec<&str> = model
        .steps
        .iter()
        .map(|s| s.name.as_str())
        .take(20)
        .collect();
    let allowed = format!("the name of a step ({})", names.join(", "));
    refuse(path, format!("{name:?}"), &allowed)
}

fn group(path: &str, group: &Group, model: &Model) -> Checked {
    known_step(format!("{path}.start"), &group.start, model)?;
    for (index, rule) in group.balking.iter().enumerate() {
        within(
            format!("{path}.balking[{index}].share"),
            rule.share,
            0.0,
            1.0,
        )?;
    }
    if let Some(patience) = &group.patience {
        duration(&format!("{path}.patience"), patience)?;
    }
    arrivals(&format!("{path}.arrivals"), &group.arrivals, model)
}

fn arrivals(path: &str, arrivals: &Arrivals, model: &Model) -> Checked {
    let minutes = |name: &str, minutes: &[f64]| {
        count(
            format!("{path}.{name}"),
            minutes.len(),
            ARRIVALS_MAX as usize,
        )?;
        let mut all = minutes.iter().enumerate();
        all.try_for_each(|(i, at)| within(format!("{path}.{name}[{i}]"), *at, 0.0, MINUTES_MAX))
    };
    match arrivals {
        Arrivals::At(at) => minutes("at_minutes", at),
        Arrivals::Bookings {
            at_minutes,
            no_show,
            lateness,
        } => {
            minutes("bookings.at_minutes", at_minutes)?;
            within(format!("{path}.bookings.no_show"), *no_show, 0.0, 1.0)?;
            distribution(&format!("{path}.bookings.lateness"), lateness, -MINUTES_MAX)
        }
        Arrivals::Every(gap) => {
            duration(&format!("{path}.every"), gap)?;
            let expected = model.horizon_minutes / gap.mean();
            few(format!("{path}.every"), expected)
        }
        Arrivals::Poisson(rates) => {
            let path = format!("{path}.poisson_per_hour");
            poisson(&path, rates, model)?;
            let table = super::RateTable::new(rates, model.cycle_minutes);
            few(path, table.expected(model.horizon_minutes))
        }
    }
}

fn few(path: String, expected: f64) -> Checked {
    if expected <= ARRIVALS_MAX {
        return Ok(());
    }
    let what = format!("{expected} expected arrivals in one replication");
    refuse(
        path,
        what,
        &format!("at most {ARRIVALS_MAX}: a shorter horizon or fewer customers"),
    )
}

fn poisson(path: &str, rates: &[Rate], model: &Model) -> Checked {
    count(path.to_owned(), rates.len(), 100_000)?;
    let last = model.cycle_minutes.unwrap_or(MINUTES_MAX);
    let mut from = -1.0;
    for (index, rate) in rates.iter().enumerate() {
        let path = |field: &str| format!("{path}[{index}].{field}");
        within(path("per_hour"), rate.per_hour, 0.0, MINUTES_MAX)?;
        if !(rate.from_minute > from && rate.from_minute >= 0.0 && rate.from_minute < last) {
            let allowed = format!("numbers from 0 to less than {last}, ascending");
            return refuse(path("from_minute"), rate.from_minute, &allowed);
        }
        from = rate.from_minute;
    }
    if rates.iter().all(|rate| rate.per_hour == 0.0) {
        return refuse(path.to_owned(), "0 throughout", "at least one rate above 0");
    }
    Ok(())
}

fn duration(path: &str, times: &Distribution) -> Checked {
    distribution(path, times, 0.0)
}

/// Checks the numbers of a distribution of which no time may be below `least`.
fn distribution(path: &str, times: &Distribution, least: f64) -> Checked {
    let at = |field: &str| format!("{path}.{field}");
    match times {
        Distribution::Constant(minutes) => within(at("constant"), *minutes, least, MINUTES_MAX),
        Distribution::Exponential { mean } => above(at("exponential.mean"), *mean, 0.0),
        Distribution::Uniform { from, to } => {
            within(at("uniform.from"), *from, least, MINUTES_MAX)?;
            within(at("uniform.to"), *to, *from, MINUTES_MAX)
        }
        Distribution::Triangular {
            least: low,
            likeliest,
            most,
        } => {
            within(at("triangular.least"), *low, least, MINUTES_MAX)?;
            within(at("triangular.likeliest"), *likeliest, *low, MINUTES_MAX)?;
            within(at("triangular.most"), *most, *likeliest, MINUTES_MAX)
        }
        Distribution::LogNormal { mean, cv } => {
            above(at("lognormal.mean"), *mean, 0.0)?;
            within(at("lognormal.cv"), *cv, 0.0, 100.0)
        }
        Distribution::Gamma { mean, cv } => {
            above(at("gamma.mean"), *mean, 0.0)?;
            within(at("gamma.cv"), *cv, 0.001, 100.0)
        }
        Distribution::Weibull { mean, shape } => {
            above(at("weibull.mean"), *mean, 0.0)?;
            within(at("weibull.shape"), *shape, 0.05, 100.0)
        }
        Distribution::Normal { mean, sd } => {
            within(at("normal.mean"), *mean, least, MINUTES_MAX)?;
            within(at("normal.sd"), *sd, 0.0, MINUTES_MAX)
        }
        Distribution::Observed(values) => listed(at("observed"), values, least),
        Distribution::InOrder(values) => listed(at("in_order"), values, least),
    }
}

fn listed(path: String, values: &[f64], least: f64) -> Checked {
    count(path.clone(), values.len(), 10_000_000)?;
    let mut all = values.iter().enumerate();
    all.try_for_each(|(i, value)| within(format!("{path}[{i}]"), *value, least, MINUTES_MAX))
}
