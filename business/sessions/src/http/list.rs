//! The sessions ahead, and which services are held for groups.

use kernel::{Date, Fault, Span, ids::ServiceId};
use organisation::Site;
use store::Tx;
use web::{App, Form, Me, Page, Path, Query, Reply, State, done};

use super::{answer, view};
use crate::{
    columns, commands,
    model::{GroupOffer, SEATS_MAX},
    pages::{self, ListPage},
    queries,
};

/// How far ahead the list looks when nobody asked for other days.
const AHEAD_DAYS: i64 = 28;
/// The most days of one list.
const DAYS_MAX: i64 = 366;

/// The days somebody asked for, or the weeks ahead: at most a year and a day.
fn days(asked: &mut web::Fields, today: Date) -> ([Date; 2], bool) {
    let (first, last) = (asked.optional_date("from"), asked.optional_date("to"));
    let from = first.unwrap_or(today);
    let ahead = later(from, AHEAD_DAYS - 1);
    let to = last.unwrap_or(ahead).clamp(from, later(from, DAYS_MAX));
    ([from, to], first.is_some() || last.is_some())
}

fn later(day: Date, days: i64) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}

/// Those days by the clock of a site.
fn span_of(site: &Site, [from, to]: [Date; 2]) -> Result<Span, Fault> {
    let begun = organisation::instant_clipped(&site.zone, from, 0);
    let ended = organisation::instant_clipped(&site.zone, to, 1440);
    Span::new(begun, ended).ok_or_else(|| Fault::broken("days that end before they begin"))
}

fn load(tx: &mut Tx, me: &Me, asked: &mut web::Fields) -> Result<ListPage, Fault> {
    let ctx = &me.ctx;
    let site = organisation::site(tx, ctx, me.site()?.id)?;
    let (days, chosen) = days(asked, site.date_of(ctx.now));
    let sessions = queries::sessions_in(tx, ctx, site.id, span_of(&site, days)?)?;
    let ids: Vec<_> = sessions.iter().map(|session| session.id).collect();
    Ok(ListPage {
        taken: capacity::seats_taken(tx, ctx, &ids)?,
        sessions,
        days,
        chosen,
        offers: queries::offers(tx, ctx)?,
        view: view(tx, ctx, me, site)?,
    })
}

async fn show(app: &App, me: &Me, typed: &web::Fields, fault: Option<&Fault>) -> Reply {
    let (reader, mut asked) = (me.clone(), typed.clone());
    let shown = app.read(move |tx| load(tx, &reader, &mut asked)).await?;
    let heading = Page::new(me.look.locale.t("sessions-title"))
        .actions(pages::plan_button(&shown))
        .exports();
    answer(me, heading, pages::list(&shown, typed, fault), fault)
}

/// `GET /sessions`.
pub(super) async fn list(State(app): State<App>, me: Me, mut asked: Query) -> Reply {
    let Some(format) = web::wanted(&asked) else {
        return show(&app, &me, &asked, None).await;
    };
    let reader = me.clone();
    let view = app
        .read(move |tx| {
            let site = organisation::site(tx, &reader.ctx, reader.site()?.id)?;
            view(tx, &reader.ctx, &reader, site)
        })
        .await?;
    let (days, _) = days(&mut asked, view.site.date_of(me.ctx.now));
    let rows = columns::rows(me.ctx.clone(), view.site.id, span_of(&view.site, days)?);
    web::export(&app, &me, format, columns::export(view), rows).await
}

/// `POST /sessions/offers`.
pub(super) async fn save_offer(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let offer = GroupOffer {
        service: form.id("service"),
        seats: form.int("seats", 1, SEATS_MAX),
        each_max: form.int("each_max", 1, SEATS_MAX),
        version: form.optional_int("version", 0, i64::MAX).unwrap_or(0),
    };
    let ctx = me.ctx.clone();
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| {
                // Offering once more what is offered already changes how it is.
                let known = queries::offer(tx, &ctx, offer.service)?;
                let version = known.map_or(0, |known| known.version);
                commands::save_offer(tx, &ctx, GroupOffer { version, ..offer })
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => done("/sessions", &me.look.locale.t("sessions-saved")),
        Err(fault) => show(&app, &me, &form, Some(&fault)).await,
    }
}

/// `POST /sessions/offers/{service}/removal`.
pub(super) async fn withdraw(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    let service = ServiceId::parse(&id).ok_or_else(|| Fault::missing("sessions-missing"))?;
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::withdraw_offer(tx, &ctx, service))
        .await?;
    done("/sessions", &me.look.locale.t("sessions-saved"))
}
