//! Booking online: from a service to a time to a name, and back out again by a secret link.

mod choice;
mod commands;
mod http;
pub mod ics;
pub mod model;
mod pages;
mod queries;
mod told;

pub use commands::{
    Booker, SeatTap, TWICE, Tap, book, cancel_booking, change_session, forget_taps, hold,
    hold_seats, keep_contact_mail, move_booking,
};

pub use queries::contact_mail;
pub use told::{ToldPart, told_parts};

use web::Room;

/// Seconds between two rounds of tidying up.
const FORGET_SECONDS: u64 = 3600;

/// Everything the program needs to know about booking online.
pub fn room() -> Room {
    Room::new("booking")
        .migrations(&[
            include_str!("../migrations/0001_booking.sql"),
            include_str!("../migrations/0002_tap_of_order.sql"),
            include_str!("../migrations/0003_booking_contacts.sql"),
        ])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .routes(http::routes())
        .job("forget taps", FORGET_SECONDS, forget_taps)
}
