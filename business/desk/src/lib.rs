//! The front desk: today, calendar, my day, search, journal.

mod api;
mod calendar;
mod classes;
mod columns;
mod feeds;
mod http;
pub mod model;
mod my_day;
mod pages;
mod today;
mod unreached;
mod unstaffed;

use kernel::{Permission, Role};
use web::{Group, Menu, Room};

/// May look at the day.
pub const VIEW: Permission = Permission::new(
    "desk.view",
    &[
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::ReadOnly,
    ],
);
/// May check customers in and move bookings.
pub const TAKE: Permission = Permission::new(
    "desk.take",
    &[Role::Manager, Role::Desk, Role::Staff, Role::Support],
);
/// May carry services out.
pub const SERVE: Permission =
    Permission::new("desk.serve", &[Role::Manager, Role::Desk, Role::Staff]);
/// May hand out the calendar addresses of others and of rooms.
pub const FEEDS: Permission = Permission::new("desk.feeds", &[Role::Manager]);
/// May see the day of all one's sites together.
pub const REGIONS: Permission = Permission::new("desk.regions", &[Role::Manager, Role::ReadOnly]);
/// May read the journal.
pub const JOURNAL: Permission = Permission::new("journal.view", &[Role::Manager, Role::ReadOnly]);

fn entry(
    order: u32,
    label_key: &'static str,
    path: &'static str,
    icon: &'static str,
    key: Option<char>,
) -> Menu {
    Menu {
        group: Group::Run,
        order,
        label_key,
        path,
        icon,
        permission: VIEW,
        key,
    }
}

/// Everything the program needs to know about the front desk.
pub fn room() -> Room {
    Room::new("desk")
        .migrations(&[include_str!("../migrations/0001_feeds.sql")])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW, TAKE, SERVE, FEEDS, REGIONS, JOURNAL])
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("calendar addresses", "desk-feeds")
        .part("desk", "desk-today")
        .part("journal", "desk-journal")
        .routes(http::routes())
        .below("/access", "/audit")
        .below("/today", "/search")
        .menu(entry(10, "desk-today", "/today", "sun", Some('t')))
        .menu(entry(
            20,
            "desk-calendar",
            "/calendar",
            "calendar",
            Some('c'),
        ))
        .menu(entry(25, "desk-my-day", "/my-day", "smartphone", Some('m')))
        .menu(Menu {
            group: Group::Manage,
            permission: REGIONS,
            ..entry(18, "desk-regions", "/regions", "map-pin", None)
        })
        .menu(Menu {
            group: Group::Manage,
            permission: JOURNAL,
            ..entry(80, "desk-journal", "/journal", "history", Some('j'))
        })
}
