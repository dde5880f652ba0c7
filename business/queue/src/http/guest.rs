//! The public routes: join a line by its code, watch one's ticket.

use kernel::{Bilingual, Ctx, Fault, Locale, Timestamp, format};
use offers::Service;
use orders::StateName;
use organisation::Site;
use store::Tx;
use web::axum::http::{HeaderMap, HeaderValue, header};
use web::{App, Form, Guest, Path, Reply, Routes, State};

use super::door::{Door, Wish};
use crate::commands::{self, as_house, later};
use crate::model::{HOLD_MINUTES, Stage, Wait};
use crate::pages::{self, Face, JoinService, JoinView, TicketView};
use crate::queries::{self, Ticket};
use crate::standing::{self, Standing};
use crate::visits;

/// The most numbers given out over the public page of a site in ten minutes.
const ONLINE_MAX: i64 = 40;
/// The cookie that remembers a phone's ticket for a day.
const COOKIE: &str = "ticket";
const DAY_SECONDS: i64 = 86_400;
/// A wait worth stepping out for, in minutes, and the margin to be back before one's turn.
const STEP_OUT_MINUTES: i64 = 8;
const STEP_BACK_MINUTES: i64 = 5;

pub(super) fn routes() -> Routes {
    Routes::new()
        .public_get("/at/{org}/{site}/queue", join_page)
        .public_post("/at/{org}/{site}/queue", join)
        .public_get("/at/{org}/tickets/{secret}", ticket_page)
        .public_get("/at/{org}/tickets/{secret}/state", ticket_state)
        .public_post("/at/{org}/tickets/{secret}/turn", let_ahead)
        .public_post("/at/{org}/tickets/{secret}/absence", step_out)
        .public_post("/at/{org}/tickets/{secret}/delay", delay)
        .public_post("/at/{org}/tickets/{secret}/return", come_back)
        .public_post("/at/{org}/tickets/{secret}/answer", answer)
        .public_post("/at/{org}/tickets/{secret}/departure", leave)
}

pub(super) fn clock(site: &Site, at: Timestamp) -> String {
    format::time(at.to_zoned(site.zone.clone()).time())
}

pub(super) fn place(site: &Site, organisation: &str, locale: Locale) -> (String, String) {
    let name = format!("{organisation} · {}", site.name(locale));
    (name, site.address.clone())
}

/// Everything the ticket page shows; found by the secret alone.
fn ticket_view(tx: &mut Tx, guest: &Guest, secret: &str) -> Result<TicketView, Fault> {
    let ctx = &as_house(&guest.ctx);
    let ticket = queries::by_secret(tx, ctx, secret)?;
    let site = organisation::site(tx, ctx, ticket.site)?;
    let service = offers::service(tx, ctx, ticket.service)?;
    let locale = ctx.locale;
    Ok(TicketView {
        path: guest.path(&format!("tickets/{secret}")),
        number: ticket.label(),
        service: service.name.get(locale).to_owned(),
        face: face(tx, ctx, &ticket, &site)?,
        place: place(&site, guest.organisation.name.get(locale), locale),
        as_of: clock(&site, ctx.now),
    })
}

fn face(tx: &mut Tx, ctx: &Ctx, ticket: &Ticket, site: &Site) -> Result<Face, Fault> {
    let state = orders::states(tx, ctx, &[ticket.order])?.remove(&ticket.order);
    Ok(match (ticket.stage, state) {
        (Stage::NoShow, _) | (_, Some(StateName::NoShow)) => Face::Over("no_show"),
        (Stage::Left, _) | (_, Some(StateName::Cancelled)) => Face::Over("left"),
        (Stage::Done, _) | (_, Some(StateName::Finished)) => Face::Over("done"),
        (Stage::Serving, _) | (_, Some(StateName::Serving)) => Face::Serving,
        (Stage::Away { until }, _) if until > ctx.now => Face::Away {
            until: clock(site, until),
            is_reserved: ticket.returns_at == Some(until),
        },
        (
            Stage::Called {
                called_at,
                coming_at,
            },
            _,
        ) => {
            let hold = later(called_at, HOLD_MINUTES);
            called_face(tx, ctx, ticket, hold, coming_at.is_some())?
        }
        _ => {
            let picture = standing::picture(tx, ctx, ticket.site, ticket.day)?;
            let standing = picture.of(ticket);
            waiting_face(ctx, site, standing.as_ref())
        }
    })
}

fn waiting_face(ctx: &Ctx, site: &Site, standing: Option<&Standing>) -> Face {
    let wait: Option<Wait> = standing.and_then(|standing| standing.wait);
    let middle = |wait: Wait| later(ctx.now, i64::midpoint(wait.min, wait.max));
    let step_out = wait
        .filter(|wait| wait.min >= STEP_OUT_MINUTES)
        .map(|wait| clock(site, later(ctx.now, wait.min - STEP_BACK_MINUTES)));
    Face::Waiting {
        ahead: standing.map_or(0, |standing| standing.people_ahead),
        behind: standing.map_or(0, |standing| standing.people_behind),
        wait,
        around: wait.map(|wait| clock(site, middle(wait))),
        step_out_until: step_out,
    }
}

/// Where the holder of a called ticket goes: the counter, else the room of the claim.
pub(super) fn seat(tx: &mut Tx, ctx: &Ctx, ticket: &Ticket) -> Result<Option<Bilingual>, Fault> {
    if let Some(id) = ticket.counter {
        let counters = queries::counters(tx, ctx, ticket.site)?;
        let counter = counters.into_iter().find(|counter| counter.id == id);
        return Ok(counter.map(|counter| counter.name));
    }
    let Some(claim) = capacity::claim_of(tx, ctx, ticket.order)? else {
        return Ok(None);
    };
    match claim.resources.first() {
        Some(resource) => Ok(Some(capacity::resource(tx, ctx, *resource)?.name)),
        None => Ok(None),
    }
}

fn called_face(
    tx: &mut Tx,
    ctx: &Ctx,
    ticket: &Ticket,
    hold: Timestamp,
    coming: bool,
) -> Result<Face, Fault> {
    let seat = seat(tx, ctx, ticket)?.map(|name| name.get(ctx.locale).to_owned());
    let staff = match ticket.called_staff {
        Some(id) => Some(
            people::staff_member(tx, ctx, id)?
                .shown(ctx.locale)
                .to_owned(),
        ),
        None => None,
    };
    let seconds = hold.as_second() - ctx.now.as_second();
    let words = format!("{}:{:02}", seconds.max(0) / 60, seconds.max(0) % 60);
    let hold = (seconds > 0).then(|| (hold.to_string(), words));
    Ok(Face::Called {
        seat,
        staff,
        hold,
        coming,
    })
}

async fn view_of(app: &App, guest: &Guest, secret: String) -> Result<TicketView, Fault> {
    let guest = guest.clone();
    app.read(move |tx| ticket_view(tx, &guest, &secret)).await
}

type Secret = Path<(String, String)>;

async fn ticket_page(State(app): State<App>, guest: Guest, path: Secret) -> Reply {
    let view = view_of(&app, &guest, path.0.1).await?;
    let locale = guest.look.locale;
    let mut frame = guest.frame(&format!(
        "{} · {}",
        view.number,
        locale.t("queue-ticket-title")
    ));
    frame.refresh_seconds = Some(15);
    let page = ui::guest_page(&frame, &pages::ticket(locale, &view));
    private(web::fragment(page)?)
}

async fn ticket_state(State(app): State<App>, guest: Guest, path: Secret) -> Reply {
    let view = view_of(&app, &guest, path.0.1).await?;
    private(web::fragment(pages::ticket(guest.look.locale, &view))?)
}

/// A page behind a secret address: no cache keeps it.
pub(super) fn private(mut response: web::Response) -> Reply {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Runs a command of the ticket's holder and shows the ticket again.
async fn act<F>(app: App, guest: Guest, secret: String, command: F) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx, &str) -> Result<Ticket, Fault> + Send + 'static,
{
    let path = guest.path(&format!("tickets/{secret}"));
    let ctx = guest.ctx.clone();
    app.write(move |tx| command(tx, &ctx, &secret)).await?;
    web::see_other(&path)
}

async fn let_ahead(State(app): State<App>, guest: Guest, path: Secret) -> Reply {
    act(app, guest, path.0.1, commands::let_one_ahead).await
}

async fn step_out(State(app): State<App>, guest: Guest, path: Secret) -> Reply {
    act(app, guest, path.0.1, |tx, ctx, secret| {
        commands::come_later(tx, ctx, secret, 10)
    })
    .await
}

async fn delay(State(app): State<App>, guest: Guest, path: Secret) -> Reply {
    act(app, guest, path.0.1, |tx, ctx, secret| {
        commands::come_later(tx, ctx, secret, 5)
    })
    .await
}

async fn come_back(State(app): State<App>, guest: Guest, path: Secret) -> Reply {
    act(app, guest, path.0.1, commands::come_back).await
}

async fn answer(State(app): State<App>, guest: Guest, path: Secret) -> Reply {
    act(app, guest, path.0.1, commands::coming).await
}

async fn leave(State(app): State<App>, guest: Guest, path: Secret) -> Reply {
    act(app, guest, path.0.1, visits::leave).await
}

fn join_view(tx: &mut Tx, guest: &Guest, slug: &str) -> Result<JoinView, Fault> {
    let (ctx, locale) = (&guest.ctx, guest.ctx.locale);
    let door = Door::at(tx, ctx, slug)?;
    let picture = door.picture(tx, ctx)?;
    let service = |service: &Service| {
        let offer = door.offer(&picture, service, ctx.now);
        JoinService {
            id: service.id.to_string(),
            name: service.name.get(locale).to_owned(),
            minutes: service.minutes,
            price: format::money(&service.price),
            family: service.family.as_str().to_owned(),
            wait: door.words(&offer, locale),
            is_open: offer.is_open(),
        }
    };
    let closed = (!door.open).then(|| closed_words(&door, ctx));
    Ok(JoinView {
        path: guest.path(&format!("{slug}/queue")),
        place: place(&door.site, guest.organisation.name.get(locale), locale),
        closed,
        services: door.services.iter().map(service).collect(),
        chosen: String::new(),
        name: String::new(),
        phone: String::new(),
        faults: Vec::new(),
    })
}

pub(super) fn closed_words(door: &Door, ctx: &Ctx) -> String {
    let Some(at) = door.opens_at else {
        return ctx.locale.t("queue-join-closed-long");
    };
    let local = at.to_zoned(door.site.zone.clone());
    let time = if local.date() == door.site.date_of(ctx.now) {
        format::time(local.time())
    } else {
        format!(
            "{} {}",
            format::date(ctx.locale, local.date()),
            format::time(local.time())
        )
    };
    ctx.locale.tx("queue-join-closed", &[("time", time.into())])
}

async fn join_page(
    State(app): State<App>,
    guest: Guest,
    Path((_, slug)): Path<(String, String)>,
    headers: HeaderMap,
) -> Reply {
    if let Some(path) = kept_ticket(&app, &guest, &headers).await {
        return web::see_other(&path);
    }
    let asked = guest.clone();
    let view = app.read(move |tx| join_view(tx, &asked, &slug)).await?;
    let locale = guest.look.locale;
    web::guest_page(
        &guest,
        &locale.t("queue-join-title"),
        pages::join(locale, &view),
    )
}

/// The page of the ticket this phone already holds, while it is open.
async fn kept_ticket(app: &App, guest: &Guest, headers: &HeaderMap) -> Option<String> {
    let secret = web::cookie_of(headers, COOKIE)?;
    let path = guest.path(&format!("tickets/{secret}"));
    let ctx = guest.ctx.clone();
    let ticket = app
        .read(move |tx| queries::by_secret(tx, &ctx, &secret))
        .await
        .ok()?;
    ticket.stage.is_open().then_some(path)
}

fn take_number(tx: &mut Tx, ctx: &Ctx, slug: &str, wish: &Wish) -> Result<Ticket, Fault> {
    let door = Door::at(tx, ctx, slug)?;
    let since = later(ctx.now, -10);
    if queries::online_since(tx, ctx, door.site.id, since)? >= ONLINE_MAX {
        return Err(Fault::too_many("queue-join-many"));
    }
    door.take(tx, ctx, wish, None)
}

async fn join(
    State(app): State<App>,
    guest: Guest,
    Path((_, slug)): Path<(String, String)>,
    headers: HeaderMap,
    mut form: Form,
) -> Reply {
    if let Some(path) = kept_ticket(&app, &guest, &headers).await {
        return web::see_other(&path);
    }
    let wish = Wish::read(&mut form);
    let (ctx, asked) = (guest.ctx.clone(), slug.clone());
    let taken = match form.done() {
        Ok(()) => {
            app.write(move |tx| take_number(tx, &ctx, &asked, &wish))
                .await
        }
        Err(fault) => Err(fault),
    };
    match taken {
        Ok(ticket) => {
            let mut response = web::see_other(&guest.path(&format!("tickets/{}", ticket.secret)))?;
            let cookie = web::set_cookie(COOKIE, &ticket.secret, DAY_SECONDS, app.config.secure);
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Err(fault) if fault.kind == kernel::FaultKind::Invalid => {
            again(&app, &guest, slug, &form, &fault).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn again(app: &App, guest: &Guest, slug: String, form: &Form, fault: &Fault) -> Reply {
    let asked = guest.clone();
    let mut view = app.read(move |tx| join_view(tx, &asked, &slug)).await?;
    let locale = guest.look.locale;
    view.chosen = form.typed("service").to_owned();
    view.name = form.typed("name").to_owned();
    view.phone = form.typed("phone").to_owned();
    view.faults = fault
        .fields
        .iter()
        .map(|fault| (fault.field.clone(), fault.text.speak(locale)))
        .collect();
    web::unprocessable_guest(
        guest,
        &locale.t("queue-join-title"),
        pages::join(locale, &view),
    )
}
