//! Sentences about services and goods.

mod pages;
mod saving;

use kernel::{Bilingual, Currency, Fault, Money};
use offers::{Family, Service};
use testing::{World, web::Room};

fn rooms() -> Vec<Room> {
    vec![
        organisation::room(),
        people::room(),
        blueprints::room(),
        offers::room(),
    ]
}

/// A haircut of 45 minutes for 168 yuan, not yet saved.
fn cut(world: &World) -> Service {
    Service {
        code: "CUT".to_owned(),
        family: Family::Hair,
        name: Bilingual::new("剪发", "Cut"),
        minutes: 45,
        price: Money::new(16_800, Currency::CNY),
        ..Service::new(world.ctx().id(), Currency::CNY)
    }
}

fn save(world: &World, service: &Service) -> Result<Service, Fault> {
    let service = service.clone();
    world.write(move |tx, ctx| offers::save_service(tx, ctx, &service))
}
