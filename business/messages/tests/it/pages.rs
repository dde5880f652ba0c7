//! The pages of messages.

use kernel::Role;
use testing::each_engine;

use crate::shop::{book, kept, open, posting, rooms, round};

const GOOD: &str = "version=0&sender=Lotus&reply_to=desk%40lotus.example&reminder_hours=48\
    &thanks_minutes=60&quiet_from=20%3A00&quiet_to=09%3A00&mail=booked&mail=reminder&gateway_url=";

#[test]
fn a_manager_chooses_when_and_what_customers_are_told() {
    each_engine(&rooms(), |world| {
        open(world);
        let manager = world.client(Role::Manager);
        assert_eq!(manager.post("/messages/settings", GOOD).status, 303);
        let page = manager.get("/messages/settings");
        assert!(page.says("value=\"48\"") && page.says("value=\"20:00\""));
        let (settings, _) = world
            .read(|tx, ctx| Ok((messages::settings(tx, ctx)?, ())))
            .expect("read");
        let spoken = |occasion| settings.speaks(messages::model::Way::Mail, occasion);
        assert!(spoken(messages::model::Occasion::Booked));
        assert!(!spoken(messages::model::Occasion::Moved));
        let stale = manager.post("/messages/settings", GOOD);
        assert_eq!(stale.status, 409, "the second of two is told");
    });
}

#[test]
fn wrong_choices_name_the_field_and_keep_what_was_typed() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        let wrong = GOOD
            .replace("reminder_hours=48", "reminder_hours=900")
            .replace("quiet_from=20%3A00", "quiet_from=25%3A00")
            .replace("desk%40lotus.example", "nobody")
            .replace("gateway_url=", "gateway_url=ftp%3A%2F%2Fold");
        let page = manager.post("/messages/settings", &wrong);
        assert_eq!(page.status, 422);
        assert!(page.says("value=\"900\"") && page.says("value=\"nobody\""));
        assert!(page.says("begins with https://") && page.says("ftp://old"));
        let kept = world.read(|tx, ctx| Ok(messages::settings(tx, ctx)?.version));
        assert_eq!(kept, Ok(0));
    });
}

#[test]
fn a_wording_is_changed_previewed_and_put_back() {
    each_engine(&rooms(), |world| {
        let (shop, (app, _)) = (open(world), posting(world));
        round(world, &app);
        let manager = world.client(Role::Manager);
        let path = "/messages/wordings/booked/en";
        let unknown = manager.post(path, "version=0&subject=Hi&body=Dear+%7Bwho%7D");
        assert_eq!(unknown.status, 422);
        assert!(unknown.says("Nothing is called who") && unknown.says("{name}"));
        assert!(unknown.says("Dear {who}"), "what was typed is kept");
        let own = "version=0&subject=See+you%2C+%7Bname%7D&body=On+%7Bday%7D";
        assert_eq!(manager.post(path, own).location(), path);
        assert!(manager.get(path).says("See you, Chen Yutong"));
        assert_eq!(manager.post(path, own).status, 409);
        book(world, shop, "2026-11-25T10:00+08:00");
        round(world, &app);
        assert_eq!(kept(world)[0].subject, "See you, Chen Yutong");
        assert_eq!(kept(world)[0].body, "On Wed 25 Nov");
        manager.post(path, "version=1&subject=x&body=x&original=1");
        assert!(manager.get(path).says("Booked: {service}"));
    });
}

#[test]
fn the_desk_reads_what_customers_were_told_but_changes_nothing() {
    each_engine(&rooms(), |world| {
        let (shop, (app, _)) = (open(world), posting(world));
        round(world, &app);
        book(world, shop, "2026-11-25T10:00+08:00");
        round(world, &app);
        let desk = world.client(Role::Desk);
        let list = desk.get("/messages");
        assert!(list.says("c••••@example.com") && !list.says("chen@example.com"));
        let reader = world.client(Role::ReadOnly);
        let page = reader.get(&format!("/messages/{}", kept(world)[0].id));
        assert!(page.says("c••••@example.com") && !page.says("chen@example.com"));
        assert_eq!(desk.post("/messages/settings", GOOD).status, 403);
        assert_eq!(
            desk.post("/messages/tests", "way=mail&recipient=a@b.example")
                .status,
            403
        );
    });
}

#[test]
fn a_test_takes_the_way_of_real_messages_and_says_when_there_is_none() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        let closed = manager.post("/messages/tests", "way=mail&recipient=me%40shop.example");
        assert_eq!(closed.status, 422);
        assert!(closed.says("cannot leave by this way") && closed.says("me@shop.example"));
        let wrong = manager.post("/messages/tests", "way=mail&recipient=me");
        assert_eq!(wrong.status, 422);
        assert!(world.nobody().get("/messages").status != 200);
    });
}

#[test]
fn every_choice_tells_its_effect_its_default_and_who_changed_it_and_goes_back() {
    each_engine(&rooms(), |world| {
        open(world);
        let manager = world.client(Role::Manager);
        let fresh = manager.get("/messages/settings");
        assert!(fresh.says("24 hours") && fresh.says("has just read of the visit"));
        assert!(!fresh.says("Changed by"), "nobody changed anything yet");
        assert_eq!(manager.post("/messages/settings", GOOD).status, 303);
        let changed = manager.get("/messages/settings");
        assert_eq!(
            changed.body.matches("Changed by").count(),
            8,
            "all but the gateway"
        );
        for (name, version) in [("reminder_hours", 1), ("mail", 2), ("quiet_from", 3)] {
            let reset = format!("reset={name}&version={version}");
            assert_eq!(
                manager.post("/messages/settings", &reset).status,
                303,
                "{name}"
            );
        }
        let now = world.read(messages::settings).expect("read");
        let usual = messages::model::Settings::default();
        assert_eq!(now.reminder_hours, usual.reminder_hours);
        assert_eq!(
            (now.quiet.from_minute, now.quiet.to_minute),
            (21 * 60, 9 * 60)
        );
        let mail = messages::model::Way::Mail;
        assert!(now.speaks(mail, messages::model::Occasion::Moved));
        let stale = manager.post("/messages/settings", "reset=sender&version=1");
        assert_eq!(stale.status, 409);
    });
}
