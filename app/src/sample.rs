//! What a new business begins with: one service that can be booked and queued for at once.

use kernel::{Bilingual, Ctx, Fault, Money, Role, Timestamp, ids::SiteId};
use offers::{Family, Service};
use people::StaffFields;
use queue::commands::{LineDraft, add_line};
use store::Tx;

/// How many days the owner is put down as working; long enough to try everything out.
const DAYS: i64 = 56;

/// A sample service, the owner as its first member of staff, and one line to queue in.
pub fn usable(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<(), Fault> {
    let site = organisation::site(tx, ctx, site)?;
    let service = Service {
        name: Bilingual::new("咨询（示例）", "Consultation (sample)"),
        text: Bilingual::new(
            "示例项目：可以改名、改价或停售。",
            "A sample: rename it, change its price or archive it.",
        ),
        family: Family::Care,
        minutes: 30,
        price: Money::new(10_i64.pow(site.currency.decimals()) * 100, site.currency),
        ..Service::new(ctx.id(), site.currency)
    };
    offers::save_service(tx, ctx, &service)?;
    let line = LineDraft::new("A", Bilingual::new("排队", "Queue"));
    add_line(tx, ctx, site.id, &line)?;
    let users = people::users(tx, ctx)?;
    let Some(owner) = users.into_iter().find(|user| user.role == Role::Owner) else {
        return Ok(());
    };
    let fields = StaffFields {
        name: owner.name,
        sites: vec![site.id],
        ..StaffFields::default()
    };
    let staff = people::create_staff(tx, ctx, fields)?;
    people::set_staff_user(tx, ctx, staff.id, Some(owner.id))?;
    let (first, last) = (site.date_of(ctx.now), site.date_of(weeks_later(ctx.now)));
    for span in organisation::open_spans_between(tx, ctx, &site, first, last)? {
        people::add_shift(tx, ctx, staff.id, site.id, span)?;
    }
    Ok(())
}

fn weeks_later(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second() + DAYS * 86_400).unwrap_or(now)
}
