//! The logo: the shelf it stands on, and where guests see it.

use kernel::{Ctx, Fault, TimeZone, ids::OrganisationId};
use store::Tx;

use crate::{EDIT_ORGANISATION, queries};

/// The one picture of the business.
pub const LOGO: files::Shelf = files::Shelf {
    kind: files::OwnerKind::Organisation,
    holds: files::Holds::OnePicture {
        title: "organisation-logo",
        effect: "organisation-logo-effect",
    },
    home: "/organisation",
    view: EDIT_ORGANISATION,
    edit: EDIT_ORGANISATION,
    find,
    seen: None,
};

fn find(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<files::Reached, Fault> {
    if id != ctx.org.to_string() {
        return Err(Fault::missing("organisation-missing"));
    }
    let organisation = queries::organisation(tx, ctx.org)?;
    let sites = queries::sites(tx, ctx)?;
    let zone = sites.first().map(|site| site.zone.clone());
    Ok(files::Reached {
        title: organisation.name.get(ctx.locale).to_owned(),
        home: "/sites".to_owned(),
        site: None,
        customer: None,
        zone: zone.unwrap_or(TimeZone::UTC),
        parts: Vec::new(),
    })
}

/// The logo of a business, if it has one.
pub fn logo(tx: &mut Tx, org: OrganisationId) -> Result<Option<files::File>, Fault> {
    files::cover(tx, org, LOGO.kind, &org.to_string())
}

/// The logo as a page shows it to guests, at the business's public address.
pub(crate) fn shown(
    tx: &mut Tx,
    org: OrganisationId,
    slug: &str,
) -> Result<Option<ui::Logo>, Fault> {
    let Some(file) = logo(tx, org)? else {
        return Ok(None);
    };
    Ok(file.copy(files::Size::Small).map(|copy| ui::Logo {
        // Another logo has another address, so that no browser shows the former one.
        src: format!("/at/{slug}/organisation/logo?v={}", file.id),
        width: copy.width,
        height: copy.height,
    }))
}
