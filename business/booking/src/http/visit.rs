//! A booking behind its secret link: seen, moved, called off, kept in a calendar.

use kernel::{Fault, Timestamp, format};
use orders::State as Stands;
use ui::Tone;
use web::{App, Form, Guest, Path, Query, Reply, State, axum::http::StatusCode, see_other};

use super::{
    Around,
    book::{Way, Wish, times_view},
    details::parts,
    is_said_here, nearby, sentence, shop, status_of,
};
use crate::{
    commands, ics, model,
    pages::{self, VisitView},
    queries::{self, Visit, Wanted},
};

async fn load(app: &App, guest: &Guest, secret: &str) -> Result<Visit, Fault> {
    let (ctx, secret) = (guest.ctx.clone(), secret.to_owned());
    app.read(move |tx| queries::visit(tx, &ctx, &secret)).await
}

/// The booking.
pub(super) async fn show(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
) -> Reply {
    let visit = load(&app, &guest, &secret).await?;
    visit_page(&guest, &visit, None)
}

fn when(guest: &Guest, visit: &Visit, instant: Timestamp) -> String {
    model::day_and_time(guest.look.locale, &visit.site.zone, instant)
}

/// Tone, headline and sentence of a state.
fn told(guest: &Guest, visit: &Visit) -> (Tone, String, String) {
    let locale = guest.look.locale;
    let pair = |tone, head: String, text: String| (tone, head, text);
    match &visit.order.state {
        Stands::Held { until, .. } if *until > guest.ctx.now => {
            let time = format::time(until.to_zoned(visit.site.zone.clone()).time());
            let text = locale.tx("booking-held-text", &[("time", time.into())]);
            pair(Tone::Warn, locale.t("booking-held"), text)
        }
        Stands::Held { .. } | Stands::Expired { .. } => pair(
            Tone::Warn,
            locale.t("booking-expired"),
            locale.t("booking-expired-text"),
        ),
        Stands::Open | Stands::Booked { .. } => {
            let when = when(guest, visit, visit.span.start);
            let text = locale.tx("booking-booked-text", &[("when", when.into())]);
            pair(Tone::Ok, locale.t("booking-booked"), text)
        }
        Stands::Waiting { .. } => pair(
            Tone::Ok,
            locale.t("booking-here"),
            locale.t("booking-here-text"),
        ),
        Stands::Serving { .. } => pair(
            Tone::Info,
            locale.t("booking-serving"),
            locale.t("booking-serving-text"),
        ),
        Stands::Finished { .. } => pair(
            Tone::Ok,
            locale.t("booking-finished"),
            locale.t("booking-finished-text"),
        ),
        Stands::Cancelled { .. } => pair(
            Tone::Info,
            locale.t("booking-cancelled"),
            locale.t("booking-cancelled-text"),
        ),
        Stands::NoShow { .. } => pair(
            Tone::Info,
            locale.t("booking-no-show"),
            locale.t("booking-no-show-text"),
        ),
    }
}

/// Until when the customer may change it, or whom to ask instead; `None` where nothing can change.
fn change(guest: &Guest, visit: &Visit) -> Option<Result<String, String>> {
    if !matches!(visit.order.state, Stands::Booked { .. }) {
        return None;
    }
    let (locale, site) = (guest.look.locale, &visit.site);
    if visit.is_changeable(guest.ctx.now) {
        let until = model::change_until(visit.span.start, visit.ruled.cancel_minutes.value);
        return Some(Ok(when(guest, visit, until)));
    }
    let time = format::minutes(locale, visit.ruled.cancel_minutes.value);
    Some(Err(match site.phone.as_str() {
        "" => locale.tx("booking-too-late", &[("time", time.into())]),
        phone => locale.tx(
            "booking-too-late-call",
            &[("time", time.into()), ("phone", phone.into())],
        ),
    }))
}

fn visit_page(guest: &Guest, visit: &Visit, refused: Option<&Fault>) -> Reply {
    let (locale, site) = (guest.look.locale, &visit.site);
    let (tone, headline, text) = told(guest, visit);
    let clock = |at: Timestamp| format::time(at.to_zoned(site.zone.clone()).time());
    let zone = model::zone_label(&site.zone, visit.span.start);
    let view = VisitView {
        tone,
        sentence: text,
        code: visit.order.code.clone(),
        service: visit.order.title.clone(),
        day: site.date_of(visit.span.start),
        times: format!("{}–{}", clock(visit.span.start), clock(visit.span.end)),
        zone: locale.tx("booking-zone-short", &[("zone", zone.into())]),
        staff: visit
            .staff
            .as_ref()
            .map(|staff| staff.shown(locale).to_owned()),
        parts: parts(locale, visit),
        site: site.name.clone(),
        address: site.address.clone(),
        phone: site.phone.clone(),
        due: Some(visit.order.total).filter(|_| {
            let name = visit.order.state.name();
            !name.is_closed()
        }),
        path: guest.path(&format!("bookings/{}", visit.order.secret)),
        again: guest.path(&visit.change),
        is_ahead: matches!(visit.order.state, Stands::Booked { .. }),
        is_held: matches!(visit.order.state, Stands::Held { until, .. } if until > guest.ctx.now),
        change: change(guest, visit),
        refused: refused.map(|fault| sentence(fault, locale)),
        headline: headline.clone(),
    };
    let around = Around {
        site: Some(site),
        here: Some(view.path.clone()),
        status: refused.map_or(StatusCode::OK, status_of),
        ..Around::new(headline)
    };
    around.page(guest, &pages::visit(locale, &view))
}

/// The booking as a calendar file.
pub(super) async fn calendar(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
) -> Reply {
    let visit = load(&app, &guest, &secret).await?;
    let name = shop(&guest, &visit.site);
    let locale = guest.look.locale;
    let place = ics::Place {
        site: &visit.site,
        shop: &name,
        locale,
    };
    let file = ics::of_order(&visit.order, &visit.parts, &place, guest.ctx.now)
        .ok_or_else(|| Fault::missing("booking-link-missing"))?;
    web::bytes("text/calendar; charset=utf-8", file.into_bytes(), None)
}

/// Other times for a booking.
pub(super) async fn times(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
    query: Query,
) -> Reply {
    let visit = load(&app, &guest, &secret).await?;
    if let (Some(_), Some(service)) = (visit.order.session, &visit.service) {
        let path = format!(
            "{}/{}/sessions?change={secret}",
            visit.site.slug, service.code
        );
        return see_other(&guest.path(&path));
    }
    let wish = Wish::of(&query, &guest);
    times_page(&app, &guest, &secret, &wish, None).await
}

async fn times_page(
    app: &App,
    guest: &Guest,
    secret: &str,
    wish: &Wish,
    refused: Option<(Fault, Option<Timestamp>)>,
) -> Reply {
    let locale = guest.look.locale;
    let visit = load(app, guest, secret).await?;
    if visit.service.is_none() || !visit.is_changeable(guest.ctx.now) {
        return visit_page(guest, &visit, refused.as_ref().map(|(fault, _)| fault));
    }
    let (ctx, site) = (guest.ctx.clone(), visit.site.clone());
    let wanted = Wanted {
        visit: visit.wanted.clone(),
        skills: visit.skills.clone(),
        day: wish.day,
        who: wish.who.filter(|_| visit.parts.is_empty()),
    };
    let strip = app
        .read(move |tx| queries::strip(tx, &ctx, &site, &wanted))
        .await?;
    let path = guest.path(&format!("bookings/{}/times", visit.order.secret));
    let way = Way {
        path,
        moving: Some(when(guest, &visit, visit.span.start)),
        choice: None,
        is_of_parts: !visit.parts.is_empty(),
    };
    let mut view = times_view(guest, &visit.site, &strip, (wish, &way));
    let mut status = StatusCode::OK;
    if let Some((fault, start)) = refused {
        status = status_of(&fault);
        let found = match start {
            Some(start) => {
                let wanted = visit.wanted.clone();
                nearby(app, guest, (&visit.site, wanted), start).await?
            }
            None => Vec::new(),
        };
        view.refused = Some((sentence(&fault, locale), found));
    }
    let around = Around {
        subtitle: visit.order.title(locale),
        site: Some(&visit.site),
        back: Some(guest.path(&format!("bookings/{}", visit.order.secret))),
        status,
        ..Around::new(locale.t("booking-move-title"))
    };
    around.page(guest, &pages::times(locale, &view))
}

/// Moves a booking.
pub(super) async fn reschedule(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
    form: Form,
) -> Reply {
    let wish = Wish::of(&form, &guest);
    let Some(start) = model::read_start(form.typed("start")) else {
        let fault = Fault::invalid("start", kernel::Text::key("booking-choose-time"));
        return times_page(&app, &guest, &secret, &wish, Some((fault, None))).await;
    };
    let (ctx, link, who) = (guest.ctx.clone(), secret.clone(), wish.who);
    let moved = app
        .write(move |tx| commands::move_booking(tx, &ctx, &link, start, who))
        .await;
    match moved {
        Ok(order) => see_other(&guest.path(&format!("bookings/{}", order.secret))),
        Err(fault) if is_said_here(&fault) => {
            times_page(&app, &guest, &secret, &wish, Some((fault, Some(start)))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Calls a booking off.
pub(super) async fn cancel(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
) -> Reply {
    let (ctx, link) = (guest.ctx.clone(), secret.clone());
    let cancelled = app
        .write(move |tx| commands::cancel_booking(tx, &ctx, &link))
        .await;
    match cancelled {
        Ok(order) => see_other(&guest.path(&format!("bookings/{}", order.secret))),
        Err(fault) if is_said_here(&fault) => {
            let visit = load(&app, &guest, &secret).await?;
            visit_page(&guest, &visit, Some(&fault))
        }
        Err(fault) => Err(fault.into()),
    }
}
