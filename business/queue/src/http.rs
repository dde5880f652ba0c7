//! The desk's routes about lines and tickets.

mod guest;
mod qr;

pub use qr::{code_drawing, public_base};

use kernel::ids::{StaffId, TicketId};
use kernel::{Bilingual, Ctx, Fault, Locale, SiteScope, Timestamp};
use store::Tx;
use web::axum::http::HeaderMap;
use web::{App, Form, Me, Page, Path, Reply, Routes, State};

use crate::commands::{self, LineDraft};
use crate::pages::desk::{self, LinesView};
use crate::queries::{self, Ticket};
use crate::{LINES, SERVE, VIEW, standing, visits};

/// Families a line may serve, in the order of menus.
const FAMILIES: [&str; 6] = ["hair", "colour", "care", "spa", "repair", "cafe"];

/// All routes of the room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/queue", VIEW, lines)
        .get("/queue/qr", VIEW, poster)
        .post("/queue/lines", LINES, add_line)
        .post("/queue/lines/{code}", LINES, change_line)
        .post("/queue/tickets/{id}/call", SERVE, call)
        .post("/queue/tickets/{id}/start", SERVE, start)
        .post("/queue/tickets/{id}/turn", SERVE, skip)
        .post("/queue/tickets/{id}/absence", SERVE, absence)
        .post("/queue/tickets/{id}/return", SERVE, put_back)
        .post("/queue/tickets/{id}/no-show", SERVE, no_show)
        .post("/queue/tickets/{id}/assignment", SERVE, assign)
        .post("/queue/tickets/{id}/undo", SERVE, undo)
        .merge(guest::routes())
}

/// The name of a service family.
pub fn family_name(locale: Locale, family: &str) -> String {
    match family {
        "hair" => locale.t("queue-family-hair"),
        "spa" => locale.t("queue-family-spa"),
        "repair" => locale.t("queue-family-repair"),
        "colour" => locale.t("queue-family-colour"),
        "care" => locale.t("queue-family-care"),
        _ => locale.t("queue-family-cafe"),
    }
}

fn days_ago(now: Timestamp, days: i64) -> Timestamp {
    commands::later(now, -days * 24 * 60)
}

fn lines_view(tx: &mut Tx, ctx: &Ctx, me: &web::SiteChoice) -> Result<LinesView, Fault> {
    ctx.require_at(VIEW, me.id)?;
    let site = organisation::site(tx, ctx, me.id)?;
    let picture = standing::line_now(tx, ctx, site.id, site.date_of(ctx.now))?;
    let count = |code: &str| {
        picture
            .tickets
            .iter()
            .filter(|ticket| ticket.line == code)
            .count()
    };
    let lines = queries::lines(tx, ctx, site.id)?;
    let quotes = queries::quotes(tx, ctx, site.id, days_ago(ctx.now, 7), 50)?;
    let time = |at: Timestamp| {
        let local = at.to_zoned(site.zone.clone());
        let date = kernel::format::date(ctx.locale, local.date());
        let time = kernel::format::time(local.time());
        ctx.locale.tx(
            "queue-date-time",
            &[("date", date.into()), ("time", time.into())],
        )
    };
    let family = |code: &str| (code.to_owned(), family_name(ctx.locale, code));
    Ok(LinesView {
        lines: lines
            .into_iter()
            .map(|line| (line.clone(), count(&line.code)))
            .collect(),
        families: FAMILIES.iter().map(|code| family(code)).collect(),
        quotes: quotes
            .into_iter()
            .map(|quote| (time(quote.quoted_at), quote))
            .collect(),
        may_edit: ctx.may(LINES) && scope_includes(&ctx.sites, me),
        faults: Vec::new(),
    })
}

fn scope_includes(scope: &SiteScope, site: &web::SiteChoice) -> bool {
    scope.includes(site.id)
}

async fn lines(State(app): State<App>, me: Me) -> Reply {
    lines_page(&app, &me, None).await
}

async fn lines_page(app: &App, me: &Me, fault: Option<Fault>) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.clone());
    let mut view = app.read(move |tx| lines_view(tx, &ctx, &site)).await?;
    let locale = me.look.locale;
    let actions = desk::poster_button(locale);
    let page = Page::new(locale.t("queue-lines-title")).actions(actions);
    let Some(fault) = fault else {
        return web::page(me, page, desk::lines(locale, &view));
    };
    let spoken = |f: &kernel::FieldFault| (f.field.clone(), f.text.speak(locale));
    view.faults = fault.fields.iter().map(spoken).collect();
    web::unprocessable(me, page, desk::lines(locale, &view))
}

fn read_line(form: &mut Form, code: String) -> LineDraft {
    LineDraft {
        code,
        name: Bilingual::new(
            form.optional_text("name_zh", 40).unwrap_or_default(),
            form.optional_text("name_en", 40).unwrap_or_default(),
        ),
        families: form
            .list("families")
            .into_iter()
            .filter(|family| FAMILIES.contains(&family.as_str()))
            .collect(),
        is_open: form.flag("open"),
    }
}

async fn add_line(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let code = form.text("code", 1, 2).to_uppercase();
    let draft = read_line(&mut form, code);
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::add_line(tx, &ctx, site, &draft))
                .await
        }
        Err(fault) => Err(fault),
    };
    after_line(&app, &me, saved).await
}

async fn change_line(
    State(app): State<App>,
    me: Me,
    Path(code): Path<String>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let draft = read_line(&mut form, code);
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::change_line(tx, &ctx, site, &draft, version))
                .await
        }
        Err(fault) => Err(fault),
    };
    after_line(&app, &me, saved).await
}

async fn after_line(app: &App, me: &Me, saved: Result<(), Fault>) -> Reply {
    match saved {
        Ok(()) => web::done("/queue", &me.look.locale.t("queue-line-saved")),
        Err(fault) if fault.kind == kernel::FaultKind::Invalid => {
            lines_page(app, me, Some(fault)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn poster(State(app): State<App>, me: Me, headers: HeaderMap) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.clone());
    ctx.require_at(VIEW, site.id)?;
    let locale = me.look.locale;
    let base = public_base(&app, &headers, &me.organisation.slug);
    let address = format!("{base}/{}/queue", site.slug);
    let drawing = code_drawing(&address)?;
    let body = desk::poster(locale, site.name.get(locale), &address, drawing);
    let actions = desk::lines_button(locale);
    web::page(
        &me,
        Page::new(locale.t("queue-poster-title"))
            .actions(actions)
            .still(),
        body,
    )
}

/// Runs a command that Today itself offers to undo, and goes back there.
async fn act_undoably<F>(app: App, me: Me, command: F) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx) -> Result<Ticket, Fault> + Send + 'static,
{
    let ctx = me.ctx.clone();
    app.write(move |tx| command(tx, &ctx)).await?;
    web::see_other("/today")
}

/// Runs a command on a ticket and goes back to Today.
async fn act<F>(app: App, me: Me, key: &'static str, command: F) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx) -> Result<Ticket, Fault> + Send + 'static,
{
    let ctx = me.ctx.clone();
    let ticket = app.write(move |tx| command(tx, &ctx)).await?;
    let words = me.look.locale.tx(key, &[("number", ticket.label().into())]);
    web::done("/today", &words)
}

async fn call(State(app): State<App>, me: Me, Path(id): Path<TicketId>, mut form: Form) -> Reply {
    let staff: Option<StaffId> = form.optional_id("staff");
    form.done()?;
    act_undoably(app, me, move |tx, ctx| commands::call(tx, ctx, id, staff)).await
}

async fn start(State(app): State<App>, me: Me, Path(id): Path<TicketId>, mut form: Form) -> Reply {
    let staff: Option<StaffId> = form.optional_id("staff");
    form.done()?;
    act_undoably(app, me, move |tx, ctx| visits::start(tx, ctx, id, staff)).await
}

async fn skip(State(app): State<App>, me: Me, Path(id): Path<TicketId>, mut form: Form) -> Reply {
    let count = form.optional_int("count", 1, 50).unwrap_or(1);
    form.done()?;
    let count = usize::try_from(count).unwrap_or(1);
    act_undoably(app, me, move |tx, ctx| commands::skip(tx, ctx, id, count)).await
}

async fn absence(
    State(app): State<App>,
    me: Me,
    Path(id): Path<TicketId>,
    mut form: Form,
) -> Reply {
    let minutes = form.optional_int("minutes", 1, 240).unwrap_or(15);
    form.done()?;
    act_undoably(app, me, move |tx, ctx| {
        commands::return_later(tx, ctx, id, minutes)
    })
    .await
}

async fn put_back(State(app): State<App>, me: Me, Path(id): Path<TicketId>) -> Reply {
    act(app, me, "queue-done-back", move |tx, ctx| {
        commands::put_back(tx, ctx, id)
    })
    .await
}

async fn no_show(State(app): State<App>, me: Me, Path(id): Path<TicketId>) -> Reply {
    act_undoably(app, me, move |tx, ctx| commands::no_show(tx, ctx, id)).await
}

async fn assign(State(app): State<App>, me: Me, Path(id): Path<TicketId>, mut form: Form) -> Reply {
    let staff: Option<StaffId> = form.optional_id("staff");
    form.done()?;
    act(app, me, "queue-done-assign", move |tx, ctx| {
        commands::assign(tx, ctx, id, staff)
    })
    .await
}

async fn undo(State(app): State<App>, me: Me, Path(id): Path<TicketId>) -> Reply {
    act(app, me, "queue-done-undo", move |tx, ctx| {
        commands::undo(tx, ctx, id)
    })
    .await
}
