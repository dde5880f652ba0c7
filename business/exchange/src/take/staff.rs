//! A row of staff.

use kernel::{Bilingual, Ctx, Fault, Text};
use people::{Staff, StaffFields};
use store::Tx;

use super::{House, is_chinese, same};
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
    match (known, old) {
        (Some(_), Some(old)) if is_same(&old, &fields) => Ok(Outcome::Same),
        (Some(index), Some(old)) => {
            house.staff[index] = people::edit_staff(tx, ctx, old.id, old.version, fields)?;
            Ok(Outcome::Changed)
        }
        _ => {
            house.staff.push(people::create_staff(tx, ctx, fields)?);
            Ok(Outcome::New)
        }
    }
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
