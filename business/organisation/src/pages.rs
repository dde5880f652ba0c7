//! What is seen of sites and their hours.

mod fields;
mod hours;
mod list;
mod regions;
mod site;

pub use fields::{site_fields, typed_site};
pub use list::{BusinessView, SiteLine, business_card, new_site_button, sites_page};
pub use regions::{RegionsView, regions_page};
pub use site::{RULES, SiteView, new_site, site_page};
