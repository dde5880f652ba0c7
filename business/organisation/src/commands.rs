//! What may happen to organisations, sites and hours.

mod groups;
mod hours;
mod organisation;
mod site;

pub use groups::{GroupFields, create_group, edit_group, place_site, remove_group};
pub use hours::{remove_special_day, set_special_day, set_week};
pub use organisation::{BRAND, NewOrganisation, create_organisation, edit_organisation};
pub use site::{SiteFields, create_site, edit_site, set_site_state};
