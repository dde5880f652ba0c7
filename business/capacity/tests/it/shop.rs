//! A small shop: two hairdressers, one treatment room, a cut and a facial.

use capacity::{Ask, Claim, ClaimFor, ResourceFields};
use kernel::{
    Bilingual, Ctx, Fault, Span, Timestamp,
    ids::{OrderId, ResourceId, ServiceId, SiteId, StaffId},
};
use people::StaffFields;
use store::Tx;
use testing::{World, at};
use web::Room;

/// The rooms a capacity test stands on.
pub fn rooms() -> Vec<Room> {
    vec![
        organisation::room(),
        people::room(),
        blueprints::room(),
        offers::room(),
        capacity::room(),
    ]
}

/// Who and what is there.
#[derive(Clone)]
pub struct Shop {
    pub site: SiteId,
    pub mei: StaffId,
    pub hao: StaffId,
    pub room: ResourceId,
    /// 50 minutes and 10 of clean-up, nothing but a person.
    pub cut: ServiceId,
    /// 60 minutes with 5 before and 15 after, in a room.
    pub facial: ServiceId,
}

/// A person who works on Saturday and Sunday from 09:00 to 21:00.
pub fn hire(tx: &mut Tx, ctx: &Ctx, site: SiteId, name: &str) -> Result<StaffId, Fault> {
    let fields = StaffFields {
        name: name.to_owned(),
        reading: name.to_owned(),
        sites: vec![site],
        skills: vec!["hair".to_owned()],
        external_id: None,
    };
    let staff = people::create_staff(tx, ctx, fields)?.id;
    for day in ["2026-11-21", "2026-11-22"] {
        let span = Span::new(
            at(&format!("{day}T09:00+08:00")),
            at(&format!("{day}T21:00+08:00")),
        );
        people::add_shift(tx, ctx, staff, site, span.expect("forwards"))?;
    }
    Ok(staff)
}

/// A shop in a world.
pub fn open(world: &World) -> Shop {
    let site = world.site.clone();
    world
        .write(move |tx, ctx| {
            people::save_skill(tx, ctx, "hair", &Bilingual::new("美发", "Hair"))?;
            let mut cut = offers::Service::new(ctx.id(), site.currency);
            cut.name = Bilingual::new("剪发", "Cut");
            cut.minutes = 50;
            cut.buffer_after_minutes = 10;
            cut.skills = vec!["hair".to_owned()];
            let mut facial = offers::Service::new(ctx.id(), site.currency);
            facial.name = Bilingual::new("护理", "Facial");
            facial.minutes = 60;
            facial.buffer_before_minutes = 5;
            facial.buffer_after_minutes = 15;
            facial.skills = vec!["hair".to_owned()];
            facial.resources = vec!["room".to_owned()];
            let fields = ResourceFields {
                site: site.id,
                kind: "room".to_owned(),
                name: Bilingual::new("护理室", "Room 1"),
            };
            Ok(Shop {
                site: site.id,
                mei: hire(tx, ctx, site.id, "Lin Mei")?,
                hao: hire(tx, ctx, site.id, "Wang Hao")?,
                room: capacity::create_resource(tx, ctx, fields)?.id,
                cut: offers::save_service(tx, ctx, &cut)?.id,
                facial: offers::save_service(tx, ctx, &facial)?.id,
            })
        })
        .expect("the shop opens")
}

impl Shop {
    /// An ask for a service with anybody or somebody.
    pub fn ask(&self, service: ServiceId, staff: Option<StaffId>) -> Ask {
        Ask {
            site: self.site,
            service,
            add_on_minutes: 0,
            staff,
        }
    }

    /// A claim for good.
    pub fn wants(
        &self,
        order: OrderId,
        service: ServiceId,
        start: &str,
        staff: Option<StaffId>,
    ) -> ClaimFor {
        ClaimFor {
            order,
            ask: self.ask(service, staff),
            start: at(start),
            hold_until: None,
        }
    }
}

/// A new order's id.
pub fn order(world: &World) -> OrderId {
    world.ctx().id()
}

/// Claims as the desk does.
pub fn claim(world: &World, wanted: ClaimFor) -> Result<Claim, Fault> {
    world.write(move |tx, ctx| capacity::claim(tx, ctx, wanted))
}

/// Holds a time until another, as a customer online.
pub fn hold(world: &World, wanted: ClaimFor, until: Timestamp) -> Result<Claim, Fault> {
    let wanted = ClaimFor {
        hold_until: Some(until),
        ..wanted
    };
    world.write_as(world.guest_ctx(), move |tx, ctx| {
        capacity::claim(tx, ctx, wanted)
    })
}

/// The free starts of a Saturday or Sunday, as the site's clock shows them.
pub fn free(world: &World, ask: &Ask, day: &str) -> Vec<String> {
    let day = day.parse().expect("a date");
    let slots = world.read(|tx, ctx| capacity::availability(tx, ctx, ask, day, day));
    let zone = world.site.zone.clone();
    let clock = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
    slots
        .expect("a list")
        .iter()
        .map(|slot| clock(slot.start))
        .collect()
}

/// Whether everything still agrees.
pub fn is_sound(world: &World) {
    let check = capacity::room().verify[0];
    assert_eq!(world.read(check).expect("readable"), None);
}
