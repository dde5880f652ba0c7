//! A shop that a program works with: one service of three steps, somebody who serves, a line.

use blueprints::{Body, Lane, NewBlueprint, Phase};
use kernel::{
    Bilingual, Ctx, Currency, Fault, Money, Role, Span,
    ids::{CustomerId, OrderId, ServiceId, StaffId, TicketId},
};
use offers::Family;
use queue::commands::{LineDraft, add_line};
use serde_json::{Value, json};
use store::Tx;
use testing::{Answer, Client, World, at, web::axum::http::Method};
use web::api::example;

/// Who and what is there.
#[derive(Clone, Copy)]
pub struct Shop {
    pub mei: StaffId,
    pub cut: ServiceId,
    pub chen: CustomerId,
}

fn body() -> Body {
    let mut body = Body {
        phases: vec![Phase {
            key: "visit".to_owned(),
            name: Bilingual::new("到店", "Visit"),
        }],
        ..Body::default()
    };
    for (key, name) in [("consult", "Consult"), ("cut", "Cut"), ("finish", "Finish")] {
        let name = Bilingual::new(name, name);
        body.steps
            .push(blueprints::Step::new(key, "visit", Lane::Frontstage, name));
    }
    body
}

fn furnish(tx: &mut Tx, ctx: &Ctx, world_site: kernel::ids::SiteId) -> Result<Shop, Fault> {
    let fields = people::StaffFields {
        name: "林梅".to_owned(),
        reading: "Lin Mei".to_owned(),
        sites: vec![world_site],
        ..people::StaffFields::default()
    };
    let mei = people::create_staff(tx, ctx, fields)?.id;
    for day in 21..=26 {
        let at = |time: &str| at(&format!("2026-11-{day}T{time}+08:00"));
        let span = Span::new(at("09:00"), at("21:00")).expect("forwards");
        people::add_shift(tx, ctx, mei, world_site, span)?;
    }
    let name = Bilingual::new("剪发", "Cut");
    let blueprint = blueprints::create(tx, ctx, NewBlueprint { name, body: body() })?;
    blueprints::publish(tx, ctx, blueprint.id, blueprint.version)?;
    let service = offers::Service {
        name: Bilingual::new("剪发", "Cut"),
        family: Family::Care,
        minutes: 45,
        price: Money::new(16_800, Currency::CNY),
        blueprint: Some(blueprint.id),
        ..offers::Service::new(ctx.id(), Currency::CNY)
    };
    let cut = offers::save_service(tx, ctx, &service)?.id;
    for letter in ["A", "B"] {
        let line = LineDraft::new(letter, Bilingual::new("排队", letter));
        add_line(tx, ctx, world_site, &line)?;
    }
    let details = customers::Details {
        name: "陈一".to_owned(),
        phone: "13800000001".to_owned(),
        ..customers::Details::default()
    };
    let chen = customers::create_customer(tx, ctx, &details)?;
    Ok(Shop { mei, cut, chen })
}

/// Opens the shop of a world.
pub fn open(world: &World) -> Shop {
    let site = world.site.id;
    let made = world.write(move |tx, ctx| furnish(tx, ctx, site));
    made.expect("the shop opens")
}

impl Shop {
    /// Somebody walks in and waits.
    pub fn waiting(&self, world: &World) -> OrderId {
        let (site, cut) = (world.site.id, self.cut);
        let order = world.write(move |tx, ctx| {
            let new = orders::NewOrder {
                lines: vec![orders::NewLine::one(cut)],
                ..orders::NewOrder::new(site, orders::Kind::WalkIn)
            };
            orders::create(tx, ctx, &new)
        });
        order.expect("the order is taken").id
    }

    /// Somebody walks in and is being served: the order and its steps, the first of which runs.
    pub fn serving(&self, world: &World) -> (OrderId, Value) {
        let (order, mei) = (self.waiting(world), self.mei);
        let started = world.write(move |tx, ctx| orders::start(tx, ctx, order, Some(mei)));
        started.expect("the order is started");
        let shown = told(&world.program(Role::Owner), &format!("/orders/{order}"));
        (order, shown["steps"].clone())
    }

    /// Somebody books a cut.
    pub fn booked(&self, world: &World, start: &str) -> OrderId {
        let (site, cut, start) = (world.site.id, self.cut, at(start));
        let order = world.write(move |tx, ctx| {
            let new = orders::NewOrder {
                lines: vec![orders::NewLine::one(cut)],
                slot: Some(orders::WantedSlot { start, staff: None }),
                ..orders::NewOrder::new(site, orders::Kind::Booking)
            };
            orders::create(tx, ctx, &new)
        });
        order.expect("the order is taken").id
    }

    /// Somebody takes a number.
    pub fn ticket(&self, world: &World) -> TicketId {
        let asked = json!({ "site": world.site.id, "service": self.cut });
        let answer = call(&world.program(Role::Owner), "/queue/tickets", &asked);
        id(&answer).parse().expect("a ticket has an id")
    }

    /// A booking as a program sends it.
    pub fn booking(&self, world: &World, start: &str) -> Value {
        json!({
            "site": world.site.id,
            "channel": "phone",
            "customer": { "id": self.chen },
            "lines": [{ "service": self.cut, "quantity": 1 }],
            "slot": { "start": start },
        })
    }

    /// An example of the document with what is really there in the place of its ids.
    pub fn real(&self, world: &World, example: &Value) -> String {
        let mut text = example.to_string();
        for (made_up, real) in [
            (example::SITE, world.site.id.to_string()),
            (example::SERVICE, self.cut.to_string()),
            (example::STAFF, self.mei.to_string()),
            (example::CUSTOMER, self.chen.to_string()),
        ] {
            text = text.replace(made_up, &real);
        }
        text
    }
}

/// Sends JSON to an endpoint.
pub fn call(client: &Client, path: &str, body: &Value) -> Answer {
    client.json(Method::POST, &format!("/api/v1{path}"), &body.to_string())
}

/// The JSON of an answer.
pub fn value(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.body))
}

/// What an endpoint tells.
pub fn told(client: &Client, path: &str) -> Value {
    let answer = client.get(&format!("/api/v1{path}"));
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    value(&answer)
}

/// The id of what was made.
pub fn id(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.body);
    value(answer)["id"]
        .as_str()
        .expect("it has an id")
        .to_owned()
}
