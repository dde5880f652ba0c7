//! The journal, page by page.

use kernel::{Ctx, Fault, ids::CustomerId};
use store::{Tx, journal};
use web::{App, Me, Page, Query, Reply, State};

use super::names;
use organisation::Site;

use crate::pages::find::escape;
use crate::pages::journal::{JournalView, body, check_button};
use crate::today::day_span;
use crate::{JOURNAL, columns};

const PAGE: i64 = 60;

struct Asked {
    activity: Option<String>,
    kind: Option<String>,
    object: Option<String>,
    day: Option<kernel::Date>,
    before: Option<i64>,
    check: bool,
}

fn filter(site: &Site, asked: &Asked) -> journal::Filter {
    let span = asked.day.map(|day| day_span(site, day));
    let object = match (&asked.kind, &asked.object) {
        (Some(kind), Some(object)) => Some((kind.clone(), object.clone())),
        _ => None,
    };
    // A kind alone is the beginning of its activities' names.
    let prefix = asked
        .kind
        .as_ref()
        .filter(|_| object.is_none())
        .map(|kind| format!("{kind}."));
    journal::Filter {
        activity: asked.activity.clone().or(prefix),
        object,
        from: span.map(|span| span.start),
        to: span.map(|span| span.end),
        before: asked.before,
        site: None,
    }
}

fn view(
    tx: &mut Tx,
    ctx: &Ctx,
    site: kernel::ids::SiteId,
    asked: &Asked,
) -> Result<JournalView, Fault> {
    ctx.require(JOURNAL)?;
    let site = organisation::site(tx, ctx, site)?;
    let filter = filter(&site, asked);
    let mut entries = journal::page(tx, ctx.org, &filter, PAGE + 1)?;
    let more = entries.len() > usize::try_from(PAGE).unwrap_or(0);
    entries.truncate(usize::try_from(PAGE).unwrap_or(0));
    let typed = [
        asked.activity.clone().unwrap_or_default(),
        asked.kind.clone().unwrap_or_default(),
        asked.object.clone().unwrap_or_default(),
        asked.day.map(|day| day.to_string()).unwrap_or_default(),
    ];
    let address = format!(
        "/journal?activity={}&kind={}&object={}&day={}",
        escape(&typed[0]),
        escape(&typed[1]),
        escape(&typed[2]),
        escape(&typed[3])
    );
    let last = entries.last().filter(|_| more).map(|entry| entry.seq);
    Ok(JournalView {
        zone: site.zone,
        total: journal::head(tx, ctx.org)?,
        chain: if asked.check {
            Some(journal::verify(tx, ctx.org)?)
        } else {
            None
        },
        older: last.map(|seq| format!("{address}&before={seq}")),
        newest: asked.before.map(|_| address),
        typed,
        names: names::of(tx, ctx, &entries)?,
        entries,
    })
}

pub(super) async fn page(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let asked = Asked {
        activity: query.optional_text("activity", 60),
        kind: query.optional_text("kind", 30),
        object: query.optional_text("object", 60),
        day: query.optional_date("day"),
        before: query.optional_int("before", 1, i64::MAX),
        check: query.flag("check"),
    };
    query.done()?;
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    if let Some(format) = web::wanted(&query) {
        let begin = app
            .read(move |tx| organisation::site(tx, &ctx, site))
            .await?;
        let rows = columns::rows(me.ctx.clone(), filter(&begin, &asked));
        return web::export(&app, &me, format, columns::export(&me), rows).await;
    }
    let view = app.read(move |tx| view(tx, &ctx, site, &asked)).await?;
    let named = view.names.keys().filter(|(kind, _)| kind == "customer");
    let named = named.filter_map(|(_, id)| CustomerId::parse(id));
    people::seen(&app, &me.ctx, people::Sight::list(named)).await?;
    let locale = me.look.locale;
    let shown = Page::new(locale.t("desk-journal"))
        .exports()
        .actions(check_button(locale));
    web::page(&me, shown, body(locale, &view))
}
