//! Fields of the business's own, from the owner's form to lists, files and the journal.

use kernel::Role;
use testing::{Client, World, each_engine, kernel, store};

use crate::{browser::bring, shop::rooms};

fn define(owner: &Client, subject: &str, key: &str, more: &str) {
    let form =
        format!("subject={subject}&name_zh=字段&name_en=Own {key}&key={key}&listed=1&{more}");
    let answer = owner.post("/fields", &form);
    assert_eq!(answer.status, 303, "{key} is defined");
}

/// The identity of the only row of a list.
fn only(world: &World, table: &'static str) -> String {
    let sql = format!("select id from {table} where org = $1 order by id limit 1");
    let found = world
        .db
        .read(|tx| tx.one(&sql, store::params![world.org], |row| row.text(0)));
    found.expect("it can be read").expect("there is one")
}

const SUBJECTS: [(&str, &str, &str, &str); 4] = [
    (
        "customer",
        "customers",
        "/customers",
        "id,name,phone\nC-1,Ada,13900000001\n",
    ),
    (
        "service",
        "services",
        "/services",
        "code,name_en,minutes,price\nCUT,Cut,45,168\n",
    ),
    ("staff", "staff", "/staff", "id,name\nE-1,Lin Mei\n"),
    (
        "order",
        "orders",
        "/orders",
        "id,created,finished,service\nA-1,2026-11-01 10:00,2026-11-01 11:00,Cut\n",
    ),
];

#[test]
fn what_the_owner_defines_stands_on_the_page_in_the_list_its_filter_and_its_file() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        for (subject, table, list, file) in SUBJECTS {
            bring(world, &owner, table, file);
            define(
                &owner,
                subject,
                "shade",
                "kind=choice&picks=深 | Dark%0A浅 | Light",
            );
            define(
                &owner,
                subject,
                "size",
                "kind=decimal&decimals=1&least=1&most=9.5",
            );
            let path = format!("{list}/{}", only(world, table));
            assert!(owner.get(&path).says("Own shade"), "{subject}: on the page");
            let wrong = owner.post(
                &format!("{path}/fields"),
                "fields_version=1&field-shade=dark&field-size=12",
            );
            assert_eq!(wrong.status, 422);
            assert!(wrong.says("Between 1.0 and 9.5.") && wrong.says("value=\"12\""));
            let form = "fields_version=1&field-shade=dark&field-size=7.5";
            assert_eq!(owner.post(&format!("{path}/fields"), form).status, 303);
            let second = "fields_version=1&field-shade=light&field-size=7.5";
            let told = owner.post(&format!("{path}/fields"), second);
            assert_eq!(told.status, 422);
            assert!(
                told.says("Somebody else changed this"),
                "two editors: the second is told"
            );
            let shown = owner.get(list);
            assert!(shown.says("Own shade") && shown.says("Dark") && shown.says("7.5"));
            let all = owner.get(&format!(
                "{list}?field-shade=dark&field-size-from=7&format=csv"
            ));
            assert!(all.says("Dark,7.5"), "{subject}: {}", all.body);
            for none in ["field-shade=light", "field-size-from=8", "field-size-to=7"] {
                let none = owner.get(&format!("{list}?{none}&format=csv"));
                assert!(!none.says("Dark"), "{subject}");
            }
        }
        let sound = world.read(|tx, ctx| (fields::room().verify[0])(tx, ctx));
        assert_eq!(sound.unwrap(), None);
    });
}

#[test]
fn files_fill_own_fields_and_an_undone_import_gives_them_back() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        define(
            &owner,
            "customer",
            "skin",
            "kind=choice&picks=油性 | Oily%0A干性 | Dry",
        );
        bring(
            world,
            &owner,
            "customers",
            "id,name,phone,skin\nC-1,Ada,13900000001,Oily\n",
        );
        world.set_time("2026-11-21T11:00+08:00");
        let file = "id,name,phone,Own skin\nC-1,Ada,13900000001,干性\nC-2,Bo,13900000002,purple\n";
        let path = bring(world, &owner, "customers", file);
        let page = owner.get(&path);
        assert!(page.says("is not one of"), "the field says why");
        assert!(owner.get("/customers?format=csv").says("Dry"));
        world.set_time("2026-11-21T12:00+08:00");
        owner.post(&format!("{path}/undoing"), "");
        crate::browser::work(world);
        assert!(owner.get("/customers?format=csv").says("Oily"));
    });
}

#[test]
fn the_journal_tells_of_each_change_and_masks_what_is_personal() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        define(&owner, "customer", "health", "kind=text&personal=1");
        define(&owner, "customer", "tea", "kind=text");
        bring(
            world,
            &owner,
            "customers",
            "id,name,health,tea\nC-1,Ada,allergic,green\n",
        );
        let about = only(world, "customers");
        let entries = world
            .db
            .read(|tx| store::journal::about(tx, world.org, "customer", &about, 50));
        let told: Vec<String> = entries
            .expect("it can be read")
            .into_iter()
            .filter(|entry| entry.activity == "field.filled")
            .map(|entry| format!("{}={}", entry.attributes["field"], entry.attributes["new"]))
            .collect();
        assert_eq!(told, ["\"health\"=\"•••\"", "\"tea\"=\"green\""]);
    });
}

#[test]
fn a_required_field_is_asked_for_in_the_form_of_a_new_one() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        define(
            &owner,
            "customer",
            "tea",
            "kind=text&required=1&standard=green",
        );
        let page = owner.get("/customers/new");
        assert!(
            page.says("value=\"green\""),
            "the standard stands in the form"
        );
        let lacking = owner.post(
            "/customers",
            "name=Ada&phone=call&fields_version=1&field-tea=",
        );
        assert_eq!(lacking.status, 422);
        assert!(
            lacking.says("Write a number of 5 to 15 digits"),
            "both are named"
        );
        assert!(lacking.says("id=\"f-field-tea-error\""));
        let made = owner.post("/customers", "name=Ada&fields_version=1&field-tea=oolong");
        assert_eq!(made.status, 303);
        assert!(owner.get(made.location()).says("oolong"));
        let desk = world.client(Role::Desk);
        assert_eq!(desk.get("/fields").status, 403, "only the owner defines");
    });
}
