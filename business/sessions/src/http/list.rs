//! The sessions ahead, and which services are held for groups.

use kernel::{Ctx, Fault, Span, Timestamp, ids::ServiceId};
use store::Tx;
use web::{App, Form, Me, Page, Path, Reply, State, done};

use super::{answer, view};
use crate::{
    commands,
    model::{GroupOffer, SEATS_MAX},
    pages::{self, ListPage},
    queries,
};

/// How far ahead the list looks, in days.
const AHEAD_DAYS: i64 = 28;

fn load(tx: &mut Tx, ctx: &Ctx, me: &Me) -> Result<ListPage, Fault> {
    let site = organisation::site(tx, ctx, me.site()?.id)?;
    let today = organisation::instant_clipped(&site.zone, site.date_of(ctx.now), 0);
    let last = Timestamp::from_second(today.as_second() + AHEAD_DAYS * 86_400);
    let span = last.ok().and_then(|last| Span::new(today, last));
    let sessions = match span {
        Some(span) => queries::sessions_in(tx, ctx, site.id, span)?,
        None => Vec::new(),
    };
    let ids: Vec<_> = sessions.iter().map(|session| session.id).collect();
    Ok(ListPage {
        taken: capacity::seats_taken(tx, ctx, &ids)?,
        sessions,
        offers: queries::offers(tx, ctx)?,
        view: view(tx, ctx, me, site)?,
    })
}

async fn show(app: &App, me: &Me, typed: &web::Fields, fault: Option<&Fault>) -> Reply {
    let reader = me.clone();
    let shown = app.read(move |tx| load(tx, &reader.ctx, &reader)).await?;
    let heading = Page::new(me.look.locale.t("sessions-title")).actions(pages::plan_button(&shown));
    answer(me, heading, pages::list(&shown, typed, fault), fault)
}

/// `GET /sessions`.
pub(super) async fn list(State(app): State<App>, me: Me) -> Reply {
    show(&app, &me, &web::Fields::default(), None).await
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
