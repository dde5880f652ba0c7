//! Orders: whatever a customer asks of the business, its lines, its steps and where it stands.

mod api;
mod beside;
mod columns;
pub mod commands;
mod http;
pub mod model;
mod own;
mod pages;
pub mod queries;
mod shelf;
pub mod verify;
mod why;

pub use api::NAMED as API_NAMED;
pub use beside::{Beside, FindBeside, set_beside};
pub use commands::{
    Edit, PartMove, Recorded, Reschedule, add_note, advance, arrive, cancel, change_seats,
    complete_step, confirm, create, edit, expire_holds, fail_step, finish, finish_step,
    follow_session, give_up, move_part, no_show, promise, record_past, remove_past, reopen,
    reschedule, reschedule_over, settle, skip_step, start, start_step, tick, undo, visit_of,
    visit_of_order,
};
pub use model::{
    Act, Ending, Kind, LastAct, Level, Line, NewLine, NewOrder, Note, Order, Part, PastLine,
    PastOrder, PastStep, Slot, State, StateName, Step, StepState, WantedSeats, WantedSlot,
    channel_label, state_label,
};
pub use queries::{
    AtWork, Card, Cursor, DayFigures, Diary, Filter, Page, Scope, Standing, Undoable, at_work,
    board, board_today, card, count_up_to, diary, figures, in_session, in_session_of, lines, list,
    minutes_by_hour, notes, observed, open_matters, order, order_by_external_id, order_by_secret,
    parts, standing, states, steps, undoable, undone_since,
};

use kernel::{Permission, Role};

/// May look at orders.
pub const VIEW: Permission = Permission::new(
    "orders.view",
    &[
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::ReadOnly,
    ],
);

/// May take orders, and change when they take place; a guest does so through the public pages,
/// which know whose order it is.
pub const TAKE: Permission = Permission::new(
    "orders.take",
    &[
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::Guest,
    ],
);

/// May change what is sold and what is written down.
pub const EDIT: Permission = Permission::new(
    "orders.edit",
    &[Role::Manager, Role::Desk, Role::Staff, Role::Support],
);

/// May carry orders out.
pub const SERVE: Permission =
    Permission::new("orders.serve", &[Role::Manager, Role::Desk, Role::Staff]);

/// May book over somebody who is busy, with a reason.
pub const OVERBOOK: Permission = Permission::new("orders.overbook", &[Role::Manager, Role::Desk]);

/// What the program needs to know about orders.
pub fn room() -> web::Room {
    web::Room::new("orders")
        .migrations(&[
            include_str!("../migrations/0001_orders.sql"),
            include_str!("../migrations/0002_undo.sql"),
            include_str!("../migrations/0003_booked_as.sql"),
            include_str!("../migrations/0004_session.sql"),
            include_str!("../migrations/0005_parts.sql"),
            include_str!("../migrations/0006_kind_channel.sql"),
            include_str!("../migrations/0007_found_by.sql"),
            include_str!("../migrations/0008_rows_in_keys.sql"),
            include_str!("../migrations/0009_sold_names.sql"),
            include_str!("../migrations/0010_in_order.sql"),
            include_str!("../migrations/0011_in_order.sql"),
        ])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW, TAKE, EDIT, SERVE, OVERBOOK])
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("orders", "orders-menu")
        .routes(
            http::routes()
                .merge(files::routes(shelf::SHELF))
                .merge(fields::routes(own::HOLDER)),
        )
        .menu(web::Menu {
            group: web::Group::Run,
            order: 30,
            label_key: "orders-menu",
            path: "/orders",
            icon: "clipboard",
            permission: VIEW,
            key: Some('o'),
        })
        .verify(verify::check)
        .job("orders.expire_holds", 15, |tx, ctx| {
            commands::expire_holds(tx, ctx).map(|_| ())
        })
}
