//! The first minutes: a business, its owner and its first site in one go.

use super::users::{NewUser, create_user};
use crate::auth::{Knocker, Opened, start_session};
use crate::model::Way;
use kernel::ids::SiteId;
use kernel::{Bilingual, Ctx, Fault, Locale, Role};
use organisation::{NewOrganisation, SiteFields, Week};
use std::sync::OnceLock;
use store::Tx;

/// What founding a business needs.
#[derive(Clone, Debug)]
pub struct Founding {
    /// What the business is called.
    pub name: Bilingual,
    /// What its first site is called.
    pub site_name: Bilingual,
    /// IANA name of the site's zone.
    pub zone: String,
    /// ISO 4217 code of the site's currency.
    pub currency: String,
    /// When the site is open.
    pub week: Week,
    /// What the owner is called.
    pub owner_name: String,
    /// What the owner types to sign in.
    pub login: String,
    /// The hash of the owner's password.
    pub password_hash: String,
    /// The owner's language.
    pub locale: Locale,
}

/// What else a new business begins with, such as a sample service.
pub type Sample = fn(&mut Tx, &Ctx, SiteId) -> Result<(), Fault>;

static SAMPLE: OnceLock<Sample> = OnceLock::new();

/// Says what else a new business begins with; the first call wins.
pub fn on_founding(sample: Sample) {
    let _ = SAMPLE.set(sample);
}

/// Founds a business under the id `ctx.org`, and signs its owner in.
pub fn found_business(tx: &mut Tx, ctx: &Ctx, founding: Founding) -> Result<Opened, Fault> {
    let (name, locale) = (founding.name, founding.locale);
    let new = NewOrganisation {
        name,
        slug: None,
        brand: None,
    };
    organisation::create_organisation(tx, ctx, new)?;
    let fields = SiteFields::new(founding.site_name, &founding.zone, &founding.currency);
    let site = organisation::create_site(tx, ctx, fields)?;
    organisation::set_week(tx, ctx, site.id, site.version, &founding.week)?;
    let owner = NewUser {
        locale,
        password_hash: Some(founding.password_hash),
        ..NewUser::new(&founding.login, &founding.owner_name, Role::Owner)
    };
    let owner = create_user(tx, ctx, owner)?;
    if let Some(sample) = SAMPLE.get() {
        sample(tx, ctx, site.id)?;
    }
    start_session(tx, ctx, owner.id, (&Knocker::default(), Way::Password))
}

/// [`found_business`] for a stranger's browser: only while there is no business at all.
pub fn found_first_business(tx: &mut Tx, ctx: &Ctx, founding: Founding) -> Result<Opened, Fault> {
    if !organisation::organisations(tx)?.is_empty() {
        return Err(Fault::conflict("people-already-founded"));
    }
    found_business(tx, ctx, founding)
}
