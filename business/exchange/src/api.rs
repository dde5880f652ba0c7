//! Imports, for programs: a file is sent, its columns chosen, its rows tried, taken in, taken back;
//! how far it has got is read.

use kernel::{Ctx, Fault, Id, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::{
    App,
    api::{
        Bytes, Cursor, Endpoint, Endpoints, Moment, Nothing, Readying, Rest, Takes, cut, example,
        words,
    },
};

use crate::{
    IMPORT,
    columns::offered,
    grid::BYTES_MAX,
    imports::{self, Import, ImportId, State, Upload},
    model::What,
};

/// What a file may be said to be; its first bytes decide.
const MEDIA_TYPES: &[&str] = &[
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/xml",
    "application/octet-stream",
];

/// Every endpoint of imports.
pub(crate) fn endpoints() -> Endpoints {
    let act = |path, words, run: fn(&mut Tx, &Ctx, ImportId) -> Result<(), Fault>| {
        let run = move |tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing| {
            let inner = &ctx.unscoped();
            run(tx, inner, one.id)?;
            imports::import(tx, inner, one.id).map(Told::from)
        };
        Endpoint::post(path, IMPORT, words, run).asks(one)
    };
    let columns = "/imports/{id}/columns";
    Endpoints::new(
        "imports",
        [
            Endpoint::get("/imports", IMPORT, "exchange-api-list", list),
            Endpoint::get("/imports/{id}", IMPORT, "exchange-api-show", show).asks(one),
            sending(),
            Endpoint::post(columns, IMPORT, "exchange-api-columns", choose)
                .versioned()
                .asks(one)
                .example(|| json!({ "columns": ["name", "phone"] })),
            act("/imports/{id}/check", "exchange-api-check", imports::check),
            act("/imports/{id}/intake", "exchange-api-run", imports::run),
            act("/imports/{id}/stop", "exchange-api-stop", imports::stop),
            act("/imports/{id}/undoing", "exchange-api-undo", imports::undo),
            Endpoint::get(
                "/imports/{id}/refusals",
                IMPORT,
                "exchange-api-refusals",
                refusals,
            )
            .asks(one),
            Endpoint::get("/imports/{id}/kept", IMPORT, "exchange-api-kept", kept).asks(one),
        ],
    )
}

fn one() -> Value {
    json!({ "id": example::IMPORT })
}

fn sending() -> Endpoint {
    let may = |_: &mut Tx, ctx: &Ctx, _: Sent| ctx.unscoped().require(IMPORT);
    let ready = |app: App, _: Ctx, sent: Sent, bytes: Bytes| -> Readying<Told> {
        Box::pin(readied(app, sent, bytes))
    };
    let takes = Takes {
        media_types: MEDIA_TYPES,
        bytes_max: BYTES_MAX,
    };
    Endpoint::upload("/imports", IMPORT, "exchange-api-send", takes, (may, ready))
        .creates()
        .named(&[("file", "")])
        .asks(|| json!({ "what": "customers", "name": "customers.csv" }))
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    words(What::ALL.map(What::as_str))
}

fn states(_: &mut SchemaGenerator) -> Schema {
    words(State::ALL.map(State::as_str))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most imports of this page; 50 if not said.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<i64>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: ImportId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Sent {
    /// What the rows of the file are.
    #[schemars(schema_with = "kinds")]
    what: String,
    /// What the file is called; a history is told from another by it.
    #[schemars(length(max = 120))]
    name: Option<String>,
    /// The web name of the site of rows that name none.
    #[schemars(length(max = 60))]
    site: Option<String>,
}

/// What the columns of the file mean.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Chosen {
    /// For each heading of the file, in their order, one of `offered`; an empty one is passed over.
    #[schemars(length(min = 1, max = 500), inner(length(max = 80)))]
    columns: Vec<String>,
    /// The web name of the site of rows that name none.
    #[schemars(length(max = 60))]
    site: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rows {
    id: ImportId,
    /// The last row that is known.
    #[schemars(range(min = 0, max = 10_000_000))]
    after: Option<i64>,
    /// The most refusals of this page; 100 if not said.
    #[schemars(range(min = 1, max = 1000))]
    limit: Option<i64>,
}

/// An import, and how far it has got.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: ImportId,
    #[schemars(schema_with = "kinds")]
    what: &'static str,
    /// The name of the file.
    name: String,
    site: Option<String>,
    /// `checking`, `running` and `undoing` are being worked on; `trouble` says why one `failed`.
    #[schemars(schema_with = "states")]
    state: &'static str,
    /// The headings of the file.
    header: Vec<String>,
    /// What each of them means; empty for what is passed over.
    columns: Vec<String>,
    /// Rows, or cases of a history.
    units: i64,
    /// How many of them are done.
    units_done: i64,
    rows_new: i64,
    rows_changed: i64,
    /// Known, and left as they were.
    rows_same: i64,
    rows_refused: i64,
    /// Taken back.
    things_undone: i64,
    /// Not taken back, since they were changed or used.
    things_kept: i64,
    trouble: String,
    /// Who began it.
    asked_by: String,
    created: Moment,
    version: i64,
}

impl From<Import> for Told {
    fn from(import: Import) -> Self {
        Self {
            id: import.id,
            what: import.what.as_str(),
            name: import.name,
            site: import.site,
            state: import.state.as_str(),
            header: import.header,
            columns: import.columns,
            units: import.units,
            units_done: import.units_done,
            rows_new: import.rows_new,
            rows_changed: import.rows_changed,
            rows_same: import.rows_same,
            rows_refused: import.rows_refused,
            things_undone: import.things_undone,
            things_kept: import.things_kept,
            trouble: import.trouble,
            asked_by: import.asked_name,
            created: Moment::utc(import.created),
            version: import.version,
        }
    }
}

/// Imports, newest first.
#[derive(Serialize, JsonSchema)]
struct List {
    imports: Vec<Told>,
    /// For the next page; null on the last one.
    next_cursor: Option<String>,
}

/// What a heading may mean.
#[derive(Serialize, JsonSchema)]
struct Offered {
    column: String,
    /// Whether no row can be taken without it.
    needed: bool,
}

/// An import, and what its headings may mean.
#[derive(Serialize, JsonSchema)]
struct Shown {
    #[serde(flatten)]
    import: Told,
    offered: Vec<Offered>,
}

/// Why a row was not taken.
#[derive(Serialize, JsonSchema)]
struct Refusal {
    /// The row of the file, the header being the first.
    row: i64,
    /// The heading of the file; empty for the row as a whole.
    heading: String,
    reason: String,
}

/// Refused rows in the order of the file; a row may be refused for several reasons.
#[derive(Serialize, JsonSchema)]
struct Refusals {
    refusals: Vec<Refusal>,
}

/// What was left when an import was taken back.
#[derive(Serialize, JsonSchema)]
struct Left {
    /// The row of the file that made it.
    row: i64,
    /// `customer`, `order`, `service` or `staff`.
    kind: String,
    id: String,
    reason: String,
}

#[derive(Serialize, JsonSchema)]
struct Kept {
    kept: Vec<Left>,
}

/// The most things that are told to have been left.
const KEPT_MAX: i64 = 1000;

/// Where a page ended.
struct Place(Timestamp, ImportId);

impl Place {
    fn encode(import: &Told) -> String {
        format!("{}.{}", import.created.at.as_microsecond(), import.id)
    }
}

impl Cursor for Place {
    fn read(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
        Some(Self(at, Id::parse(id)?))
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    let limit = asked.limit.unwrap_or(50);
    let after = Place::asked(asked.cursor.as_deref())?;
    let after = after.map(|Place(at, id)| (at, id));
    let mut found = imports::all(tx, ctx, after, limit + 1)?;
    let more = cut(&mut found, limit);
    let told: Vec<Told> = found.into_iter().map(Told::from).collect();
    Ok(List {
        next_cursor: told.last().filter(|_| more).map(Place::encode),
        imports: told,
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Shown, Fault> {
    let import = imports::import(tx, ctx, one.id)?;
    let fields = match import.what.subject() {
        Some(subject) => fields::defined(tx, &ctx.unscoped(), subject)?,
        None => Vec::new(),
    };
    let columns = offered(import.what, &fields).into_iter();
    Ok(Shown {
        import: import.into(),
        offered: columns
            .map(|(column, needed)| Offered { column, needed })
            .collect(),
    })
}

/// Reads the rows of a file, so that the call need only keep it.
async fn readied(app: App, sent: Sent, bytes: Bytes) -> Result<Rest<Told>, Fault> {
    let upload = Upload {
        what: What::parse(&sent.what).unwrap_or(What::Customers),
        site: sent.site.filter(|site| !site.is_empty()),
        name: sent.name.unwrap_or_default(),
        bytes: bytes.to_vec(),
    };
    let (upload, grid) = app
        .blocking(move || {
            let grid = upload.grid()?;
            Ok((upload, grid))
        })
        .await?;
    Ok(Box::new(move |tx, ctx| {
        let inner = &ctx.unscoped();
        let id = imports::upload(tx, inner, upload, &grid)?;
        imports::import(tx, inner, id).map(Told::from)
    }))
}

fn choose(tx: &mut Tx, ctx: &Ctx, one: One, chosen: Chosen) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let import = imports::import(tx, inner, one.id)?;
    tx.seen(import.id, import.version)?;
    let seen = (import.id, import.version);
    imports::choose_columns(tx, inner, seen, chosen.site, &chosen.columns)?;
    imports::check(tx, inner, one.id)?;
    imports::import(tx, inner, one.id).map(Told::from)
}

fn refusals(tx: &mut Tx, ctx: &Ctx, rows: Rows) -> Result<Refusals, Fault> {
    imports::import(tx, ctx, rows.id)?;
    let page = (rows.after.unwrap_or(0), rows.limit.unwrap_or(100));
    let found = imports::refusals(tx, ctx, rows.id, page)?.into_iter();
    let told = found.map(|refusal| Refusal {
        reason: refusal.reason(ctx.locale).to_owned(),
        row: refusal.row,
        heading: refusal.heading,
    });
    Ok(Refusals {
        refusals: told.collect(),
    })
}

fn kept(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Kept, Fault> {
    imports::import(tx, ctx, one.id)?;
    let found = imports::kept_things(tx, ctx, one.id, KEPT_MAX)?.into_iter();
    let told = found.map(|(row, kind, id, reason)| Left {
        row,
        kind,
        id,
        reason: match ctx.locale {
            kernel::Locale::ZhCn => reason[0].clone(),
            kernel::Locale::En => reason[1].clone(),
        },
    });
    Ok(Kept {
        kept: told.collect(),
    })
}
