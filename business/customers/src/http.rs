//! Routes of customers. The page of one customer is served by `orders`, which knows the visits.

use kernel::{FaultKind, Locale};
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

fn address(text: &str, after: Option<&After>) -> String {
    let mut pairs = Vec::new();
    if !text.is_empty() {
        pairs.push(format!("q={}", encode(text)));
    }
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
    let after = asked.optional_id("id").map(|id| After {
        sort_name: asked.typed("name").to_owned(),
        id,
    });
    if let Some(format) = web::wanted(&asked) {
        let list = columns::export(&me.ctx, me.look.locale, me.zone());
        return web::export(&app, &me, format, list, columns::rows(me.ctx.clone(), text)).await;
    }
    let (ctx, wanted, from) = (me.ctx.clone(), text.clone(), after.clone());
    let mut found = app
        .read(move |tx| queries::customers(tx, &ctx, &wanted, from.as_ref(), ROWS + 1))
        .await?;
    let more = found.len() > usize::try_from(ROWS).expect("a page is small");
    found.truncate(usize::try_from(ROWS).expect("a page is small"));
    let last = found.last().filter(|_| more);
    let last = last.map(|last| After {
        sort_name: sort_name(&last.name, &last.reading),
        id: last.id,
    });
    let may_edit = me.ctx.may(EDIT);
    let locale = me.look.locale;
    let body = list_page(&ListPage {
        locale,
        text: &text,
        customers: &found,
        next: last.map(|last| address(&text, Some(&last))),
        first: after.map(|_| address(&text, None)),
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
    fragment(found_fragment(me.look.locale, &found))
}

fn new_title(locale: Locale) -> Page {
    Page::new(locale.t("customers-new")).still()
}

/// `GET /customers/new`.
async fn new(me: Me, typed: Query) -> Reply {
    let locale = me.look.locale;
    page(&me, new_title(locale), new_page(locale, &typed, None))
}

/// `POST /customers`.
async fn create(State(app): State<App>, me: Me, form: Form) -> Reply {
    let locale = me.look.locale;
    let details = Details {
        name: form.typed("name").to_owned(),
        reading: form.typed("reading").to_owned(),
        phone: form.typed("phone").to_owned(),
        email: form.typed("email").to_owned(),
        note: form.typed("note").to_owned(),
        ..Details::default()
    };
    let ctx = me.ctx.clone();
    match app
        .write(move |tx| commands::create_customer(tx, &ctx, &details))
        .await
    {
        Ok(id) => done(&format!("/customers/{id}"), &locale.t("customers-saved")),
        Err(fault) if fault.kind == FaultKind::Invalid => unprocessable(
            &me,
            new_title(locale),
            new_page(locale, &form, Some(&fault)),
        ),
        Err(fault) => Err(fault.into()),
    }
}
