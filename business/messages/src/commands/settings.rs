//! Changing how a business writes to its customers.

use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Ctx, Fault, FieldFault, Locale, Text};
use store::{Event, Tx, params};

use crate::{
    EDIT,
    model::{
        BODY_CHARS_MAX, Gateway, Occasion, PLACEHOLDERS, SUBJECT_CHARS_MAX, Settings, Template,
        WordingFault,
    },
    queries,
};

const INSERT: &str = "
    insert into message_settings (org, sender, reply_to, reminder_hours, thanks_minutes,
        quiet_from, quiet_to, silent, gateway_url, gateway_secret, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
    on conflict (org) do nothing";
const UPDATE: &str = "
    update message_settings set sender = $2, reply_to = $3, reminder_hours = $4,
        thanks_minutes = $5, quiet_from = $6, quiet_to = $7, silent = $8, gateway_url = $9,
        gateway_secret = $10, version = version + 1
    where org = $1 and version = $11";

/// Saves the choices over the version they were made on. The gateway's key stays what it was; a
/// new gateway gets a new key.
pub fn save_settings(
    tx: &mut Tx,
    ctx: &Ctx,
    wanted: &Settings,
    gateway_url: Option<&str>,
) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let now = queries::settings(tx, ctx)?;
    let gateway = gateway_url.map(|url| match now.gateway {
        Some(known) => Gateway {
            url: url.to_owned(),
            secret: known.secret,
        },
        None => Gateway {
            url: url.to_owned(),
            secret: new_secret(ctx),
        },
    });
    write(tx, ctx, wanted, gateway)
}

/// Gives the gateway a new key; the old one signs nothing any more.
pub fn change_secret(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let now = queries::settings(tx, ctx)?;
    let Some(gateway) = now.gateway.clone() else {
        return Err(Fault::conflict("messages-way-closed"));
    };
    let secret = new_secret(ctx);
    write(tx, ctx, &now, Some(Gateway { secret, ..gateway }))
}

/// A key of 192 random bits as the scheme writes it: `whsec_` and base64.
fn new_secret(ctx: &Ctx) -> String {
    let bits: Vec<u8> = (0..3).flat_map(|_| ctx.ids.bits().to_be_bytes()).collect();
    format!("whsec_{}", STANDARD.encode(bits))
}

fn write(tx: &mut Tx, ctx: &Ctx, wanted: &Settings, gateway: Option<Gateway>) -> Result<(), Fault> {
    let (url, secret) = gateway.map(|g| (g.url, g.secret)).unzip();
    let mut values = params![
        ctx.org,
        &wanted.sender,
        wanted.reply_to.clone(),
        wanted.reminder_hours,
        wanted.thanks_minutes,
        wanted.quiet.from_minute,
        wanted.quiet.to_minute,
        wanted.silent_words(),
        url,
        secret,
    ]
    .to_vec();
    let written = if wanted.version == 0 {
        tx.execute(INSERT, &values)?
    } else {
        values.push(wanted.version.into());
        tx.execute(UPDATE, &values)?
    };
    if written == 0 {
        return Err(Fault::stale());
    }
    tx.record(ctx, Event::new("messages.settings_changed"));
    Ok(())
}

/// A wording as it is to be.
#[derive(Debug, Clone)]
pub struct Wording {
    /// Of which occasion.
    pub occasion: Occasion,
    /// In which language.
    pub locale: Locale,
    /// What it says; `None` goes back to the original.
    pub template: Option<Template>,
    /// The version it was changed from; 0 for the original.
    pub version: i64,
}

const INSERT_TEMPLATE: &str = "
    insert into message_templates (org, occasion, locale, subject, body, version)
    values ($1, $2, $3, $4, $5, 1) on conflict (org, occasion, locale) do nothing";
const UPDATE_TEMPLATE: &str = "
    update message_templates set subject = $4, body = $5, version = version + 1
    where org = $1 and occasion = $2 and locale = $3 and version = $6";
const DROP_TEMPLATE: &str = "
    delete from message_templates where org = $1 and occasion = $2 and locale = $3";

/// Saves a wording over the version it was changed from, or goes back to the original.
pub fn save_template(tx: &mut Tx, ctx: &Ctx, wording: &Wording) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let (occasion, locale) = (wording.occasion.as_str(), wording.locale.tag());
    let written = match &wording.template {
        None => {
            tx.execute(DROP_TEMPLATE, params![ctx.org, occasion, locale])?;
            1
        }
        Some(template) => {
            check(template)?;
            let (subject, body) = (&template.subject, &template.body);
            if wording.version == 0 {
                let values = params![ctx.org, occasion, locale, subject, body];
                tx.execute(INSERT_TEMPLATE, values)?
            } else {
                let version = wording.version;
                let values = params![ctx.org, occasion, locale, subject, body, version];
                tx.execute(UPDATE_TEMPLATE, values)?
            }
        }
    };
    if written == 0 {
        return Err(Fault::stale());
    }
    let event = Event::new("messages.wording_changed")
        .attr("occasion", occasion)
        .attr("locale", locale);
    tx.record(ctx, event);
    Ok(())
}

fn check(template: &Template) -> Result<(), Fault> {
    let parts = [
        ("subject", &template.subject, SUBJECT_CHARS_MAX),
        ("body", &template.body, BODY_CHARS_MAX),
    ];
    let mut faults = Vec::new();
    for (field, text, length_max) in parts {
        let words = if text.trim().is_empty() {
            Some(Text::key("messages-wording-empty"))
        } else if text.chars().count() > length_max {
            let length_max = i64::try_from(length_max).unwrap_or(i64::MAX);
            Some(Text::key("messages-wording-long").with("max", length_max))
        } else {
            Template::check(text).err().map(told)
        };
        faults.extend(words.map(|text| FieldFault {
            field: field.to_owned(),
            text,
        }));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Fault::fields(faults))
    }
}

fn told(fault: WordingFault) -> Text {
    let allowed = PLACEHOLDERS.map(|name| format!("{{{name}}}")).join(" ");
    match fault {
        WordingFault::Brace => Text::key("messages-wording-brace").with("allowed", allowed),
        WordingFault::Unknown(name) => Text::key("messages-wording-unknown")
            .with("name", name)
            .with("allowed", allowed),
    }
}
