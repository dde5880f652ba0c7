//! The pages of webhooks.

use kernel::{Locale, Role};
use testing::{Engine, World, each_engine};

use crate::{
    server::answering,
    shop::{allowed, deliveries, happen, rooms, round, webhook},
};

const LIST: &str = "/settings/webhooks";

#[test]
fn the_owner_makes_a_webhook_and_sees_its_key_once() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner).in_locale(Locale::En);
        assert!(owner.get(LIST).says("No program is told yet"));
        let wrong = owner.post(LIST, "url=ftp%3A%2F%2Fshop.example&kinds=order");
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("ftp://shop.example"), "what was typed is kept");
        assert!(wrong.says("begins with https://"));
        let form = "url=https%3A%2F%2Fshop.example%2Fin&kinds=order&kinds=ticket";
        let made = owner.post(LIST, form);
        assert_eq!(made.status, 200, "{}", made.body);
        assert!(made.says("whsec_") && made.says("It is not shown again"));
        let list = owner.get(LIST);
        assert!(list.says("https://shop.example/in") && list.says("Orders, Queue numbers"));
        let path = list.body.split("href=\"/settings/webhooks/").nth(1);
        let id = path
            .and_then(|rest| rest.split('"').next())
            .expect("a link");
        let page = owner.get(&format!("{LIST}/{id}"));
        assert!(!page.says("whsec_"), "never again");
        let stale = "url=https%3A%2F%2Fother.example%2F&version=9";
        let refused = owner.post(&format!("{LIST}/{id}"), stale);
        assert_eq!(refused.status, 422);
        assert!(refused.says("https://other.example/"));
        for (act, words) in [("pause", "Paused"), ("resumption", "Active")] {
            assert_eq!(owner.post(&format!("{LIST}/{id}/{act}"), "").status, 303);
            assert!(owner.get(LIST).says(words), "{act}");
        }
        let keyed = owner.post(&format!("{LIST}/{id}/key"), "");
        assert!(keyed.says("whsec_") && keyed.says("The former key signs until"));
        assert_eq!(owner.post(&format!("{LIST}/{id}/removal"), "").status, 303);
        assert!(!owner.get(LIST).says("https://shop.example/in"));
        let happened = world.activities();
        for activity in ["created", "paused", "resumed", "key_changed", "removed"] {
            let activity = format!("webhook.{activity}");
            assert!(happened.contains(&activity), "{activity} in {happened:?}");
        }
    });
}

#[test]
fn the_page_shows_what_was_sent_and_sends_it_once_more() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["200 OK", "500 No", "200 OK"]);
        let app = allowed(world);
        let (path, _) = webhook(world, &url, &["order"]);
        let page = format!("/settings{path}");
        let owner = world.client(Role::Owner).in_locale(Locale::En);
        assert!(owner.get(&page).says("Nothing here"));
        assert_eq!(owner.post(&format!("{page}/test"), "").status, 303);
        round(world, &app);
        world.set_time("2026-11-21T10:01+08:00");
        happen(world, "order.booked");
        round(world, &app);
        let shown = owner.get(&page);
        for words in [
            "Test",
            "Delivered",
            "order.booked",
            "Tried again",
            "500",
            "Nothing was taken",
        ] {
            assert!(shown.says(words), "{words}");
        }
        assert!(!owner.get(&format!("{page}?state=failed")).says(">Test<"));
        let failed = deliveries(world, &path).remove(1);
        let one = format!(
            "{page}/deliveries/{}",
            failed["id"].as_str().expect("an id")
        );
        assert!(
            owner.get(&one).says("&quot;seq&quot;"),
            "{}",
            owner.get(&one).body
        );
        assert_eq!(owner.post(&format!("{one}/replay"), "").status, 303);
        round(world, &app);
        assert_eq!(taken.all().len(), 3, "at once, not when it was due");
        let range = "from=2026-11-21T09%3A00&until=2026-11-21T11%3A00&delivered=1";
        assert_eq!(owner.post(&format!("{page}/replays"), range).status, 303);
        round(world, &app);
        assert_eq!(taken.all().len(), 4);
        let backwards = "from=2026-11-21T11%3A00&until=2026-11-21T09%3A00";
        let refused = owner.post(&format!("{page}/replays"), backwards);
        assert_eq!(refused.status, 422);
        assert!(refused.says("2026-11-21T11:00") && refused.says("after the first one"));
    });
}

#[test]
fn only_who_may_and_sees_every_site_has_programs_told() {
    let world = World::new(Engine::Sqlite, &rooms());
    let manager = world.client(Role::Manager);
    assert_eq!(manager.get(LIST).status, 403);
    let here = world.client_at(Role::Owner, &[world.site.id]);
    let form = "url=https%3A%2F%2Fshop.example%2Fin";
    assert_eq!(here.post(LIST, form).status, 403);
    assert_eq!(world.client(Role::Owner).post(LIST, form).status, 200);
}
