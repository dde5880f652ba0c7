//! Defining fields.

use fields::{Draft, Field, Given, Kind, Pick, Subject, Value};
use kernel::{Bilingual, Currency, Fault, Role};
use testing::{World, each_engine, kernel, web::Room};

pub fn rooms() -> Vec<Room> {
    vec![fields::room()]
}

pub fn draft(key: &str, kind: Kind) -> Draft {
    let pick = |key: &str, zh: &str| Pick {
        key: key.to_owned(),
        zh: zh.to_owned(),
        en: key.to_owned(),
        offered: true,
    };
    Draft {
        subject: Subject::Customer,
        key: key.to_owned(),
        name: Bilingual::new("字段", key),
        kind,
        required: false,
        personal: false,
        listed: true,
        standard: String::new(),
        least: None,
        most: None,
        decimals: if kind == Kind::Decimal { 2 } else { 0 },
        picks: match kind.has_picks() {
            true => vec![
                pick("oily", "油性"),
                pick("dry", "干性"),
                pick("mixed", "混合"),
            ],
            false => Vec::new(),
        },
    }
}

pub fn define(world: &World, draft: Draft) -> Result<Field, Fault> {
    world.write(|tx, ctx| {
        let id = fields::define(tx, ctx, draft)?;
        fields::field(tx, ctx, id)
    })
}

pub fn fill(world: &World, object: &'static str, cells: &[(&str, &str)]) -> Result<bool, Fault> {
    let cells = cells
        .iter()
        .map(|(key, cell)| ((*key).to_owned(), (*cell).to_owned()));
    let given = Given::of_cells(cells.collect::<Vec<_>>());
    world.write(move |tx, ctx| {
        let about = (Subject::Customer, object);
        fields::fill(tx, ctx, about, &given, Currency::CNY)
    })
}

fn value(world: &World, field: &Field, object: &str) -> Option<Value> {
    let values = world.read(|tx, ctx| fields::values(tx, ctx, Subject::Customer, object));
    let values = values.expect("they can be read");
    values.get(&field.id).cloned()
}

fn change(world: &World, field: &Field, draft: Draft, convert: bool) -> Result<(), Fault> {
    let about = (field.id, field.version);
    world.write(move |tx, ctx| fields::change(tx, ctx, about, draft, convert))
}

#[test]
fn the_owner_defines_fields_and_nobody_else_does() {
    each_engine(&rooms(), |world| {
        define(world, draft("skin", Kind::Choice)).unwrap();
        let taken = define(world, draft("skin", Kind::Text)).unwrap_err();
        assert_eq!(taken.fields[0].text.key, "fields-key-taken");
        for role in [Role::Manager, Role::Desk, Role::ReadOnly] {
            let other = world.write_as(world.ctx_of(role), |tx, ctx| {
                fields::define(tx, ctx, draft("other", Kind::Text))
            });
            assert_eq!(other.unwrap_err().kind, kernel::FaultKind::Forbidden);
        }
        let told = world.activities();
        assert_eq!(told.iter().filter(|one| *one == "field.defined").count(), 1);
    });
}

#[test]
fn a_definition_that_contradicts_itself_is_refused_and_named() {
    each_engine(&rooms(), |world| {
        let cases = [
            (
                Draft {
                    name: Bilingual::default(),
                    ..draft("a", Kind::Text)
                },
                "name_zh",
            ),
            (draft("Größe", Kind::Text), "key"),
            (draft("", Kind::Text), "key"),
            (
                Draft {
                    least: Some(9),
                    most: Some(3),
                    ..draft("a", Kind::Whole)
                },
                "most",
            ),
            (
                Draft {
                    picks: Vec::new(),
                    ..draft("a", Kind::Choice)
                },
                "picks",
            ),
            (
                Draft {
                    standard: "soon".to_owned(),
                    ..draft("a", Kind::Date)
                },
                "standard",
            ),
        ];
        for (draft, field) in cases {
            let fault = define(world, draft).unwrap_err();
            assert_eq!(fault.fields[0].field, field);
        }
        let none = world.read(|tx, ctx| fields::defined(tx, ctx, Subject::Customer));
        assert_eq!(none.unwrap(), []);
    });
}

#[test]
fn fifty_fields_keep_their_order_and_their_values() {
    each_engine(&rooms(), |world| {
        for number in 0..50 {
            let kind = Kind::ALL[number % Kind::ALL.len()];
            define(world, draft(&format!("f{number}"), kind)).unwrap();
        }
        let defined = world.read(|tx, ctx| fields::defined(tx, ctx, Subject::Customer));
        let defined = defined.unwrap();
        assert_eq!(defined.len(), 50);
        assert!(
            defined
                .windows(2)
                .all(|two| two[0].position < two[1].position)
        );
        let typed = |kind: Kind| match kind {
            Kind::Text | Kind::LongText => "words",
            Kind::Whole => "42",
            Kind::Decimal | Kind::Money => "4.20",
            Kind::Date => "2026-11-22",
            Kind::Flag => "yes",
            Kind::Choice => "油性",
            Kind::Choices => "dry; oily",
        };
        let cells: Vec<(&str, &str)> = defined
            .iter()
            .map(|f| (f.key.as_str(), typed(f.kind)))
            .collect();
        assert!(fill(world, "c1", &cells).unwrap());
        assert!(
            !fill(world, "c1", &cells).unwrap(),
            "the same again changes nothing"
        );
        let values = world.read(|tx, ctx| fields::values(tx, ctx, Subject::Customer, "c1"));
        assert_eq!(values.unwrap().len(), 50);
        let last = defined.last().unwrap().id;
        world
            .write(move |tx, ctx| fields::place(tx, ctx, last, fields::Placed::Earlier))
            .unwrap();
        let moved = world.read(|tx, ctx| fields::defined(tx, ctx, Subject::Customer));
        assert_eq!(moved.unwrap()[48].id, last);
        let sound = world.read(|tx, ctx| (fields::room().verify[0])(tx, ctx));
        assert_eq!(sound.unwrap(), None);
    });
}

#[test]
fn each_kind_refuses_what_it_cannot_keep_with_its_own_reason() {
    each_engine(&rooms(), |world| {
        let limited = |key: &str, kind, least, most| Draft {
            least: Some(least),
            most: Some(most),
            ..draft(key, kind)
        };
        define(world, limited("text", Kind::Text, 2, 5)).unwrap();
        define(world, limited("whole", Kind::Whole, 1, 10)).unwrap();
        define(world, limited("decimal", Kind::Decimal, 100, 250)).unwrap();
        define(world, limited("money", Kind::Money, 0, 10_000)).unwrap();
        define(world, limited("date", Kind::Date, 20_000, 21_000)).unwrap();
        define(world, draft("long_text", Kind::LongText)).unwrap();
        define(world, draft("flag", Kind::Flag)).unwrap();
        define(world, draft("choice", Kind::Choice)).unwrap();
        define(world, draft("choices", Kind::Choices)).unwrap();
        let long = "字".repeat(5001);
        for (key, typed, reason) in [
            ("text", "x", "web-too-short"),
            ("text", "six or more", "web-too-long"),
            ("text", "a\u{7}b", "web-control-characters"),
            ("long_text", long.as_str(), "web-too-long"),
            ("whole", "1.5", "fields-whole-wrong"),
            ("whole", "ten", "fields-whole-wrong"),
            ("whole", "11", "fields-between"),
            ("whole", "99999999999999999999", "fields-whole-wrong"),
            ("decimal", "1.005", "fields-decimal-wrong"),
            ("decimal", "2.51", "fields-between"),
            ("money", "-1", "web-not-money"),
            ("money", "1.005", "web-not-money"),
            ("money", "100.01", "fields-between"),
            ("date", "2026-02-30", "web-not-date"),
            ("date", "tomorrow", "web-not-date"),
            ("date", "1999-01-01", "fields-between"),
            ("flag", "perhaps", "fields-flag-wrong"),
            ("choice", "purple", "fields-pick-wrong"),
            ("choices", "dry; purple", "fields-pick-wrong"),
        ] {
            let fault = fill(world, "c1", &[(key, typed)]).unwrap_err();
            assert_eq!(fault.fields[0].field, format!("field-{key}"));
            assert_eq!(fault.fields[0].text.key, reason, "{key}: {typed}");
        }
        let both = fill(
            world,
            "c1",
            &[("whole", "0"), ("flag", "perhaps"), ("text", "fine")],
        );
        assert_eq!(
            both.unwrap_err().fields.len(),
            2,
            "every wrong field is named"
        );
        let kept = world.read(|tx, ctx| fields::values(tx, ctx, Subject::Customer, "c1"));
        assert!(
            kept.unwrap().is_empty(),
            "nothing of a refused form is kept"
        );
    });
}

#[test]
fn a_kind_changes_only_together_with_all_its_values() {
    each_engine(&rooms(), |world| {
        let field = define(world, draft("size", Kind::Text)).unwrap();
        fill(world, "c1", &[("size", "42")]).unwrap();
        fill(world, "c2", &[("size", "38.5")]).unwrap();
        let refused = change(world, &field, draft("size", Kind::Whole), false).unwrap_err();
        assert_eq!(refused.fields[0].text.key, "fields-kind-has-values");
        let refused = change(world, &field, draft("size", Kind::Whole), true).unwrap_err();
        assert_eq!(refused.fields[0].text.key, "fields-kind-not-read");
        assert_eq!(
            value(world, &field, "c1"),
            Some(Value::Words("42".to_owned()))
        );
        change(world, &field, draft("size", Kind::Decimal), true).unwrap();
        assert_eq!(value(world, &field, "c1"), Some(Value::Number(4200)));
        assert_eq!(value(world, &field, "c2"), Some(Value::Number(3850)));
        let stale = change(world, &field, draft("size", Kind::Decimal), true).unwrap_err();
        assert_eq!(
            stale.kind,
            kernel::FaultKind::Conflict,
            "two owners: the second is told"
        );
    });
}

#[test]
fn an_archived_field_keeps_its_values_and_comes_back_with_them() {
    each_engine(&rooms(), |world| {
        let field = define(world, draft("skin", Kind::Choice)).unwrap();
        fill(world, "c1", &[("skin", "dry")]).unwrap();
        let about = (field.id, field.version);
        world
            .write(move |tx, ctx| fields::set_state(tx, ctx, about, false))
            .unwrap();
        let asked = world.read(|tx, ctx| fields::defined(tx, ctx, Subject::Customer));
        assert_eq!(asked.unwrap(), []);
        assert_eq!(
            value(world, &field, "c1"),
            Some(Value::Pick("dry".to_owned()))
        );
        let about = (field.id, field.version + 1);
        world
            .write(move |tx, ctx| fields::set_state(tx, ctx, about, true))
            .unwrap();
        let asked = world.read(|tx, ctx| fields::defined(tx, ctx, Subject::Customer));
        assert_eq!(asked.unwrap().len(), 1);
    });
}

#[test]
fn what_was_chosen_keeps_its_words_when_it_is_no_longer_offered() {
    each_engine(&rooms(), |world| {
        let field = define(world, draft("skin", Kind::Choice)).unwrap();
        fill(world, "c1", &[("skin", "oily")]).unwrap();
        let mut fewer = draft("skin", Kind::Choice);
        fewer.picks.remove(0);
        change(world, &field, fewer, false).unwrap();
        let id = field.id;
        let now = world.read(|tx, ctx| fields::field(tx, ctx, id)).unwrap();
        let kept = now.picks.iter().find(|pick| pick.key == "oily").unwrap();
        assert!(!kept.offered);
        let shown = now.shown(&Value::Pick("oily".to_owned()), kernel::Locale::ZhCn);
        assert_eq!(shown, "油性");
    });
}
