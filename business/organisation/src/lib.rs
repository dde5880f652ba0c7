//! Organisations, their sites, and when each is open.

pub mod commands;
pub mod model;
mod queries;

pub use commands::{
    NewOrganisation, SiteFields, create_organisation, create_site, edit_site, remove_special_day,
    rename_organisation, set_site_state, set_special_day, set_week,
};
pub use model::{
    DayHours, Hours, MinuteSpan, Organisation, Site, SiteState, SpecialDay, Week, instant,
    instant_clipped,
};
pub use queries::{
    hours, open_spans, open_spans_between, organisation, organisation_by_slug, organisations, site,
    site_by_slug, sites,
};

use kernel::{Permission, Role};

/// Seeing sites and their hours.
pub const VIEW_SITES: Permission = Permission::new("sites.view", &Role::USERS);

/// Opening, editing and giving up sites.
pub const EDIT_SITES: Permission = Permission::new("sites.edit", &[Role::Owner, Role::Manager]);

/// Renaming the business and choosing its colour.
pub const EDIT_ORGANISATION: Permission = Permission::new("organisation.edit", &[Role::Owner]);
