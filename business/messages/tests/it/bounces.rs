//! Mail that comes back after it was taken: the door, the mark, and who clears it.

use kernel::{
    Role,
    ids::{MessageId, OrderId},
};
use messages::model::Stage;
use testing::{Answer, World, each_engine};

use crate::{
    shop::{Shop, book, kept, letters, open, posting, rooms, round, stages},
    sign,
};

const DOOR: &str = "/at/lotus/messages/reports";
const WEDNESDAY_TEN: &str = "2026-11-25T10:00+08:00";

/// A shop that takes reports, with one letter on its way to Chen Yutong.
struct Told {
    shop: Shop,
    app: web::App,
    folder: std::path::PathBuf,
    secret: String,
    letter: MessageId,
}

fn told(world: &World) -> Told {
    let (shop, (app, folder)) = (open(world), posting(world));
    round(world, &app);
    book(world, shop, WEDNESDAY_TEN);
    round(world, &app);
    let opened = world
        .client(Role::Manager)
        .post("/messages/settings/reports", "open=1");
    assert_eq!(opened.status, 303, "{}", opened.body);
    let settings = world.read(messages::settings);
    let secret = settings.expect("read").report_secret.expect("a key");
    let letter = kept(world)[0].id;
    Told {
        shop,
        app,
        folder,
        secret,
        letter,
    }
}

/// Reports as a carrier of mail does.
fn report(world: &World, secret: &str, id: &str, body: &str) -> Answer {
    let second = world.clock.now().as_second();
    let carrier = world
        .nobody()
        .with_header("webhook-id", id)
        .with_header("webhook-timestamp", &second.to_string())
        .with_header(
            "webhook-signature",
            &sign::signature(secret, id, second, body),
        );
    let kind = Some("application/json");
    let post = web::axum::http::Method::POST;
    carrier.send(post, DOOR, kind, body.as_bytes().to_vec())
}

fn bounced(letter: MessageId) -> String {
    format!(
        r#"{{"type":"mail.bounced","data":{{"message_id":"<{letter}@lotus.example>",
            "reason":"550 no such user"}}}}"#
    )
}

/// Five minutes later somebody books again.
fn book_at(world: &World, told: &Told, start: &str) -> OrderId {
    world.set_time("2026-11-21T10:05+08:00");
    let order = book(world, told.shop, start);
    round(world, &told.app);
    order
}

#[test]
fn a_letter_that_came_back_is_marked_and_nothing_more_is_sent_until_somebody_clears_it() {
    each_engine(&rooms(), |world| {
        let told = told(world);
        for _ in 0..2 {
            let taken = report(world, &told.secret, "r1", &bounced(told.letter));
            assert_eq!(taken.status, 204, "{}", taken.body);
        }
        assert_eq!(stages(world), [("booked", "bounced")]);
        let count = |name: &str| world.activities().iter().filter(|a| *a == name).count();
        assert_eq!(
            (count("message.bounced"), count("customer.unreachable")),
            (1, 1)
        );
        let desk = world.client(Role::Desk);
        assert!(desk.get("/messages").says("Came back"));
        let customer = format!("/customers/{}", told.shop.chen);
        for page in [customer.clone(), format!("/messages/{}", told.letter)] {
            let page = desk.get(&page);
            assert!(
                page.says("Mail to this address comes back"),
                "{}",
                page.body
            );
            assert!(page.says("550 no such user") && page.says("It reaches again"));
        }
        book_at(world, &told, "2026-11-25T14:00+08:00");
        assert_eq!(stages(world)[1], ("booked", "failed"));
        assert_eq!(letters(&told.folder).len(), 1, "nothing more is sent");
        let manager = world.client(Role::Manager);
        let again = format!("/messages/{}/sending", kept(world)[1].id);
        assert_eq!(manager.post(&again, "").status, 409);
        let staff = world.client(Role::Staff);
        assert_eq!(staff.post(&format!("{customer}/reachable"), "").status, 403);
        assert_eq!(desk.post(&format!("{customer}/reachable"), "").status, 303);
        assert!(!desk.get(&customer).says("comes back"));
        assert_eq!(manager.post(&again, "").status, 303);
        round(world, &told.app);
        assert_eq!(letters(&told.folder).len(), 2);
        // The same report comes late once more: it was dealt with.
        report(world, &told.secret, "r1", &bounced(told.letter));
        assert!(!desk.get(&customer).says("comes back"));
        report(world, &told.secret, "r2", &bounced(told.letter));
        assert!(desk.get(&customer).says("comes back"), "news is news");
    });
}

#[test]
fn another_address_of_the_customer_is_written_to() {
    each_engine(&rooms(), |world| {
        let told = told(world);
        let body = r#"{"type":"email.bounced","data":{"to":["CHEN@example.com"]}}"#;
        assert_eq!(report(world, &told.secret, "r1", body).status, 204);
        assert_eq!(stages(world), [("booked", "bounced")]);
        let id = told.shop.chen;
        let moved = world.write(move |tx, ctx| {
            let details = customers::Details {
                name: "Chen Yutong".to_owned(),
                phone: "13805712047".to_owned(),
                email: "yutong@example.com".to_owned(),
                ..customers::Details::default()
            };
            customers::change_customer(tx, ctx, id, 1, &details)
        });
        moved.expect("changed");
        book_at(world, &told, "2026-11-25T14:00+08:00");
        assert_eq!(kept(world)[1].stage, Stage::Sent);
    });
}

#[test]
fn whoever_complains_gets_no_more_mail_though_the_letter_arrived() {
    each_engine(&rooms(), |world| {
        let told = told(world);
        let body = r#"{"type":"email.complained","data":{"to":"chen@example.com"}}"#;
        assert_eq!(report(world, &told.secret, "r1", body).status, 204);
        assert_eq!(stages(world), [("booked", "sent")]);
        let page = world
            .client(Role::Desk)
            .get(&format!("/customers/{}", told.shop.chen));
        assert!(page.says("does not want our mail"));
        book_at(world, &told, "2026-11-25T14:00+08:00");
        assert_eq!(kept(world)[1].stage, Stage::Failed);
    });
}

#[test]
fn nobody_without_the_key_marks_anything() {
    each_engine(&rooms(), |world| {
        let told = told(world);
        let body = bounced(told.letter);
        let forged = report(world, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "r1", &body);
        assert_eq!(forged.status, 403, "{}", forged.body);
        let post = web::axum::http::Method::POST;
        let bare = world
            .nobody()
            .send(post, DOOR, None, body.as_bytes().to_vec());
        assert_eq!(bare.status, 403);
        let second = world.clock.now().as_second() - 301;
        let old = world
            .nobody()
            .with_header("webhook-id", "r1")
            .with_header("webhook-timestamp", &second.to_string())
            .with_header(
                "webhook-signature",
                &sign::signature(&told.secret, "r1", second, &body),
            );
        let post = web::axum::http::Method::POST;
        assert_eq!(old.send(post, DOOR, None, body.into_bytes()).status, 403);
        for unreadable in ["bounced!", &"x".repeat(70_000)] {
            assert_eq!(report(world, &told.secret, "r1", unreadable).status, 422);
        }
        let nothing = r#"{"type":"mail.bounced","data":{"to":"stranger@example.com"}}"#;
        assert_eq!(report(world, &told.secret, "r2", nothing).status, 204);
        assert_eq!(stages(world), [("booked", "sent")]);
        assert!(
            !world
                .activities()
                .contains(&"customer.unreachable".to_owned())
        );
    });
}

#[test]
fn the_door_is_shut_until_a_manager_opens_it_and_after_it_is_shut_again() {
    each_engine(&rooms(), |world| {
        let told = told(world);
        let manager = world.client(Role::Manager);
        let page = manager.get("/messages/settings");
        assert!(page.says(DOOR) && page.says(&told.secret));
        let renewed = manager.post("/messages/settings/reports", "open=1");
        assert_eq!(renewed.status, 303);
        let body = bounced(told.letter);
        assert_eq!(
            report(world, &told.secret, "r1", &body).status,
            403,
            "another key"
        );
        manager.post("/messages/settings/reports", "open=0");
        assert_eq!(report(world, &told.secret, "r1", &body).status, 404);
        let desk = world.client(Role::Desk);
        assert_eq!(
            desk.post("/messages/settings/reports", "open=1").status,
            403
        );
    });
}

#[test]
fn addresses_that_do_not_reach_are_listed_with_whose_they_are_and_cleared_from_there() {
    each_engine(&rooms(), |world| {
        const LIST: &str = "/messages/unreachable";
        let told = told(world);
        let desk = world.client(Role::Desk);
        assert!(desk.get(LIST).says("Every address reaches"));
        report(world, &told.secret, "r1", &bounced(told.letter));
        let complaint = r#"{"type":"email.complained","data":{"to":"chen@example.com"}}"#;
        let page = desk.get(LIST);
        for words in [
            "chen@example.com",
            "Chen Yutong",
            "550 no such user",
            "21 Nov 2026",
        ] {
            assert!(page.says(words), "{words}: {}", page.body);
        }
        let other = desk.get(&format!("{LIST}?why=complained"));
        assert!(other.says("Every address reaches"), "{}", other.body);
        let file = desk.get(&format!("{LIST}?why=bounced&format=csv")).body;
        let row = "chen@example.com,Chen Yutong,Mail comes back,550 no such user,2026-11-21 10:00";
        assert!(file.contains(row), "{file}");
        // Who may not read addresses in full is shown the beginning, and clears nothing.
        let reader = world.client(Role::ReadOnly);
        let masked = reader.get(LIST);
        assert!(masked.says("c••••@example.com"), "{}", masked.body);
        assert!(!masked.body.contains("chen@example.com") && !masked.says("It reaches again"));
        let clear = format!("{LIST}/reachable");
        let body = "address=chen%40example.com";
        assert_eq!(reader.post(&clear, body).status, 403);
        assert_eq!(desk.post(&clear, body).status, 303);
        assert!(desk.get(LIST).says("Every address reaches"));
        report(world, &told.secret, "r2", complaint);
        assert!(desk.get(LIST).says("Does not want our mail"));
    });
}
