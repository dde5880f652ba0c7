//! Counters, who serves there, and breaks, for programs.

use kernel::{
    Bilingual, Ctx, Fault,
    ids::{SiteId, StaffId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example};

use super::{Asked, AtSite};
use crate::{
    LINES, SERVE, VIEW,
    commands::{self, BREAK_MINUTES_MAX, CounterDraft, later},
    queries::{self, CounterId},
};

/// What the command calls otherwise.
const NAMED: &[(&str, &str)] = &[("name_zh", "/name/zh"), ("name_en", "/name/en")];

/// Every endpoint of counters and breaks.
pub(super) fn endpoints() -> Endpoints {
    let (all, one) = ("/queue/counters", "/queue/counters/{id}");
    let breaks = "/sites/{id}/breaks";
    let name = || json!({ "name": { "zh": "2 号台", "en": "Counter 2" }, "lines": ["A"] });
    Endpoints::new(
        "queue",
        [
            Endpoint::get(all, VIEW, "queue-api-counters", list)
                .asks(|| json!({ "site": example::SITE })),
            Endpoint::post(all, LINES, "queue-api-add-counter", add)
                .creates()
                .named(NAMED)
                .example(|| {
                    json!({
                        "site": example::SITE,
                        "name": { "zh": "1 号台", "en": "Counter 1" },
                        "lines": ["A", "B"],
                    })
                }),
            Endpoint::get(one, VIEW, "queue-api-counter", show).asks(counter),
            Endpoint::post(one, LINES, "queue-api-change-counter", change)
                .patch()
                .versioned()
                .named(NAMED)
                .asks(counter)
                .example(name),
            Endpoint::post(one, LINES, "queue-api-remove-counter", remove)
                .delete()
                .asks(counter),
            Endpoint::post("/queue/counters/{id}/staff", SERVE, "queue-api-sit", sit)
                .asks(counter)
                .example(|| json!({ "staff": example::STAFF })),
            Endpoint::get(breaks, VIEW, "queue-api-breaks", pauses).asks(super::at_site),
            Endpoint::post(breaks, SERVE, "queue-api-pause", pause)
                .asks(super::at_site)
                .example(|| json!({ "staff": example::STAFF, "minutes": 20 })),
            Endpoint::post(
                "/sites/{id}/breaks/{staff}",
                SERVE,
                "queue-api-resume",
                resume,
            )
            .delete()
            .asks(|| json!({ "id": example::SITE, "staff": example::STAFF })),
        ],
    )
}

fn counter() -> Value {
    json!({ "id": example::COUNTER })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: CounterId,
}

/// Somebody at a site.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfStaff {
    /// The site.
    id: SiteId,
    staff: StaffId,
}

/// Where people are to be called to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    site: SiteId,
    name: Bilingual,
    /// The letters of the lines it serves; every line, if none is said.
    #[serde(default)]
    #[schemars(length(max = 26), inner(length(min = 1, max = 2)))]
    lines: Vec<String>,
}

/// What is to be different; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    name: Option<Bilingual>,
    /// The letters of the lines it serves; every line, if empty.
    #[schemars(length(max = 26), inner(length(min = 1, max = 2)))]
    lines: Option<Vec<String>>,
}

/// Who serves at a counter from now on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Sitting {
    /// Whoever sat elsewhere has moved; nobody, if not said.
    staff: Option<StaffId>,
}

/// Somebody steps away: calls go to others until they are back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewBreak {
    staff: StaffId,
    /// For how long; what the rules of the site say, if not said.
    #[schemars(range(min = 1, max = BREAK_MINUTES_MAX))]
    minutes: Option<i64>,
}

/// Where people are called to.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: CounterId,
    site: SiteId,
    name: Bilingual,
    /// The letters of the lines it serves; every line, if empty.
    lines: Vec<String>,
    /// Who serves there now.
    staff: Option<StaffId>,
    version: i64,
}

#[derive(Serialize, JsonSchema)]
struct Counters {
    counters: Vec<Told>,
}

/// A break that somebody has.
#[derive(Serialize, JsonSchema)]
struct Break {
    staff: StaffId,
    since: Moment,
    /// Until when, as announced.
    until: Moment,
}

#[derive(Serialize, JsonSchema)]
struct Breaks {
    breaks: Vec<Break>,
}

impl From<queries::Counter> for Told {
    fn from(counter: queries::Counter) -> Self {
        Self {
            id: counter.id,
            site: counter.site,
            name: counter.name,
            lines: counter.lines,
            staff: counter.staff,
            version: counter.version,
        }
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Counters, Fault> {
    ctx.require_at(VIEW, asked.site)?;
    organisation::site(tx, &ctx.unscoped(), asked.site)?;
    let counters = queries::counters(tx, ctx, asked.site)?.into_iter();
    Ok(Counters {
        counters: counters.map(Told::from).collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    queries::counter(tx, &ctx.unscoped(), one.id).map(Told::from)
}

fn add(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: New) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    organisation::site(tx, inner, new.site)?;
    let draft = CounterDraft {
        name: new.name,
        lines: new.lines,
    };
    let id = commands::add_counter(tx, inner, new.site, &draft)?;
    show(tx, ctx, One { id })
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, change: Change) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let old = queries::counter(tx, inner, one.id)?;
    tx.seen(old.id, old.version)?;
    let draft = CounterDraft {
        name: change.name.unwrap_or(old.name),
        lines: change.lines.unwrap_or(old.lines),
    };
    commands::change_counter(tx, inner, one.id, &draft, old.version)?;
    show(tx, ctx, one)
}

fn remove(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Nothing, Fault> {
    commands::remove_counter(tx, &ctx.unscoped(), one.id)?;
    Ok(Nothing {})
}

fn sit(tx: &mut Tx, ctx: &Ctx, one: One, who: Sitting) -> Result<Told, Fault> {
    commands::sit(tx, &ctx.unscoped(), one.id, who.staff).map(Told::from)
}

fn pauses(tx: &mut Tx, ctx: &Ctx, at: AtSite) -> Result<Breaks, Fault> {
    ctx.require_at(VIEW, at.id)?;
    let zone = organisation::site(tx, &ctx.unscoped(), at.id)?.zone;
    let moment = |at| Moment::new(at, &zone);
    let found = queries::pauses(tx, ctx, at.id, later(ctx.now, -24 * 60))?;
    let breaks = found.into_iter().map(|(staff, pause)| Break {
        staff,
        since: moment(pause.since),
        until: moment(pause.until),
    });
    Ok(Breaks {
        breaks: breaks.collect(),
    })
}

fn pause(tx: &mut Tx, ctx: &Ctx, at: AtSite, new: NewBreak) -> Result<Breaks, Fault> {
    let inner = &ctx.unscoped();
    commands::pause(tx, inner, at.id, new.staff, new.minutes)?;
    pauses(tx, inner, at)
}

fn resume(tx: &mut Tx, ctx: &Ctx, who: OfStaff, _: Nothing) -> Result<Breaks, Fault> {
    let inner = &ctx.unscoped();
    commands::resume(tx, inner, who.id, who.staff)?;
    pauses(tx, inner, AtSite { id: who.id })
}
