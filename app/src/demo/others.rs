//! What a shop does beside visits: it sells goods, answers questions, puts complaints right and
//! goes to customers.

use kernel::{Channel, Ctx, Fault, Timestamp};
use offers::Service;
use orders::{Ending, Kind, Level, NewLine, NewOrder, PastOrder};
use store::Tx;

use super::{
    Lotus, Place,
    catalogue::{COMPLAINTS, ENQUIRIES, JOBS},
    chance::Chance,
    past::{later, line},
    somebody,
};

/// Writes down a day's purchases, questions, complaints and jobs.
pub fn write_day(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    (place, opens, chance): (&Place, Timestamp, &mut Chance),
) -> Result<(), Fault> {
    let goods: Vec<&Service> = place.services.iter().filter(|s| s.minutes == 0).collect();
    for _ in 0..chance.between(0, 3) {
        if let Some(good) = goods.first() {
            let good = goods.get(1).filter(|_| chance.happens(0.4)).unwrap_or(good);
            let mut sale = asked(lotus, place, Kind::Purchase, (opens, chance));
            sale.lines.push(line(good));
            orders::record_past(tx, ctx, &sale)?;
        }
    }
    let repairs = place
        .services
        .iter()
        .find(|s| s.family.as_str() == "repair");
    for (kind, share) in [
        (Kind::Enquiry, 0.5),
        (Kind::Complaint, 0.12),
        (Kind::OnSite, 0.3),
    ] {
        let service = repairs.filter(|_| kind == Kind::OnSite);
        if !chance.happens(share) || (kind == Kind::OnSite && service.is_none()) {
            continue;
        }
        let mut order = asked(lotus, place, kind, (opens, chance));
        order.lines.extend(service.map(line));
        order.note = words(place, kind, chance);
        orders::record_past(tx, ctx, &order)?;
    }
    Ok(())
}

fn asked(
    lotus: &Lotus,
    place: &Place,
    kind: Kind,
    (opens, chance): (Timestamp, &mut Chance),
) -> PastOrder {
    let created = later(opens, chance.between(20, 600));
    let (answers_in, takes) = match kind {
        Kind::Purchase => (0, chance.between(2, 5)),
        Kind::OnSite => (chance.between(40, 100), chance.between(30, 90)),
        _ => (chance.between(3, 50), chance.between(4, 20)),
    };
    let started = later(created, answers_in);
    let staff = chance.pick(&place.staff).id;
    PastOrder {
        site: place.site.id,
        kind,
        channel: if kind == Kind::Purchase {
            Channel::Desk
        } else {
            Channel::Phone
        },
        customer: somebody(lotus, place, chance),
        level: Level::Normal,
        note: String::new(),
        lines: Vec::new(),
        created,
        slot: None,
        promised: None,
        blueprint: None,
        steps: Vec::new(),
        ending: Ending::Finished {
            arrived: started,
            started,
            finished: later(started, takes),
            staff: Some(staff),
        },
        external_id: None,
    }
}

/// What the customer said, in the language of the place.
fn words(place: &Place, kind: Kind, chance: &mut Chance) -> String {
    let of: &[(&str, &str)] = match kind {
        Kind::Complaint => &COMPLAINTS,
        Kind::OnSite => &JOBS,
        _ => &ENQUIRIES,
    };
    let (zh, en) = *chance.pick(of);
    let abroad = place.site.currency == kernel::Currency::EUR;
    if abroad { en } else { zh }.to_owned()
}

/// Questions and a complaint of this morning, of each level, that nobody has answered yet, and a
/// job to go to.
pub fn leave_open(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    (place, chance): (&Place, &mut Chance),
) -> Result<(), Fault> {
    let repairs = place
        .services
        .iter()
        .find(|s| s.family.as_str() == "repair");
    for (kind, ago, level) in [
        (Kind::Enquiry, 35, enquiries::Level::Normal),
        (Kind::Enquiry, 20, enquiries::Level::High),
        (Kind::Complaint, 80, enquiries::Level::Urgent),
        (Kind::OnSite, 110, enquiries::Level::Normal),
    ] {
        let service = repairs.filter(|_| kind == Kind::OnSite);
        if kind == Kind::OnSite && service.is_none() {
            continue;
        }
        let then = lotus
            .at_the_desk(ctx, later(ctx.now, -ago))
            .with_channel(Channel::Phone);
        let new = NewOrder {
            customer: somebody(lotus, place, chance),
            lines: service.map(|s| NewLine::one(s.id)).into_iter().collect(),
            note: words(place, kind, chance),
            ..NewOrder::new(place.site.id, kind)
        };
        if kind == Kind::OnSite {
            orders::create(tx, &then, &new)?;
            continue;
        }
        let asked = enquiries::NewEnquiry {
            order: new,
            level,
            about: String::new(),
        };
        let asked = enquiries::open(tx, &then, &asked)?;
        if level == enquiries::Level::Normal {
            let taken = lotus.at_the_desk(ctx, later(ctx.now, -ago + 5));
            enquiries::take(tx, &taken, asked.order)?;
        }
    }
    Ok(())
}
