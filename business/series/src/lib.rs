//! Series: bookings that repeat, taken, moved and called off together.

mod api;
mod commands;
mod http;
pub mod model;
mod pages;
mod queries;
mod verify;

pub use commands::{
    Decision, Foreseen, New, Shift, Which, cancel, create, foresee, shift, shift_foreseen,
};
pub use queries::{Member, Series, of_order, orders_of, series};

use web::Room;

/// Everything the program needs to know about series.
pub fn room() -> Room {
    Room::new("series")
        .migrations(&[include_str!("../migrations/0001_series.sql")])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("series", "series-title")
        .below("/orders", "/series")
        .routes(http::routes())
        .verify(verify::check)
}
