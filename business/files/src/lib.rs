//! Photos and files of orders, services, customers, staff and the organisation itself.
//!
//! A room that wants files for its noun makes a [`Shelf`], adds [`routes`] of it to its own and
//! puts what [`shown`] gives on its page: who may see the noun may see its files. Programs come by
//! [`endpoints`]. What is kept is
//! made ready by [`prepare`] and kept by [`keep`].

mod api;
mod commands;
mod http;
mod model;
mod pages;
mod picture;
mod queries;
mod shelf;
mod storage;
mod verify;

use kernel::{Ctx, Fault};
use web::{App, Room};

pub use api::endpoints;
pub use commands::{Target, caption, keep, put_back, remove};
pub use http::{routes, send, shown};
pub use model::{
    Copy, FILE_BYTES_MAX, FILES_MAX, File, Kind, OwnerKind, REQUEST_BYTES_MAX, RETURN_HOURS, Size,
};
pub use picture::{Prepared, Rendition, prepare};
pub use queries::{all_after, cover, covers, file, files_of};
pub use shelf::{Holds, Reach, Reached, Seen, Shelf};
pub use storage::{Key, Place};
pub use verify::check_place;

/// Everything the program needs to know about files.
pub fn room() -> Room {
    Room::new("files")
        .migrations(&[
            include_str!("../migrations/0001_files.sql"),
            include_str!("../migrations/0002_one_picture.sql"),
        ])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .verify(verify::check)
        .errand("files.clear", 3_600, clear)
}

/// Takes away the bytes nobody needs any more. Where no place is told, there are none.
fn clear(app: &App, ctx: &Ctx) -> Result<(), Fault> {
    if app.config.outside.files.is_none() {
        return Ok(());
    }
    let place = Place::of(app)?;
    let asked = ctx.clone();
    let leaving = app.db.write(move |tx| commands::let_go(tx, &asked))?;
    for hash in leaving {
        let key = Key {
            org: ctx.org,
            hash: &hash,
        };
        place.delete(key, ctx.now)?;
        let ctx = ctx.clone();
        app.db.write(move |tx| commands::gone(tx, &ctx, &hash))?;
    }
    Ok(())
}

/// Whether a place for files can be one, for whoever reads the settings.
///
/// # Errors
/// What is wrong with it.
pub fn check_address(text: &str) -> Result<(), String> {
    Place::parse(text).map(|_| ())
}
