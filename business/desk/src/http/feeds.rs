//! Private calendar addresses: made, stopped and read.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::Fault;
use orders::Diary;
use web::{App, Guest, Me, Page, Path, Reply, State};

use crate::pages::feeds::{Line, View};
use crate::{feeds, pages};

const OWN: &str = "/my-day/feed";
const LIST: &str = "/calendar/feeds";

fn line(me: &Me, (owner, made): feeds::Made, path: Option<&str>) -> Line {
    let (kind, id) = feeds::key(owner.diary());
    Line {
        name: owner.name(me.look.locale).to_owned(),
        made: made.map(|at| match &me.site {
            Some(site) => at.to_zoned(site.zone.clone()).date(),
            None => at.to_zoned(kernel::TimeZone::UTC).date(),
        }),
        path: path.map_or_else(|| format!("{LIST}/{kind}/{id}"), str::to_owned),
    }
}

fn show(me: &Me, title: &str, lines: Vec<Line>, address: Option<String>) -> Reply {
    let locale = me.look.locale;
    let view = View { lines, address };
    web::page(
        me,
        Page::new(locale.t(title)),
        pages::feeds::body(locale, &view),
    )
}

async fn show_list(app: &App, me: &Me, address: Option<String>) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let found = app.read(move |tx| feeds::list(tx, &ctx, site)).await?;
    let lines = found.into_iter().map(|made| line(me, made, None));
    show(me, "desk-feeds", lines.collect(), address)
}

async fn show_own(app: &App, me: &Me, address: Option<String>) -> Reply {
    let (ctx, whose) = (me.ctx.clone(), whose_own(me)?);
    let made = app.read(move |tx| feeds::one(tx, &ctx, whose)).await?;
    let lines = vec![line(me, made, Some(OWN))];
    show(me, "desk-feed-own", lines, address)
}

fn whose_own(me: &Me) -> Result<Diary, Fault> {
    let staff = me.ctx.staff().map(Diary::Staff);
    staff.ok_or_else(|| Fault::missing("desk-feed-nobody"))
}

fn whose_of((kind, id): &(String, String)) -> Result<Diary, Fault> {
    feeds::parse(kind, id).ok_or_else(|| Fault::missing("desk-feed-missing"))
}

/// Makes an address, and says it in full.
async fn address(app: &App, me: &Me, whose: Diary) -> Result<String, Fault> {
    let ctx = me.ctx.clone();
    let token = app.write(move |tx| feeds::make(tx, &ctx, whose)).await?;
    let (base, slug) = (&app.config.outside.public_url, &me.organisation.slug);
    let path = feeds::address(slug, &token, me.look.locale);
    Ok(format!("{base}{path}"))
}

async fn stop(app: &App, me: &Me, whose: Diary, back: &str) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| feeds::revoke(tx, &ctx, whose)).await?;
    web::done(back, &me.look.locale.t("desk-feed-stopped"))
}

pub(super) async fn list(State(app): State<App>, me: Me) -> Reply {
    show_list(&app, &me, None).await
}

pub(super) async fn make(
    State(app): State<App>,
    me: Me,
    Path(owner): Path<(String, String)>,
) -> Reply {
    let made = address(&app, &me, whose_of(&owner)?).await?;
    show_list(&app, &me, Some(made)).await
}

pub(super) async fn revoke(
    State(app): State<App>,
    me: Me,
    Path(owner): Path<(String, String)>,
) -> Reply {
    stop(&app, &me, whose_of(&owner)?, LIST).await
}

pub(super) async fn own(State(app): State<App>, me: Me) -> Reply {
    show_own(&app, &me, None).await
}

pub(super) async fn make_own(State(app): State<App>, me: Me) -> Reply {
    let made = address(&app, &me, whose_own(&me)?).await?;
    show_own(&app, &me, Some(made)).await
}

pub(super) async fn revoke_own(State(app): State<App>, me: Me) -> Reply {
    stop(&app, &me, whose_own(&me)?, OWN).await
}

/// The calendar file, or nothing where the calendar has it already.
pub(super) async fn read(
    State(app): State<App>,
    guest: Guest,
    Path((_, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Reply {
    let gone = || Fault::missing("desk-feed-missing");
    let secret = file.strip_suffix(".ics").ok_or_else(gone)?.to_owned();
    let ctx = guest.ctx.clone();
    let text = app.read(move |tx| feeds::file(tx, &ctx, &secret)).await?;
    let tag = tag(&text);
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|list| list.contains(&format!("\"{tag}\"")));
    let content = if is_known {
        Vec::new()
    } else {
        text.into_bytes()
    };
    let mut response = web::bytes("text/calendar; charset=utf-8", content, Some(&tag))?;
    let asks = HeaderValue::from_static("private, no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, asks);
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    Ok(response)
}

/// What the file says, whenever it was made.
fn tag(text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for line in text.lines().filter(|line| !line.starts_with("DTSTAMP:")) {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize().to_hex()[..32].to_owned()
}
