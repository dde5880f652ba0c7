//! The lines of a site: how they are now, how they are set up, and the poster with the code.

use kernel::ids::SiteId;
use kernel::{Bilingual, Ctx, Fault, Locale};
use store::Tx;
use web::axum::http::HeaderMap;
use web::{App, Form, Me, Page, Path, Reply, State};

use super::door::Door;
use super::{code_drawing, public_base, spoken};
use crate::commands::{self, FAMILIES, LineDraft};
use crate::pages::desk::{self, CounterNow, LineNow, NowView, SetupView, TurnNow};
use crate::pages::range;
use crate::queries::{self, Line};
use crate::standing::{Picture, Standing};
use crate::{LINES, SERVE, VIEW, standing};

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

fn line_now(ctx: &Ctx, door: &Door, picture: &Picture, line: Line) -> LineNow {
    let minute = door.minute(ctx.now);
    let here = picture
        .tickets
        .iter()
        .filter(|ticket| ticket.stands_in == line.code);
    let next: Vec<String> = here.clone().take(3).map(queries::Ticket::label).collect();
    let away = here.filter(|ticket| matches!(ticket.stage, crate::Stage::Away { .. }));
    LineNow {
        standing: picture.standing_in(&line.code),
        away: away.count(),
        wait: range(ctx.locale, door.line_wait(picture, &line)),
        is_within_hours: line.is_within_hours(minute),
        next,
        line,
    }
}

fn now_view(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<NowView, Fault> {
    let site = organisation::site(tx, ctx, site)?;
    let picture = standing::line_now(tx, ctx, site.id, site.date_of(ctx.now))?;
    let staff = people::staff_at(tx, ctx, site.id)?;
    let door = Door::of(tx, ctx, site.clone())?;
    let counters = queries::counters(tx, ctx, site.id)?;
    let standings = picture.standings();
    let turns: Vec<TurnNow> = picture
        .turns
        .iter()
        .filter_map(|turn| {
            let member = staff.iter().find(|member| member.id == turn.staff)?.clone();
            let mine = |standing: &&Standing| standing.taker == Some(turn.staff);
            let next = standings.iter().find(mine);
            Some(TurnNow {
                turn: turn.clone(),
                member,
                next: next
                    .map(|standing| (standing.ticket.label(), range(ctx.locale, standing.wait))),
            })
        })
        .collect();
    let seats = counters.into_iter().map(|counter| {
        let turn = turns
            .iter()
            .find(|turn| Some(turn.member.id) == counter.staff);
        CounterNow {
            staff: staff
                .iter()
                .find(|member| Some(member.id) == counter.staff)
                .cloned(),
            turn: turn.cloned(),
            counter,
        }
    });
    let lines = door.lines.clone().into_iter();
    Ok(NowView {
        counters: seats.collect(),
        lines: lines
            .map(|line| line_now(ctx, &door, &picture, line))
            .collect(),
        turns,
        staff,
        zone: site.zone,
        may_serve: ctx.may(SERVE) && ctx.sites.includes(site.id),
        may_edit: ctx.may(LINES) && ctx.sites.includes(site.id),
    })
}

pub(super) async fn page(State(app): State<App>, me: Me) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let view = app.read(move |tx| now_view(tx, &ctx, site)).await?;
    let locale = me.look.locale;
    let actions = desk::poster_button(locale);
    let page = Page::new(locale.t("queue-lines-title")).actions(actions);
    let body = desk::now_page(locale, &view, me.ctx.may(crate::DEVICES));
    web::page(&me, page, body)
}

pub(super) async fn now(State(app): State<App>, me: Me) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let view = app.read(move |tx| now_view(tx, &ctx, site)).await?;
    web::fragment(desk::now(me.look.locale, &view))
}

fn setup_view(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<SetupView, Fault> {
    ctx.require_at(LINES, site)?;
    let family = |code: &str| (code.to_owned(), family_name(ctx.locale, code));
    Ok(SetupView {
        lines: queries::lines(tx, ctx, site)?,
        families: FAMILIES.iter().map(|code| family(code)).collect(),
        ..SetupView::default()
    })
}

pub(super) async fn setup(State(app): State<App>, me: Me) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let view = app.read(move |tx| setup_view(tx, &ctx, site)).await?;
    let locale = me.look.locale;
    let page = Page::new(locale.t("queue-setup-title"));
    web::page(&me, page, desk::setup(locale, &view))
}

fn minute(time: kernel::Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

fn read_line(form: &mut Form, code: String) -> LineDraft {
    let name = Bilingual::new(
        form.optional_text("name_zh", 40).unwrap_or_default(),
        form.optional_text("name_en", 40).unwrap_or_default(),
    );
    LineDraft {
        families: form
            .list("families")
            .into_iter()
            .filter(|family| FAMILIES.contains(&family.as_str()))
            .collect(),
        is_open: form.flag("open"),
        opens_minute: form.optional_time("opens").map(minute),
        closes_minute: form.optional_time("closes").map(minute),
        standing_max: form.optional_int("standing_max", 1, 500),
        ..LineDraft::new(&code, name)
    }
}

pub(super) async fn add(State(app): State<App>, me: Me, mut form: Form) -> Reply {
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
    after(&app, &me, saved, ("", &form)).await
}

pub(super) async fn change(
    State(app): State<App>,
    me: Me,
    Path(code): Path<String>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let draft = read_line(&mut form, code.clone());
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::change_line(tx, &ctx, site, &draft, version))
                .await
        }
        Err(fault) => Err(fault),
    };
    after(&app, &me, saved, (&code, &form)).await
}

async fn after(app: &App, me: &Me, saved: Result<(), Fault>, (code, form): (&str, &Form)) -> Reply {
    let locale = me.look.locale;
    match saved {
        Ok(()) => web::done("/queue/lines", &locale.t("queue-line-saved")),
        Err(fault) if fault.kind == kernel::FaultKind::Invalid => {
            let (ctx, site) = (me.ctx.clone(), me.site()?.id);
            let mut view = app.read(move |tx| setup_view(tx, &ctx, site)).await?;
            view.faults = spoken(&fault, locale);
            view.typed = Some((code.to_owned(), form.values().to_vec()));
            let page = Page::new(locale.t("queue-setup-title"));
            web::unprocessable(me, page, desk::setup(locale, &view))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn set_open(app: App, me: Me, code: String, open: bool) -> Reply {
    let (ctx, site, line) = (me.ctx.clone(), me.site()?.id, code.clone());
    app.write(move |tx| commands::set_line_open(tx, &ctx, site, &line, open))
        .await?;
    let words = match open {
        true => "queue-line-opened",
        false => "queue-line-stopped",
    };
    let code = [("line", code.into())];
    web::done("/queue", &me.look.locale.tx(words, &code))
}

pub(super) async fn open(State(app): State<App>, me: Me, Path(code): Path<String>) -> Reply {
    set_open(app, me, code, true).await
}

pub(super) async fn close(State(app): State<App>, me: Me, Path(code): Path<String>) -> Reply {
    set_open(app, me, code, false).await
}

pub(super) async fn poster(State(app): State<App>, me: Me, headers: HeaderMap) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.clone());
    ctx.require_at(VIEW, site.id)?;
    let locale = me.look.locale;
    let base = public_base(&app, &headers, &me.organisation.slug);
    let address = format!("{base}/{}/queue", site.slug);
    let drawing = code_drawing(&address)?;
    let body = desk::poster(locale, site.name.get(locale), &address, drawing);
    let actions = desk::lines_button(locale);
    let page = Page::new(locale.t("queue-poster-title"));
    web::page(&me, page.actions(actions).still(), body)
}
