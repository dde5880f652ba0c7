//! What is said on each occasion, for programs.

use kernel::{Ctx, Fault, Locale};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing, words};

use super::languages;
use crate::{
    EDIT, VIEW,
    commands::{self, Wording},
    model::{BODY_CHARS_MAX, Occasion, PLACEHOLDERS, SUBJECT_CHARS_MAX, Template},
    queries,
};

/// Every endpoint of wordings.
pub(super) fn endpoints() -> Endpoints {
    let wording = "/wordings/{id}/{language}";
    Endpoints::new(
        "messages",
        [
            Endpoint::get("/wordings", VIEW, "messages-api-wordings", list),
            Endpoint::get(wording, VIEW, "messages-api-wording", show).asks(one),
            Endpoint::post(wording, EDIT, "messages-api-say", say)
                .versioned()
                .asks(one)
                .example(|| {
                    json!({
                        "subject": "See you on {day}",
                        "body": "Hello {name},\n\n{service} on {day} at {time}.",
                    })
                }),
            Endpoint::post(
                "/wordings/{id}/{language}/original",
                EDIT,
                "messages-api-original",
                back,
            )
            .versioned()
            .asks(one),
        ],
    )
}

fn one() -> Value {
    json!({ "id": "reminder", "language": "en" })
}

fn worded(_: &mut SchemaGenerator) -> Schema {
    words(Occasion::worded().map(Occasion::as_str))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    /// The occasion.
    #[schemars(schema_with = "worded")]
    id: String,
    #[schemars(schema_with = "languages")]
    language: String,
}

/// What is to be said.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Said {
    /// One line; not sent with texts.
    #[schemars(length(min = 1, max = SUBJECT_CHARS_MAX))]
    subject: String,
    /// A line that names something there is none of is left out.
    #[schemars(length(min = 1, max = BODY_CHARS_MAX))]
    body: String,
}

/// What is said.
#[derive(Serialize, JsonSchema)]
struct Text {
    subject: String,
    body: String,
}

/// A wording in one language.
#[derive(Serialize, JsonSchema)]
struct Told {
    /// The occasion.
    #[schemars(schema_with = "worded")]
    id: &'static str,
    #[schemars(schema_with = "languages")]
    language: &'static str,
    subject: String,
    /// What is said, with names in braces.
    body: String,
    /// Counts changes; 0 for the original.
    version: i64,
}

/// A wording, what it looks like filled in, and what it was.
#[derive(Serialize, JsonSchema)]
struct Full {
    #[serde(flatten)]
    wording: Told,
    /// As a customer would read it, with a made-up visit.
    preview: Text,
    /// What the program comes with.
    original: Text,
}

#[derive(Serialize, JsonSchema)]
struct List {
    wordings: Vec<Told>,
    /// The names that may stand in braces.
    names: Vec<&'static str>,
}

impl From<Template> for Text {
    fn from(template: Template) -> Self {
        Self {
            subject: template.subject,
            body: template.body,
        }
    }
}

impl One {
    fn read(&self) -> Result<(Occasion, Locale), Fault> {
        let occasion = Occasion::parse(&self.id).filter(|known| *known != Occasion::Test);
        let found = occasion.zip(Locale::parse(&self.language));
        found.ok_or_else(|| Fault::missing("messages-missing"))
    }
}

fn told((occasion, locale): (Occasion, Locale), (template, version): (Template, i64)) -> Told {
    Told {
        id: occasion.as_str(),
        language: locale.tag(),
        subject: template.subject,
        body: template.body,
        version,
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<List, Fault> {
    let each = Occasion::worded().flat_map(|occasion| {
        let languages = [Locale::En, Locale::ZhCn];
        languages.map(|locale| (occasion, locale))
    });
    let wordings = each.map(|of| Ok(told(of, queries::template(tx, ctx, of.0, of.1)?)));
    Ok(List {
        wordings: wordings.collect::<Result<_, Fault>>()?,
        names: PLACEHOLDERS.to_vec(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Full, Fault> {
    let (occasion, locale) = one.read()?;
    let (template, version) = queries::template(tx, &ctx.unscoped(), occasion, locale)?;
    Ok(Full {
        preview: template.sampled(locale).into(),
        original: Template::original(occasion, locale).into(),
        wording: told((occasion, locale), (template, version)),
    })
}

fn save(tx: &mut Tx, ctx: &Ctx, one: One, template: Option<Template>) -> Result<Full, Fault> {
    let inner = &ctx.unscoped();
    let (occasion, locale) = one.read()?;
    let (_, version) = queries::template(tx, inner, occasion, locale)?;
    tx.seen(occasion.as_str(), version)?;
    let wording = Wording {
        occasion,
        locale,
        template,
        version,
    };
    commands::save_template(tx, inner, &wording)?;
    show(tx, ctx, one)
}

fn say(tx: &mut Tx, ctx: &Ctx, one: One, said: Said) -> Result<Full, Fault> {
    let template = Template {
        subject: said.subject.trim().to_owned(),
        body: said.body.replace("\r\n", "\n").trim().to_owned(),
    };
    save(tx, ctx, one, Some(template))
}

fn back(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Full, Fault> {
    save(tx, ctx, one, None)
}
