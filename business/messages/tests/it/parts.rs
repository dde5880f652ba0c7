//! A visit of several services, told part by part.

use capacity::ResourceFields;
use kernel::{
    Bilingual, Ctx, Fault, Money, Span,
    ids::{OrderId, ServiceId},
};
use messages::{
    Wording,
    model::{Message, Occasion, Template},
};
use orders::{Kind, NewLine, NewOrder, Reschedule, WantedSlot};
use people::StaffFields;
use store::Tx;
use testing::{World, at, each_engine};

use crate::shop::{Shop, kept, open, posting, rooms, round};

/// A massage by Zhang Wei in Room A.
fn massage(tx: &mut Tx, ctx: &Ctx, site: &organisation::Site) -> Result<ServiceId, Fault> {
    people::save_skill(tx, ctx, "spa", &Bilingual::new("水疗", "Spa"))?;
    let fields = StaffFields {
        name: "Zhang Wei".to_owned(),
        sites: vec![site.id],
        skills: vec!["spa".to_owned()],
        ..StaffFields::default()
    };
    let wei = people::create_staff(tx, ctx, fields)?.id;
    for day in 21..=25 {
        let clock = |time: &str| at(&format!("2026-11-{day}T{time}+08:00"));
        let span = Span::new(clock("09:00"), clock("21:00")).expect("forwards");
        people::add_shift(tx, ctx, wei, site.id, span)?;
    }
    for (kind, zh, en) in [("room", "甲室", "Room A"), ("chair", "一号椅", "Chair 1")] {
        let fields = ResourceFields {
            site: site.id,
            kind: kind.to_owned(),
            name: Bilingual::new(zh, en),
        };
        capacity::create_resource(tx, ctx, fields)?;
    }
    let mut massage = offers::Service::new(ctx.id(), site.currency);
    massage.code = "massage".to_owned();
    massage.name = Bilingual::new("按摩", "Massage");
    massage.minutes = 60;
    massage.price = Money::new(28_000, site.currency);
    massage.skills = vec!["spa".to_owned()];
    massage.resources = vec!["chair".to_owned(), "room".to_owned()];
    Ok(offers::save_service(tx, ctx, &massage)?.id)
}

fn book_both(world: &World, shop: Shop) -> OrderId {
    let site = world.site.clone();
    world
        .write(move |tx, ctx| {
            let massage = massage(tx, ctx, &site)?;
            let start = at("2026-11-25T10:00+08:00");
            let order = NewOrder {
                customer: Some(shop.chen),
                lines: vec![NewLine::one(shop.cut), NewLine::one(massage)],
                slot: Some(WantedSlot { start, staff: None }),
                ..NewOrder::new(site.id, Kind::Booking)
            };
            Ok(orders::create(tx, ctx, &order)?.id)
        })
        .expect("booked")
}

/// A calendar file with its long lines put together again.
fn calendar(message: &Message) -> String {
    let file = message.calendar.as_deref().expect("a calendar file");
    file.replace("\r\n ", "")
}

fn line(file: &str, name: &str) -> String {
    let found = file.lines().find_map(|line| line.strip_prefix(name));
    found.expect("the line is there").to_owned()
}

#[test]
fn a_visit_of_several_services_names_each_when_it_is_booked_moved_and_called_off() {
    each_engine(&rooms(), |world| {
        let (shop, (app, _)) = (open(world), posting(world));
        round(world, &app);
        let order = book_both(world, shop);
        round(world, &app);
        let booked = kept(world).remove(0);
        let told = "10:00–11:00 Cut · Li Mei\n11:00–12:00 Massage · Zhang Wei · Room A\n";
        assert!(booked.body.contains(told), "{}", booked.body);
        assert!(
            !booked.body.contains("With "),
            "nobody is named alone: {}",
            booked.body
        );
        let file = calendar(&booked);
        assert_eq!(file.matches("BEGIN:VEVENT").count(), 1);
        let parts =
            "DESCRIPTION:10:00–11:00 Cut · Li Mei\\n11:00–12:00 Massage · Zhang Wei · Room A";
        assert!(file.contains(parts), "{file}");
        assert_eq!(line(&file, "DTEND:"), "20261125T040000Z");
        let wish = Reschedule {
            start: at("2026-11-25T14:00+08:00"),
            staff: None,
            version: None,
        };
        world.set_time("2026-11-21T10:05+08:00");
        let moved = world.write(move |tx, ctx| orders::reschedule(tx, ctx, order, wish));
        moved.expect("moved");
        round(world, &app);
        let moved = kept(world).remove(1);
        assert!(
            moved
                .body
                .contains("15:00–16:00 Massage · Zhang Wei · Room A")
        );
        world.set_time("2026-11-24T15:00+08:00");
        round(world, &app);
        let reminder = kept(world).remove(2);
        assert_eq!(reminder.occasion, Occasion::Reminder);
        assert!(
            reminder
                .body
                .contains("14:00–15:00 Cut · Li Mei\n15:00–16:00 Massage")
        );
        world.set_time("2026-11-24T15:05+08:00");
        let off = world.write(move |tx, ctx| orders::cancel(tx, ctx, order, "ill").map(drop));
        off.expect("called off");
        round(world, &app);
        let cancelled = kept(world).remove(3);
        assert!(
            cancelled
                .body
                .contains("14:00–15:00 Cut · Li Mei\n15:00–16:00 Massage · Zhang Wei"),
            "{}",
            cancelled.body
        );
        let files = [&booked, &moved, &cancelled].map(calendar);
        let sequence = |file: &String| line(file, "SEQUENCE:").parse::<i64>().expect("a number");
        assert!(sequence(&files[0]) < sequence(&files[1]));
        assert!(sequence(&files[1]) < sequence(&files[2]));
        assert!(
            files
                .iter()
                .all(|file| line(file, "UID:") == line(&files[0], "UID:"))
        );
        assert!(files[2].contains("METHOD:CANCEL") && files[2].contains("STATUS:CANCELLED"));
    });
}

#[test]
fn a_wording_that_does_not_name_the_parts_names_everybody_who_serves() {
    each_engine(&rooms(), |world| {
        let (shop, (app, _)) = (open(world), posting(world));
        round(world, &app);
        let own = Wording {
            occasion: Occasion::Booked,
            locale: kernel::Locale::En,
            template: Some(Template {
                subject: "Booked".to_owned(),
                body: "With {staff}".to_owned(),
            }),
            version: 0,
        };
        world
            .write(move |tx, ctx| messages::save_template(tx, ctx, &own))
            .expect("saved");
        book_both(world, shop);
        round(world, &app);
        assert_eq!(kept(world)[0].body, "With Li Mei, Zhang Wei");
    });
}
