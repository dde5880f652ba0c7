//! The waiting list: who waits for a time, and what is offered to them when one is free.

mod api;
mod columns;
mod commands;
mod http;
pub mod model;
mod pages;
mod queries;
mod verify;

pub use commands::{
    Candidate, NewWaiting, accept, change_settings, decline, hear, join, leave, next_candidate,
    offer, settle,
};
pub use model::{Offer, OfferState, Waiting, Wish};
pub use queries::{by_secret, entry, open_offers, settings, waiting_at};

use kernel::{Ctx, Fault, Permission, Role};
use messages::House;
use web::{App, Group, Menu, Room};

/// Seeing who waits.
pub const VIEW: Permission = Permission::new(
    "waitlist.view",
    &[
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::ReadOnly,
    ],
);

/// Putting people on the list, offering them times, taking them off.
pub const EDIT: Permission = Permission::new("waitlist.edit", &[Role::Manager, Role::Desk]);

/// Changing how long an offer waits for its answer.
pub const SETTINGS: Permission = Permission::new("waitlist.settings", &[Role::Manager]);

/// Seconds between two looks at what became free.
const ROUND_SECONDS: u64 = 3;
/// Seconds between two looks at every list, whatever the journal says.
const SWEEP_SECONDS: u64 = 300;
/// The most offers of one round at one site, so that a round ends.
const OFFERS_MAX: usize = 50;

/// Everything the program needs to know about the waiting list.
pub fn room() -> Room {
    Room::new("waitlist")
        .migrations(&[
            include_str!("../migrations/0001_waitlist.sql"),
            include_str!("../migrations/0002_also.sql"),
        ])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .routes(http::routes())
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("waiting", "waitlist-menu")
        .permissions(&[VIEW, EDIT, SETTINGS])
        .menu(Menu {
            group: Group::Run,
            order: 62,
            label_key: "waitlist-menu",
            path: "/waiting",
            icon: "hourglass",
            permission: VIEW,
            key: None,
        })
        .verify(verify::check)
        .errand("offer freed times", ROUND_SECONDS, listen)
        .errand("sweep waiting lists", SWEEP_SECONDS, sweep)
}

/// Offers what the journal says may have become free.
fn listen(app: &App, ctx: &Ctx) -> Result<(), Fault> {
    let system = ctx.clone();
    let sites = app.db.write(move |tx| commands::hear(tx, &system))?;
    for site in sites {
        round(app, ctx, site)?;
    }
    Ok(())
}

/// Offers what nobody recorded: days that came within reach, shifts that began to count.
fn sweep(app: &App, ctx: &Ctx) -> Result<(), Fault> {
    let system = ctx.clone();
    let sites = app.db.read(move |tx| queries::sites_waiting(tx, &system))?;
    for site in sites {
        round(app, ctx, site)?;
    }
    Ok(())
}

/// Settles what was answered or not, then offers what is free to whoever is next.
///
/// What could suit is looked for without a transaction that keeps others waiting; each offer is
/// made in one of its own, and whoever was quicker has the time.
pub fn round(app: &App, ctx: &Ctx, site: kernel::ids::SiteId) -> Result<(), Fault> {
    let system = ctx.clone();
    app.db
        .write(move |tx| commands::settle(tx, &system, site))?;
    let mut passed = Vec::new();
    for _ in 0..OFFERS_MAX {
        let (system, skipped) = (ctx.clone(), passed.clone());
        let next = app
            .db
            .read(move |tx| commands::next_candidate(tx, &system, site, &skipped))?;
        let Some(candidate) = next else {
            return Ok(());
        };
        let (house, system, wanted) = (House::of(app), ctx.clone(), candidate.clone());
        let made = app
            .db
            .write(move |tx| commands::offer(tx, &system, &house, &wanted));
        match made {
            Ok(_) => {}
            Err(fault) if fault.kind == kernel::FaultKind::Broken => return Err(fault),
            // Somebody else has it by now; the next look finds what is left.
            Err(_) => passed.push(candidate),
        }
    }
    Ok(())
}
