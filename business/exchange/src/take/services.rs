//! A row of services and goods.

use fields::Subject;
use kernel::{Channel, Ctx, Currency, Fault, Text, ids::ServiceId};
use offers::{
    Family, Kind, RESOURCE_KINDS, Service, State, service_by_code, service_by_external_id,
};
use serde_json::{Value as Json, json};
use store::Tx;

use super::{House, is_chinese, own, staff};
use crate::{model::Outcome, values::Reader};

const KINDS: &[(&[&str], Kind)] = &[
    (&["service", "服务", "项目"], Kind::Service),
    (&["good", "goods", "product", "商品", "产品"], Kind::Good),
];
const FAMILIES: &[(&[&str], Family)] = &[
    (&["hair", "美发"], Family::Hair),
    (&["colour", "color", "染烫", "染发"], Family::Colour),
    (&["spa", "水疗"], Family::Spa),
    (&["care", "护理"], Family::Care),
    (&["repair", "维修", "修理"], Family::Repair),
    (&["cafe", "café", "咖啡", "餐饮"], Family::Cafe),
];
const STATES: &[(&[&str], State)] = &[
    (
        &["active", "on offer", "在售", "上架", "启用"],
        State::Active,
    ),
    (
        &["archived", "inactive", "已归档", "停售", "下架", "停用"],
        State::Archived,
    ),
];

/// Known by the identity in the other system, or else by code.
pub fn service(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &mut House,
    reader: &mut Reader,
) -> Result<Outcome, Fault> {
    let external_id = reader.text("external_id", 80);
    let code = reader.text("code", 24);
    let old = match (&external_id, &code) {
        (Some(id), _) => service_by_external_id(tx, ctx, id)?,
        (None, Some(code)) => service_by_code(tx, ctx, code)?,
        (None, None) => {
            reader.wrong("code", Text::key("exchange-identity-code"));
            None
        }
    };
    let currency = currency(reader, house, old.as_ref());
    let mut service = match &old {
        Some(old) => old.clone(),
        None => Service::new(ctx.id(), currency),
    };
    if external_id.is_some() {
        service.external_id = external_id;
    }
    service.code = code.unwrap_or(service.code);
    service.price.currency = currency;
    words(reader, &mut service);
    numbers(reader, &mut service);
    lists(reader, house, &mut service);
    let state = reader.choice("state", STATES);
    let skills = reader.list("skills");
    own::check(tx, ctx, (Subject::Service, currency), reader)?;
    reader.check()?;
    if let Some(skills) = skills {
        service.skills = staff::skills(tx, ctx, house, &skills)?;
        service.skills.sort();
    }
    let before = match &old {
        Some(old) => Some(before(tx, ctx, old)?),
        None => None,
    };
    let id = service.id;
    let outcome = save(tx, ctx, old, service, state)?;
    let object = id.to_string();
    let filled = own::fill(tx, ctx, (Subject::Service, &object), currency, reader)?;
    let outcome = own::with(outcome, filled);
    match (&outcome, before) {
        (Outcome::New, _) => house.made("service", id),
        (Outcome::Changed, Some(before)) => house.changed("service", id, before),
        _ => {}
    }
    Ok(outcome)
}

/// Everything about a service that an import can change.
fn before(tx: &mut Tx, ctx: &Ctx, old: &Service) -> Result<Json, Fault> {
    Ok(json!({
        "written": offers::written(old),
        "state": old.state.as_str(),
        "fields": own::before(tx, ctx, Subject::Service, &old.id.to_string())?,
    }))
}

/// Gives a service back what [`before`] kept.
pub fn restore(
    tx: &mut Tx,
    ctx: &Ctx,
    (id, version): (ServiceId, i64),
    before: &Json,
) -> Result<(), Fault> {
    let pairs = before["written"].as_array().map_or(&[][..], Vec::as_slice);
    let pairs = pairs.iter().filter_map(|pair| {
        let text = |at: usize| pair[at].as_str().map(str::to_owned);
        Some((text(0)?, text(1)?))
    });
    let now = offers::service(tx, ctx, id)?;
    let old = offers::rewritten(pairs.collect(), Service { version, ..now })?;
    let state = before["state"].as_str().and_then(State::parse);
    let state = state.unwrap_or(old.state);
    let saved = offers::save_service(tx, ctx, &old)?;
    if saved.state != state {
        offers::set_state(tx, ctx, id, saved.version, state)?;
    }
    Ok(())
}

fn save(
    tx: &mut Tx,
    ctx: &Ctx,
    old: Option<Service>,
    service: Service,
    state: Option<State>,
) -> Result<Outcome, Fault> {
    let state = state.unwrap_or(service.state);
    let same = old.as_ref() == Some(&service);
    if same && service.state == state {
        return Ok(Outcome::Same);
    }
    let saved = match same {
        true => service,
        false => offers::save_service(tx, ctx, &service)?,
    };
    if saved.state != state {
        offers::set_state(tx, ctx, saved.id, saved.version, state)?;
    }
    Ok(match old {
        Some(_) => Outcome::Changed,
        None => Outcome::New,
    })
}

/// The currency of the row, of the service as it was, or of the site.
fn currency(reader: &mut Reader, house: &House, old: Option<&Service>) -> Currency {
    let usual = old.map(|old| old.price.currency).or_else(|| {
        let site = house.site.as_ref().or(house.sites.first());
        site.map(|site| site.currency)
    });
    let usual = usual.unwrap_or(Currency::CNY);
    let Some(code) = reader.given("currency") else {
        return usual;
    };
    Currency::parse(&code.to_uppercase()).unwrap_or_else(|| {
        let text = Text::key("exchange-currency-wrong").with("value", code);
        reader.wrong("currency", text);
        usual
    })
}

fn words(reader: &mut Reader, service: &mut Service) {
    if let Some(name) = reader.text("name", 80) {
        match is_chinese(&name) {
            true => service.name.zh = name,
            false => service.name.en = name,
        }
    }
    for (column, max, place) in [
        ("name_zh", 80, &mut service.name.zh),
        ("name_en", 80, &mut service.name.en),
        ("text_zh", 1000, &mut service.text.zh),
        ("text_en", 1000, &mut service.text.en),
    ] {
        if let Some(text) = reader.text(column, max) {
            *place = text;
        }
    }
    if service.name.zh.is_empty() && service.name.en.is_empty() {
        reader.wrong("name", Text::key("exchange-needed"));
    }
    service.kind = reader.choice("kind", KINDS).unwrap_or(service.kind);
    service.family = reader.choice("family", FAMILIES).unwrap_or(service.family);
}

fn numbers(reader: &mut Reader, service: &mut Service) {
    for (column, max, place) in [
        ("minutes", 1440, &mut service.minutes),
        ("buffer_before", 240, &mut service.buffer_before_minutes),
        ("buffer_after", 240, &mut service.buffer_after_minutes),
    ] {
        if let Some(minutes) = reader.whole(column, 0, max) {
            *place = minutes;
        }
    }
    for (column, place) in [
        ("wait_target", &mut service.targets.wait_minutes),
        ("completion_target", &mut service.targets.completion_minutes),
    ] {
        if let Some(minutes) = reader.whole(column, 1, 43_200) {
            *place = Some(minutes);
        }
    }
    if let Some(price) = reader.money("price", service.price.currency) {
        service.price = price;
    }
    service.tax_permille = reader
        .percent("tax_percent")
        .unwrap_or(service.tax_permille);
}

fn lists(reader: &mut Reader, house: &House, service: &mut Service) {
    if let Some(mut sites) = house.sites_of(reader, "sites") {
        sites.sort();
        service.sites = sites;
    }
    if let Some(words) = reader.list("channels") {
        let mut channels: Vec<Channel> = Vec::new();
        for word in words {
            match Channel::parse(&word.to_lowercase()) {
                Some(channel) => channels.push(channel),
                None => {
                    let allowed = offers::CHANNELS.map(Channel::as_str).join(", ");
                    unknown(reader, "channels", &word, &allowed);
                }
            }
        }
        channels.sort_by_key(|channel| channel.as_str());
        channels.dedup();
        service.channels = channels;
    }
    if let Some(mut kinds) = reader.list("resources") {
        for kind in &kinds {
            if !RESOURCE_KINDS.contains(&kind.as_str()) {
                unknown(reader, "resources", kind, &RESOURCE_KINDS.join(", "));
            }
        }
        kinds.sort();
        kinds.dedup();
        service.resources = kinds;
    }
}

fn unknown(reader: &mut Reader, column: &str, value: &str, allowed: &str) {
    let text = Text::key("exchange-choice-wrong").with("value", value);
    reader.wrong(column, text.with("allowed", allowed));
}
