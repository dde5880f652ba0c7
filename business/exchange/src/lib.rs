//! Taking in what other programs kept: services, staff, customers, orders, whole histories.

mod columns;
mod encoding;
mod grid;
mod import;
mod model;
mod packed;
mod sheet;
mod take;
mod values;

pub use grid::{BYTES_MAX, CELL_CHARS_MAX, COLUMNS_MAX, Grid, ROWS_MAX, Row, read_file, read_grid};
pub use import::{BATCH, Job, import};
pub use model::{Complaint, Report, What};

/// What the program needs to know about taking data in: its texts.
pub fn room() -> web::Room {
    web::Room::new("exchange").texts(
        include_str!("texts/en.ftl"),
        include_str!("texts/zh-CN.ftl"),
    )
}
