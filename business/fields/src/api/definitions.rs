//! What fields the business has of its own, for programs.

use kernel::{Bilingual, Ctx, Fault, Text};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::{
    Fields,
    api::{Endpoint, Endpoints, Nothing, example, words},
};

use crate::{
    MANAGE,
    commands::{self, Draft, Placed},
    http,
    model::{Field, FieldId, Kind, Pick, Subject, is_key},
    queries,
};

/// What the command calls otherwise.
const NAMED: &[(&str, &str)] = &[
    ("name_zh", "/name/zh"),
    ("name_en", "/name/en"),
    ("standard", "/rules/standard"),
    ("least", "/rules/least"),
    ("most", "/rules/most"),
    ("decimals", "/rules/decimals"),
    ("picks", "/rules/picks"),
];

/// Every endpoint of definitions.
pub(crate) fn endpoints() -> Endpoints {
    Endpoints::new(
        "fields",
        [
            Endpoint::get("/fields", MANAGE, "fields-api-list", list)
                .asks(|| json!({ "subject": "customer" })),
            Endpoint::post("/fields", MANAGE, "fields-api-define", define)
                .creates()
                .named(NAMED)
                .example(|| {
                    json!({
                        "subject": "customer",
                        "key": "hair",
                        "name": { "zh": "发质", "en": "Hair" },
                        "kind": "choice",
                        "rules": { "listed": true, "picks": [
                            { "key": "fine", "name": { "zh": "细软", "en": "Fine" } },
                            { "key": "thick", "name": { "zh": "粗硬", "en": "Thick" } },
                        ] },
                    })
                }),
            Endpoint::get("/fields/{id}", MANAGE, "fields-api-show", show).asks(one),
            Endpoint::post("/fields/{id}", MANAGE, "fields-api-change", change)
                .patch()
                .versioned()
                .named(NAMED)
                .asks(one)
                .example(|| json!({ "name": { "zh": "柜号", "en": "Locker" } })),
            Endpoint::post("/fields/{id}/state", MANAGE, "fields-api-state", set_state)
                .versioned()
                .asks(one)
                .example(|| json!({ "active": false })),
            Endpoint::post("/fields/{id}/place", MANAGE, "fields-api-place", place)
                .asks(one)
                .example(|| json!({ "to": "earlier" })),
        ],
    )
}

fn one() -> Value {
    json!({ "id": example::FIELD })
}

fn subjects(_: &mut SchemaGenerator) -> Schema {
    words(Subject::ALL.iter().map(|one| one.as_str()))
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    words(Kind::ALL.iter().map(|one| one.as_str()))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: FieldId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// What has the fields.
    #[schemars(schema_with = "subjects")]
    subject: String,
}

/// One of the things to choose from.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Choice {
    /// What is kept; it stays.
    #[schemars(length(min = 1, max = 40))]
    key: String,
    name: Bilingual,
}

/// What holds for a field; what is left out stays, or is not so.
#[derive(Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rules {
    /// Whether a form without it is refused.
    required: Option<bool>,
    /// Whether the journal masks it.
    personal: Option<bool>,
    /// Whether lists show it.
    listed: Option<bool>,
    /// What a new form begins with, as it would be typed.
    #[schemars(length(max = 200))]
    standard: Option<String>,
    /// The smallest length, number, amount or day, as it would be typed; empty for none.
    #[schemars(length(max = 40))]
    least: Option<String>,
    /// The largest.
    #[schemars(length(max = 40))]
    most: Option<String>,
    /// Digits after the point of a decimal.
    #[schemars(range(min = 1, max = 6))]
    decimals: Option<i64>,
    /// What may be chosen.
    #[schemars(length(max = 100))]
    picks: Option<Vec<Choice>>,
}

/// A field to be defined.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    #[schemars(schema_with = "subjects")]
    subject: String,
    /// What imports and programs call it; it stays.
    #[schemars(length(min = 1, max = 40))]
    key: String,
    name: Bilingual,
    #[schemars(schema_with = "kinds")]
    kind: String,
    #[serde(default)]
    rules: Rules,
}

/// What is to change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    name: Option<Bilingual>,
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    kind: Option<String>,
    /// Read the values that are there anew as the other kind, all or none.
    #[serde(default)]
    convert: bool,
    #[serde(default)]
    rules: Rules,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewState {
    /// Whether forms ask for it; its values stay either way.
    active: bool,
}

fn places(_: &mut SchemaGenerator) -> Schema {
    words(["earlier", "later"])
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPlace {
    /// One place up or down among those that forms ask for; at the end it stays.
    #[schemars(schema_with = "places")]
    to: String,
}

/// A field of the business's own.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: FieldId,
    #[schemars(schema_with = "subjects")]
    subject: &'static str,
    key: String,
    name: Bilingual,
    #[schemars(schema_with = "kinds")]
    kind: &'static str,
    rules: Rules,
    /// Whether forms ask for it.
    active: bool,
    version: i64,
}

/// Every field of one subject, archived ones last.
#[derive(Serialize, JsonSchema)]
struct List {
    fields: Vec<Told>,
}

fn told(field: Field) -> Told {
    let typed = http::typed(&field);
    let limit = |name: &str| Some(typed.typed(name).to_owned());
    let (least, most) = (limit("least"), limit("most"));
    let picks = field.picks.into_iter().filter(|pick| pick.offered);
    let picks = picks.map(|pick| Choice {
        key: pick.key,
        name: Bilingual::new(pick.zh, pick.en),
    });
    Told {
        id: field.id,
        subject: field.subject.as_str(),
        key: field.key,
        name: field.name,
        kind: field.kind.as_str(),
        rules: Rules {
            required: Some(field.required),
            personal: Some(field.personal),
            listed: Some(field.listed),
            standard: Some(field.standard),
            least,
            most,
            decimals: (field.decimals > 0).then_some(i64::from(field.decimals)),
            picks: Some(picks.collect()),
        },
        active: field.active,
        version: field.version,
    }
}

impl Rules {
    /// What a form would have sent.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let flag = |on: bool| if on { "1" } else { "" }.to_owned();
        let said = [
            ("required", self.required.map(flag)),
            ("personal", self.personal.map(flag)),
            ("listed", self.listed.map(flag)),
            ("standard", self.standard.clone()),
            ("least", self.least.clone()),
            ("most", self.most.clone()),
            ("decimals", self.decimals.map(|digits| digits.to_string())),
        ];
        let said = said.into_iter();
        said.filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// A draft of what stood there and what is said now, read as the page reads its form.
    fn draft(
        self,
        mut said: Vec<(&'static str, String)>,
        (subject, saved): (Subject, Option<&Field>),
    ) -> Result<Draft, Fault> {
        said.extend(self.pairs());
        let before = saved.map(http::typed).unwrap_or_default();
        let kept = [
            "key", "name_zh", "name_en", "kind", "required", "personal", "listed", "standard",
            "least", "most", "decimals",
        ];
        let pair = |name: &&str| {
            let now = said.iter().find(|(known, _)| known == name);
            let value = now.map_or_else(|| before.typed(name).to_owned(), |(_, now)| now.clone());
            ((*name).to_owned(), value)
        };
        let mut form = Fields::from_pairs(kept.iter().map(pair).collect());
        let mut draft = http::draft(&mut form, subject, saved)?;
        if draft.kind.has_picks() {
            draft.picks = match (self.picks, saved) {
                (Some(picks), _) => picks.into_iter().map(pick).collect::<Result<_, _>>()?,
                (None, Some(field)) => field.picks.clone(),
                (None, None) => Vec::new(),
            };
        }
        Ok(draft)
    }
}

/// A page writes each on a line of its own, its parts apart by strokes.
fn pick(choice: Choice) -> Result<Pick, Fault> {
    let parts = |name: &str| name.contains(['|', '｜', '\n', '\r']);
    if !is_key(&choice.key) || parts(&choice.name.zh) || parts(&choice.name.en) {
        return Err(Fault::invalid("picks", Text::key("fields-api-picks")));
    }
    Ok(Pick {
        key: choice.key,
        zh: choice.name.zh,
        en: choice.name.en,
        offered: true,
    })
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    let subject = Subject::parse(&asked.subject).unwrap_or(Subject::Customer);
    listed(tx, ctx, subject)
}

fn listed(tx: &mut Tx, ctx: &Ctx, subject: Subject) -> Result<List, Fault> {
    let fields = queries::defined_all(tx, ctx, subject)?.into_iter();
    Ok(List {
        fields: fields.map(told).collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    queries::field(tx, ctx, one.id).map(told)
}

fn place(tx: &mut Tx, ctx: &Ctx, one: One, new: NewPlace) -> Result<List, Fault> {
    let to = match new.to.as_str() {
        "earlier" => Placed::Earlier,
        _ => Placed::Later,
    };
    commands::place(tx, &ctx.unscoped(), one.id, to)?;
    let subject = queries::field(tx, ctx, one.id)?.subject;
    listed(tx, ctx, subject)
}

fn define(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: New) -> Result<Told, Fault> {
    let subject = Subject::parse(&new.subject).unwrap_or(Subject::Customer);
    let said = vec![
        ("key", new.key),
        ("name_zh", new.name.zh),
        ("name_en", new.name.en),
        ("kind", new.kind),
    ];
    let draft = new.rules.draft(said, (subject, None))?;
    let id = commands::define(tx, &ctx.unscoped(), draft)?;
    show(tx, ctx, One { id })
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, change: Change) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let old = queries::field(tx, inner, one.id)?;
    tx.seen(old.id, old.version)?;
    let mut said = Vec::new();
    if let Some(name) = change.name {
        said.extend([("name_zh", name.zh), ("name_en", name.en)]);
    }
    said.extend(change.kind.map(|kind| ("kind", kind)));
    let draft = change.rules.draft(said, (old.subject, Some(&old)))?;
    let known = (one.id, old.version);
    commands::change(tx, inner, known, draft, change.convert)?;
    show(tx, ctx, one)
}

fn set_state(tx: &mut Tx, ctx: &Ctx, one: One, new: NewState) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let version = queries::field(tx, inner, one.id)?.version;
    tx.seen(one.id, version)?;
    commands::set_state(tx, inner, (one.id, version), new.active)?;
    show(tx, ctx, one)
}
