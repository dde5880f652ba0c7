//! A model as JSON text: each field is checked, and what is wrong is named with its path.

mod reader;
mod times;

use reader::{Field, Object};
use serde_json::Value;

use crate::model::{
    Arrivals, Balking, Group, Kind, Model, Rate, Room, Span, Step, Team, Way, Wrong,
};

/// Reads a model. The README has a complete example; every field it does not know is refused.
///
/// Names and ranges are checked when the model is played ([`crate::simulate`]), or at once by
/// [`check`].
///
/// # Errors
/// [`Wrong`] names the field by its path and says what is allowed, or the line and column at which
/// the text stops being JSON.
pub fn read(text: &str) -> Result<Model, Wrong> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let path = format!("line {}, column {}", error.line(), error.column());
        Wrong::new(path, format!("this is not JSON: {error}"))
    })?;
    let top = Field::top(&value);
    let mut object = top.object()?;
    let model = Model {
        horizon_minutes: object.needed("horizon_minutes")?.number()?,
        warm_up_minutes: object.number_or("warm_up_minutes", 0.0)?,
        cycle_minutes: object
            .optional("cycle_minutes")
            .map(|f| f.number())
            .transpose()?,
        run_on: object
            .optional("run_on")
            .map_or(Ok(false), |field| field.yes_or_no())?,
        wait_target_minutes: object.number_or("wait_target_minutes", 0.0)?,
        opening: object.list_or_empty("opening", span)?,
        steps: object.needed("steps")?.list(step)?,
        staff: object.list_or_empty("staff", team)?,
        rooms: object.list_or_empty("rooms", room)?,
        customers: object.needed("customers")?.list(group)?,
    };
    // A name is for people: it is read so that it may stand there.
    object
        .optional("name")
        .map(|field| field.text())
        .transpose()?;
    object.nothing_else()?;
    Ok(model)
}

/// Checks that a model can be played.
///
/// # Errors
/// [`Wrong`] names the element and says what is allowed.
pub fn check(model: &Model) -> Result<(), Wrong> {
    crate::plan::Plan::new(model).map(|_| ())
}

fn span(field: &Field) -> Result<Span, Wrong> {
    let mut object = field.object()?;
    let span = Span {
        from_minute: object.needed("from_minute")?.number()?,
        until_minute: object.needed("until_minute")?.number()?,
    };
    object.nothing_else().map(|()| span)
}

fn step(field: &Field) -> Result<Step, Wrong> {
    let mut object = field.object()?;
    let step = Step {
        name: object.needed("name")?.text()?,
        kind: kind(&mut object)?,
        next: object
            .optional("next")
            .map_or(Ok(Vec::new()), |field| ways(&field))?,
    };
    object.nothing_else().map(|()| step)
}

fn kind(object: &mut Object) -> Result<Kind, Wrong> {
    if let Some(branches) = object.optional("parallel") {
        let branches = branches.list(Field::text)?;
        return Ok(Kind::Parallel { branches });
    }
    let Some(minutes) = object.optional("minutes") else {
        return Ok(Kind::Choice);
    };
    Ok(Kind::Work {
        minutes: times::distribution(&minutes)?,
        skills: object.list_or_empty("skills", Field::text)?,
        rooms: object.list_or_empty("rooms", Field::text)?,
    })
}

/// The ways on: one name, or a list of names with their shares.
fn ways(field: &Field) -> Result<Vec<Way>, Wrong> {
    if field.is_text() {
        let (to, share) = (field.text()?, 1.0);
        return Ok(vec![Way { to, share }]);
    }
    field.list(|field| {
        let mut object = field.object()?;
        let way = Way {
            to: object.needed("to")?.text()?,
            share: object.needed("share")?.number()?,
        };
        object.nothing_else().map(|()| way)
    })
}

fn team(field: &Field) -> Result<Team, Wrong> {
    let mut object = field.object()?;
    let team = Team {
        name: object.needed("name")?.text()?,
        count: object
            .optional("count")
            .map_or(Ok(1), |field| field.count())?,
        skills: object.list_or_empty("skills", Field::text)?,
        shifts: object.list_or_empty("shifts", span)?,
    };
    object.nothing_else().map(|()| team)
}

fn room(field: &Field) -> Result<Room, Wrong> {
    let mut object = field.object()?;
    let room = Room {
        name: object.needed("name")?.text()?,
        count: object
            .optional("count")
            .map_or(Ok(1), |field| field.count())?,
    };
    object.nothing_else().map(|()| room)
}

fn group(field: &Field) -> Result<Group, Wrong> {
    let mut object = field.object()?;
    let group = Group {
        name: object.needed("name")?.text()?,
        priority: object
            .optional("priority")
            .map_or(Ok(0), |field| field.whole())?,
        start: object.needed("start")?.text()?,
        arrivals: arrivals(&object.needed("arrivals")?)?,
        balking: object.list_or_empty("balking", balking)?,
        patience: object
            .optional("patience")
            .map(|f| times::distribution(&f))
            .transpose()?,
    };
    object.nothing_else().map(|()| group)
}

fn balking(field: &Field) -> Result<Balking, Wrong> {
    let mut object = field.object()?;
    let rule = Balking {
        waiting_at_least: object.needed("waiting_at_least")?.count()?,
        share: object.needed("share")?.number()?,
    };
    object.nothing_else().map(|()| rule)
}

fn arrivals(field: &Field) -> Result<Arrivals, Wrong> {
    let (kind, inner) = field.only_one(&["poisson_per_hour", "every", "at_minutes", "bookings"])?;
    match kind {
        "poisson_per_hour" if inner.is_number() => {
            let per_hour = inner.number()?;
            let from_minute = 0.0;
            Ok(Arrivals::Poisson(vec![Rate {
                from_minute,
                per_hour,
            }]))
        }
        "poisson_per_hour" => inner.list(rate).map(Arrivals::Poisson),
        "every" => times::distribution(&inner).map(Arrivals::Every),
        "at_minutes" => inner.list(Field::number).map(Arrivals::At),
        _ => bookings(&inner),
    }
}

fn rate(field: &Field) -> Result<Rate, Wrong> {
    let mut object = field.object()?;
    let rate = Rate {
        from_minute: object.needed("from_minute")?.number()?,
        per_hour: object.needed("per_hour")?.number()?,
    };
    object.nothing_else().map(|()| rate)
}

fn bookings(field: &Field) -> Result<Arrivals, Wrong> {
    let mut object = field.object()?;
    let lateness = object.optional("lateness");
    let bookings = Arrivals::Bookings {
        at_minutes: object.needed("at_minutes")?.list(Field::number)?,
        no_show: object.number_or("no_show", 0.0)?,
        lateness: lateness.map_or(Ok(times::NEVER_LATE), |field| times::distribution(&field))?,
    };
    object.nothing_else().map(|()| bookings)
}
