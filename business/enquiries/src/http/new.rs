//! Writing an enquiry or a complaint down.

use customers::Named;
use kernel::{Channel, Ctx, Fault, FaultKind, Text, ids::CustomerId};
use orders::{Kind, NewOrder};
use store::Tx;
use web::{App, Fields, Form, Me, Page, Query, Reply, State, done, page, unprocessable};

use crate::{
    commands::{self, NewEnquiry},
    model::{Enquiry, Level},
    pages,
};

pub(super) async fn ask(State(_): State<App>, me: Me, typed: Query) -> Reply {
    let shown = Page::new(me.look.locale.t("enquiries-new")).still();
    page(&me, shown, pages::new(me.look.locale, &typed, None))
}

/// Who asks, as the form names them.
#[derive(Clone)]
enum Who {
    Nobody,
    Chosen(CustomerId),
    Typed(Named),
}

fn read(form: &mut Fields, me: &Me) -> Result<(NewEnquiry, Who), Fault> {
    let kind = match Kind::parse(form.typed("kind")) {
        Some(kind @ (Kind::Enquiry | Kind::Complaint)) => kind,
        _ => {
            form.wrong("kind", Text::key("web-not-choice"));
            Kind::Enquiry
        }
    };
    let level = Level::parse(form.typed("level"));
    if level.is_none() {
        form.wrong("level", Text::key("web-not-choice"));
    }
    let who = match (
        form.optional_id("customer_id"),
        form.optional_text("customer", 120),
    ) {
        (Some(chosen), _) => Who::Chosen(chosen),
        (None, Some(typed)) => Who::Typed(Named::parse(&typed)),
        (None, None) => Who::Nobody,
    };
    let order = NewOrder {
        note: form.text("note", 1, orders::model::NOTE_CHARS_MAX),
        ..NewOrder::new(me.site()?.id, kind)
    };
    let about = form.optional_text("about", 20).unwrap_or_default();
    form.done()?;
    let level = level.unwrap_or(Level::Normal);
    Ok((
        NewEnquiry {
            order,
            level,
            about,
        },
        who,
    ))
}

fn write(
    tx: &mut Tx,
    ctx: &Ctx,
    (mut new, who): (NewEnquiry, Who),
    by_phone: bool,
) -> Result<Enquiry, Fault> {
    let ctx = &match by_phone {
        true => ctx.with_channel(Channel::Phone),
        false => ctx.clone(),
    };
    new.order.customer = match who {
        Who::Nobody => None,
        Who::Chosen(customer) => Some(customer),
        Who::Typed(named) => {
            let found = customers::find_or_create(tx, ctx, &named);
            Some(found.map_err(|fault| match fault.kind {
                FaultKind::Invalid => Fault::invalid("customer", fault.text),
                _ => fault,
            })?)
        }
    };
    commands::open(tx, ctx, &new)
}

pub(super) async fn open(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let by_phone = form.flag("by_phone");
    let written = match read(&mut form, &me) {
        Ok(new) => {
            let ctx = me.ctx.clone();
            app.write(move |tx| write(tx, &ctx, new, by_phone)).await
        }
        Err(fault) => Err(fault),
    };
    let locale = me.look.locale;
    match written {
        Ok(enquiry) => {
            let words = [("number", enquiry.code.as_str().into())];
            let path = format!("/enquiries/{}", enquiry.order);
            done(&path, &locale.tx("enquiries-told-opened", &words))
        }
        Err(fault) if fault.kind == FaultKind::Invalid => {
            let shown = Page::new(locale.t("enquiries-new")).still();
            unprocessable(&me, shown, pages::new(locale, &form, Some(&fault)))
        }
        Err(fault) => Err(fault.into()),
    }
}
