//! Counters, breaks, and the next customer in one click.

use kernel::ids::{SiteId, StaffId};
use kernel::{Bilingual, Ctx, Fault};
use store::Tx;
use web::{App, Form, Me, Page, Path, Reply, State};

use super::spoken;
use crate::LINES;
use crate::commands::{self, CounterDraft};
use crate::pages::counters::{self, CountersView};
use crate::queries::{self, CounterId};

/// Where a command of the desk leads back to: the page it was given on.
fn back(form: &Form) -> &'static str {
    match form.typed("back") {
        "queue" => "/queue",
        _ => "/today",
    }
}

async fn call(app: App, me: Me, counter: Option<CounterId>, form: Form) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let ticket = app
        .write(move |tx| commands::call_next(tx, &ctx, site, counter))
        .await?;
    let number = [("number", ticket.label().into())];
    let words = me.look.locale.tx("queue-done-called", &number);
    web::done(back(&form), &words)
}

pub(super) async fn next(State(app): State<App>, me: Me, form: Form) -> Reply {
    call(app, me, None, form).await
}

pub(super) async fn next_at(
    State(app): State<App>,
    me: Me,
    Path(id): Path<CounterId>,
    form: Form,
) -> Reply {
    call(app, me, Some(id), form).await
}

pub(super) async fn sit(
    State(app): State<App>,
    me: Me,
    Path(id): Path<CounterId>,
    mut form: Form,
) -> Reply {
    let staff: Option<StaffId> = form.optional_id("staff");
    form.done()?;
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::sit(tx, &ctx, id, staff))
        .await?;
    web::done("/queue", &me.look.locale.t("queue-counter-saved"))
}

pub(super) async fn pause(
    State(app): State<App>,
    me: Me,
    Path(staff): Path<StaffId>,
    mut form: Form,
) -> Reply {
    let minutes = form.optional_int("minutes", 1, 240);
    form.done()?;
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    app.write(move |tx| commands::pause(tx, &ctx, site, staff, minutes))
        .await?;
    web::done(back(&form), &me.look.locale.t("queue-paused"))
}

pub(super) async fn resume(
    State(app): State<App>,
    me: Me,
    Path(staff): Path<StaffId>,
    form: Form,
) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    app.write(move |tx| commands::resume(tx, &ctx, site, staff))
        .await?;
    web::done(back(&form), &me.look.locale.t("queue-resumed"))
}

fn view(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<CountersView, Fault> {
    ctx.require_at(LINES, site)?;
    let lines = queries::lines(tx, ctx, site)?.into_iter();
    let named = lines.map(|line| {
        let name = format!("{} · {}", line.code, line.name.get(ctx.locale));
        (line.code, name)
    });
    Ok(CountersView {
        counters: queries::counters(tx, ctx, site)?,
        lines: named.collect(),
        ..CountersView::default()
    })
}

pub(super) async fn setup(State(app): State<App>, me: Me) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let view = app.read(move |tx| view(tx, &ctx, site)).await?;
    let locale = me.look.locale;
    let page = Page::new(locale.t("queue-counters-title"));
    web::page(&me, page, counters::page(locale, &view))
}

fn read(form: &mut Form) -> CounterDraft {
    CounterDraft {
        name: Bilingual::new(
            form.optional_text("name_zh", 40).unwrap_or_default(),
            form.optional_text("name_en", 40).unwrap_or_default(),
        ),
        lines: form.list("lines"),
    }
}

pub(super) async fn add(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let draft = read(&mut form);
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::add_counter(tx, &ctx, site, &draft).map(drop))
                .await
        }
        Err(fault) => Err(fault),
    };
    after(&app, &me, saved, (None, &form)).await
}

pub(super) async fn change(
    State(app): State<App>,
    me: Me,
    Path(id): Path<CounterId>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let draft = read(&mut form);
    let ctx = me.ctx.clone();
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::change_counter(tx, &ctx, id, &draft, version))
                .await
        }
        Err(fault) => Err(fault),
    };
    after(&app, &me, saved, (Some(id), &form)).await
}

pub(super) async fn remove(State(app): State<App>, me: Me, Path(id): Path<CounterId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::remove_counter(tx, &ctx, id))
        .await?;
    web::done(
        "/queue/counters",
        &me.look.locale.t("queue-counter-removed"),
    )
}

async fn after(
    app: &App,
    me: &Me,
    saved: Result<(), Fault>,
    (id, form): (Option<CounterId>, &Form),
) -> Reply {
    let locale = me.look.locale;
    match saved {
        Ok(()) => web::done("/queue/counters", &locale.t("queue-counter-saved")),
        Err(fault) if fault.kind == kernel::FaultKind::Invalid => {
            let (ctx, site) = (me.ctx.clone(), me.site()?.id);
            let mut view = app.read(move |tx| view(tx, &ctx, site)).await?;
            view.faults = spoken(&fault, locale);
            let typed = ["name_zh", "name_en"].map(|field| form.typed(field).to_owned());
            view.typed = Some((id, typed));
            let page = Page::new(locale.t("queue-counters-title"));
            web::unprocessable(me, page, counters::page(locale, &view))
        }
        Err(fault) => Err(fault.into()),
    }
}
