//! What is seen of sites and their hours.

mod fields;
mod hours;
mod list;
mod site;

pub use fields::{site_fields, typed_site};
pub use list::{SiteLine, business_card, new_site_button, organisation_typed, sites_page};
pub use site::{SiteView, new_site, site_page};
