//! Two businesses in one installation: nothing of one is seen or touched from the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use kernel::{Bilingual, Ctx, Fault, Id, IdSource, Locale, Role, ids::OrganisationId};
use organisation::{DayHours, Week};
use people::Founding;
use store::{Tx, Value, params};
use testing::{Client, Engine, World, at};
use web::Access;

use super::{rooms, wire};

/// Stands in every name of the other business, and nowhere else.
const MARK: &str = "Zebra";

/// Nouns whose ids are tried on every route of the first business.
const NOUNS: [&str; 14] = [
    "users",
    "staff",
    "services",
    "blueprints",
    "customers",
    "orders",
    "order_lines",
    "lines",
    "sites",
    "site_groups",
    "roles",
    "sessions",
    "resources",
    "webhooks",
];

/// The other business: a founder, a site, what a new business begins with, and one booking.
fn other(world: &World) -> OrganisationId {
    let ids = IdSource::system();
    let org = Id::from_uuid(ids.uuid(world.clock.now()));
    let ctx = Ctx::system(org, world.clock.now(), ids);
    let made = world.db.write(move |tx| found(tx, &ctx));
    made.expect("the other business is founded");
    org
}

fn found(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    let hours = DayHours::parse("09:00-21:00").expect("the hours are well formed");
    let named = || Bilingual::new("", MARK);
    people::found_business(
        tx,
        ctx,
        Founding {
            name: named(),
            site_name: named(),
            zone: "Asia/Shanghai".to_owned(),
            currency: "CNY".to_owned(),
            week: Week::same(&[1, 2, 3, 4, 5, 6, 7], &hours),
            owner_name: format!("{MARK} Wu"),
            login: "zebra".to_owned(),
            password_hash: String::new(),
            locale: Locale::En,
        },
    )?;
    let details = customers::Details {
        name: format!("{MARK} Customer"),
        phone: "13800007777".to_owned(),
        ..customers::Details::default()
    };
    customers::create_customer(tx, ctx, &details)?;
    let group = organisation::GroupFields {
        name: named(),
        parent: None,
    };
    organisation::create_group(tx, ctx, group)?;
    let role = people::RoleFields {
        name: named(),
        base: Role::Desk,
        permissions: vec!["orders.view".to_owned()],
    };
    people::create_role(tx, ctx, &role)?;
    let site = organisation::sites(tx, ctx)?.remove(0);
    let services = offers::services(tx, ctx, &offers::Filter::default())?;
    let order = orders::NewOrder {
        lines: vec![orders::NewLine::one(services[0].id)],
        slot: Some(orders::WantedSlot {
            start: at("2026-11-23T11:00+08:00"),
            staff: None,
        }),
        ..orders::NewOrder::new(site.id, orders::Kind::Booking)
    };
    orders::create(tx, ctx, &order)?;
    let wish = webhooks::Wish {
        url: format!("https://shop.example/{MARK}"),
        kinds: Vec::new(),
    };
    webhooks::create(tx, ctx, &wish)?;
    Ok(())
}

fn tables(world: &World) -> Vec<String> {
    let sql = "select name from sqlite_master where type = 'table' order by name limit 1000";
    let names = world.db.read(|tx| tx.all(sql, &[], |row| row.text(0)));
    names.expect("the tables are listed")
}

fn has_column(world: &World, table: &str, column: &str) -> bool {
    let sql = "select cast(count(*) as bigint) from pragma_table_info($1) where name = $2";
    let count = world.db.read(|tx| tx.count(sql, params![table, column]));
    count.expect("the columns are counted") > 0
}

/// One id of each noun of a business.
fn ids(world: &World, org: OrganisationId) -> BTreeMap<&'static str, String> {
    let id = |table: &&'static str| {
        let sql = format!("select id from {table} where org = $1 order by id limit 1");
        let found = world
            .db
            .read(|tx| tx.one(&sql, params![org], |row| row.text(0)));
        found.expect("the noun has ids").map(|id| (*table, id))
    };
    let known = NOUNS.iter().filter(|table| has_column(world, table, "id"));
    known.filter_map(id).collect()
}

/// How many rows each table has of a business, and the seal of its journal.
fn state(world: &World, org: OrganisationId) -> Vec<(String, i64)> {
    let rows = |table: String| {
        let sql = format!("select cast(count(*) as bigint) from {table} where org = $1");
        let count = world.db.read(|tx| tx.count(&sql, params![org]));
        (table, count.expect("the table is counted"))
    };
    let all = tables(world).into_iter();
    all.filter(|table| has_column(world, table, "org"))
        .map(rows)
        .collect()
}

/// Asks as a browser, or as a program where the route is one for programs.
fn knock(client: &Client, route: &web::RouteInfo, path: &str) -> testing::Answer {
    match (route.method, route.access) {
        ("GET", _) => client.get(path),
        (method, Access::Program(_)) => client.json(method.parse().expect("a method"), path, "{}"),
        _ => client.post(path, ""),
    }
}

/// The owner at a browser, who is also the account of a program.
fn owner(world: &World) -> Client {
    let token = format!("Bearer test.{}.owner..", world.org);
    world
        .client(Role::Owner)
        .with_header("authorization", &token)
}

#[test]
fn no_route_shows_or_touches_another_business_by_its_ids() {
    let all = rooms();
    wire(&all);
    let world = World::new(Engine::Sqlite, &all);
    let other = other(&world);
    let ids = ids(&world, other);
    assert!(ids.len() >= 10, "{ids:?}");
    let before = state(&world, other);
    let owner = owner(&world);
    let mut tried = 0;
    for route in web::all_routes(&all) {
        let own = route.access != Access::Public && route.path.contains('{');
        if !own {
            continue;
        }
        for id in ids.values() {
            let parts = route.path.split('/');
            let path: Vec<&str> = parts
                .map(|part| if part.starts_with('{') { id } else { part })
                .collect();
            let path = path.join("/");
            let answer = knock(&owner, &route, &path);
            let name = format!("{} {path}", route.method);
            assert!(answer.status < 500, "{name} answered {}", answer.status);
            assert!(!answer.says(MARK), "{name} shows the other business");
            tried += 1;
        }
    }
    assert!(tried > 500, "only {tried} requests");
    assert_eq!(state(&world, other), before, "something of it was touched");
}

#[test]
fn lists_searches_files_and_public_addresses_keep_to_their_business() {
    let all = rooms();
    wire(&all);
    let world = World::new(Engine::Sqlite, &all);
    let other = other(&world);
    let owner = owner(&world);
    let looked = [
        "/search?q=Zebra",
        "/customers?q=Zebra",
        "/customers/found?q=13800007777",
        "/customers?format=csv",
        "/orders?q=Zebra",
        "/staff?sites=all",
        "/journal",
        "/regions",
        "/audit",
        "/access/sign-ins",
        "/access/roles",
        "/sites",
    ];
    for path in looked {
        let answer = owner.get(path);
        assert_eq!(answer.status, 200, "{path}");
        // What was typed stands in the search box again.
        let told = answer
            .body
            .replace("value=\"Zebra\"", "")
            .replace("“Zebra”", "");
        let told = told.replace("q=Zebra", "");
        assert!(
            !told.contains("Zebra Wu") && !told.contains("Zebra Customer"),
            "{path}"
        );
    }
    let site = world.db.read(|tx| {
        let ctx = Ctx::system(other, world.clock.now(), IdSource::system());
        Ok(organisation::sites(tx, &ctx)?.remove(0).slug)
    });
    let site = site.expect("it has a site");
    let crossed = world.nobody().get(&format!("/at/lotus/{site}"));
    assert_eq!(
        crossed.status, 404,
        "another's site below one's own address"
    );
}

/// What is heard of the statements of requests.
#[derive(Default)]
struct Watched {
    /// The business whose requests run.
    org: String,
    /// Statements that did not name it.
    strange: BTreeSet<String>,
    seen: BTreeSet<String>,
}

static WATCHED: Mutex<Option<Watched>> = Mutex::new(None);

/// Statements about the whole installation, by what they begin with or name.
const ACROSS: [&str; 11] = [
    " logins",
    " sign_in_attempts",
    " passkey_owners",
    " passkey_challenges",
    " former_slugs",
    "where slug = $1",
    "from organisations\n",
    "select 1",
    "select sqlite_version()",
    "pragma_page_count()",
    "current_database()",
];

fn watch(sql: &str, values: &[Value]) {
    let mut watched = WATCHED.lock().expect("nobody panics while watching");
    let Some(Watched { org, strange, seen }) = watched.as_mut() else {
        return;
    };
    seen.insert(sql.to_owned());
    let names = values
        .iter()
        .any(|value| *value == Value::Text(org.clone()));
    let scoped = sql.contains("org = $") || sql.contains("(org");
    let bound = names && scoped;
    if !bound && !ACROSS.iter().any(|known| sql.contains(known)) {
        strange.insert(sql.to_owned());
    }
}

#[test]
fn every_statement_of_every_page_names_its_business() {
    let all = rooms();
    wire(&all);
    let world = World::new(Engine::Sqlite, &all);
    let org = world.org;
    let ctx = world.ctx();
    let filled = world.db.write(move |tx| {
        let site = organisation::sites(tx, &ctx)?.remove(0);
        crate::sample::usable(tx, &ctx, site.id)?;
        let details = customers::Details {
            name: "Ada".to_owned(),
            ..customers::Details::default()
        };
        customers::create_customer(tx, &ctx, &details)
    });
    filled.expect("there is something to see");
    let ids = ids(&world, org);
    let owner = owner(&world);
    store::watch_statements(watch);
    *WATCHED.lock().expect("it is free") = Some(Watched {
        org: org.to_string(),
        ..Watched::default()
    });
    for route in web::all_routes(&all) {
        if route.access == Access::Public || route.path == "/live" {
            continue;
        }
        let wanted: Vec<&String> = match route.path.contains('{') {
            true => ids.values().collect(),
            false => ids.values().take(1).collect(),
        };
        for id in wanted {
            let parts = route.path.split('/');
            let path: Vec<&str> = parts
                .map(|part| if part.starts_with('{') { id } else { part })
                .collect();
            knock(&owner, &route, &path.join("/"));
        }
    }
    let watched = WATCHED.lock().expect("it is free").take();
    let Watched { strange, seen, .. } = watched.expect("it was watched");
    let seen = seen.len();
    // What is kept is asked once, however often it is needed: different statements are counted.
    assert!(seen > 150, "only {seen} different statements");
    assert!(
        strange.is_empty(),
        "{} of {seen}: {strange:#?}",
        strange.len()
    );
}
