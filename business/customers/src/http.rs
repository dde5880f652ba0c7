//! Routes of customers. The page of one customer is served by `orders`, which knows the visits.

use fields::{Filter, Given, Subject};
use kernel::{Fault, FaultKind, Locale};
use people::Sight;
use store::Tx;
use web::{App, Form, Me, Page, Query, Reply, Routes, State, done, fragment, page, unprocessable};

use crate::{
    EDIT, VIEW, columns,
    commands::{self, Details},
    model::{Named, sort_name},
    pages::{ListPage, found_fragment, list_page, new_action, new_page},
    queries::{self, After},
};

/// Customers on one page.
const ROWS: i64 = 50;

/// Customers offered while typing.
const FOUND: i64 = 6;

/// Every route.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/customers", VIEW, list)
        .get("/customers/new", EDIT, new)
        .get("/customers/found", VIEW, found)
        .post("/customers", EDIT, create)
}

/// This list with the same filter, from another place on.
fn address(asked: &Query, after: Option<&After>) -> String {
    let kept = asked
        .values()
        .iter()
        .filter(|(name, value)| (name == "q" || name.starts_with("field-")) && !value.is_empty());
    let mut pairs: Vec<String> = kept
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    if let Some(after) = after {
        pairs.push(format!("name={}&id={}", encode(&after.sort_name), after.id));
    }
    if pairs.is_empty() {
        "/customers".to_owned()
    } else {
        format!("/customers?{}", pairs.join("&"))
    }
}

fn encode(value: &str) -> String {
    use std::fmt::Write as _;
    value.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string succeeds");
        }
        out
    })
}

/// `GET /customers`.
async fn list(State(app): State<App>, me: Me, mut asked: Query) -> Reply {
    let text = asked.optional_text("q", 80).unwrap_or_default();
    let ctx = me.ctx.clone();
    let own = app
        .read(move |tx| fields::defined(tx, &ctx, Subject::Customer))
        .await?;
    let narrow = Filter::read(&asked, &own);
    if let Some(format) = web::wanted(&asked) {
        let list = columns::export(&me.ctx, me.look.locale, me.zone(), own);
        let rows = columns::rows(me.ctx.clone(), text, narrow);
        people::seen(&app, &me.ctx, Sight::export("customers", 0)).await?;
        return web::export(&app, &me, format, list, rows).await;
    }
    let after = asked.optional_id("id").map(|id| After {
        sort_name: asked.typed("name").to_owned(),
        id,
    });
    let (ctx, wanted, from) = (me.ctx.clone(), text.clone(), after.clone());
    let (found, own, more) = app
        .read(move |tx| {
            let limit = ROWS + 1;
            let mut found = queries::narrowed(tx, &ctx, (&wanted, &narrow), from.as_ref(), limit)?;
            let shown = usize::try_from(ROWS).expect("a page is small");
            let more = found.len() > shown;
            found.truncate(shown);
            let ids: Vec<String> = found.iter().map(|one| one.id.to_string()).collect();
            let own = fields::listed(tx, &ctx, Subject::Customer, &ids)?;
            Ok((found, own, more))
        })
        .await?;
    let shown = found.iter().map(|one| one.id);
    people::seen(&app, &me.ctx, Sight::list(shown)).await?;
    let last = found.last().filter(|_| more);
    let last = last.map(|last| After {
        sort_name: sort_name(&last.name, &last.reading),
        id: last.id,
    });
    let may_edit = me.ctx.may(EDIT);
    let locale = me.look.locale;
    let body = list_page(&ListPage {
        locale,
        asked: &asked,
        text: &text,
        customers: &found,
        own: &own,
        next: last.map(|last| address(&asked, Some(&last))),
        first: after.map(|_| address(&asked, None)),
        may_edit,
    });
    let mut shown = Page::new(locale.t("customers-menu")).exports();
    if may_edit {
        shown = shown.actions(new_action(locale));
    }
    page(&me, shown, body)
}

/// `GET /customers/found`: those a text finds, to choose from while typing.
async fn found(State(app): State<App>, me: Me, mut asked: Query) -> Reply {
    let text = asked.optional_text("q", 80).unwrap_or_default();
    let ctx = me.ctx.clone();
    let found = app
        .read(move |tx| {
            let known = Named::parse(&text)
                .phone
                .map(|phone| phone.digits().to_owned());
            let text = known.unwrap_or(text);
            if text.is_empty() {
                Ok(Vec::new())
            } else {
                queries::search(tx, &ctx, &text, FOUND)
            }
        })
        .await?;
    let ids = found.iter().map(|one| one.id);
    people::seen(&app, &me.ctx, Sight::search(ids)).await?;
    fragment(found_fragment(me.look.locale, &found))
}

fn new_title(locale: Locale) -> Page {
    Page::new(locale.t("customers-new")).still()
}

/// `GET /customers/new`.
async fn new(State(app): State<App>, me: Me, typed: Query) -> Reply {
    ask(&app, &me, &typed, None).await
}

async fn ask(app: &App, me: &Me, typed: &web::Fields, fault: Option<Fault>) -> Reply {
    let (reader, given, wrong) = (me.clone(), typed.clone(), fault.clone());
    let own = app
        .read(move |tx| {
            fields::new_inputs(tx, &reader, Subject::Customer, (&given, wrong.as_ref()))
        })
        .await?;
    let locale = me.look.locale;
    let body = new_page(locale, typed, fault.as_ref(), &own);
    match fault {
        None => page(me, new_title(locale), body),
        Some(_) => unprocessable(me, new_title(locale), body),
    }
}

/// `POST /customers`.
async fn create(State(app): State<App>, me: Me, form: Form) -> Reply {
    let details = Details {
        name: form.typed("name").to_owned(),
        reading: form.typed("reading").to_owned(),
        phone: form.typed("phone").to_owned(),
        email: form.typed("email").to_owned(),
        note: form.typed("note").to_owned(),
        ..Details::default()
    };
    let (ctx, given) = (me.ctx.clone(), Given::of_form(&form));
    let made = app
        .write(move |tx| {
            let make = |tx: &mut Tx| commands::create_customer(tx, &ctx, &details);
            fields::create(
                tx,
                &ctx,
                (Subject::Customer, &given),
                make,
                ToString::to_string,
            )
        })
        .await;
    match made {
        Ok(id) => {
            let words = me.look.locale.t("customers-saved");
            done(&format!("/customers/{id}"), &words)
        }
        Err(fault) if fault.kind == FaultKind::Invalid => ask(&app, &me, &form, Some(fault)).await,
        Err(fault) => Err(fault.into()),
    }
}
