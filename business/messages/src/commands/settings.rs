//! Changing how a business writes to its customers.

use kernel::{Ctx, Fault, FieldFault, Locale, Text};
use outbound::new_secret;
use store::{Event, Tx, params};

use crate::{
    EDIT,
    model::{
        BODY_CHARS_MAX, Gateway, Occasion, PLACEHOLDERS, SUBJECT_CHARS_MAX, Settings, Template,
        Way, WordingFault,
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
    check_addresses(wanted.reply_to.as_deref(), gateway_url)?;
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

/// Refuses addresses that nothing could be sent to, each at its field.
pub(crate) fn check_addresses(
    reply_to: Option<&str>,
    gateway_url: Option<&str>,
) -> Result<(), Fault> {
    let wrong = |field: &str, key| FieldFault {
        field: field.to_owned(),
        text: Text::key(key),
    };
    let url = gateway_url.filter(|url| !is_web_address(url));
    let reply = reply_to.filter(|to| !customers::is_mail_address(to));
    let faults: Vec<FieldFault> = [
        url.map(|_| wrong("gateway_url", "messages-gateway-wrong")),
        reply.map(|_| wrong("reply_to", "messages-reply-to-wrong")),
    ]
    .into_iter()
    .flatten()
    .collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Fault::fields(faults)),
    }
}

fn is_web_address(url: &str) -> bool {
    let host = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    host.is_some_and(|rest| rest.contains(|c: char| c.is_alphanumeric()))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
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

/// Puts one choice back to what it is when nobody touched it.
pub fn reset_setting(tx: &mut Tx, ctx: &Ctx, name: &str, version: i64) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let (mut wanted, usual) = (queries::settings(tx, ctx)?, Settings::default());
    wanted.version = version;
    let usual_of = |way: Way, now: &mut Settings| {
        now.silent.retain(|(silent, _)| *silent != way);
        let silent = usual.silent.iter().filter(|(silent, _)| *silent == way);
        now.silent.extend(silent);
    };
    match name {
        "reminder_hours" => wanted.reminder_hours = usual.reminder_hours,
        "thanks_minutes" => wanted.thanks_minutes = usual.thanks_minutes,
        "quiet_from" => wanted.quiet.from_minute = usual.quiet.from_minute,
        "quiet_to" => wanted.quiet.to_minute = usual.quiet.to_minute,
        "sender" => wanted.sender.clone_from(&usual.sender),
        "reply_to" => wanted.reply_to.clone_from(&usual.reply_to),
        "mail" => usual_of(Way::Mail, &mut wanted),
        "text" => usual_of(Way::Text, &mut wanted),
        "gateway_url" => wanted.gateway = None,
        _ => return Err(Fault::invalid("reset", Text::key("web-not-choice"))),
    }
    let gateway = wanted.gateway.clone();
    write(tx, ctx, &wanted, gateway)
}

/// Opens the door for reports of mail that came back, under a new key; or shuts it.
pub fn set_report_door(tx: &mut Tx, ctx: &Ctx, open: bool) -> Result<(), Fault> {
    const DOOR: &str = "update message_settings set report_secret = $2 where org = $1";
    ctx.require(EDIT)?;
    let now = queries::settings(tx, ctx)?;
    if now.version == 0 {
        write(tx, ctx, &now, None)?;
    }
    let secret = open.then(|| new_secret(ctx));
    tx.execute(DOOR, params![ctx.org, secret])?;
    let event = Event::new("messages.settings_changed");
    tx.record(ctx, event.setting(ctx.org, "reports"));
    Ok(())
}

/// The names of the choices that differ.
fn differing(before: &Settings, after: &Settings, gateway: Option<&Gateway>) -> Vec<&'static str> {
    let silent = |settings: &Settings, way: Way| -> Vec<Occasion> {
        let of_way = settings.silent.iter().filter(|(silent, _)| *silent == way);
        of_way.map(|(_, occasion)| *occasion).collect()
    };
    let differs = |way| silent(before, way) != silent(after, way);
    let named = [
        (
            "reminder_hours",
            before.reminder_hours != after.reminder_hours,
        ),
        (
            "thanks_minutes",
            before.thanks_minutes != after.thanks_minutes,
        ),
        (
            "quiet_from",
            before.quiet.from_minute != after.quiet.from_minute,
        ),
        ("quiet_to", before.quiet.to_minute != after.quiet.to_minute),
        ("sender", before.sender != after.sender),
        ("reply_to", before.reply_to != after.reply_to),
        ("mail", differs(Way::Mail)),
        ("text", differs(Way::Text)),
        ("gateway_url", before.gateway.as_ref() != gateway),
    ];
    let named = named.into_iter().filter(|(_, differs)| *differs);
    named.map(|(name, _)| name).collect()
}

fn write(tx: &mut Tx, ctx: &Ctx, wanted: &Settings, gateway: Option<Gateway>) -> Result<(), Fault> {
    let before = queries::settings(tx, ctx)?;
    let changed = differing(&before, wanted, gateway.as_ref());
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
    let event = Event::new("messages.settings_changed");
    let event = changed
        .into_iter()
        .fold(event, |event, name| event.setting(ctx.org, name));
    tx.record(ctx, event);
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
    delete from message_templates
    where org = $1 and occasion = $2 and locale = $3 and version = $4";

/// Saves a wording over the version it was changed from, or goes back to the original.
pub fn save_template(tx: &mut Tx, ctx: &Ctx, wording: &Wording) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let (occasion, locale) = (wording.occasion.as_str(), wording.locale.tag());
    let written = match &wording.template {
        None => {
            let key = params![ctx.org, occasion, locale, wording.version];
            match tx.execute(DROP_TEMPLATE, key)? {
                0 => {
                    let (_, own) = queries::template(tx, ctx, wording.occasion, wording.locale)?;
                    u64::from(own == 0)
                }
                dropped => dropped,
            }
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
