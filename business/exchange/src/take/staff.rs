//! A row of staff.

use fields::Subject;
use kernel::{
    Bilingual, Ctx, Fault, Text,
    ids::{SiteId, StaffId},
};
use people::{Staff, StaffFields};
use serde_json::{Value as Json, json};
use store::Tx;

use super::{House, is_chinese, own, same};
use crate::{model::Outcome, values::Reader};

/// Known by the identity in the other system, or else by name.
pub fn staff(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &mut House,
    reader: &mut Reader,
) -> Result<Outcome, Fault> {
    let external_id = reader.text("external_id", 80);
    let name = reader.needed("name", 80);
    let known = house.staff.iter().position(|staff| match &external_id {
        Some(id) => staff.external_id.as_ref() == Some(id),
        None => same(&staff.name, &name),
    });
    let old = known.map(|index| house.staff[index].clone());
    let sites = match (house.sites_of(reader, "sites"), &old) {
        (Some(sites), _) => sites,
        (None, Some(old)) => old.sites.clone(),
        (None, None) => Vec::from_iter(house.site_of(reader, "sites").map(|site| site.id)),
    };
    let reading = reader.text("reading", 80);
    let wanted = reader.list("skills");
    let currency = house.currency();
    own::check(tx, ctx, (Subject::Staff, currency), reader)?;
    reader.check()?;
    let skills = match (wanted, &old) {
        (Some(wanted), _) => skills(tx, ctx, house, &wanted)?,
        (None, Some(old)) => old.skills.clone(),
        (None, None) => Vec::new(),
    };
    let fields = StaffFields {
        name,
        reading: reading
            .unwrap_or_else(|| old.as_ref().map_or(String::new(), |o| o.reading.clone())),
        sites,
        skills,
        external_id,
    };
    let before = match &old {
        Some(old) => Some(before(tx, ctx, old)?),
        None => None,
    };
    let (id, outcome) = save(tx, ctx, house, (known, fields))?;
    let object = id.to_string();
    let filled = own::fill(tx, ctx, (Subject::Staff, &object), currency, reader)?;
    let outcome = own::with(outcome, filled);
    match (&outcome, before) {
        (Outcome::New, _) => house.made("staff", id),
        (Outcome::Changed, Some(before)) => house.changed("staff", id, before),
        _ => {}
    }
    Ok(outcome)
}

fn save(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &mut House,
    (known, fields): (Option<usize>, StaffFields),
) -> Result<(StaffId, Outcome), Fault> {
    let Some(index) = known else {
        let staff = people::create_staff(tx, ctx, fields)?;
        let id = staff.id;
        house.staff.push(staff);
        return Ok((id, Outcome::New));
    };
    let (id, version) = (house.staff[index].id, house.staff[index].version);
    if is_same(&house.staff[index], &fields) {
        return Ok((id, Outcome::Same));
    }
    house.staff[index] = people::edit_staff(tx, ctx, id, version, fields)?;
    Ok((id, Outcome::Changed))
}

/// Everything about a member of staff that an import can change.
fn before(tx: &mut Tx, ctx: &Ctx, old: &Staff) -> Result<Json, Fault> {
    let sites: Vec<String> = old.sites.iter().map(ToString::to_string).collect();
    Ok(json!({
        "name": old.name,
        "reading": old.reading,
        "sites": sites,
        "skills": old.skills,
        "external_id": old.external_id,
        "fields": own::before(tx, ctx, Subject::Staff, &old.id.to_string())?,
    }))
}

/// Gives a member of staff back what [`before`] kept.
pub fn restore(
    tx: &mut Tx,
    ctx: &Ctx,
    (id, version): (StaffId, i64),
    before: &Json,
) -> Result<(), Fault> {
    let text = |name: &str| before[name].as_str().unwrap_or_default().to_owned();
    let list = |name: &str| {
        let parts = before[name].as_array().map_or(&[][..], Vec::as_slice);
        let parts = parts.iter().filter_map(|part| part.as_str());
        parts.map(str::to_owned).collect::<Vec<_>>()
    };
    let sites = list("sites");
    let fields = StaffFields {
        name: text("name"),
        reading: text("reading"),
        sites: sites
            .iter()
            .filter_map(|site| SiteId::parse(site))
            .collect(),
        skills: list("skills"),
        external_id: before["external_id"].as_str().map(str::to_owned),
    };
    people::edit_staff(tx, ctx, id, version, fields).map(|_| ())
}

fn is_same(old: &Staff, fields: &StaffFields) -> bool {
    let sorted = |list: &[String]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    (&old.name, &old.reading, &old.sites) == (&fields.name, &fields.reading, &fields.sites)
        && sorted(&old.skills) == sorted(&fields.skills)
}

/// The codes of skills named by code or name; one not known yet is named now.
pub(super) fn skills(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &mut House,
    wanted: &[String],
) -> Result<Vec<String>, Fault> {
    let mut codes = Vec::new();
    for word in wanted {
        let is = |text: &str| same(text, word);
        let known = house
            .skills
            .iter()
            .find(|skill| is(&skill.code) || is(&skill.name.zh) || is(&skill.name.en));
        let code = match known {
            Some(skill) => skill.code.clone(),
            None => {
                let code = code_of(word).ok_or_else(|| {
                    let text = Text::key("exchange-skill-unknown").with("value", word);
                    Fault::invalid("skills", text)
                })?;
                let name = Bilingual::new(word, word);
                people::save_skill(tx, ctx, &code, &name)?;
                house.skills = people::skills(tx, ctx)?;
                code
            }
        };
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(codes)
}

/// The code of a new skill, from its name; a Chinese name alone gives none.
fn code_of(word: &str) -> Option<String> {
    if is_chinese(word) {
        return None;
    }
    organisation::model::slug_from(word)
}
