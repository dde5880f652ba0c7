//! What is written about, when, and how often.

use std::thread;

use kernel::{Channel, ids::OrderId};
use messages::model::Stage;
use orders::Reschedule;
use testing::{World, at, each_engine};

use crate::shop::{Shop, book, clock, kept, letters, open, posting, rooms, round, stages};

const SUNDAY_TEN: &str = "2026-11-22T10:00+08:00";
const WEDNESDAY_TEN: &str = "2026-11-25T10:00+08:00";

/// A shop that has listened once, so that what follows is news.
fn listening(world: &World) -> (Shop, web::App, std::path::PathBuf) {
    let shop = open(world);
    let (app, folder) = posting(world);
    round(world, &app);
    (shop, app, folder)
}

fn cancel(world: &World, order: OrderId, channel: Channel) {
    let done = world.write(move |tx, ctx| {
        orders::cancel(tx, &ctx.with_channel(channel), order, "changed plans").map(|_| ())
    });
    done.expect("cancelled");
}

#[test]
fn a_booking_is_confirmed_once_with_a_calendar_file() {
    each_engine(&rooms(), |world| {
        let (shop, app, folder) = listening(world);
        assert!(stages(world).is_empty(), "the past is not written about");
        book(world, shop, SUNDAY_TEN);
        for _ in 0..3 {
            round(world, &app);
        }
        assert_eq!(stages(world), [("booked", "sent")]);
        let message = &kept(world)[0];
        assert_eq!(message.recipient, "chen@example.com");
        assert_eq!(message.subject, "Booked: Cut, Sun 22 Nov 10:00–11:00");
        assert!(message.body.contains("With Li Mei") && message.body.contains("Hello Chen Yutong"));
        assert!(
            message
                .body
                .contains("https://book.example/at/lotus/bookings/")
        );
        let letters = letters(&folder);
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("To: chen@example.com"));
        assert!(letters[0].contains("visit.ics") && letters[0].contains(&message.id.to_string()));
        assert!(world.activities().contains(&"message.sent".to_owned()));
    });
}

#[test]
fn who_books_online_is_written_to_at_the_address_given_and_the_customer_keeps_theirs() {
    each_engine(&rooms(), |world| {
        let (shop, app, _) = listening(world);
        let guest = world.nobody();
        let times = "/at/lotus/riverside/cut/times";
        let start = "2026-11-25T04:00:00Z";
        let held = guest.post(times, &format!("start={start}&key=keyofthepage23&who="));
        let wrong = "name=Rui&phone=13805712047&email=rui";
        let refused = guest.post(held.location(), wrong);
        assert_eq!(refused.status, 422);
        assert!(refused.says("not a mail address") && refused.says("value=\"rui\""));
        let right = "name=Rui&phone=13805712047&email=rui%40example.com";
        assert_eq!(guest.post(held.location(), right).status, 303);
        round(world, &app);
        let message = &kept(world)[0];
        assert_eq!(message.recipient, "rui@example.com");
        let chen = world.read(|tx, ctx| customers::customer(tx, ctx, shop.chen));
        assert_eq!(
            chen.expect("read").email.as_deref(),
            Some("chen@example.com")
        );
    });
}

#[test]
fn a_move_and_a_cancellation_grow_the_calendar_sequence() {
    each_engine(&rooms(), |world| {
        let (shop, app, _) = listening(world);
        let order = book(world, shop, WEDNESDAY_TEN);
        round(world, &app);
        world.set_time("2026-11-21T10:05+08:00");
        let wish = Reschedule {
            start: at("2026-11-25T12:00+08:00"),
            staff: None,
            version: None,
        };
        let moved = world.write(move |tx, ctx| orders::reschedule(tx, ctx, order, wish));
        moved.expect("moved");
        round(world, &app);
        world.set_time("2026-11-21T10:10+08:00");
        cancel(world, order, Channel::Desk);
        round(world, &app);
        let all = kept(world);
        let occasions: Vec<_> = all.iter().map(|m| m.occasion.as_str()).collect();
        assert_eq!(occasions, ["booked", "moved", "cancelled"]);
        let sequence = |index: usize| -> i64 {
            let file = all[index].calendar.as_deref().expect("a calendar file");
            let line = file.lines().find_map(|line| line.strip_prefix("SEQUENCE:"));
            line.expect("a sequence").parse().expect("a number")
        };
        assert!(sequence(0) < sequence(1) && sequence(1) < sequence(2));
        let last = all[2].calendar.as_deref().expect("a calendar file");
        assert!(last.contains("METHOD:CANCEL") && last.contains("STATUS:CANCELLED"));
    });
}

#[test]
fn at_night_only_answers_to_what_the_customer_did_leave_at_once() {
    each_engine(&rooms(), |world| {
        let (shop, app, _) = listening(world);
        let by_desk = book(world, shop, WEDNESDAY_TEN);
        let by_guest = book(world, shop, "2026-11-25T14:00+08:00");
        round(world, &app);
        world.set_time("2026-11-21T22:30+08:00");
        cancel(world, by_desk, Channel::Desk);
        cancel(world, by_guest, Channel::Online);
        round(world, &app);
        let all = kept(world);
        let told = |order: OrderId| {
            let about = |m: &&messages::model::Message| {
                m.order == Some(order) && m.occasion.as_str() == "cancelled"
            };
            all.iter().find(about).expect("written").clone()
        };
        assert_eq!(told(by_guest).stage, Stage::Sent);
        let quiet = told(by_desk);
        assert_eq!(
            (quiet.stage, quiet.due),
            (Stage::Waiting, clock(22, "08:00"))
        );
        world.set_time("2026-11-22T08:00+08:00");
        round(world, &app);
        assert!(kept(world).iter().all(|m| m.stage == Stage::Sent));
    });
}

#[test]
fn a_visit_is_reminded_of_once_and_not_when_it_was_just_booked() {
    each_engine(&rooms(), |world| {
        let (shop, app, _) = listening(world);
        book(world, shop, "2026-11-23T16:00+08:00");
        round(world, &app);
        assert_eq!(stages(world), [("booked", "sent")]);
        world.set_time("2026-11-22T16:01+08:00");
        for _ in 0..2 {
            round(world, &app);
        }
        assert_eq!(stages(world), [("booked", "sent"), ("reminder", "sent")]);
        world.set_time("2026-11-22T19:00+08:00");
        book(world, shop, "2026-11-23T18:00+08:00");
        round(world, &app);
        let reminders = stages(world)
            .iter()
            .filter(|(o, _)| *o == "reminder")
            .count();
        assert_eq!(reminders, 1);
    });
}

#[test]
fn a_reminder_of_what_was_called_off_stays_at_home() {
    each_engine(&rooms(), |world| {
        let (shop, app, _) = listening(world);
        let order = book(world, shop, "2026-11-23T09:30+08:00");
        round(world, &app);
        world.set_time("2026-11-22T23:00+08:00");
        round(world, &app);
        assert_eq!(stages(world), [("booked", "sent"), ("reminder", "waiting")]);
        cancel(world, order, Channel::Desk);
        round(world, &app);
        assert!(stages(world).contains(&("reminder", "withdrawn")));
    });
}

#[test]
fn a_finished_visit_is_thanked_for_later() {
    each_engine(&rooms(), |world| {
        let (shop, app, _) = listening(world);
        let order = book(world, shop, "2026-11-21T10:00+08:00");
        let served = world.write(move |tx, ctx| {
            orders::start(tx, ctx, order, Some(shop.mei))?;
            orders::finish(tx, ctx, order).map(|_| ())
        });
        served.expect("served");
        round(world, &app);
        assert_eq!(stages(world), [("thanks", "waiting")]);
        world.set_time("2026-11-21T12:00+08:00");
        round(world, &app);
        assert_eq!(stages(world), [("thanks", "sent")]);
    });
}

#[test]
fn a_finish_taken_back_is_not_thanked_for() {
    each_engine(&rooms(), |world| {
        let (shop, app, _) = listening(world);
        let order = book(world, shop, "2026-11-21T10:00+08:00");
        let finished = world.write(move |tx, ctx| {
            orders::start(tx, ctx, order, Some(shop.mei))?;
            orders::finish(tx, ctx, order).map(|order| order.version)
        });
        let version = finished.expect("served");
        round(world, &app);
        let undone = world.write(move |tx, ctx| orders::undo(tx, ctx, order, version).map(|_| ()));
        undone.expect("taken back");
        round(world, &app);
        assert_eq!(stages(world), [("thanks", "withdrawn")]);
    });
}

#[test]
fn whoever_becomes_first_in_line_is_told_once() {
    each_engine(&rooms(), |world| {
        let (shop, app, _) = listening(world);
        let site = world.site.id;
        let walk_in = move |customer| queue::WalkIn {
            customer,
            ..queue::WalkIn::new(site, kernel::Date::constant(2026, 11, 21), vec![shop.cut])
        };
        let first = world
            .write(move |tx, ctx| Ok(queue::issue(tx, ctx, &walk_in(None))?.ticket.id))
            .expect("a number");
        world
            .write(move |tx, ctx| queue::issue(tx, ctx, &walk_in(Some(shop.chen))).map(|_| ()))
            .expect("a number");
        world.set_time("2026-11-21T10:10+08:00");
        round(world, &app);
        assert!(stages(world).is_empty());
        world
            .write(move |tx, ctx| queue::start(tx, ctx, first, Some(shop.mei)).map(|_| ()))
            .expect("started");
        for _ in 0..2 {
            round(world, &app);
        }
        assert_eq!(stages(world), [("next", "sent")]);
        assert!(
            kept(world)[0]
                .body
                .contains("https://book.example/at/lotus/tickets/")
        );
    });
}

#[test]
fn two_programs_that_hear_the_same_fact_write_once() {
    each_engine(&rooms(), |world| {
        let (shop, app, folder) = listening(world);
        for day in 22..=25 {
            book(world, shop, &format!("2026-11-{day}T10:00+08:00"));
        }
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| round(world, &app));
            }
        });
        round(world, &app);
        assert_eq!(stages(world), [("booked", "sent"); 4]);
        assert_eq!(letters(&folder).len(), 4);
    });
}
