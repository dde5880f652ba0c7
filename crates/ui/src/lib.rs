//! The design system: markup for every part of every page.
//!
//! Parts are functions or small builders that implement [`maud::Render`]; words come in already
//! translated. Only the few words the parts themselves say are in [`TEXTS`].

mod agenda;
pub mod assets;
pub mod brand;
mod button;
mod calendar;
mod desk;
mod device;
mod field;
mod flow;
mod frame;
mod gallery;
mod guest;
mod icon;
mod inputs;
mod layout;
mod offline;
mod overlay;
mod qr;
mod setting;
mod state;
mod table;

pub use agenda::{AgendaLine, AgendaVisit, StripDay, agenda, day_strip};
pub use button::{Button, button, icon_button, link_button, post_button};
pub use calendar::{
    Block, BlockState, Column, Event, calendar_axis, calendar_body, calendar_column, calendar_head,
    event_block,
};
pub use desk::{
    Attention, Booking, QueueCard, Service, attention_card, booking_row, lane, now_line,
    opening_row, queue_card, service_card, stat, stats,
};
pub use device::{KioskFrame, WallFrame, kiosk_page, wall_page};
pub use field::{Field, errors, form_error};
pub use flow::{Promise, Seen, Step, StepState, promise_bar, step_dots, step_track};
pub use frame::{
    CANVAS, Frame, HelpNote, MenuGroup, MenuItem, Person, SharedDesk, SiteChoice, SiteSwitch,
    Theme, page,
};
pub use gallery::gallery;
pub use guest::{GuestFrame, Logo, guest_bar, guest_empty_page, guest_page, merchant_mark};
pub use icon::{family_icon, icon, logo};
pub use inputs::{
    Choice, checkbox, choices, choices_field, date_field, datetime_field, email_field, file_field,
    hidden, money_field, number_field, password_field, phone_field, radios, search_field,
    select_field, text_area, text_field, time_field,
};
pub use layout::{
    Tab, avatar, avatar_large, avatar_small, card, chip, chip_toggle, code_block, count, empty,
    initials, kv, lang_run, pager, plain_card, portrait, seg, skeleton, stack, tabs, toolbar,
};
pub use maud::{DOCTYPE, Markup, PreEscaped, Render, html};
pub use offline::kept_acts;
pub use overlay::{Item, anchored, dialog, disclosure, drop_menu, menu, note, toast, toast_undo};
pub use qr::qr;
pub use setting::{Changed, Setting, setting, settings_form};
pub use state::{Sla, Tone, badge, badge_line, family, meter, progress, sla};
pub use table::{Cell, Head, Row, head, row, stacking_table, table};

/// The words the parts say themselves, for `kernel::text::install`: (English, simplified Chinese).
pub const TEXTS: (&str, &str) = (
    include_str!("texts/en.ftl"),
    include_str!("texts/zh-CN.ftl"),
);
