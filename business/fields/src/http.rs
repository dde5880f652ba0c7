//! Routes of the owner's fields.

use kernel::{Bilingual, Currency, Fault, FaultKind, Text};
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, Routes, State, axum::http::StatusCode};

use crate::{
    MANAGE, columns,
    commands::{self, Draft, Placed},
    model::{Field, FieldId, Kind, Pick, Subject, days_of, key_from, plain, scaled},
    pages::{FormView, ListView, form_page, list_page, new_button},
    queries,
};

/// Every route.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/fields", MANAGE, list)
        .post("/fields", MANAGE, create)
        .get("/fields/new", MANAGE, new)
        .get("/fields/{id}", MANAGE, show)
        .post("/fields/{id}", MANAGE, change)
        .post("/fields/{id}/state", MANAGE, set_state)
        .post("/fields/{id}/place", MANAGE, place)
}

fn subject_of(fields: &Fields) -> Subject {
    Subject::parse(fields.typed("subject")).unwrap_or(Subject::Customer)
}

async fn list(State(app): State<App>, me: Me, asked: Query) -> Reply {
    let (ctx, subject) = (me.ctx.clone(), subject_of(&asked));
    if let Some(format) = web::wanted(&asked) {
        let rows = web::at_once(move |tx| queries::defined_all(tx, &ctx, subject));
        return web::export(&app, &me, format, columns::export(&me), rows).await;
    }
    let fields = app
        .read(move |tx| queries::defined_all(tx, &ctx, subject))
        .await?;
    let locale = me.look.locale;
    let view = ListView {
        locale,
        subject,
        fields,
    };
    let page = Page::new(locale.t("fields-menu"))
        .exports()
        .actions(new_button(locale, subject));
    web::page(&me, page, list_page(&view))
}

async fn new(me: Me, asked: Query) -> Reply {
    let subject = subject_of(&asked);
    let typed = Fields::from_pairs(vec![("kind".to_owned(), "text".to_owned())]);
    sheet(&me, (subject, None), &typed, None, 0)
}

async fn create(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let subject = subject_of(&form);
    let ctx = me.ctx.clone();
    let defined = match draft(&mut form, subject, None) {
        Ok(draft) => app.write(move |tx| commands::define(tx, &ctx, draft)).await,
        Err(fault) => Err(fault),
    };
    match defined {
        Ok(_) => done(&me, subject, "fields-defined"),
        Err(fault) => sheet(&me, (subject, None), &form, Some(fault), 0),
    }
}

fn done(me: &Me, subject: Subject, key: &str) -> Reply {
    let list = format!("/fields?subject={}", subject.as_str());
    web::done(&list, &me.look.locale.t(key))
}

async fn load(app: &App, me: &Me, id: FieldId) -> Result<(Field, i64), Fault> {
    let ctx = me.ctx.clone();
    app.read(move |tx| Ok((queries::field(tx, &ctx, id)?, queries::count(tx, &ctx, id)?)))
        .await
}

async fn show(State(app): State<App>, me: Me, Path(id): Path<FieldId>) -> Reply {
    let (field, values) = load(&app, &me, id).await?;
    sheet(
        &me,
        (field.subject, Some(&field)),
        &typed(&field),
        None,
        values,
    )
}

async fn change(State(app): State<App>, me: Me, Path(id): Path<FieldId>, mut form: Form) -> Reply {
    let (field, values) = load(&app, &me, id).await?;
    let version = form.int("version", 1, i64::MAX);
    let convert = form.flag("convert");
    let ctx = me.ctx.clone();
    let changed = match draft(&mut form, field.subject, Some(&field)) {
        Ok(draft) => {
            app.write(move |tx| commands::change(tx, &ctx, (id, version), draft, convert))
                .await
        }
        Err(fault) => Err(fault),
    };
    match changed {
        Ok(()) => done(&me, field.subject, "fields-saved"),
        Err(fault) => {
            let about = (field.subject, Some(&field));
            sheet(&me, about, &form, Some(fault), values)
        }
    }
}

async fn set_state(
    State(app): State<App>,
    me: Me,
    Path(id): Path<FieldId>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let active = form.choice("state", &["active", "archived"]) == "active";
    form.done()?;
    let ctx = me.ctx.clone();
    let subject = app
        .write(move |tx| {
            commands::set_state(tx, &ctx, (id, version), active)?;
            Ok(queries::field(tx, &ctx, id)?.subject)
        })
        .await?;
    let key = if active {
        "fields-restored"
    } else {
        "fields-archived-done"
    };
    done(&me, subject, key)
}

async fn place(State(app): State<App>, me: Me, Path(id): Path<FieldId>, mut form: Form) -> Reply {
    let to = match form.choice("to", &["earlier", "later"]).as_str() {
        "earlier" => Placed::Earlier,
        _ => Placed::Later,
    };
    form.done()?;
    let ctx = me.ctx.clone();
    let subject = app
        .write(move |tx| {
            commands::place(tx, &ctx, id, to)?;
            Ok(queries::field(tx, &ctx, id)?.subject)
        })
        .await?;
    web::see_other(&format!("/fields?subject={}", subject.as_str()))
}

/// The form of a field; a refusal is shown under its own status.
fn sheet(
    me: &Me,
    (subject, saved): (Subject, Option<&Field>),
    typed: &Fields,
    fault: Option<Fault>,
    values: i64,
) -> Reply {
    let locale = me.look.locale;
    let title = saved.map_or_else(
        || locale.t("fields-new"),
        |field| field.label(locale).to_owned(),
    );
    let view = FormView {
        locale,
        subject,
        saved,
        typed,
        fault: fault.as_ref(),
        values,
    };
    let page = Page::new(title).subtitle(subject.label(locale)).still();
    let mut response = web::page(me, page, form_page(&view))?;
    if let Some(fault) = fault {
        *response.status_mut() = match fault.kind {
            FaultKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            FaultKind::Conflict => StatusCode::CONFLICT,
            _ => return Err(fault.into()),
        };
    }
    Ok(response)
}

/// What stands in the inputs of a field that is there.
pub(crate) fn typed(field: &Field) -> Fields {
    let flag = |on: bool| if on { "1" } else { "" }.to_owned();
    let limit = |limit: Option<i64>| limit.map_or(String::new(), |n| shown_limit(field, n));
    let line = |pick: &Pick| format!("{} | {} | {}", pick.key, pick.zh, pick.en);
    let picks = field.picks.iter().filter(|pick| pick.offered).map(line);
    let pairs = [
        ("version", field.version.to_string()),
        ("name_zh", field.name.zh.clone()),
        ("name_en", field.name.en.clone()),
        ("kind", field.kind.as_str().to_owned()),
        ("required", flag(field.required)),
        ("personal", flag(field.personal)),
        ("listed", flag(field.listed)),
        ("standard", field.standard.clone()),
        ("least", limit(field.least)),
        ("most", limit(field.most)),
        ("decimals", field.decimals.to_string()),
        ("picks", picks.collect::<Vec<_>>().join("\n")),
    ];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
    Fields::from_pairs(pairs.to_vec())
}

fn shown_limit(field: &Field, limit: i64) -> String {
    match field.kind {
        Kind::Date => crate::model::day_of(limit).map_or(String::new(), |day| day.to_string()),
        Kind::Money => plain(limit, 2),
        _ => plain(limit, field.decimals),
    }
}

/// Reads a form.
pub(crate) fn draft(
    form: &mut Fields,
    subject: Subject,
    saved: Option<&Field>,
) -> Result<Draft, Fault> {
    let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let kind = Kind::parse(&form.choice("kind", &names)).unwrap_or(Kind::Text);
    let zh = form.optional_text("name_zh", 60).unwrap_or_default();
    let en = form.optional_text("name_en", 60).unwrap_or_default();
    let key = match (saved, form.optional_text("key", 40)) {
        (Some(field), _) => field.key.clone(),
        (None, Some(key)) => key,
        (None, None) => key_from(&en).unwrap_or_default(),
    };
    let decimals = match kind {
        Kind::Decimal => form.optional_int("decimals", 1, 6).unwrap_or(2),
        _ => 0,
    };
    let decimals = u8::try_from(decimals).unwrap_or(0);
    let picks = match kind.has_picks() {
        true => picks(form.typed("picks")),
        false => Vec::new(),
    };
    let [least, most] = ["least", "most"].map(|name| limit(form, name, (kind, decimals)));
    let draft = Draft {
        subject,
        key,
        name: Bilingual::new(zh, en),
        kind,
        required: form.flag("required"),
        personal: form.flag("personal"),
        listed: form.flag("listed"),
        standard: form.optional_text("standard", 200).unwrap_or_default(),
        least,
        most,
        decimals,
        picks,
    };
    form.done()?;
    Ok(draft)
}

fn limit(form: &mut Fields, name: &str, (kind, decimals): (Kind, u8)) -> Option<i64> {
    let typed = form.typed(name).trim().to_owned();
    let (smallest, largest) = kind.bounds()?;
    if typed.is_empty() {
        return None;
    }
    let read = match kind {
        Kind::Date => form.optional_date(name).map(days_of),
        Kind::Money => kernel::Money::parse(&typed, Currency::CNY).map(|money| money.minor),
        _ => scaled(&typed, decimals),
    };
    let read = read.filter(|limit| (smallest..=largest).contains(limit));
    if read.is_none() && kind != Kind::Date {
        let text = Text::key("fields-limit-wrong");
        let bounds = text
            .with("least", plain(smallest, decimals))
            .with("most", plain(largest, decimals));
        form.wrong(name, bounds);
    }
    read
}

/// One a line: `key | 中文 | English`, or names alone.
fn picks(typed: &str) -> Vec<Pick> {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut picks: Vec<Pick> = Vec::new();
    for line in lines {
        let parts: Vec<&str> = line.split(['|', '｜']).map(str::trim).collect();
        let (key, zh, en) = match parts.as_slice() {
            [key, zh, en, ..] => (Some((*key).to_owned()), *zh, *en),
            [zh, en] => (key_from(en), *zh, *en),
            _ => (key_from(line), line, ""),
        };
        let key = key.filter(|key| crate::model::is_key(key));
        let key = key.unwrap_or_else(|| free_key(&picks));
        picks.push(Pick {
            key,
            zh: zh.to_owned(),
            en: en.to_owned(),
            offered: true,
        });
    }
    picks
}

/// A key for a name without Latin letters.
fn free_key(picks: &[Pick]) -> String {
    let mut number = picks.len() + 1;
    loop {
        let key = format!("c{number}");
        if !picks.iter().any(|pick| pick.key == key) {
            return key;
        }
        number += 1;
    }
}
