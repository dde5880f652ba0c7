//! Who answers, by when, and how it ends.

use std::thread;

use enquiries::{Filter, Level, NewEnquiry, Targets, Tray};
use kernel::{Fault, FaultKind, Role};
use orders::{Kind, NewOrder, StateName};
use testing::{World, at, each_engine};

use crate::shop::{act, agent, asked, now, rooms, user};

fn sound(world: &World) -> Option<String> {
    let rooms = [orders::room(), enquiries::room()];
    let mut checks = rooms.iter().flat_map(|room| &room.verify);
    checks.find_map(|check| world.read(check).expect("readable"))
}

#[test]
fn an_answer_is_promised_in_opening_hours_by_level() {
    each_engine(&rooms(), |world| {
        // Open from 09:00 to 21:00 every day; it is Saturday, 10:00.
        let due = |level| asked(world, level, "Where is my case?").due;
        assert_eq!(due(Level::Normal), at("2026-11-21T18:00+08:00"));
        assert_eq!(due(Level::Urgent), at("2026-11-21T11:00+08:00"));
        world.set_time("2026-11-21T20:30+08:00");
        assert_eq!(due(Level::Urgent), at("2026-11-22T09:30+08:00"));
        let targets = Targets([600, 240, 30]);
        let set = world.write(move |tx, ctx| enquiries::set_targets(tx, ctx, &targets));
        set.expect("the owner may");
        assert_eq!(due(Level::Urgent), at("2026-11-21T21:00+08:00"));
        let wrong = Targets([600, 240, 0]);
        let refused = world.write(move |tx, ctx| enquiries::set_targets(tx, ctx, &wrong));
        assert_eq!(refused.unwrap_err().fields[0].field, "urgent");
        let denied = world.write_as(world.ctx_of(Role::Support), move |tx, ctx| {
            enquiries::set_targets(tx, ctx, &targets)
        });
        assert_eq!(denied.unwrap_err(), Fault::forbidden());
    });
}

#[test]
fn of_two_who_take_the_same_one_at_once_one_has_it_and_the_other_is_told_who() {
    each_engine(&rooms(), |world| {
        let enquiry = asked(world, Level::Normal, "May I bring my dog?");
        let id = enquiry.order;
        let agents = ["Ann", "Bo", "Chen", "Di"].map(|name| agent(world, name));
        let answers: Vec<Result<(), Fault>> = thread::scope(|scope| {
            let hands = agents.each_ref().map(|ctx| {
                scope.spawn(move || act(world, ctx, move |tx, ctx| enquiries::take(tx, ctx, id)))
            });
            hands
                .into_iter()
                .map(|hand| hand.join().expect("it ends"))
                .collect()
        });
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        let owner = now(world, &enquiry).owner.expect("somebody has it");
        for (ctx, answer) in agents.iter().zip(answers) {
            let Err(fault) = answer else {
                assert_eq!(owner.id, user(ctx));
                continue;
            };
            assert_eq!(fault.kind, FaultKind::Conflict);
            let told = fault.speak(kernel::Locale::En);
            assert_eq!(
                told,
                format!("{} was faster and answers it already.", owner.name)
            );
        }
        assert_eq!(
            world
                .activities()
                .iter()
                .filter(|a| *a == "enquiry.taken")
                .count(),
            1
        );
    });
}

#[test]
fn it_is_closed_with_an_outcome_and_opened_again_and_every_note_is_kept() {
    each_engine(&rooms(), |world| {
        let enquiry = asked(world, Level::High, "The colour washed out");
        let (id, ann) = (enquiry.order, agent(world, "Ann"));
        let acted = act(world, &ann, move |tx, ctx| {
            enquiries::take(tx, ctx, id)?;
            orders::add_note(tx, ctx, id, "Called, no answer").map(drop)
        });
        acted.expect("she may");
        world.set_time("2026-11-21T11:00+08:00");
        let acted = act(world, &ann, move |tx, ctx| {
            let refused = enquiries::close(tx, ctx, id, "  ");
            assert_eq!(refused.unwrap_err().fields[0].field, "outcome");
            enquiries::close(tx, ctx, id, "A new colour for nothing")?;
            enquiries::close(tx, ctx, id, "A second click")
        });
        acted.expect("she may");
        let closed = now(world, &enquiry).closed.expect("it is closed");
        assert_eq!(closed.outcome, "A new colour for nothing");
        let state = world
            .read(|tx, ctx| orders::order(tx, ctx, id))
            .expect("there");
        assert_eq!(state.state.name(), StateName::Finished);
        assert_eq!(sound(world), None);
        world.set_time("2026-11-23T12:00+08:00");
        let acted = act(world, &ann, move |tx, ctx| {
            let refused = enquiries::set_level(tx, ctx, id, (3, Level::Urgent));
            assert!(refused.is_err(), "a closed one has no level to set");
            Ok(())
        });
        acted.expect("nothing happened");
        let again = act(world, &ann, move |tx, ctx| {
            enquiries::reopen(tx, ctx, id)?;
            enquiries::reopen(tx, ctx, id)
        });
        again.expect("the customer called again");
        let open = now(world, &enquiry);
        assert_eq!(
            (open.closed, open.due),
            (None, at("2026-11-23T16:00+08:00"))
        );
        assert_eq!(sound(world), None);
        let closed = act(world, &ann, move |tx, ctx| {
            enquiries::close(tx, ctx, id, "Refunded")
        });
        closed.expect("for good");
        let notes = world
            .read(|tx, ctx| orders::notes(tx, ctx, id))
            .expect("readable");
        let notes: Vec<_> = notes
            .iter()
            .map(|n| (n.author.as_str(), n.text.as_str()))
            .collect();
        let kept = [
            ("Ann", "Called, no answer"),
            ("Ann", "A new colour for nothing"),
            ("Ann", "Refunded"),
        ];
        assert_eq!(notes, kept);
        assert_eq!(sound(world), None);
    });
}

#[test]
fn trays_hold_what_is_mine_what_nobody_has_and_what_is_late() {
    each_engine(&rooms(), |world| {
        let ann = agent(world, "Ann");
        let mine = asked(world, Level::Normal, "Mine").order;
        asked(world, Level::Urgent, "Late by noon");
        asked(world, Level::Normal, "Gift vouchers");
        act(world, &ann, move |tx, ctx| enquiries::take(tx, ctx, mine)).expect("she may");
        world.set_time("2026-11-21T12:00+08:00");
        let matters = |filter: Filter| {
            let who = Some(user(&ann));
            let found = world.read(|tx, ctx| enquiries::enquiries(tx, ctx, &filter, who));
            let found = found.expect("readable");
            found.into_iter().map(|one| one.matter).collect::<Vec<_>>()
        };
        let tray = |chosen| Filter {
            chosen,
            ..Filter::default()
        };
        assert_eq!(matters(tray(Tray::Mine)), ["Mine"]);
        assert_eq!(
            matters(tray(Tray::Unassigned)),
            ["Late by noon", "Gift vouchers"]
        );
        assert_eq!(matters(tray(Tray::Overdue)), ["Late by noon"]);
        assert_eq!(matters(tray(Tray::All)).len(), 3);
        let found = Filter {
            text: "GIFT".to_owned(),
            ..Filter::default()
        };
        assert_eq!(matters(found), ["Gift vouchers"]);
        let site = world.site.id;
        let late = world.read(|tx, ctx| enquiries::overdue(tx, ctx, site, 5));
        assert_eq!(late.expect("readable").len(), 1);
    });
}

#[test]
fn a_complaint_names_the_order_and_one_by_another_door_is_taken_in() {
    each_engine(&rooms(), |world| {
        let first = asked(world, Level::Normal, "The first");
        let complaint = |about: &str| NewEnquiry {
            order: NewOrder {
                note: "It broke again".to_owned(),
                ..NewOrder::new(world.site.id, Kind::Complaint)
            },
            level: Level::High,
            about: about.to_owned(),
        };
        let (known, unknown) = (complaint(&first.code), complaint("RIV-99999"));
        let refused = world.write(move |tx, ctx| enquiries::open(tx, ctx, &unknown));
        assert_eq!(refused.unwrap_err().fields[0].field, "about");
        let written = world.write(move |tx, ctx| enquiries::open(tx, ctx, &known));
        assert_eq!(written.expect("written").about, Some(first.order));
        let about = world.read(|tx, ctx| enquiries::about(tx, ctx, first.order));
        assert_eq!(about.expect("readable").len(), 1);
        let other = NewOrder {
            note: "By the API".to_owned(),
            level: orders::Level::Priority,
            ..NewOrder::new(world.site.id, Kind::Enquiry)
        };
        let order = world
            .write(move |tx, ctx| orders::create(tx, ctx, &other))
            .expect("taken");
        let room = enquiries::room();
        for _ in 0..2 {
            let job = room.jobs[0].run;
            world.write(job).expect("taken in once");
        }
        let taken = world.read(|tx, ctx| enquiries::enquiry(tx, ctx, order.id));
        assert_eq!(taken.expect("there").level, Level::High);
        assert_eq!(sound(world), None);
    });
}
