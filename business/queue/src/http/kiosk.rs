//! The tablet at the door: it comes in by a link of its own, and no person signs in there.

use kernel::ids::{OrderId, TicketId};
use kernel::{Channel, Ctx, Fault, FaultKind, Span, Text, format};
use orders::{Card, State as OrderState};
use store::Tx;
use web::axum::http::HeaderMap;
use web::{App, Form, Guest, Path, Query, Reply, Routes, State};

use super::door::{Door, Wish};
use super::guest::{clock, closed_words, private};
use super::{code_drawing, public_base, spoken};
use crate::commands::{self, Entered, as_house, later};
use crate::model::Stage;
use crate::pages::kiosk::{
    self, BookingView, DetailsView, Found, LineView, NumberView, ServicesView, StartView, Tile,
};
use crate::pages::range;
use crate::queries::{self, DeviceKind, Ticket};
use crate::{standing, visits};

/// The most numbers one tablet gives out in ten minutes, and the most bookings looked for.
const NUMBERS_MAX: i64 = 60;
const FINDS_MAX: i64 = 12;
/// Bookings that can be checked in: this long after their time, and this long before.
const BOOKED_BACK_MINUTES: i64 = 120;
const BOOKED_AHEAD_MINUTES: i64 = 240;
/// How long a number can be looked at again on the tablet.
const NUMBER_SHOWN_MINUTES: i64 = 3;
/// The fewest digits of a phone that find a booking.
const DIGITS_MIN: usize = 4;

pub(super) fn routes() -> Routes {
    Routes::new()
        .public_get("/at/{org}/kiosk/{secret}", start)
        .public_get("/at/{org}/kiosk/{secret}/services", services)
        .public_get("/at/{org}/kiosk/{secret}/details", details)
        .public_post("/at/{org}/kiosk/{secret}/numbers", take)
        .public_get("/at/{org}/kiosk/{secret}/numbers/{ticket}", number)
        .public_get("/at/{org}/kiosk/{secret}/booking", booking)
        .public_post("/at/{org}/kiosk/{secret}/booking", find)
        .public_post("/at/{org}/kiosk/{secret}/arrivals", arrive)
}

type Secret = Path<(String, String)>;

/// What the guest of a tablet does, does the tablet.
fn at_kiosk(guest: &Guest) -> Ctx {
    guest.ctx.with_channel(Channel::Kiosk)
}

fn enter(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<Entered, Fault> {
    commands::enter(tx, ctx, secret, DeviceKind::Kiosk)
}

/// Counts a use of the tablet in a transaction of its own, so that a refused one counts as well.
async fn count(
    app: &App,
    guest: &Guest,
    secret: &str,
    use_of: (&'static str, i64),
) -> Result<(), Fault> {
    let (ctx, secret) = (at_kiosk(guest), secret.to_owned());
    let (act, max) = use_of;
    let within = app
        .write(move |tx| {
            let device = enter(tx, &ctx, &secret)?.device.id;
            commands::count_use(tx, &ctx, device, act, max)
        })
        .await?;
    match within {
        true => Ok(()),
        false => Err(Fault::too_many("queue-kiosk-many")),
    }
}

/// The page in the tablet's frame. Every page but the first goes back to it by itself.
fn shown(guest: &Guest, entered: &Entered, secret: &str, body: &ui::Markup) -> Reply {
    let locale = guest.look.locale;
    let start = guest.path(&format!("kiosk/{secret}"));
    let is_start = guest.look.path.split('?').next() == Some(start.as_str());
    let frame = ui::KioskFrame {
        title: locale.t("queue-kiosk-title"),
        brand: guest.organisation.brand.clone(),
        logo: guest.organisation.logo.clone(),
        place: entered.site.name(locale).to_owned(),
        language_url: guest.frame("").language_url,
        start: (!is_start).then(|| format!("{start}?lang={}", entered.device.locale.tag())),
        now: Some(guest.ctx.now),
        theme: guest.look.theme,
        ..ui::KioskFrame::new(locale, guest.organisation.name.get(locale))
    };
    private(web::fragment(ui::kiosk_page(&frame, body))?)
}

fn phone_code(base: &str, entered: &Entered) -> Result<ui::Markup, Fault> {
    code_drawing(&format!("{base}/{}/queue", entered.site.slug))
}

async fn start(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Secret,
    headers: HeaderMap,
) -> Reply {
    let base = public_base(&app, &headers, &guest.organisation.slug);
    let (ctx, asked) = (at_kiosk(&guest), secret.clone());
    let (entered, view) = app
        .read(move |tx| {
            let entered = enter(tx, &ctx, &asked)?;
            let door = Door::of(tx, &ctx, entered.site.clone())?;
            let picture = door.picture(tx, &ctx)?;
            let line = |line: &queries::Line| LineView {
                name: line.name.get(ctx.locale).to_owned(),
                standing: picture.standing_in(&line.code),
                wait: range(ctx.locale, door.line_wait(&picture, line)),
            };
            let view = StartView {
                closed: (!door.open).then(|| closed_words(&door, &ctx)),
                lines: door.lines.iter().map(line).collect(),
                code: phone_code(&base, &entered)?,
                path: String::new(),
            };
            Ok((entered, view))
        })
        .await?;
    let view = StartView {
        path: guest.path(&format!("kiosk/{secret}")),
        ..view
    };
    shown(
        &guest,
        &entered,
        &secret,
        &kiosk::start(guest.look.locale, &view),
    )
}

async fn services(State(app): State<App>, guest: Guest, Path((_, secret)): Secret) -> Reply {
    let path = guest.path(&format!("kiosk/{secret}"));
    let (ctx, asked) = (at_kiosk(&guest), secret.clone());
    let (entered, view) = app
        .read(move |tx| {
            let entered = enter(tx, &ctx, &asked)?;
            let door = Door::of(tx, &ctx, entered.site.clone())?;
            Ok((entered, services_view(tx, &ctx, &door, path)?))
        })
        .await?;
    shown(
        &guest,
        &entered,
        &secret,
        &kiosk::services(guest.look.locale, &view),
    )
}

fn services_view(tx: &mut Tx, ctx: &Ctx, door: &Door, path: String) -> Result<ServicesView, Fault> {
    let picture = door.picture(tx, ctx)?;
    let tile = |service: &offers::Service| {
        let offer = door.offer(&picture, service, ctx.now);
        Tile {
            id: service.id.to_string(),
            name: service.name.get(ctx.locale).to_owned(),
            about: format!(
                "{} · {}",
                format::minutes(ctx.locale, service.minutes),
                format::money(&service.price)
            ),
            family: service.family.as_str().to_owned(),
            wait: door.words(&offer, ctx.locale),
            is_open: door.open && offer.is_open(),
        }
    };
    let in_line = |line: &queries::Line| {
        let mine = door.services.iter().filter(|service| {
            door.line_of(service)
                .is_some_and(|other| other.code == line.code)
        });
        let name = line.name.get(ctx.locale).to_owned();
        (name, mine.map(tile).collect::<Vec<Tile>>())
    };
    let mut groups: Vec<(String, Vec<Tile>)> = door.lines.iter().map(in_line).collect();
    if door.lines.is_empty() {
        groups.push((String::new(), door.services.iter().map(tile).collect()));
    }
    groups.retain(|(_, tiles)| !tiles.is_empty());
    Ok(ServicesView { path, groups })
}

fn details_view(
    tx: &mut Tx,
    ctx: &Ctx,
    secret: &str,
    service: &str,
) -> Result<(Entered, DetailsView), Fault> {
    let entered = enter(tx, ctx, secret)?;
    let door = Door::of(tx, ctx, entered.site.clone())?;
    let chosen = door
        .services
        .iter()
        .find(|other| other.id.to_string() == service);
    let chosen = chosen.ok_or_else(|| Fault::missing("queue-join-service"))?;
    let picture = door.picture(tx, ctx)?;
    let offer = door.offer(&picture, chosen, ctx.now);
    let line = door.line_of(chosen);
    let view = DetailsView {
        path: String::new(),
        service: service.to_owned(),
        title: chosen.name.get(ctx.locale).to_owned(),
        wait: door.words(&offer, ctx.locale),
        standing: line.map_or(0, |line| picture.standing_in(&line.code)),
        comes_back: matches!(offer, super::door::Offer::ComeBack(_)),
        is_open: door.open && offer.is_open(),
        name: String::new(),
        phone: String::new(),
        faults: Vec::new(),
    };
    Ok((entered, view))
}

async fn details(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Secret,
    query: Query,
) -> Reply {
    let service = query.typed("service").to_owned();
    show_details(&app, &guest, secret, service, None).await
}

async fn show_details(
    app: &App,
    guest: &Guest,
    secret: String,
    service: String,
    again: Option<(&Form, &Fault)>,
) -> Reply {
    let (ctx, asked) = (at_kiosk(guest), secret.clone());
    let (entered, mut view) = app
        .read(move |tx| details_view(tx, &ctx, &asked, &service))
        .await?;
    let locale = guest.look.locale;
    view.path = guest.path(&format!("kiosk/{secret}"));
    let Some((form, fault)) = again else {
        return shown(guest, &entered, &secret, &kiosk::details(locale, &view));
    };
    view.name = form.typed("name").to_owned();
    view.phone = form.typed("phone").to_owned();
    view.faults = spoken(fault, locale);
    let mut response = shown(guest, &entered, &secret, &kiosk::details(locale, &view))?;
    *response.status_mut() = web::axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn take(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Secret,
    mut form: Form,
) -> Reply {
    count(&app, &guest, &secret, ("number", NUMBERS_MAX)).await?;
    let wish = Wish::read(&mut form);
    let (ctx, asked) = (at_kiosk(&guest), secret.clone());
    let taken = match form.done() {
        Ok(()) => {
            app.write(move |tx| {
                let entered = enter(tx, &ctx, &asked)?;
                let door = Door::of(tx, &ctx, entered.site)?;
                door.take(tx, &ctx, &wish, Some(entered.device.id))
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match taken {
        Ok(ticket) => to_number(&guest, &secret, &ticket),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            let service = form.typed("service").to_owned();
            show_details(&app, &guest, secret, service, Some((&form, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

fn to_number(guest: &Guest, secret: &str, ticket: &Ticket) -> Reply {
    web::see_other(&guest.path(&format!("kiosk/{secret}/numbers/{}", ticket.id)))
}

async fn number(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret, ticket)): Path<(String, String, TicketId)>,
    headers: HeaderMap,
) -> Reply {
    let base = public_base(&app, &headers, &guest.organisation.slug);
    let (ctx, asked) = (at_kiosk(&guest), secret.clone());
    let (entered, view) = app
        .read(move |tx| number_view(tx, &ctx, &asked, (ticket, &base)))
        .await?;
    shown(
        &guest,
        &entered,
        &secret,
        &kiosk::number(guest.look.locale, &view),
    )
}

/// The number just given out. Only the tablet that gave it shows it, and only for a moment:
/// whoever comes next learns nothing of whoever was here.
fn number_view(
    tx: &mut Tx,
    ctx: &Ctx,
    secret: &str,
    (ticket, base): (TicketId, &str),
) -> Result<(Entered, NumberView), Fault> {
    let entered = enter(tx, ctx, secret)?;
    let house = as_house(ctx);
    let gone = || Fault::missing("queue-ticket-missing");
    let ticket = queries::ticket(tx, &house, ticket)?;
    let shown_until = later(ticket.joined_at, NUMBER_SHOWN_MINUTES);
    if ticket.site != entered.site.id || shown_until < ctx.now {
        return Err(gone());
    }
    let picture = standing::picture(tx, &house, ticket.site, ticket.day)?;
    let standing = picture.of(&ticket);
    let service = offers::service(tx, &house, ticket.service)?;
    let address = format!("{base}/tickets/{}", ticket.secret);
    let returns = match ticket.stage {
        Stage::Away { until } => Some(clock(&entered.site, until)),
        _ => None,
    };
    let view = NumberView {
        number: ticket.label(),
        service: service.name.get(ctx.locale).to_owned(),
        ahead: standing
            .as_ref()
            .map_or(0, |standing| standing.people_ahead),
        wait: range(ctx.locale, standing.and_then(|standing| standing.wait)),
        booked: ticket.booked_at.map(|at| clock(&entered.site, at)),
        returns,
        code: code_drawing(&address)?,
    };
    Ok((entered, view))
}

async fn booking(State(app): State<App>, guest: Guest, Path((_, secret)): Secret) -> Reply {
    show_booking(&app, &guest, secret, BookingView::default()).await
}

async fn show_booking(app: &App, guest: &Guest, secret: String, view: BookingView) -> Reply {
    let (ctx, asked) = (at_kiosk(guest), secret.clone());
    let entered = app.read(move |tx| enter(tx, &ctx, &asked)).await?;
    let view = BookingView {
        path: guest.path(&format!("kiosk/{secret}")),
        ..view
    };
    let wrong = !view.faults.is_empty();
    let body = kiosk::booking(guest.look.locale, &view);
    let mut response = shown(guest, &entered, &secret, &body)?;
    if wrong {
        *response.status_mut() = web::axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// The bookings around now that a number or the last digits of a phone name.
fn matches(tx: &mut Tx, ctx: &Ctx, entered: &Entered, typed: &str) -> Result<Vec<Card>, Fault> {
    let house = as_house(ctx);
    let window = Span {
        start: later(ctx.now, -BOOKED_BACK_MINUTES),
        end: later(ctx.now, BOOKED_AHEAD_MINUTES),
    };
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let named = |card: &Card| {
        let by_code = card.order.code.eq_ignore_ascii_case(typed.trim());
        let phone = card
            .customer
            .as_ref()
            .and_then(|customer| customer.phone_digits.as_deref());
        let by_phone = digits.len() >= DIGITS_MIN
            && typed.chars().all(|c| !c.is_alphabetic())
            && phone.is_some_and(|phone| phone.ends_with(&digits));
        by_code || by_phone
    };
    let expected = |card: &Card| {
        let slot = card.order.state.slot();
        let open = matches!(
            card.order.state,
            OrderState::Booked { .. } | OrderState::Waiting { slot: Some(_), .. }
        );
        open && slot.is_some_and(|slot| window.holds(slot.span.start))
    };
    let mut cards = orders::board(tx, &house, entered.site.id, window)?;
    cards.retain(|card| expected(card) && named(card));
    Ok(cards)
}

/// A name of which a stranger learns nothing: its first letter.
fn masked(name: &str) -> String {
    let first = name.chars().next();
    first.map(|first| format!("{first}••")).unwrap_or_default()
}

fn found(ctx: &Ctx, entered: &Entered, card: &Card) -> Found {
    let slot = card.order.state.slot();
    Found {
        order: card.order.id.to_string(),
        time: slot
            .map(|slot| clock(&entered.site, slot.span.start))
            .unwrap_or_default(),
        service: card.order.title(ctx.locale),
        name: masked(card.customer_name(ctx.locale)),
    }
}

async fn find(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Secret,
    mut form: Form,
) -> Reply {
    count(&app, &guest, &secret, ("find", FINDS_MAX)).await?;
    let typed = form.text("booking", 4, 20);
    let locale = guest.look.locale;
    let mut view = BookingView {
        typed: form.typed("booking").to_owned(),
        ..BookingView::default()
    };
    match form.done() {
        Ok(()) => {
            let (ctx, asked) = (at_kiosk(&guest), secret.clone());
            view.found = app
                .read(move |tx| {
                    let entered = enter(tx, &ctx, &asked)?;
                    let cards = matches(tx, &ctx, &entered, &typed)?;
                    Ok(cards
                        .iter()
                        .map(|card| found(&ctx, &entered, card))
                        .collect::<Vec<_>>())
                })
                .await?;
            if view.found.is_empty() {
                view.faults = vec![("booking".to_owned(), locale.t("queue-kiosk-none"))];
            }
        }
        Err(_) => view.faults = vec![("booking".to_owned(), locale.t("queue-kiosk-digits"))],
    }
    show_booking(&app, &guest, secret, view).await
}

async fn arrive(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Secret,
    mut form: Form,
) -> Reply {
    count(&app, &guest, &secret, ("find", FINDS_MAX)).await?;
    let order: OrderId = form.id("order");
    let typed = form.text("booking", 4, 20);
    form.done()?;
    let (ctx, asked) = (at_kiosk(&guest), secret.clone());
    let ticket = app
        .write(move |tx| {
            let entered = enter(tx, &ctx, &asked)?;
            // Whoever sends an order of somebody else's does not know its digits.
            let known = matches(tx, &ctx, &entered, &typed)?;
            if !known.iter().any(|card| card.order.id == order) {
                return Err(Fault::invalid("booking", Text::key("queue-kiosk-none")));
            }
            visits::check_in(tx, &ctx, order, Some(entered.device.id))
        })
        .await?;
    to_number(&guest, &secret, &ticket)
}
