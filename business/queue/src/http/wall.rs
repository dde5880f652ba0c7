//! The screen on the wall: who is called where, who is next, how long each line waits.

use kernel::{Bilingual, Ctx, Fault, Locale, format};
use store::Tx;
use ui::Markup;
use web::axum::http::HeaderMap;
use web::{App, Guest, Path, Reply, Routes, State};

use super::door::Door;
use super::guest::{closed_words, private, seat};
use super::{code_drawing, public_base};
use crate::commands::{self, Entered, as_house, later};
use crate::model::Stage;
use crate::pages::range;
use crate::pages::wall::{self, Call, LineView, WallView};
use crate::queries::{self, DeviceKind, Ticket};

/// How many calls stand on the screen, how long, and how many numbers are next.
const CALLS: usize = 6;
const CALL_MINUTES: i64 = 20;
const NEXT: usize = 8;

pub(super) fn routes() -> Routes {
    Routes::new()
        .public_get("/at/{org}/wall/{secret}", page)
        .public_get("/at/{org}/wall/{secret}/state", state)
        .public_get("/at/{org}/wall/{secret}/live", live)
}

/// What the screen shows.
const KINDS: &[&str] = &["ticket", "line", "counter"];

type Secret = Path<(String, String)>;

async fn view_of(
    app: &App,
    guest: &Guest,
    headers: &HeaderMap,
    secret: String,
) -> Result<(Entered, WallView), Fault> {
    let base = public_base(app, headers, &guest.organisation.slug);
    let path = guest.path(&format!("wall/{secret}"));
    let ctx = guest.ctx.clone();
    app.read(move |tx| {
        let entered = commands::enter(tx, &ctx, &secret, DeviceKind::Wall)?;
        let code = code_drawing(&format!("{base}/{}/queue", entered.site.slug))?;
        let view = view(tx, &as_house(&ctx), &entered, (path, code))?;
        Ok((entered, view))
    })
    .await
}

fn view(
    tx: &mut Tx,
    ctx: &Ctx,
    entered: &Entered,
    (path, code): (String, Markup),
) -> Result<WallView, Fault> {
    let site = &entered.site;
    let door = Door::of(tx, ctx, site.clone())?;
    let picture = door.picture(tx, ctx)?;
    let since = later(ctx.now, -CALL_MINUTES);
    let called = queries::called_since(tx, ctx, (site.id, site.date_of(ctx.now)), since)?;
    let mut calls = Vec::new();
    for ticket in called.iter().take(CALLS) {
        calls.push(call(tx, ctx, ticket)?);
    }
    // Whoever is awaited stands before whoever has come.
    calls.sort_by_key(|call| !call.is_awaited);
    let standing = picture
        .tickets
        .iter()
        .filter(|ticket| ticket.stage.stands(ctx.now));
    let line = |line: &queries::Line| LineView {
        name: line.name.get(ctx.locale).to_owned(),
        standing: picture.standing_in(&line.code),
        wait: match line.is_open {
            true => range(ctx.locale, door.line_wait(&picture, line)),
            false => ctx.locale.t("queue-line-closed-badge"),
        },
    };
    let local = ctx.now.to_zoned(site.zone.clone());
    Ok(WallView {
        path,
        code,
        calls,
        next: standing.take(NEXT).map(Ticket::label).collect(),
        lines: door.lines.iter().map(line).collect(),
        closed: (!door.open).then(|| closed_words(&door, ctx)),
        as_of: format::time(local.time()),
        date: format::date(ctx.locale, local.date()),
    })
}

fn call(tx: &mut Tx, ctx: &Ctx, ticket: &Ticket) -> Result<Call, Fault> {
    let staff = match ticket.called_staff {
        Some(id) => Some(people::staff_member(tx, ctx, id)?),
        None => None,
    };
    let seat: Option<Bilingual> = seat(tx, ctx, ticket)?;
    let place = |locale: Locale| match (&seat, &staff) {
        (Some(seat), _) => seat.get(locale).to_owned(),
        (None, Some(member)) => member.shown(locale).to_owned(),
        (None, None) => locale.t("queue-the-desk"),
    };
    // Letter by letter, so that no voice makes a word of it.
    let spelt: Vec<String> = ticket.label().chars().map(String::from).collect();
    let say = |locale: Locale| {
        let facts = [
            ("number", spelt.join(" ").into()),
            ("place", place(locale).into()),
        ];
        locale.tx("queue-say", &facts)
    };
    Ok(Call {
        id: format!("{}-{}", ticket.id, ticket.called_count),
        number: ticket.label(),
        place: place(ctx.locale),
        staff: match (&seat, &staff) {
            (Some(_), Some(member)) => member.shown(ctx.locale).to_owned(),
            _ => String::new(),
        },
        is_awaited: matches!(ticket.stage, Stage::Called { .. }),
        say: [say(Locale::ZhCn), say(Locale::En)],
    })
}

async fn page(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Secret,
    headers: HeaderMap,
) -> Reply {
    let (entered, view) = view_of(&app, &guest, &headers, secret).await?;
    let locale = guest.look.locale;
    let frame = ui::WallFrame {
        locale,
        title: locale.t("queue-wall-title"),
        organisation: guest.organisation.name.get(locale).to_owned(),
        place: entered.site.name(locale).to_owned(),
        brand: guest.organisation.brand.clone(),
        logo: guest.organisation.logo.clone(),
        now: Some(guest.ctx.now),
    };
    private(web::fragment(ui::wall_page(
        &frame,
        &wall::page(locale, &view),
    ))?)
}

async fn live(State(app): State<App>, guest: Guest, Path((_, secret)): Secret) -> Reply {
    let ctx = guest.ctx.clone();
    let entered = app
        .read(move |tx| commands::enter(tx, &ctx, &secret, DeviceKind::Wall))
        .await?;
    private(web::live_at(&app, (guest.ctx.org, entered.site.id), KINDS)?)
}

async fn state(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Secret,
    headers: HeaderMap,
) -> Reply {
    let (_, view) = view_of(&app, &guest, &headers, secret).await?;
    private(web::fragment(wall::screen(guest.look.locale, &view))?)
}
