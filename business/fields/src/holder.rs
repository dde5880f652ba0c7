//! A kind of thing that has fields, as its room names it: where its page is, who may see and change
//! it. From this alone come the card on its page and the route that keeps it.

use kernel::{Ctx, Currency, Fault, FaultKind, Permission};
use store::Tx;
use web::{App, Form, Me, Page, Path, Reply, Routes, State};

use crate::{
    fill::{self, Given, Seen},
    model::Subject,
    pages,
};

/// Finds a thing for somebody; refuses who may not reach it, and answers what to call it.
pub type Find = fn(&mut Tx, &Ctx, &str) -> Result<String, Fault>;

/// A kind of thing that has fields.
#[derive(Clone, Copy)]
pub struct Holder {
    /// What it is.
    pub subject: Subject,
    /// Its page, `{id}` for its id: the fields are kept below it, at `fields`.
    pub home: &'static str,
    /// To see them.
    pub view: Permission,
    /// To change them.
    pub edit: Permission,
    /// How to find the thing.
    pub find: Find,
}

impl Holder {
    fn home_of(&self, id: &str) -> String {
        self.home.replace("{id}", id)
    }
}

/// The route that keeps the fields of a kind of thing.
pub fn routes(holder: Holder) -> Routes {
    Routes::new().post(
        &format!("{}/fields", holder.home),
        holder.edit,
        move |app: State<App>, me: Me, id: Path<String>, form: Form| {
            keep(holder, app, me, id, form)
        },
    )
}

/// The card of a thing's fields on its page; nothing where none is defined and none has a value.
pub fn shown(tx: &mut Tx, me: &Me, holder: Holder, id: &str) -> Result<ui::Markup, Fault> {
    if !me.ctx.may(holder.view) {
        return Ok(pages::nothing());
    }
    let seen = fill::seen(tx, &me.ctx, holder.subject, id)?;
    Ok(card(me, holder, id, (&seen, None)))
}

/// The same, with what else stands beside it below.
pub fn shown_with(
    tx: &mut Tx,
    me: &Me,
    holder: Holder,
    id: &str,
    below: ui::Markup,
) -> Result<ui::Markup, Fault> {
    Ok(pages::both(&shown(tx, me, holder, id)?, &below))
}

/// The inputs of a form for something new; what was typed stands in them when it comes back.
pub fn new_inputs(
    tx: &mut Tx,
    me: &Me,
    subject: Subject,
    (typed, fault): (&web::Fields, Option<&Fault>),
) -> Result<ui::Markup, Fault> {
    let seen = fill::prepared(tx, &me.ctx, subject)?;
    Ok(pages::inputs(me.look.locale, &seen, Some(typed), fault))
}

fn card(
    me: &Me,
    holder: Holder,
    id: &str,
    (seen, refused): (&Seen, Option<(&web::Fields, &Fault)>),
) -> ui::Markup {
    let action = me.ctx.may(holder.edit);
    let action = action.then(|| format!("{}/fields", holder.home_of(id)));
    pages::card(me.look.locale, seen, refused, action)
}

async fn keep(
    holder: Holder,
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    form: Form,
) -> Reply {
    let (ctx, object, given) = (me.ctx.clone(), id.clone(), Given::of_form(&form));
    let kept = app
        .write(move |tx| {
            (holder.find)(tx, &ctx, &object)?;
            let currency = currency(tx, &ctx)?;
            fill::fill(tx, &ctx, (holder.subject, &object), &given, currency)
        })
        .await;
    let fault = match kept {
        Ok(_) => {
            let words = me.look.locale.t("fields-filled");
            return web::done(&holder.home_of(&id), &words);
        }
        Err(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict) => fault,
        Err(fault) => return Err(fault.into()),
    };
    let (reader, object) = (me.clone(), id.clone());
    let (title, seen) = app
        .read(move |tx| {
            let title = (holder.find)(tx, &reader.ctx, &object)?;
            Ok((title, fill::seen(tx, &reader.ctx, holder.subject, &object)?))
        })
        .await?;
    let body = card(&me, holder, &id, (&seen, Some((&form, &fault))));
    web::unprocessable(&me, Page::new(title).still(), body)
}

/// The currency of amounts that name none: that of the first site.
pub fn currency(tx: &mut Tx, ctx: &Ctx) -> Result<Currency, Fault> {
    let sites = organisation::sites(tx, ctx)?;
    Ok(sites.first().map_or(Currency::CNY, |site| site.currency))
}

/// Makes something together with its fields: what is wrong with either is told at once, and
/// nothing is kept then.
pub fn create<T>(
    tx: &mut Tx,
    ctx: &Ctx,
    (subject, given): (Subject, &Given),
    make: impl FnOnce(&mut Tx) -> Result<T, Fault>,
    id: impl FnOnce(&T) -> String,
) -> Result<T, Fault> {
    let currency = currency(tx, ctx)?;
    let checked = fill::check(tx, ctx, subject, given, currency);
    match (make(tx), checked) {
        (Ok(made), Ok(())) => {
            fill::fill(tx, ctx, (subject, &id(&made)), given, currency)?;
            Ok(made)
        }
        (Err(mut fault), Err(own)) if fault.kind == FaultKind::Invalid => {
            fault.fields.extend(own.fields);
            Err(Fault::fields(fault.fields))
        }
        (Err(fault), _) | (Ok(_), Err(fault)) => Err(fault),
    }
}
