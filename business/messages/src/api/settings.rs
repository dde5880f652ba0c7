//! When and by which ways customers are written to, for programs.

use std::collections::BTreeSet;

use kernel::{Ctx, Fault, Text, Time};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing, words};

use crate::{
    EDIT, commands,
    model::{Occasion, QuietHours, Settings, Way},
    queries,
};

/// What can be put back to what it is when nobody touched it.
const CHOICES: [&str; 9] = [
    "reminder_hours",
    "thanks_minutes",
    "quiet_from",
    "quiet_to",
    "sender",
    "reply_to",
    "mail",
    "text",
    "gateway_url",
];

/// Every endpoint of choices.
pub(super) fn endpoints() -> Endpoints {
    let path = "/message-settings";
    Endpoints::new(
        "messages",
        [
            Endpoint::get(path, EDIT, "messages-api-settings", show),
            Endpoint::post(path, EDIT, "messages-api-choose", change)
                .patch()
                .versioned()
                .example(
                    || json!({ "reminder_hours": 48, "quiet_from": "22:00", "text": ["reminder"] }),
                ),
            Endpoint::post("/message-settings/reset", EDIT, "messages-api-reset", reset)
                .versioned()
                .named(&[("reset", "/choice")])
                .example(|| json!({ "choice": "reminder_hours" })),
        ],
    )
}

fn choices(_: &mut SchemaGenerator) -> Schema {
    words(CHOICES)
}

fn occasions(_: &mut SchemaGenerator) -> Schema {
    let worded = words(Occasion::worded().map(Occasion::as_str));
    json_schema!({ "type": ["array", "null"], "maxItems": 10, "items": worded })
}

/// What is to be different; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    /// The name mail comes from; the business's own, if empty.
    #[schemars(length(max = 80))]
    sender: Option<String>,
    /// Where answers to mail go; nowhere, if empty.
    #[schemars(length(max = 254))]
    reply_to: Option<String>,
    /// How many hours before a visit to remind of it.
    #[schemars(range(min = 1, max = 168))]
    reminder_hours: Option<i64>,
    /// How many minutes after a visit to thank for it.
    #[schemars(range(min = 0, max = 10_080))]
    thanks_minutes: Option<i64>,
    /// From when nobody is disturbed, by the clock of the site, such as `21:00`.
    #[schemars(length(min = 4, max = 8))]
    quiet_from: Option<String>,
    /// Until when; there is no such time where both are the same.
    #[schemars(length(min = 4, max = 8))]
    quiet_to: Option<String>,
    /// The occasions on which mail is written.
    #[serde(default)]
    #[schemars(schema_with = "occasions")]
    mail: Option<Vec<String>>,
    /// The occasions on which texts are written.
    #[serde(default)]
    #[schemars(schema_with = "occasions")]
    text: Option<Vec<String>>,
    /// Where texts are handed over; nowhere, if empty. A new gateway gets a key of its own, which
    /// the page shows.
    #[schemars(length(max = 500))]
    gateway_url: Option<String>,
}

/// Which choice goes back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Back {
    #[schemars(schema_with = "choices")]
    choice: String,
}

/// How a business writes to its customers.
#[derive(Serialize, JsonSchema)]
struct Told {
    /// The name mail comes from; the business's own, if empty.
    sender: String,
    reply_to: Option<String>,
    reminder_hours: i64,
    thanks_minutes: i64,
    /// From when nobody is disturbed, by the clock of the site.
    quiet_from: String,
    quiet_to: String,
    /// The occasions on which mail is written.
    mail: Vec<&'static str>,
    /// The occasions on which texts are written.
    text: Vec<&'static str>,
    /// Where texts are handed over, if anywhere.
    gateway_url: Option<String>,
    /// Counts changes; 0 where nothing was said yet.
    version: i64,
}

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn minute(field: &str, text: Option<&String>, kept: i64) -> Result<i64, Fault> {
    let Some(text) = text else {
        return Ok(kept);
    };
    let wrong = |_| Fault::invalid(field, Text::key("web-not-time"));
    let time: Time = text.parse().map_err(wrong)?;
    Ok(i64::from(time.hour()) * 60 + i64::from(time.minute()))
}

/// The occasions that a way is silent on: all but those that are spoken on.
fn silent(
    now: &Settings,
    way: Way,
    spoken: Option<&Vec<String>>,
) -> impl Iterator<Item = (Way, Occasion)> {
    Occasion::worded().filter_map(move |occasion| {
        let speaks = match spoken {
            Some(spoken) => spoken.iter().any(|word| word == occasion.as_str()),
            None => now.speaks(way, occasion),
        };
        (!speaks).then_some((way, occasion))
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Told, Fault> {
    let now = queries::settings(tx, &ctx.unscoped())?;
    let spoken = |way| {
        let spoken = Occasion::worded().filter(|occasion| now.speaks(way, *occasion));
        spoken.map(Occasion::as_str).collect()
    };
    Ok(Told {
        mail: spoken(Way::Mail),
        text: spoken(Way::Text),
        quiet_from: clock(now.quiet.from_minute),
        quiet_to: clock(now.quiet.to_minute),
        sender: now.sender,
        reply_to: now.reply_to,
        reminder_hours: now.reminder_hours,
        thanks_minutes: now.thanks_minutes,
        gateway_url: now.gateway.map(|gateway| gateway.url),
        version: now.version,
    })
}

fn change(tx: &mut Tx, ctx: &Ctx, nothing: Nothing, change: Change) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let now = queries::settings(tx, inner)?;
    tx.seen(ctx.org, now.version)?;
    let given = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let silent: BTreeSet<(Way, Occasion)> = silent(&now, Way::Mail, change.mail.as_ref())
        .chain(silent(&now, Way::Text, change.text.as_ref()))
        .collect();
    let url = now.gateway.as_ref().map(|gateway| gateway.url.clone());
    let url = change.gateway_url.map_or(url, given);
    let quiet = QuietHours {
        from_minute: minute(
            "quiet_from",
            change.quiet_from.as_ref(),
            now.quiet.from_minute,
        )?,
        to_minute: minute("quiet_to", change.quiet_to.as_ref(), now.quiet.to_minute)?,
    };
    let wanted = Settings {
        sender: change
            .sender
            .map_or(now.sender, |name| name.trim().to_owned()),
        reply_to: change.reply_to.map_or(now.reply_to, given),
        reminder_hours: change.reminder_hours.unwrap_or(now.reminder_hours),
        thanks_minutes: change.thanks_minutes.unwrap_or(now.thanks_minutes),
        quiet,
        silent,
        version: now.version,
        ..Settings::default()
    };
    commands::save_settings(tx, inner, &wanted, url.as_deref())?;
    show(tx, ctx, nothing)
}

fn reset(tx: &mut Tx, ctx: &Ctx, nothing: Nothing, back: Back) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let version = queries::settings(tx, inner)?.version;
    tx.seen(ctx.org, version)?;
    commands::reset_setting(tx, inner, &back.choice, version)?;
    show(tx, ctx, nothing)
}
