//! The HTTP edge: rooms and routes, sessions, permission, forms, faults, live updates.
//!
//! A request goes through [`security`] (headers, cross-site check), finds its route with the
//! [`Access`] it demands, is turned into a context by [`Me`] or [`Guest`], and its answer or its
//! fault is rendered in the language and light of [`Look`].

mod again;
pub mod api;
mod app;
mod cookie;
mod crowd;
mod door;
mod export;
mod fields;
mod guest;
mod guide;
mod install;
mod listening;
mod live;
mod look;
mod me;
mod meter;
mod problem;
mod ready;
mod reply;
mod room;
mod security;
mod serve;
mod setting;
mod trace;
mod vitals;

pub use app::{
    App, BackupPlan, Clock, Config, GuestOrganisation, Hooks, Key, Outside, Shared, SignedIn,
    SiteChoice,
};
pub use axum::{
    self,
    extract::{Path, State},
    response::Response,
};
pub use cookie::{clear_cookie, cookie_of, set_cookie};
pub use export::{EXPORT_ROWS, Export, at_once, body_of, download, export, wanted};
pub use fields::{Fields, File, Form, Query};
pub use guest::Guest;
pub use guide::{Guide, NEWS_COOKIE, set_guide};
pub use live::live_at;
pub use look::Look;
pub use me::{Anyone, Me};
pub use meter::{Around, metrics};
pub use problem::{Problem, Reply};
pub use ready::DISK_BYTES_LEAST;
pub use reply::{
    Page, bytes, done, fragment, guest_page, json, no_content, page, see_other, unprocessable,
    unprocessable_guest,
};
pub use room::{Access, Errand, Group, Job, Menu, Queue, Room, RouteInfo, Routes, Verify};
pub use serve::{all_routes, install_texts, router, serve};
pub use setting::SettingChanges;
pub use sheets::{Cell, Column, Format};
pub use vitals::{Backlog, JobState, Slow, Surroundings, Vitals, resident_bytes};

/// The edge's own texts: English, then Chinese.
pub const TEXTS: (&str, &str) = (
    include_str!("texts/en.ftl"),
    include_str!("texts/zh-CN.ftl"),
);
