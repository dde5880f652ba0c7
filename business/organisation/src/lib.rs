//! Organisations, their sites, and when each is open.

mod api;
pub mod choices;
mod columns;
pub mod commands;
mod hooks;
mod http;
mod logo;
pub mod model;
mod pages;
mod queries;
mod ties;
mod verify;

pub use commands::{
    GroupFields, NewOrganisation, SiteFields, create_group, create_organisation, create_site,
    edit_group, edit_organisation, edit_site, place_site, remove_group, remove_special_day,
    set_site_state, set_special_day, set_week,
};
pub use hooks::{guest, shell};
pub use logo::{LOGO, logo};
pub use model::{
    DAY_MINUTES, DayHours, Hours, MinuteSpan, Organisation, Site, SiteGroup, SiteState, SpecialDay,
    Week, chain, in_order, instant, instant_clipped,
};
pub use queries::{
    hours, open_spans, open_spans_between, organisation, organisation_by_slug, organisations, site,
    site_by_slug, site_group, site_groups, sites, sites_under,
};

pub use ties::{GroupHolders, Neighbours, Ties, set_group_holders, set_neighbours};

use kernel::{Permission, Role};
use web::{Group, Menu, Room};

/// Opening, editing and giving up sites.
pub const EDIT_SITES: Permission = Permission::new("sites.edit", &[Role::Owner, Role::Manager]);

/// Renaming the business and choosing its colour.
pub const EDIT_ORGANISATION: Permission = Permission::new("organisation.edit", &[Role::Owner]);

/// Putting sites into regions, and seeing the day of all of them together.
pub const EDIT_REGIONS: Permission = Permission::new("regions.edit", &[Role::Owner]);

/// The tables, texts and pages of organisations and sites.
pub fn room() -> Room {
    Room::new("organisation")
        .migrations(&[
            include_str!("../migrations/0001_organisation.sql"),
            include_str!("../migrations/0002_site_groups.sql"),
            include_str!("../migrations/0003_former_slugs.sql"),
        ])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[EDIT_SITES, EDIT_ORGANISATION, EDIT_REGIONS])
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("organisation", "organisation-business")
        .part("regions", "organisation-regions")
        .part("sites", "organisation-menu")
        .below("/sites", "/organisation")
        .routes(http::routes())
        .verify(verify::check)
        .menu(Menu {
            group: Group::Manage,
            order: 20,
            label_key: "organisation-menu",
            path: "/sites",
            icon: "store",
            permission: EDIT_SITES,
            key: None,
        })
}
