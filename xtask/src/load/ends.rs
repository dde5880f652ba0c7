//! What the load is made of, found out from the server itself.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::client::Client;

/// Between two orders of one person, who may have to go to another room first.
const WAY: SignedDuration = SignedDuration::from_mins(15);
/// Whose time is taken: more people than chairs would be refused.
const PEOPLE_MAX: usize = 4;
/// The most days one question for free times spans.
const DAYS_AT_ONCE: usize = 31;

/// What people type into the search box: a number of a phone, a name.
pub const SEARCHES: [(&str, &str); 2] = [
    ("search: a phone", "/search?q=19900004711"),
    ("search: a name", "/search?q=%E9%A1%BE%E5%AE%A2%204711"),
];

/// The customer of a number; whoever has been written down before is found again.
pub fn customer(number: usize) -> Value {
    let (name, phone) = customer_of(number);
    json!({ "name": name, "phone": phone })
}

/// Name and phone of the customer of a number.
pub fn customer_of(number: usize) -> (String, String) {
    (format!("顾客 {number}"), format!("+86 199 {number:08}"))
}

fn listed(client: &mut Client, path: &str, name: &str) -> Result<Vec<Value>, String> {
    let answer = client.get(path)?;
    let body = answer.json()?;
    match body[name].as_array() {
        Some(list) => Ok(list.clone()),
        None => Err(format!("{path} answered {}: {body}", answer.status)),
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// The first site that offers a service and goods beside it: its lines for an order.
fn shop(client: &mut Client, lines: usize) -> Result<(String, Vec<Value>), String> {
    for site in listed(client, "/api/v1/sites", "sites")? {
        let site = text(&site, "id").to_owned();
        let path = format!("/api/v1/services?site={site}");
        let offered = listed(client, &path, "services")?;
        let (goods, services): (Vec<&Value>, Vec<&Value>) =
            offered.iter().partition(|one| one["kind"] == "good");
        let shortest = services
            .into_iter()
            .filter(|one| one["minutes"].as_i64() >= Some(30));
        let shortest = shortest.min_by_key(|one| one["minutes"].as_i64());
        let chosen = shortest.into_iter().chain(goods).take(lines);
        let chosen: Vec<Value> = chosen.cloned().collect();
        if chosen.len() == lines {
            return Ok((site, chosen));
        }
    }
    Err(format!("no site offers a service and {} goods", lines - 1))
}

/// Orders that can all be taken: of one person after the other, times that do not overlap.
pub fn free_times(
    client: &mut Client,
    lines: usize,
    days_max: usize,
    orders_max: usize,
) -> Result<Vec<Value>, String> {
    let (site, offered) = shop(client, lines)?;
    let service = text(&offered[0], "id").to_owned();
    let lines: Vec<Value> = offered
        .iter()
        .map(|one| json!({ "service": one["id"], "quantity": 1 }))
        .collect();
    let mut by_start: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let staff = listed(client, &format!("/api/v1/staff?site={site}"), "staff")?;
    for person in staff.iter().take(PEOPLE_MAX) {
        let person = text(person, "id");
        for slot in free_of(client, (&site, &service), person, days_max)? {
            let start = text(&slot, "start").to_owned();
            let order = json!({
                "site": site,
                "channel": "api",
                "customer": customer(by_start.len()),
                "lines": lines,
                "slot": { "start": start, "staff": person },
            });
            by_start.entry(start).or_default().push(order);
        }
    }
    let mut orders: Vec<Value> = by_start.into_values().flatten().collect();
    // The last of them: nearer days have bookings that take the same chairs.
    orders.drain(..orders.len().saturating_sub(orders_max));
    Ok(orders)
}

fn free_of(
    client: &mut Client,
    (site, service): (&str, &str),
    person: &str,
    days_max: usize,
) -> Result<Vec<Value>, String> {
    let mut free: Vec<Value> = Vec::new();
    let mut day = 1;
    while day <= days_max {
        let last = (day + DAYS_AT_ONCE - 1).min(days_max);
        let path = format!(
            "/api/v1/availability?site={site}&service={service}&staff={person}&from={}&to={}",
            in_days(day)?,
            in_days(last)?
        );
        for slot in listed(client, &path, "slots")? {
            let clear = match free.last() {
                Some(before) => instant(before, "end")? + WAY <= instant(&slot, "start")?,
                None => true,
            };
            if clear {
                free.push(slot);
            }
        }
        day = last + 1;
    }
    Ok(free)
}

fn instant(slot: &Value, name: &str) -> Result<Timestamp, String> {
    let told = text(slot, name);
    told.parse().map_err(|error| format!("{told}: {error}"))
}

/// A day ahead, as the API takes it.
fn in_days(days: usize) -> Result<String, String> {
    let ahead = jiff::Span::new().days(i64::try_from(days).map_err(|error| error.to_string())?);
    let today = jiff::Zoned::now().date();
    let day = today
        .checked_add(ahead)
        .map_err(|error| error.to_string())?;
    Ok(day.to_string())
}

/// The question when a service is free within the next month.
pub fn month(client: &mut Client) -> Result<String, String> {
    let (site, offered) = shop(client, 1)?;
    Ok(format!(
        "/api/v1/availability?site={site}&service={}&from={}&to={}",
        text(&offered[0], "id"),
        in_days(1)?,
        in_days(DAYS_AT_ONCE)?
    ))
}

/// The pages on which a guest chooses a service and a time.
pub fn guest_pages(client: &mut Client, organisation: &str) -> Result<[String; 2], String> {
    let (site, _) = shop(client, 1)?;
    let sites = listed(client, "/api/v1/sites", "sites")?;
    let slug = sites.iter().find(|one| text(one, "id") == site);
    let slug = slug.map(|one| text(one, "slug")).unwrap_or_default();
    let services = format!("/at/{organisation}/{slug}");
    let page = client.get(&services)?.text();
    let times = page.split('"').find(|part| part.ends_with("/times"));
    let times = times.ok_or_else(|| format!("{services} offers nothing to book"))?;
    Ok([services, times.to_owned()])
}
