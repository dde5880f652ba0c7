//! Setting up an organisation, and changing its name, colour and address.

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
    select $1, $2, $3, $4, $5, $6
    where not exists (select 1 from former_slugs where slug = $2)
    on conflict do nothing";

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
                version: 1,
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
    update organisations set name_zh = $2, name_en = $3, brand = $4, slug = $5,
        version = version + 1
    where org = $1 and version = $6";

/// Changes what guests see of the business: its name, its colour and its address, provided nobody
/// else did since `wanted.version` was read. The address until now keeps leading here.
pub fn edit_organisation(
    tx: &mut Tx,
    ctx: &Ctx,
    wanted: &Organisation,
) -> Result<Organisation, Fault> {
    ctx.require(EDIT_ORGANISATION)?;
    let before = queries::organisation(tx, ctx.org)?;
    let (name, brand) = (
        checked_name(wanted.name.clone())?,
        checked_brand(&wanted.brand)?,
    );
    if !is_slug(&wanted.slug) {
        return Err(bad_slug());
    }
    if wanted.slug != before.slug {
        move_address(tx, ctx, &before.slug, &wanted.slug)?;
    }
    let (slug, version) = (&wanted.slug, wanted.version);
    let values = params![ctx.org, &name.zh, &name.en, &brand, slug, version];
    if tx.execute(RENAME, values)? == 0 {
        return Err(Fault::stale());
    }
    let mut event = Event::new("organisation.changed").object("organisation", ctx.org, "subject");
    for (setting, differs) in [
        ("name", name != before.name),
        ("brand", brand != before.brand),
        ("slug", *slug != before.slug),
    ] {
        if differs {
            event = event.setting(ctx.org, setting);
        }
    }
    tx.record(ctx, event);
    queries::organisation(tx, ctx.org)
}

const SLUG_TAKEN: &str = "
    select cast(count(*) as bigint) from organisations where slug = $2 and org <> $1";

const FORMER_OF_OTHERS: &str = "
    select cast(count(*) as bigint) from former_slugs where slug = $2 and org <> $1";

const TAKE_BACK: &str = "delete from former_slugs where org = $1 and slug = $2";

const KEEP_FORMER: &str = "
    insert into former_slugs (org, slug, until_at) values ($1, $2, $3) on conflict do nothing";

/// The old address leads on; one that was another business's is never taken over.
fn move_address(tx: &mut Tx, ctx: &Ctx, from: &str, to: &str) -> Result<(), Fault> {
    let taken = tx.count(SLUG_TAKEN, params![ctx.org, to])?
        + tx.count(FORMER_OF_OTHERS, params![ctx.org, to])?;
    if taken > 0 {
        return Err(Fault::invalid("slug", Text::key("organisation-slug-taken")));
    }
    tx.execute(TAKE_BACK, params![ctx.org, to])?;
    tx.execute(KEEP_FORMER, params![ctx.org, from, ctx.now])?;
    Ok(())
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
