//! Group sessions to choose from, with the seats each has left.

use kernel::{Fault, Text, Timestamp, format, ids::GroupSessionId};
use web::{App, Form, Guest, Path, Query, Reply, State, axum::http::StatusCode, see_other};

use super::{Around, address::Address, is_said_here, sentence, status_of};
use crate::{
    commands::{self, SeatTap, TWICE},
    model,
    pages::{self, SessionCard, SessionsView},
    queries,
};

/// How far ahead sessions are shown, in days.
const AHEAD_DAYS: i64 = 60;

/// The page of sessions in place of the page of times, for a service that is held for groups.
pub(super) async fn instead(
    app: &App,
    guest: &Guest,
    (slug, code): (&str, &str),
) -> Result<Option<String>, Fault> {
    let (ctx, wanted) = (guest.ctx.clone(), code.to_owned());
    let held = app
        .read(
            move |tx| match offers::service_by_code(tx, &ctx, &wanted)? {
                Some(service) => sessions::offer(tx, &ctx, service.id),
                None => Ok(None),
            },
        )
        .await?;
    Ok(held.map(|_| guest.path(&format!("{slug}/{code}/sessions"))))
}

struct Asked {
    key: String,
    count: i64,
    /// The booking that is changed, by its secret.
    change: String,
}

impl Asked {
    fn of(fields: &web::Fields, guest: &Guest) -> Self {
        let key = fields.typed("key");
        let change = fields.typed("change");
        Self {
            key: if model::is_key(key) {
                key.to_owned()
            } else {
                guest.ctx.secret()
            },
            count: fields.typed("count").parse().unwrap_or(1),
            change: if model::is_key(change) {
                change.to_owned()
            } else {
                String::new()
            },
        }
    }
}

async fn shown(
    app: &App,
    guest: &Guest,
    (slug, code): (String, String),
    (asked, refused): (&Asked, Option<&Fault>),
) -> Reply {
    let ctx = guest.ctx.clone();
    let names = (slug, code);
    let (site, service, sessions, leaders) = app
        .read(move |tx| {
            let (site, choice) = queries::offer(tx, &ctx, (&names.0, &names.1), &[])?;
            let until = model::later(ctx.now, AHEAD_DAYS * 24 * 60).unwrap_or(Timestamp::MAX);
            let here = (site.id, choice.service.id);
            let sessions = sessions::upcoming(tx, &ctx, here, until)?;
            let leaders = people::staff_at(tx, &ctx, site.id)?;
            Ok((site, choice.service, sessions, leaders))
        })
        .await?;
    let locale = guest.look.locale;
    let clock = |at: Timestamp| format::time(at.to_zoned(site.zone.clone()).time());
    let most = sessions.iter().map(|(session, _)| session.each_max).max();
    let card = |(session, left): &(sessions::Session, i64)| SessionCard {
        id: session.id,
        day: site.date_of(session.span.start),
        times: format!("{}–{}", clock(session.span.start), clock(session.span.end)),
        leader: leaders
            .iter()
            .find(|staff| staff.id == session.staff)
            .map_or_else(String::new, |staff| staff.shown(locale).to_owned()),
        seats: session.seats,
        left: *left,
        waiting: guest.path(&format!(
            "{}/{}/waiting?session={}",
            site.slug, service.code, session.id
        )),
    };
    let view = SessionsView {
        action: guest.path(&format!("{}/{}/sessions", site.slug, service.code)),
        key: asked.key.clone(),
        count: asked.count,
        most: most.unwrap_or(1),
        change: asked.change.clone(),
        sessions: sessions.iter().map(card).collect(),
        refused: refused.map(|fault| sentence(fault, locale)),
    };
    let around = Around {
        subtitle: service.name.get(locale).to_owned(),
        site: Some(&site),
        back: Some(guest.path(&site.slug)),
        status: refused.map_or(StatusCode::OK, status_of),
        ..Around::new(locale.t("booking-sessions"))
    };
    around.page(guest, &pages::sessions(locale, &view))
}

/// The sessions of a service.
pub(super) async fn list(
    State(app): State<App>,
    guest: Guest,
    Path((_, slug, code)): Path<(String, String, String)>,
    query: Query,
) -> Reply {
    let asked = Asked::of(&query, &guest);
    shown(&app, &guest, (slug, code), (&asked, None)).await
}

/// Seats were tapped: they are held, and the next page asks for a name; or a booking changes to
/// this session.
pub(super) async fn hold(
    State(app): State<App>,
    guest: Guest,
    Path((_, slug, code)): Path<(String, String, String)>,
    Address(address): Address,
    form: Form,
) -> Reply {
    let asked = Asked::of(&form, &guest);
    let Some(session) = GroupSessionId::parse(form.typed("session")) else {
        let fault = Fault::invalid("session", Text::key("booking-choose-session"));
        return shown(&app, &guest, (slug, code), (&asked, Some(&fault))).await;
    };
    let tap = SeatTap {
        session,
        count: asked.count,
        key: asked.key.clone(),
        address,
    };
    let attempt = || {
        let (ctx, tap, change) = (guest.ctx.clone(), tap.clone(), asked.change.clone());
        app.write(move |tx| match change.as_str() {
            "" => commands::hold_seats(tx, &ctx, &tap),
            secret => commands::change_session(tx, &ctx, secret, tap.session),
        })
    };
    let held = match attempt().await {
        Err(fault) if fault.text.key == TWICE => attempt().await,
        answer => answer,
    };
    match held {
        Ok(order) => {
            let details = matches!(order.state, orders::State::Held { .. });
            let next = if details { "/details" } else { "" };
            see_other(&guest.path(&format!("bookings/{}{next}", order.secret)))
        }
        Err(fault) if is_said_here(&fault) => {
            shown(&app, &guest, (slug, code), (&asked, Some(&fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}
