//! Customers: one person, one row, found by name, reading, initials or either end of the phone.

mod api;
pub mod beside;
mod columns;
pub mod commands;
mod find;
mod http;
pub mod model;
mod own;
mod pages;
pub mod queries;
mod reach;
mod reindex;
mod remove;
mod shelf;
mod terms;
mod who;

pub use beside::{Brief, matching};
pub use commands::{
    Details, Imported, Taken, change_customer, create_customer, find_or_create, hold_still,
    import_customer, other_name,
};
pub use find::{How, Match, find};
pub use model::{Customer, Level, Named, Phone, display, is_mail_address};
pub use own::HOLDER;
pub use pages::{picker, unreachable_note};
pub use queries::{After, customer, customer_by_external_id, customers, optional, search};
pub use reach::{
    Report, Unreachable, UnreachableAddress, Why, clear_unreachable, mark_unreachable, unreachable,
    unreachable_addresses, whose_unreachable,
};
pub use reindex::{rebuild_terms, renew_terms, terms_behind};
pub use remove::remove_customer;
pub use shelf::SHELF;
pub use who::Who;

use kernel::{Permission, Role};

/// May look customers up.
pub const VIEW: Permission = Permission::new(
    "customers.view",
    &[
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::ReadOnly,
    ],
);

/// May write customers down and change them.
pub const EDIT: Permission = Permission::new(
    "customers.edit",
    &[Role::Manager, Role::Desk, Role::Support],
);

/// May be written down as a customer while ordering: a guest writes down nobody but themselves.
pub const JOIN: Permission = Permission::new(
    "customers.join",
    &[
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::Guest,
    ],
);

/// May read a phone number in full.
pub const PHONE: Permission = Permission::new(
    "customers.phone",
    &[Role::Manager, Role::Desk, Role::Support],
);

/// What the program needs to know about customers.
pub fn room() -> web::Room {
    web::Room::new("customers")
        .migrations(&[
            include_str!("../migrations/0001_customers.sql"),
            include_str!("../migrations/0002_terms.sql"),
            include_str!("../migrations/0003_terms_by_customer.sql"),
            include_str!("../migrations/0004_unreachable.sql"),
            include_str!("../migrations/0005_unreachable_whose.sql"),
        ])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW, EDIT, JOIN, PHONE])
        .verify(reindex::check)
        .job("customers' terms made anew", 5, |tx, ctx| {
            renew_terms(tx, ctx).map(drop)
        })
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("customers", "customers-menu")
        .routes(
            http::routes()
                .merge(files::routes(SHELF))
                .merge(fields::routes(HOLDER)),
        )
        .menu(web::Menu {
            group: web::Group::Run,
            order: 40,
            label_key: "customers-menu",
            path: "/customers",
            icon: "users",
            permission: VIEW,
            key: Some('u'),
        })
}
