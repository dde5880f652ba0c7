//! The list for the desk.

use customers::Named;
use fields::Subject;
use kernel::{
    Ctx, Fault, Timestamp,
    ids::{CustomerId, OfferId, WaitingId},
};
use messages::House;
use store::Tx;
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, State, done};

use super::{answer, id_of, wish};
use crate::{
    columns,
    commands::{self, Candidate, NewWaiting},
    model::{ANSWER_RANGE, Waiting},
    pages::{self, ListPage, Named as Shown, NewPage, ShowPage, View},
    queries,
};

fn view(tx: &mut Tx, ctx: &Ctx, me: &Me, site: kernel::ids::SiteId) -> Result<View, Fault> {
    let site = organisation::site(tx, ctx, site)?;
    let filter = offers::Filter {
        site: Some(site.id),
        ..offers::Filter::default()
    };
    let all = offers::services(tx, ctx, &filter)?;
    let (services, others) = all.into_iter().partition(offers::Service::is_bookable);
    Ok(View {
        locale: me.look.locale,
        now: ctx.now,
        may_edit: ctx.may(crate::EDIT),
        staff: people::staff_at(tx, ctx, site.id)?,
        services,
        others,
        site,
    })
}

/// An entry with the name of whoever waits.
fn named(tx: &mut Tx, ctx: &Ctx, me: &Me, entry: Waiting) -> Result<Shown, Fault> {
    let customer = customers::optional(tx, ctx, entry.customer)?;
    let locale = me.look.locale;
    let session = match entry.wish.session {
        Some(session) => Some(sessions::session(tx, ctx, session)?.span),
        None => None,
    };
    Ok(Shown {
        name: customer
            .as_ref()
            .map_or_else(String::new, |one| one.display(locale).to_owned()),
        phone: customer
            .and_then(|one| one.phone)
            .map(|phone| phone.digits().to_owned())
            .unwrap_or_default(),
        session,
        entry,
    })
}

fn load_list(tx: &mut Tx, me: &Me) -> Result<ListPage, Fault> {
    let (ctx, site) = (&me.ctx, me.site()?.id);
    let waiting = queries::waiting_at(tx, ctx, site)?;
    let ended = queries::ended_at(tx, ctx, site)?;
    let with_names = |tx: &mut Tx, entries: Vec<Waiting>| {
        let named = |entry| named(tx, ctx, me, entry);
        entries
            .into_iter()
            .map(named)
            .collect::<Result<Vec<_>, _>>()
    };
    let (answer_minutes, version) = queries::settings(tx, ctx)?;
    let org = ctx.org.to_string();
    let changes = store::journal::setting_changes(tx, ctx.org, &org, &["answer_minutes"])?;
    Ok(ListPage {
        offers: if ctx.may(orders::TAKE) {
            queries::open_offers(tx, ctx, site)?
        } else {
            Default::default()
        },
        waiting: with_names(tx, waiting)?,
        ended: with_names(tx, ended)?,
        settings: ctx
            .may(crate::SETTINGS)
            .then_some((answer_minutes, version)),
        changed: changes
            .get("answer_minutes")
            .map(|entry| (entry.actor_name.clone(), entry.at)),
        view: view(tx, ctx, me, site)?,
    })
}

async fn show_list(app: &App, me: &Me, typed: &Fields, fault: Option<&Fault>) -> Reply {
    let reader = me.clone();
    let shown = app.read(move |tx| load_list(tx, &reader)).await?;
    let named = shown.waiting.iter().chain(&shown.ended);
    let named = people::Sight::list(named.map(|named| named.entry.customer));
    people::seen(app, &me.ctx, named).await?;
    let heading = Page::new(me.look.locale.t("waitlist-title"))
        .actions(pages::add_button(&shown))
        .exports();
    answer(me, heading, pages::list(&shown, typed, fault), fault)
}

/// `GET /waiting`.
pub(super) async fn list(State(app): State<App>, me: Me, asked: Query) -> Reply {
    let Some(format) = web::wanted(&asked) else {
        return show_list(&app, &me, &Fields::default(), None).await;
    };
    people::seen(&app, &me.ctx, people::Sight::export("waiting", 0)).await?;
    let reader = me.clone();
    let (shown, own) = app
        .read(move |tx| {
            let shown = load_list(tx, &reader)?;
            let named = shown.waiting.iter().chain(&shown.ended);
            let ids: Vec<String> = named.map(|one| one.entry.customer.to_string()).collect();
            let own = fields::in_file(tx, &reader.ctx, Subject::Customer, &ids)?;
            Ok((shown, own))
        })
        .await?;
    let list = columns::export(shown.view, me.ctx.may(customers::PHONE), &own);
    let mut rows = shown.waiting;
    rows.extend(shown.ended);
    web::export(&app, &me, format, list, web::at_once(move |_| Ok(rows))).await
}

/// `POST /waiting/settings`.
pub(super) async fn settings(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let (min, max) = ANSWER_RANGE;
    let minutes = match form.typed("reset") {
        "answer_minutes" => crate::model::ANSWER_MINUTES,
        _ => form.int("answer_minutes", min, max),
    };
    let version = form.int("version", 0, i64::MAX);
    let ctx = me.ctx.clone();
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::change_settings(tx, &ctx, minutes, version))
                .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => done("/waiting", &me.look.locale.t("waitlist-saved")),
        Err(fault) => show_list(&app, &me, &form, Some(&fault)).await,
    }
}

async fn ask_new(app: &App, me: &Me, typed: &Fields, fault: Option<&Fault>) -> Reply {
    let reader = me.clone();
    let shown = app
        .read(move |tx| {
            let site = reader.site()?.id;
            Ok(NewPage {
                view: view(tx, &reader.ctx, &reader, site)?,
            })
        })
        .await?;
    let heading = Page::new(me.look.locale.t("waitlist-add")).still();
    answer(me, heading, pages::new(&shown, typed, fault), fault)
}

/// `GET /waiting/new`.
pub(super) async fn new(State(app): State<App>, me: Me, typed: Query) -> Reply {
    ask_new(&app, &me, &typed, None).await
}

/// The customer a form names; somebody has to wait.
fn customer(
    tx: &mut Tx,
    ctx: &Ctx,
    (chosen, typed): (Option<CustomerId>, Option<&str>),
) -> Result<CustomerId, Fault> {
    if let Some(chosen) = chosen {
        return Ok(chosen);
    }
    let Some(typed) = typed else {
        let text = kernel::Text::key("waitlist-customer-needed");
        return Err(Fault::invalid("customer", text));
    };
    customers::find_or_create(tx, ctx, &Named::parse(typed)).map_err(|mut fault| {
        // What is wrong with a part is said at the one field it was typed into.
        for part in &mut fault.fields {
            "customer".clone_into(&mut part.field);
        }
        fault
    })
}

/// `POST /waiting`.
pub(super) async fn join(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let site = me.site()?;
    let today = me.ctx.now.to_zoned(site.zone.clone()).date();
    let service = form.id("service");
    let (wish, note) = wish(&mut form, service, today);
    let chosen = form.optional_id("customer_id");
    let typed = form.optional_text("customer", 120);
    let (ctx, site) = (me.ctx.clone(), site.id);
    let joined = match form.done() {
        Ok(()) => {
            app.write(move |tx| {
                let new = NewWaiting {
                    site,
                    wish,
                    customer: customer(tx, &ctx, (chosen, typed.as_deref()))?,
                    note,
                    mail: None,
                };
                commands::join(tx, &ctx, &new)
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match joined {
        Ok(entry) => done(
            &format!("/waiting/{}", entry.id),
            &me.look.locale.t("waitlist-joined"),
        ),
        Err(fault) => ask_new(&app, &me, &form, Some(&fault)).await,
    }
}

fn load_entry(tx: &mut Tx, me: &Me, id: WaitingId) -> Result<ShowPage, Fault> {
    let ctx = &me.ctx;
    let entry = queries::entry(tx, ctx, id)?;
    let view = view(tx, ctx, me, entry.site)?;
    let times = commands::offerable(tx, ctx, (&view.site, &entry))?;
    Ok(ShowPage {
        ahead: queries::ahead_of(tx, ctx, &entry)?,
        offers: queries::offers_to(tx, ctx, id)?,
        shown: named(tx, ctx, me, entry)?,
        times,
        view,
    })
}

async fn show_entry(app: &App, me: &Me, id: WaitingId, fault: Option<&Fault>) -> Reply {
    let reader = me.clone();
    let shown = app.read(move |tx| load_entry(tx, &reader, id)).await?;
    let customer = shown.shown.entry.customer;
    people::seen(app, &me.ctx, people::Sight::page(customer)).await?;
    let heading = Page::new(shown.shown.name.clone()).actions(pages::entry_actions(&shown));
    answer(me, heading, pages::show(&shown, fault), fault)
}

/// `GET /waiting/{id}`.
pub(super) async fn show(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    show_entry(&app, &me, id_of(&id)?, None).await
}

/// `POST /waiting/{id}/offers`: offers a time by hand.
pub(super) async fn offer(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    mut form: Form,
) -> Reply {
    let id = id_of(&id)?;
    let start: Option<Timestamp> = form.typed("start").parse().ok();
    let staff = form.optional_id("staff");
    let Some(start) = start else {
        let text = kernel::Text::key("waitlist-choose-time");
        let fault = Fault::invalid("start", text);
        return show_entry(&app, &me, id, Some(&fault)).await;
    };
    let (ctx, house) = (me.ctx.clone(), House::of(&app));
    let made = app
        .write(move |tx| {
            let wanted = Candidate {
                waiting: id,
                start,
                staff,
            };
            commands::offer(tx, &ctx, &house, &wanted)
        })
        .await;
    match made {
        Ok(_) => done(
            &format!("/waiting/{id}"),
            &me.look.locale.t("waitlist-offered"),
        ),
        Err(fault) => show_entry(&app, &me, id, Some(&fault)).await,
    }
}

/// `POST /waiting/{id}/removal`.
pub(super) async fn remove(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    let (id, ctx) = (id_of(&id)?, me.ctx.clone());
    app.write(move |tx| commands::leave(tx, &ctx, id)).await?;
    done("/waiting", &me.look.locale.t("waitlist-removed"))
}

fn offer_id(path: &str) -> Result<OfferId, Fault> {
    OfferId::parse(path).ok_or_else(|| Fault::missing("waitlist-offer-missing"))
}

/// `POST /waiting/{id}/offers/{offer}/acceptance`: on the customer's behalf.
pub(super) async fn accept(
    State(app): State<App>,
    me: Me,
    Path((id, offer)): Path<(String, String)>,
) -> Reply {
    let (id, offer, ctx) = (id_of(&id)?, offer_id(&offer)?, me.ctx.clone());
    let taken = app
        .write(move |tx| commands::accept(tx, &ctx, id, offer))
        .await;
    match taken {
        Ok(order) => done(
            &format!("/orders/{}", order.id),
            &me.look.locale.t("waitlist-taken"),
        ),
        Err(fault) => show_entry(&app, &me, id, Some(&fault)).await,
    }
}

/// `POST /waiting/{id}/offers/{offer}/refusal`: on the customer's behalf.
pub(super) async fn decline(
    State(app): State<App>,
    me: Me,
    Path((id, offer)): Path<(String, String)>,
) -> Reply {
    let (id, offer, ctx) = (id_of(&id)?, offer_id(&offer)?, me.ctx.clone());
    app.write(move |tx| commands::decline(tx, &ctx, id, offer))
        .await?;
    done(
        &format!("/waiting/{id}"),
        &me.look.locale.t("waitlist-let-go"),
    )
}
