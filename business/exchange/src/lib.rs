//! Taking in what other programs kept, and taking everything along: imports by command line and by
//! browser, and the archive of a whole organisation.

mod api;
mod archive;
mod columns;
mod encoding;
mod event_log;
mod grid;
mod http;
mod import;
mod imports;
mod leave;
mod model;
mod packed;
mod pages;
mod parts;
mod sheet;
mod take;
mod values;

pub use archive::ArchiveId;
pub use grid::{BYTES_MAX, CELL_CHARS_MAX, COLUMNS_MAX, Grid, ROWS_MAX, Row, read_file, read_grid};
pub use import::{BATCH, Job, import};
pub use imports::ImportId;
pub use leave::{LogFormat, Written, leave};
pub use model::{Complaint, Report, What};

use kernel::{Permission, Role};

/// May bring files in, and take imports back.
pub const IMPORT: Permission = Permission::new("exchange.import", &[Role::Manager]);

/// May take everything along.
pub const ARCHIVE: Permission = Permission::new("exchange.archive", &[Role::Owner]);

/// What the program needs to know about exchange.
pub fn room() -> web::Room {
    web::Room::new("exchange")
        .migrations(&[
            include_str!("../migrations/0001_imports.sql"),
            include_str!("../migrations/0002_archives.sql"),
        ])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[IMPORT, ARCHIVE])
        .routes(http::routes())
        .below("/imports", "/archives")
        .menu(web::Menu {
            group: web::Group::Manage,
            order: 70,
            label_key: "exchange-menu",
            path: "/imports",
            icon: "upload",
            permission: IMPORT,
            key: None,
        })
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("imports", "exchange-menu")
        .errand("work on imports", 1, imports::errand)
        .errand("make archives", 5, archive::errand)
        .job("forget archives", 3600, archive::forget)
        .job("forget old import files", 3600, imports::forget_old_files)
}
