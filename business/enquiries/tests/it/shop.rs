//! A shop where people ask.

use enquiries::{Enquiry, Level, NewEnquiry};
use kernel::{Actor, Ctx, Fault, Id, Role, ids::UserId};
use orders::{Kind, NewOrder};
use people::NewUser;
use testing::{World, web::Room};

/// The rooms of a program that answers.
pub fn rooms() -> Vec<Room> {
    vec![
        organisation::room(),
        people::room(),
        blueprints::room(),
        offers::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
        enquiries::room(),
    ]
}

/// Something asked in a shop, at a level.
pub fn asked(world: &World, level: Level, matter: &str) -> Enquiry {
    let new = NewEnquiry {
        order: NewOrder {
            note: matter.to_owned(),
            ..NewOrder::new(world.site.id, Kind::Enquiry)
        },
        level,
        about: String::new(),
    };
    let opened = world.write(move |tx, ctx| enquiries::open(tx, ctx, &new));
    opened.expect("it can be asked")
}

/// Somebody who answers, with an account.
pub fn agent(world: &World, name: &'static str) -> Ctx {
    agent_read(world, name, name)
}

/// Somebody who answers, whose name is read so.
pub fn agent_read(world: &World, name: &'static str, reading: &'static str) -> Ctx {
    let user = world.write(move |tx, ctx| {
        let login = format!("{}.answers", reading.to_lowercase().replace(' ', "."));
        let mut new = NewUser::new(&login, name, Role::Support);
        new.reading = reading.to_owned();
        people::create_user(tx, ctx, new)
    });
    let id: UserId = user.expect("an account").id;
    Ctx {
        actor: Actor::User {
            id,
            staff: None,
            name: name.to_owned(),
        },
        ..world.ctx_of(Role::Support)
    }
}

/// The user of a context.
pub fn user(ctx: &Ctx) -> UserId {
    match &ctx.actor {
        Actor::User { id, .. } => *id,
        Actor::Guest | Actor::System => Id::from_uuid(kernel::id::NIL),
    }
}

/// The enquiry as it is now.
pub fn now(world: &World, enquiry: &Enquiry) -> Enquiry {
    let id = enquiry.order;
    let found = world.read(|tx, ctx| enquiries::enquiry(tx, ctx, id));
    found.expect("it is there")
}

/// Does something as somebody.
pub fn act<T: Send + 'static>(
    world: &World,
    ctx: &Ctx,
    command: impl FnOnce(&mut testing::store::Tx, &Ctx) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let ctx = ctx.at(world.clock.now());
    world.write_as(ctx, command)
}
