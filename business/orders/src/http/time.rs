//! A time pointed at in the calendar: what fits there, or why it does not.

use kernel::{
    Ctx, Fault,
    ids::{ServiceId, SiteId, StaffId},
};
use offers::Service;
use store::Tx;
use web::{App, Fields, Me, Page, Query, Reply, State, page};

use super::{
    everybody,
    slot::{colleagues, why},
    view,
};
use crate::{
    commands,
    model::NewLine,
    pages::{TimePage, View, time_page},
};

/// `GET /orders/times`.
pub(super) async fn show(State(app): State<App>, me: Me, typed: Query) -> Reply {
    let (reader, mut read) = (me.clone(), typed.clone());
    let site = me.site()?.id;
    let found = app
        .read(move |tx| load(tx, &reader, site, &mut read))
        .await?;
    page(
        &me,
        Page::new(me.look.locale.t("orders-times")),
        time_page(&found),
    )
}

fn load(tx: &mut Tx, me: &Me, site: SiteId, typed: &mut Fields) -> Result<TimePage, Fault> {
    let ctx = &me.ctx;
    let zone = organisation::site(tx, ctx, site)?.zone;
    let view = view(me, zone, everybody(tx, ctx)?);
    let services = timed(tx, ctx, site)?;
    let with: Option<StaffId> = typed.optional_id("with");
    let chosen: Option<ServiceId> = typed.optional_id("service");
    let known = services.iter().map(|service| service.id);
    let service = match chosen.filter(|id| known.clone().any(|known| known == *id)) {
        Some(chosen) => Some(chosen),
        None => first_of(&view, with, &services),
    };
    let why = match service {
        Some(service) => {
            let wishes: Vec<(usize, StaffId)> = with.map(|staff| (0, staff)).into_iter().collect();
            let line = [NewLine::one(service)];
            let visit = commands::visit_of(tx, ctx, site, &line, &wishes)?;
            why(tx, ctx, (&view, &visit), typed)?
        }
        None => None,
    };
    Ok(TimePage {
        servers: colleagues(&view, site),
        day: typed.optional_date("day").unwrap_or(view.date_of(view.now)),
        at: typed.typed("at").to_owned(),
        view,
        services,
        service,
        with,
        why,
    })
}

/// What takes time and is offered here.
fn timed(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Service>, Fault> {
    let filter = offers::Filter {
        site: Some(site),
        ..offers::Filter::default()
    };
    let services = offers::services(tx, ctx, &filter)?;
    let takes_time = |service: &Service| service.minutes > 0;
    Ok(services.into_iter().filter(takes_time).collect())
}

/// The first service that whoever is meant can do.
fn first_of(view: &View, with: Option<StaffId>, services: &[Service]) -> Option<ServiceId> {
    let person = with.and_then(|id| view.staff.get(&id));
    let able = |service: &&Service| {
        person.is_none_or(|person| service.skills.iter().all(|s| person.skills.contains(s)))
    };
    let found = services.iter().find(able).or(services.first());
    found.map(|service| service.id)
}
