//! Out of the house: servers that take, postpone and refuse, and a program that dies in between.

use std::path::Path;

use kernel::ids::MessageId;
use messages::model::{Settings, Stage};
use store::params;
use testing::{World, each_engine};

use crate::{
    servers::{gateway, mail_server},
    shop::{book, kept, open, posting, rooms, round, stages, told},
};

const WEDNESDAY_TEN: &str = "2026-11-25T10:00+08:00";

#[test]
fn a_letter_the_server_postpones_is_tried_again_later_and_arrives_once() {
    each_engine(&rooms(), |world| {
        let (address, taken) = mail_server(&["451 come back", "250 taken"]);
        let (shop, app) = (open(world), told(world, &address));
        round(world, &app);
        book(world, shop, WEDNESDAY_TEN);
        for _ in 0..3 {
            round(world, &app);
        }
        let message = kept(world)[0].clone();
        assert_eq!((message.stage, message.attempts), (Stage::Waiting, 1));
        assert!(message.reason.expect("a reason").contains("451"));
        world.set_time("2026-11-21T10:01+08:00");
        for _ in 0..3 {
            round(world, &app);
        }
        assert_eq!(stages(world), [("booked", "sent")]);
        let letters = taken.all();
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains(&format!("<{}@lotus.example>", message.id)));
    });
}

/// Against aiosmtpd, which `./test` starts; left out where nothing names it.
#[test]
fn a_mail_server_not_our_own_takes_the_confirmation_once_with_its_calendar_entry() {
    let named = |name| std::env::var(name).ok();
    let (Some(address), Some(folder)) = (
        named("STEWARD_TEST_MAIL"),
        named("STEWARD_TEST_MAIL_FOLDER"),
    ) else {
        eprintln!("STEWARD_TEST_MAIL is not set: not run against a mail server");
        return;
    };
    each_engine(&rooms(), |world| {
        let (shop, app) = (open(world), told(world, &address));
        round(world, &app);
        book(world, shop, WEDNESDAY_TEN);
        for _ in 0..3 {
            round(world, &app);
        }
        assert_eq!(stages(world), [("booked", "sent")]);
        let id = format!("<{}@lotus.example>", kept(world)[0].id);
        let letters: Vec<String> = std::fs::read_dir(Path::new(&folder).join("new"))
            .expect("the server's folder of mail")
            .map(|entry| entry.expect("an entry").path())
            .map(|path| std::fs::read_to_string(path).expect("a letter"))
            .filter(|letter| letter.contains(&id))
            .collect();
        assert_eq!(letters.len(), 1, "taken once");
        assert!(letters[0].contains("X-RcptTo: "), "the server's own mark");
        assert!(letters[0].contains("Content-Type: text/calendar"));
    });
}

#[test]
fn a_letter_the_server_refuses_is_a_dead_letter_until_somebody_sends_it_again() {
    each_engine(&rooms(), |world| {
        let (address, taken) = mail_server(&["550 no such user", "250 taken"]);
        let (shop, app) = (open(world), told(world, &address));
        round(world, &app);
        book(world, shop, WEDNESDAY_TEN);
        round(world, &app);
        world.set_time("2026-11-21T18:00+08:00");
        round(world, &app);
        assert_eq!(stages(world), [("booked", "failed")]);
        let id = kept(world)[0].id;
        assert!(world.activities().contains(&"message.failed".to_owned()));
        let desk = world.client(kernel::Role::Manager);
        let page = desk.get(&format!("/messages/{id}"));
        assert!(page.says("550") && page.says("Send again"));
        for _ in 0..2 {
            let sent = desk.post(&format!("/messages/{id}/sending"), "");
            assert_eq!(sent.status, 303);
        }
        round(world, &app);
        assert_eq!(stages(world), [("booked", "sent")]);
        assert_eq!(taken.all().len(), 1);
        let again = desk.post(&format!("/messages/{id}/sending"), "");
        assert_eq!(again.status, 409, "what was sent is not sent again");
    });
}

#[test]
fn a_server_that_is_away_costs_patience_and_in_the_end_the_letter() {
    each_engine(&rooms(), |world| {
        let (shop, app) = (open(world), told(world, "smtp://127.0.0.1:9"));
        round(world, &app);
        book(world, shop, WEDNESDAY_TEN);
        round(world, &app);
        assert_eq!(stages(world), [("booked", "waiting")]);
        world.set_time("2026-11-25T10:00+08:00");
        round(world, &app);
        let message = kept(world)[0].clone();
        assert_eq!(message.stage, Stage::Failed, "too late to be of use");
    });
}

/// What a program killed while sending leaves behind: taken, with a lease that has run out.
fn taken_and_dropped(world: &World, id: MessageId) {
    const TAKE: &str = "
        update messages set state = 'sending', sent_at = null, lease_until = $3
        where org = $1 and id = $2";
    let taken = world.write(move |tx, ctx| {
        let lease = ctx.now.as_microsecond() - 1;
        tx.execute(TAKE, params![ctx.org, id, lease])
    });
    assert_eq!(taken.expect("taken"), 1);
}

#[test]
fn mail_that_may_have_left_is_not_sent_twice_behind_anybodys_back() {
    each_engine(&rooms(), |world| {
        let (shop, (app, folder)) = (open(world), posting(world));
        round(world, &app);
        book(world, shop, WEDNESDAY_TEN);
        round(world, &app);
        taken_and_dropped(world, kept(world)[0].id);
        for _ in 0..2 {
            round(world, &app);
        }
        assert_eq!(stages(world), [("booked", "unsure")]);
        assert_eq!(crate::shop::letters(&folder).len(), 1);
    });
}

fn with_gateway(world: &World, url: &str) -> String {
    let url = url.to_owned();
    world
        .write(move |tx, ctx| {
            messages::save_settings(tx, ctx, &Settings::default(), Some(&url))?;
            let gateway = messages::settings(tx, ctx)?.gateway;
            Ok(gateway.expect("a gateway").secret)
        })
        .expect("a gateway is set")
}

#[test]
fn a_text_is_handed_to_the_gateway_signed() {
    each_engine(&rooms(), |world| {
        let (url, taken) = gateway("200 OK");
        let (shop, (app, _)) = (open(world), posting(world));
        let secret = with_gateway(world, &url);
        assert!(secret.starts_with("whsec_"));
        round(world, &app);
        book(world, shop, WEDNESDAY_TEN);
        round(world, &app);
        assert_eq!(stages(world), [("booked", "sent"), ("booked", "sent")]);
        let requests = taken.all();
        assert_eq!(requests.len(), 1);
        let text = kept(world).into_iter().find(|m| m.way.as_str() == "text");
        let id = text.expect("a text").id;
        assert!(requests[0].contains(&format!("webhook-id: {id}")));
        assert!(requests[0].contains("webhook-signature: v1,"));
        assert!(requests[0].contains("\"to\":\"13805712047\""));
    });
}

#[test]
fn a_gateway_inside_the_own_network_is_not_spoken_to_unless_allowed() {
    each_engine(&rooms(), |world| {
        let (url, taken) = gateway("200 OK");
        let (shop, (mut app, _)) = (open(world), posting(world));
        let mut config = (*app.config).clone();
        config.outside.private_targets = false;
        app.config = std::sync::Arc::new(config);
        with_gateway(world, &url);
        round(world, &app);
        book(world, shop, WEDNESDAY_TEN);
        round(world, &app);
        assert!(taken.all().is_empty());
        let text = kept(world).into_iter().find(|m| m.way.as_str() == "text");
        let reason = text.expect("a text").reason.expect("a reason");
        assert!(reason.contains("not allowed"), "{reason}");
    });
}

#[test]
fn a_gateway_that_fails_is_tried_again() {
    each_engine(&rooms(), |world| {
        let (url, taken) = gateway("503 Service Unavailable");
        let (shop, (app, _)) = (open(world), posting(world));
        with_gateway(world, &url);
        round(world, &app);
        book(world, shop, WEDNESDAY_TEN);
        round(world, &app);
        world.set_time("2026-11-21T10:01+08:00");
        round(world, &app);
        let requests = taken.all();
        assert_eq!(requests.len(), 2);
        let id_of = |request: &str| {
            let rest = request
                .split("webhook-id: ")
                .nth(1)
                .expect("an id")
                .to_owned();
            rest.split("\r\n").next().expect("a line").to_owned()
        };
        assert_eq!(
            id_of(&requests[0]),
            id_of(&requests[1]),
            "told apart by one id"
        );
    });
}

#[test]
fn a_letter_stands_under_the_logo_and_says_the_same_as_text() {
    each_engine(&rooms(), |world| {
        let (address, taken) = mail_server(&["250 taken"]);
        let (shop, mut app) = (open(world), told(world, &address));
        let mut config = (*app.config).clone();
        config.outside.files = Some(world.files_folder().display().to_string());
        app.config = std::sync::Arc::new(config);
        let owner = world.client(kernel::Role::Owner);
        let logo = testing::picture(80, 40, 3);
        assert_eq!(
            owner
                .upload("/organisation/files", &[("logo.png", &logo)])
                .status,
            303
        );
        round(world, &app);
        book(world, shop, WEDNESDAY_TEN);
        round(world, &app);
        let letters = taken.all();
        assert_eq!(letters.len(), 1);
        for part in [
            "multipart/alternative",
            "text/plain",
            "text/html",
            "cid:logo",
            "image/jpeg",
            "Content-ID: <logo>",
            "text/calendar",
        ] {
            assert!(letters[0].contains(part), "{part}: {}", letters[0]);
        }
        let text = letters[0].find("text/plain").expect("text");
        assert!(
            text < letters[0].find("text/html").expect("shown"),
            "the plainest part is first"
        );
    });
}

#[test]
fn a_letter_the_server_put_off_into_the_night_waits_for_the_morning() {
    each_engine(&rooms(), |world| {
        let (address, taken) = mail_server(&["451 come back", "250 taken"]);
        let (shop, app) = (open(world), told(world, &address));
        round(world, &app);
        world.set_time("2026-11-21T20:59+08:00");
        book(world, shop, WEDNESDAY_TEN);
        round(world, &app);
        assert_eq!(kept(world)[0].attempts, 1);
        world.set_time("2026-11-21T21:05+08:00");
        round(world, &app);
        let message = kept(world)[0].clone();
        assert_eq!(message.due, crate::shop::clock(22, "08:00"));
        assert_eq!((message.stage, message.attempts), (Stage::Waiting, 1));
        assert!(taken.all().is_empty());
        world.set_time("2026-11-22T08:00+08:00");
        round(world, &app);
        assert_eq!(stages(world), [("booked", "sent")]);
    });
}

#[test]
fn a_program_that_stood_still_till_night_wakes_nobody() {
    each_engine(&rooms(), |world| {
        let (shop, (app, folder)) = (open(world), posting(world));
        round(world, &app);
        world.set_time("2026-11-21T20:50+08:00");
        book(world, shop, WEDNESDAY_TEN);
        let room = messages::room();
        (room.errands[0].run)(&app, &world.ctx()).expect("it is written");
        world.set_time("2026-11-22T03:00+08:00");
        round(world, &app);
        assert_eq!(crate::shop::letters(&folder).len(), 0);
        world.set_time("2026-11-22T08:00+08:00");
        round(world, &app);
        assert_eq!(crate::shop::letters(&folder).len(), 1);
    });
}
