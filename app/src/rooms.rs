//! The rooms of the house, and what they ask of each other against the arrows.

use store::{Db, Migration, Target};
use web::{Hooks, Room};

use crate::{
    failure::Failure,
    neighbours::{self, NEIGHBOURS},
    sample,
};

/// Every room, in the order in which they may call each other.
pub fn rooms() -> Vec<Room> {
    vec![
        files::room(),
        organisation::room(),
        fields::room(),
        people::room(),
        offers::room(),
        blueprints::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
        sessions::room(),
        series::room(),
        enquiries::room(),
        queue::room(),
        booking::room(),
        messages::room(),
        waitlist::room(),
        webhooks::room(),
        help::room(),
        desk::room(),
        exchange::room(),
        operation::room(),
    ]
}

/// Lets rooms reach what lies against the arrows: each names what it asks for, this gives it.
pub fn wire(rooms: &[Room]) {
    organisation::set_neighbours(NEIGHBOURS);
    organisation::set_group_holders(people::group_holders);
    people::set_visits(neighbours::visits);
    orders::set_beside(neighbours::beside);
    web::set_guide(help::guide());
    blueprints::http::set_observed(orders::observed);
    people::on_founding(sample::usable);
    people::offer_permissions(rooms.iter().flat_map(|room| room.permissions.clone()));
}

/// The names of the permissions that routes ask for, in order.
pub fn permissions(rooms: &[Room]) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = web::all_routes(rooms)
        .iter()
        .filter_map(|route| match route.access {
            web::Access::SignedIn(permission) | web::Access::Program(permission) => {
                Some(permission.name)
            }
            web::Access::Public => None,
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What the edge asks of the rooms.
pub const HOOKS: Hooks = Hooks {
    authenticate: people::hooks::authenticate,
    note_use: people::auth::touch,
    guest: organisation::guest,
    shell: organisation::shell,
};

/// Every room's tables.
pub fn migrations(rooms: &[Room]) -> Vec<Migration> {
    rooms
        .iter()
        .flat_map(|room| room.migrations.clone())
        .collect()
}

/// Opens the database with every room's tables up to date.
pub fn open(target: &Target, rooms: &[Room]) -> Result<Db, Failure> {
    Ok(Db::open(target, &migrations(rooms))?)
}

/// As [`open`], for commands that need a business: a folder without one is a slip of the pen, and
/// is left as it is.
pub fn open_existing(target: &Target, rooms: &[Room]) -> Result<Db, Failure> {
    if let Target::Folder(folder) = target
        && !folder.join("steward.db").exists()
    {
        let shown = folder.display();
        return Err(Failure(format!(
            "{shown} holds no business; run steward init first, or name another folder"
        )));
    }
    open(target, rooms)
}

#[cfg(test)]
mod api;
#[cfg(test)]
mod complaints;
#[cfg(test)]
mod isolation;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod tests;
