//! Setting up and renaming an organisation.

use crate::EDIT_ORGANISATION;
use crate::model::{Organisation, is_colour, is_slug, slug_from};
use crate::queries;
use kernel::{Bilingual, Ctx, Fault, Text};
use store::{Event, Tx, params};

/// The colour guests see until the business chooses its own.
pub const BRAND: &str = "#9b2d5c";

/// What setting up a business needs.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// What it is called.
    pub name: Bilingual,
    /// The wanted web name; made from the name when absent.
    pub slug: Option<String>,
    /// Its colour; the usual one when absent.
    pub brand: Option<String>,
}

const INSERT: &str = "
    insert into organisations (org, slug, name_zh, name_en, brand, created_at)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing";

/// Sets up a business under the id `ctx.org`, which nobody else uses yet.
///
/// A web name made from the business's name gets a number when it is taken; one that was asked
/// for and is taken is refused.
pub fn create_organisation(
    tx: &mut Tx,
    ctx: &Ctx,
    new: NewOrganisation,
) -> Result<Organisation, Fault> {
    ctx.require(EDIT_ORGANISATION)?;
    let brand = checked_brand(new.brand.as_deref().unwrap_or(BRAND))?;
    let name = checked_name(new.name)?;
    for slug in slugs(&name, new.slug.as_deref())? {
        let values = params![ctx.org, &slug, &name.zh, &name.en, &brand, ctx.now];
        if tx.execute(INSERT, values)? == 1 {
            let id = ctx.org;
            tx.record(
                ctx,
                Event::new("organisation.created").object("organisation", id, "subject"),
            );
            return Ok(Organisation {
                id,
                slug,
                name,
                brand,
                created_at: ctx.now,
            });
        }
    }
    Err(Fault::invalid("slug", Text::key("organisation-slug-taken")))
}

fn slugs(name: &Bilingual, wanted: Option<&str>) -> Result<Vec<String>, Fault> {
    if let Some(wanted) = wanted {
        let fits = is_slug(wanted);
        return if fits {
            Ok(vec![wanted.to_owned()])
        } else {
            Err(bad_slug())
        };
    }
    let base = slug_from(&name.en).or_else(|| slug_from(&name.zh));
    let mut base = base.unwrap_or_else(|| "shop".to_owned());
    base.truncate(36);
    let base = base.trim_end_matches('-');
    let numbered = (2..1000).map(|n| format!("{base}-{n}"));
    Ok(std::iter::once(base.to_owned()).chain(numbered).collect())
}

const RENAME: &str = "
    update organisations set name_zh = $2, name_en = $3, brand = $4 where org = $1";

/// Changes what guests see of the business: its name and colour.
pub fn rename_organisation(
    tx: &mut Tx,
    ctx: &Ctx,
    name: Bilingual,
    brand: &str,
) -> Result<Organisation, Fault> {
    ctx.require(EDIT_ORGANISATION)?;
    let (name, brand) = (checked_name(name)?, checked_brand(brand)?);
    tx.execute(RENAME, params![ctx.org, &name.zh, &name.en, &brand])?;
    let event = Event::new("organisation.changed").object("organisation", ctx.org, "subject");
    tx.record(ctx, event);
    queries::organisation(tx, ctx.org)
}

/// The refusal of a web name that cannot stand in an address.
pub(super) fn bad_slug() -> Fault {
    Fault::invalid("slug", Text::key("organisation-slug-wrong"))
}

/// A name with something in it and not too long.
pub(super) fn checked_name(name: Bilingual) -> Result<Bilingual, Fault> {
    let name = Bilingual::new(name.zh.trim(), name.en.trim());
    let fits = |text: &str| text.chars().count() <= 80;
    if name.is_empty() {
        return Err(Fault::invalid(
            "name_zh",
            Text::key("organisation-name-needed"),
        ));
    }
    if !fits(&name.zh) || !fits(&name.en) {
        let text = Text::key("organisation-text-long").with("max", 80);
        return Err(Fault::invalid(
            if fits(&name.zh) { "name_en" } else { "name_zh" },
            text,
        ));
    }
    Ok(name)
}

fn checked_brand(brand: &str) -> Result<String, Fault> {
    let brand = brand.trim().to_ascii_lowercase();
    if is_colour(&brand) {
        return Ok(brand);
    }
    Err(Fault::invalid(
        "brand",
        Text::key("organisation-brand-wrong"),
    ))
}
