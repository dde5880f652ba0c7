//! Sentences about blueprints.

mod bpmn;
mod design;
mod pages;
mod versions;

use blueprints::{Blueprint, Body, NewBlueprint};
use kernel::Bilingual;
use testing::{World, web::Room};

fn rooms() -> Vec<Room> {
    vec![organisation::room(), people::room(), blueprints::room()]
}

/// A blueprint called "Visit" with the starter's steps, still a draft.
fn visit(world: &World) -> Blueprint {
    let name = Bilingual::new("到店", "Visit");
    world
        .write(|tx, ctx| {
            blueprints::create(
                tx,
                ctx,
                NewBlueprint {
                    name,
                    body: Body::starter(),
                },
            )
        })
        .expect("a starter can be created")
}

/// The same, published as version 1.
fn published_visit(world: &World) -> Blueprint {
    let draft = visit(world);
    world
        .write(move |tx, ctx| {
            blueprints::publish(tx, ctx, draft.id, draft.version)?;
            blueprints::blueprint(tx, ctx, draft.id)
        })
        .expect("a starter can be published")
}

fn now(world: &World, of: &Blueprint) -> Blueprint {
    let id = of.id;
    world
        .read(|tx, ctx| blueprints::blueprint(tx, ctx, id))
        .expect("it is still there")
}
