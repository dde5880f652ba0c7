//! The lines of a site, for programs.

use kernel::{Bilingual, Ctx, Fault, Text, Time, ids::SiteId};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, example, words};

use super::AtSite;
use crate::{
    LINES, SERVE, VIEW,
    commands::{self, FAMILIES, LineDraft, STANDING_MAX},
    queries,
};

/// What the command calls otherwise.
const NAMED: &[(&str, &str)] = &[
    ("code", "/letter"),
    ("name_zh", "/name/zh"),
    ("name_en", "/name/en"),
];

/// Every endpoint of lines.
pub(super) fn endpoints() -> Endpoints {
    let (all, one) = ("/sites/{id}/lines", "/sites/{id}/lines/{line}");
    let stop = || json!({ "open": false });
    Endpoints::new(
        "queue",
        [
            Endpoint::get(all, VIEW, "queue-api-lines", list).asks(super::at_site),
            Endpoint::post(all, LINES, "queue-api-add-line", add)
                .named(NAMED)
                .asks(super::at_site)
                .example(|| {
                    json!({
                        "letter": "K",
                        "name": { "zh": "快剪", "en": "Quick cuts" },
                        "families": ["hair"],
                        "opens": "10:00",
                        "closes": "16:00",
                        "standing_max": 12,
                    })
                }),
            Endpoint::get(one, VIEW, "queue-api-line", show).asks(line_a),
            Endpoint::post(one, LINES, "queue-api-change-line", change)
                .versioned()
                .named(NAMED)
                .asks(line_a)
                .example(|| json!({ "name": { "zh": "剪发", "en": "Cuts" } })),
            Endpoint::post(
                "/sites/{id}/lines/{line}/state",
                SERVE,
                "queue-api-open-line",
                set_open,
            )
            .asks(|| json!({ "id": example::SITE, "line": "B" }))
            .example(stop),
        ],
    )
}

fn line_a() -> Value {
    json!({ "id": example::SITE, "line": "A" })
}

fn families(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "maxItems": FAMILIES.len(), "items": words(FAMILIES) })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    /// The site.
    id: SiteId,
    /// The letter of the line.
    #[schemars(length(min = 1, max = 2))]
    line: String,
}

/// What a line is to be like; what is left out is as with a line that nothing was said of.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Said {
    name: Bilingual,
    /// The families of services it serves; what no other line does, if none is said.
    #[serde(default)]
    #[schemars(schema_with = "families")]
    families: Vec<String>,
    /// From when it gives out numbers, by the clock of the site, such as `10:00`; from the site's
    /// opening on, if not said.
    #[schemars(length(min = 4, max = 8))]
    opens: Option<String>,
    /// Until when; until the site closes, if not said.
    #[schemars(length(min = 4, max = 8))]
    closes: Option<String>,
    /// The most people who may stand in it before others are told when to come back.
    #[schemars(range(min = 1, max = STANDING_MAX))]
    standing_max: Option<i64>,
}

/// A line to be set up.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    /// One or two capital letters, which stand before its numbers.
    #[schemars(length(min = 1, max = 2))]
    letter: String,
    name: Bilingual,
    /// The families of services it serves; what no other line does, if none is said.
    #[serde(default)]
    #[schemars(schema_with = "families")]
    families: Vec<String>,
    /// From when it gives out numbers, by the clock of the site, such as `10:00`; from the site's
    /// opening on, if not said.
    #[schemars(length(min = 4, max = 8))]
    opens: Option<String>,
    /// Until when; until the site closes, if not said.
    #[schemars(length(min = 4, max = 8))]
    closes: Option<String>,
    /// The most people who may stand in it before others are told when to come back.
    #[schemars(range(min = 1, max = STANDING_MAX))]
    standing_max: Option<i64>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Open {
    /// Whether numbers are given out; whoever has one is served all the same.
    open: bool,
}

/// A line.
#[derive(Serialize, JsonSchema)]
struct Told {
    site: SiteId,
    letter: String,
    name: Bilingual,
    /// The families of services it serves; what no other line does, if empty.
    families: Vec<String>,
    /// Whether numbers are given out.
    open: bool,
    opens: Option<String>,
    closes: Option<String>,
    standing_max: Option<i64>,
    version: i64,
}

#[derive(Serialize, JsonSchema)]
struct Lines {
    lines: Vec<Told>,
}

fn told(site: SiteId, line: queries::Line) -> Told {
    let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    Told {
        site,
        letter: line.code,
        name: line.name,
        families: line.families,
        open: line.is_open,
        opens: line.opens_minute.map(clock),
        closes: line.closes_minute.map(clock),
        standing_max: line.standing_max,
        version: line.version,
    }
}

fn minute(field: &str, text: Option<&String>) -> Result<Option<i64>, Fault> {
    let wrong = |_| Fault::invalid(field, Text::key("web-not-time"));
    let time: Option<Time> = text.map(|text| text.parse().map_err(wrong)).transpose()?;
    Ok(time.map(|time| i64::from(time.hour()) * 60 + i64::from(time.minute())))
}

fn list(tx: &mut Tx, ctx: &Ctx, at: AtSite) -> Result<Lines, Fault> {
    ctx.require_at(VIEW, at.id)?;
    organisation::site(tx, &ctx.unscoped(), at.id)?;
    let lines = queries::lines(tx, ctx, at.id)?.into_iter();
    Ok(Lines {
        lines: lines.map(|line| told(at.id, line)).collect(),
    })
}

fn found(tx: &mut Tx, ctx: &Ctx, (site, code): (SiteId, &str)) -> Result<queries::Line, Fault> {
    ctx.require_at(VIEW, site)?;
    let mut lines = queries::lines(tx, ctx, site)?.into_iter();
    let line = lines.find(|line| line.code == code);
    line.ok_or_else(|| Fault::missing("queue-line-missing"))
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    let line = found(tx, &ctx.unscoped(), (one.id, &one.line))?;
    Ok(told(one.id, line))
}

fn add(tx: &mut Tx, ctx: &Ctx, at: AtSite, new: New) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    organisation::site(tx, inner, at.id)?;
    let draft = LineDraft {
        families: new.families,
        opens_minute: minute("opens", new.opens.as_ref())?,
        closes_minute: minute("closes", new.closes.as_ref())?,
        standing_max: new.standing_max,
        ..LineDraft::new(&new.letter, new.name)
    };
    commands::add_line(tx, inner, at.id, &draft)?;
    let (id, line) = (at.id, new.letter);
    show(tx, ctx, One { id, line })
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, said: Said) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let old = found(tx, inner, (one.id, &one.line))?;
    tx.seen(one.id, old.version)?;
    let draft = LineDraft {
        families: said.families,
        is_open: old.is_open,
        opens_minute: minute("opens", said.opens.as_ref())?,
        closes_minute: minute("closes", said.closes.as_ref())?,
        standing_max: said.standing_max,
        ..LineDraft::new(&old.code, said.name)
    };
    commands::change_line(tx, inner, one.id, &draft, old.version)?;
    show(tx, ctx, one)
}

fn set_open(tx: &mut Tx, ctx: &Ctx, one: One, how: Open) -> Result<Told, Fault> {
    commands::set_line_open(tx, &ctx.unscoped(), one.id, &one.line, how.open)?;
    show(tx, ctx, one)
}
