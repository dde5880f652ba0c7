//! The pages, as a browser sees them.

use blueprints::{Blueprint, Histogram, Observed, http::set_observed};
use kernel::{Locale, Role};
use testing::{World, each_engine};

use crate::{now, published_visit, rooms, visit};

fn path(of: &Blueprint, rest: &str) -> String {
    format!("/blueprints/{}{rest}", of.id)
}

/// The inspector's form of the step "serve" with a name and minutes.
fn step_form(version: i64, name: &str, minutes: &str) -> String {
    format!(
        "version={version}&name_zh=&name_en={name}&phase=serve&lane=frontstage&minutes={minutes}"
    )
}

#[test]
fn a_manager_creates_edits_and_publishes_by_plain_forms() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        let created = manager.post("/blueprints", "name_zh=&name_en=Haircut&from=");
        assert_eq!(created.status, 303);
        let at = created.location().to_owned();
        let page = manager.get(&at);
        assert!(
            page.says("Haircut") && page.says("Publish v1"),
            "{}",
            page.body
        );
        let saved = manager.post(&format!("{at}/steps/serve"), &step_form(1, "Cut", "45"));
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert_eq!(saved.location(), format!("{at}?step=serve"));
        let published = manager.post(&format!("{at}/publication"), "version=2");
        assert_eq!(published.status, 303, "{}", published.body);
        let page = manager.get(&at);
        assert!(page.says("v1, in force") && page.says("45 min") && !page.says("Publish v"));
    });
}

#[test]
fn a_wrong_step_comes_back_with_what_was_typed() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let manager = world.client(Role::Manager);
        let refused = manager.post(
            &path(&draft, "/steps/serve"),
            &step_form(1, "Tea+time", "9999"),
        );
        assert_eq!(refused.status, 422);
        assert!(refused.says("Tea time") && refused.says("9999"));
        assert_eq!(now(world, &draft).version, 1);
        let refused = manager.post(&path(&draft, "/steps/serve"), &step_form(1, "", "5"));
        assert_eq!(refused.status, 422);
        assert!(refused.says("Give it a name in at least one language."));
    });
}

#[test]
fn who_comes_second_keeps_what_was_typed_and_sees_what_is_saved() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let manager = world.client(Role::Manager);
        manager.post(&path(&draft, "/steps/serve"), &step_form(1, "Serve", "33"));
        let second = manager.post(&path(&draft, "/steps/serve"), &step_form(1, "Serve", "44"));
        assert_eq!(second.status, 409);
        assert!(second.says("yours “44”, saved “33”"), "{}", second.body);
        assert!(second.says("value=\"44\"") && second.says("name=\"version\" value=\"2\""));
    });
}

#[test]
fn a_step_is_added_moved_removed_and_all_of_it_undone() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let manager = world.client(Role::Manager);
        let form = "version=1&name_zh=&name_en=Warm+towel&phase=serve&lane=backstage";
        let added = manager.post(&path(&draft, "/steps"), form);
        assert_eq!(added.location(), path(&draft, "?step=warm-towel"));
        let moved = manager.post(
            &path(&draft, "/steps/warm-towel/place"),
            "version=2&to=left",
        );
        assert_eq!(moved.location(), path(&draft, "?step=warm-towel"));
        let removed = manager.post(&path(&draft, "/steps/warm-towel/removal"), "version=3");
        assert_eq!(removed.status, 303);
        let undone = manager.post(&path(&draft, "/undo"), "version=4&step=warm-towel");
        assert_eq!(undone.status, 303, "{}", undone.body);
        assert!(manager.get(&path(&draft, "")).says("Warm towel"));
        let dropped = "version=5&phase=pay&lane=backstage&before=";
        let dropped = manager.post(&path(&draft, "/steps/warm-towel/place"), dropped);
        assert_eq!(
            dropped.location(),
            path(&draft, "?step=warm-towel"),
            "{}",
            dropped.body
        );
        let wrong = manager.post(&path(&draft, "/steps/serve/place"), "version=6&to=sideways");
        assert_eq!(wrong.status, 422);
    });
}

#[test]
fn staff_look_but_see_no_buttons_and_guests_sign_in_first() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let page = world.client(Role::Staff).get(&path(&draft, "?step=serve"));
        assert_eq!(page.status, 200);
        assert!(!page.says("Publish v1") && !page.says("Save step"));
        let refused = world
            .client(Role::Staff)
            .post(&path(&draft, "/publication"), "version=1");
        assert_eq!(refused.status, 403);
        assert_eq!(world.nobody().get(&path(&draft, "")).status, 303);
        assert_eq!(
            world
                .nobody()
                .post(&path(&draft, "/publication"), "version=1")
                .status,
            401
        );
    });
}

#[test]
fn an_older_version_is_shown_and_cannot_be_edited() {
    each_engine(&rooms(), |world| {
        let first = published_visit(world);
        let manager = world.client(Role::Manager);
        let version = first.version;
        let form = step_form(version, "Serve+slowly", "50");
        assert_eq!(
            manager.post(&path(&first, "/steps/serve"), &form).status,
            303
        );
        let old = manager.get(&path(&first, "?version=1&step=serve"));
        assert_eq!(old.status, 200);
        assert!(!old.says("Serve slowly") && !old.says("Save step"));
        let compared = manager.get(&path(&first, "?compare=1"));
        assert!(compared.says("30 min → 50 min"), "{}", compared.body);
        assert!(compared.says("step=serve"), "{}", compared.body);
        let next = format!("version={}", version + 1);
        let gone = manager.post(&path(&first, "/steps/serve/removal"), &next);
        assert_eq!(gone.status, 303, "{}", gone.body);
        let compared = manager.get(&path(&first, "?compare=1"));
        assert!(compared.says("Removed") && !compared.says("step=serve"));
        assert_eq!(manager.get(&path(&first, "?version=9")).status, 404);
    });
}

#[test]
fn observed_minutes_stand_beside_the_standard_ones() {
    set_observed(|_, _, _| {
        Ok(vec![Observed {
            step_key: "serve".to_owned(),
            count: 214,
            median_minutes: 41,
            p90_minutes: 55,
            histogram: Histogram {
                first_minute: 20,
                width_minutes: 10,
                counts: vec![10, 60, 100, 30, 14],
            },
        }])
    });
    each_engine(&rooms(), |world: &World| {
        let draft = visit(world);
        let manager = world.client(Role::Manager);
        let page = manager.get(&path(&draft, "?step=serve"));
        assert!(
            page.says("11 min over standard") && page.says("p90 55"),
            "{}",
            page.body
        );
        assert!(page.says("214 visits"));
        assert!(
            !manager
                .get(&path(&draft, "?step=serve&view=design"))
                .says("over standard")
        );
        let chinese = manager
            .clone()
            .in_locale(Locale::ZhCn)
            .get(&path(&draft, "?step=serve"));
        assert!(chinese.says("超出标准 11 分钟") && chinese.says("可视线"));
    });
}

#[test]
fn wrong_addresses_are_answered_with_a_page() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let manager = world.client(Role::Manager);
        for (address, status) in [
            ("/blueprints/nothing".to_owned(), 404),
            (
                "/blueprints/019aa5b0-0000-7000-8000-000000000000".to_owned(),
                404,
            ),
            (path(&draft, "?step=%3Cscript%3E&days=-4&version=0"), 200),
            (path(&draft, "?phase=nowhere&lane=sky"), 200),
        ] {
            assert_eq!(manager.get(&address).status, status, "{address}");
        }
        let form = "version=1&name_en=X&phase=nowhere&lane=backstage";
        assert_eq!(manager.post(&path(&draft, "/steps"), form).status, 404);
    });
}
