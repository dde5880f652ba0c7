//! Sentences about users, staff and their time, on both databases.

mod access;
mod door;
mod factors;
mod pages;
mod passkeys;
mod plan;
mod requests;
mod roles;
mod shifts;
mod sights;
mod staff;
mod turns;
mod users;

use kernel::ids::SiteId;
use kernel::{Ctx, Fault, FaultKind, IdSource, Locale, Role, SiteScope};
use people::auth::{Entry, Knock, Knocker, Opened, sign_in, use_link};
use people::{HashCost, NewUser, Password, Staff, StaffFields, User, create_staff, create_user};
use testing::{Client, World, each_engine};
use web::Hooks;

const PASSWORD: &str = "correct horse battery";

/// Runs a test on each database with this room's tables.
fn each(test: impl Fn(&World)) {
    each_engine(&[organisation::room(), people::room()], test);
}

/// Somebody with a role who may act at some sites only.
fn scoped(world: &World, role: Role, sites: &[SiteId]) -> Ctx {
    Ctx {
        sites: SiteScope::Only(sites.to_vec()),
        ..world.ctx_of(role)
    }
}

fn kind<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> FaultKind {
    outcome.expect_err("it is refused").kind
}

fn new_user(login: &str, role: Role) -> NewUser {
    NewUser {
        reading: "Chen Mei".to_owned(),
        locale: Locale::En,
        ..NewUser::new(login, "陈美", role)
    }
}

/// A user with a role and the usual password.
fn user(world: &World, login: &str, role: Role) -> User {
    let ctx = world.ctx();
    let password = Password::new(PASSWORD, login).expect("it is good enough");
    let hash = people::hash_password(&ctx, &password, HashCost::Cheap).expect("it hashes");
    let new = NewUser {
        password_hash: Some(hash),
        ..new_user(login, role)
    };
    world
        .write(move |tx, ctx| create_user(tx, ctx, new))
        .expect("a user is made")
}

/// Somebody at the door with a password.
fn knock(world: &World, login: &str, password: &str, address: &str) -> Result<Opened, Fault> {
    let knock = Knock {
        login: login.to_owned(),
        password: password.to_owned(),
        by: Knocker {
            address: address.to_owned(),
            agent: "Firefox/140.0".to_owned(),
        },
    };
    match sign_in(&world.db, &knock, world.clock.now(), IdSource::system())? {
        Entry::Open(opened) => Ok(*opened),
        Entry::Next(step) => panic!("a second step is asked for: {:?}", step.needs),
    }
}

/// A browser with a real session.
fn browser(world: &World, token: &str) -> Client {
    let hooks = Hooks {
        authenticate: people::hooks::authenticate,
        note_use: people::auth::touch,
        guest: organisation::guest,
        shell: organisation::shell,
    };
    world.client_by(hooks, token)
}

/// Whoever set a password by a link, in.
fn by_link(world: &World, link: &people::Token, password: &str) -> Result<Opened, Fault> {
    let by = Knocker::default();
    let with = (password, HashCost::Cheap);
    match use_link(&world.db, link, with, &by, &world.ctx())? {
        Entry::Open(opened) => Ok(*opened),
        Entry::Next(step) => panic!("a second step is asked for: {:?}", step.needs),
    }
}

/// Somebody at the edge with a session or a program's token, whose use is noted as the edge does.
fn enter(world: &World, token: &str) -> Option<web::SignedIn> {
    let (text, now) = (token.to_owned(), world.clock.now());
    let entered = world.db.write(move |tx| {
        let found = people::hooks::authenticate(tx, &text, now)?;
        if found.as_ref().is_some_and(|who| who.use_is_due) {
            people::auth::touch(tx, &text, now)?;
        }
        Ok(found)
    });
    entered.expect("the door answers")
}

/// The context of a user who signed in.
fn acting(world: &World, login: &str) -> Ctx {
    let opened = knock(world, login, PASSWORD, "10.0.0.1").expect("the door opens");
    opened.signed_in.ctx(world.clock.now(), IdSource::system())
}

/// A member of staff at the world's site.
fn hire(world: &World, name: &str) -> Staff {
    let name = name.to_owned();
    let fields = StaffFields {
        name,
        sites: vec![world.site.id],
        ..StaffFields::default()
    };
    world
        .write(move |tx, ctx| create_staff(tx, ctx, fields))
        .expect("somebody is taken on")
}
