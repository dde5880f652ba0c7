//! What the edge asks of this room: whose public address it is, and what the shell shows.

use crate::model::{Organisation, SiteState};
use crate::{logo, queries};
use kernel::{Ctx, Fault};
use store::Tx;
use web::{GuestOrganisation, SiteChoice};

/// The organisation of a public address.
pub fn guest(tx: &mut Tx, slug: &str) -> Result<Option<GuestOrganisation>, Fault> {
    let Some(organisation) = queries::organisation_by_slug(tx, slug)? else {
        return Ok(None);
    };
    let logo = logo::shown(tx, organisation.id, &organisation.slug)?;
    Ok(Some(public(organisation, logo)))
}

fn public(organisation: Organisation, logo: Option<ui::Logo>) -> GuestOrganisation {
    GuestOrganisation {
        org: organisation.id,
        slug: organisation.slug,
        name: organisation.name,
        brand: organisation.brand,
        logo,
    }
}

/// The organisation, and the open sites that somebody may choose, in their order.
pub fn shell(tx: &mut Tx, ctx: &Ctx) -> Result<(GuestOrganisation, Vec<SiteChoice>), Fault> {
    let organisation = public(queries::organisation(tx, ctx.org)?, None);
    let mut sites = queries::sites(tx, ctx)?;
    sites.retain(|site| site.state == SiteState::Open);
    let choices = sites.into_iter().map(|site| SiteChoice {
        id: site.id,
        name: site.name,
        kind: site.kind,
        zone: site.zone,
        slug: site.slug,
    });
    Ok((organisation, choices.collect()))
}
