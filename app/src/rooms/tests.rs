//! Who is refused where: every route, as nobody and as each role.

use std::collections::BTreeSet;

use kernel::{Locale, Permission, Role};
use testing::{Answer, Client, Engine, World};
use web::{Access, RouteInfo};

use super::rooms;

const NOWHERE: &str = "00000000-0000-7000-8000-000000000000";

/// A path with nothing behind its parameters.
fn path(route: &RouteInfo) -> String {
    let parts = route.path.split('/').map(|part| match part {
        "{org}" => "lotus",
        "{site}" => "riverside",
        part if part.starts_with('{') => NOWHERE,
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn knock(client: &Client, route: &RouteInfo) -> Answer {
    match route.method {
        "GET" => client.get(&path(route)),
        _ => client.post(&path(route), ""),
    }
}

fn guarded() -> Vec<(RouteInfo, Permission)> {
    let routes = web::all_routes(&rooms()).into_iter();
    let guarded = routes.filter_map(|route| match route.access {
        Access::SignedIn(permission) => Some((route, permission)),
        Access::Public | Access::Program(_) => None,
    });
    guarded.collect()
}

/// `/live` never ends for those it lets in.
fn ends(route: &RouteInfo) -> bool {
    route.path != "/live"
}

#[test]
fn nobody_is_let_in_without_signing_in() {
    let world = World::new(Engine::Sqlite, &rooms());
    let nobody = world.nobody();
    for (route, _) in guarded() {
        let answer = knock(&nobody, &route);
        let sent_to_sign_in = answer.status == 303 && answer.location().starts_with("/login");
        assert!(
            answer.status == 401 || sent_to_sign_in,
            "{} {} answered {} {}",
            route.method,
            route.path,
            answer.status,
            answer.location()
        );
    }
    assert_eq!(world.activities().len(), before(&world), "nothing happened");
}

/// What a world has recorded when it is made.
fn before(world: &World) -> usize {
    World::new(world.engine, &rooms()).activities().len()
}

#[test]
fn each_role_is_refused_exactly_where_it_lacks_the_permission() {
    let world = World::new(Engine::Sqlite, &rooms());
    for role in Role::USERS {
        let client = world.client(role);
        for (route, permission) in guarded() {
            let name = format!("{} {} as {}", route.method, route.path, role.as_str());
            if permission.allows(role) {
                if ends(&route) && route.method == "GET" {
                    let status = knock(&client, &route).status;
                    assert!(status != 401 && status < 500, "{name} answered {status}");
                }
            } else {
                assert_eq!(knock(&client, &route).status, 403, "{name}");
            }
        }
    }
}

/// A till: takes orders and sees the day, edits nothing else.
const CASHIER: [&str; 6] = [
    "signed_in",
    "own_account",
    "orders.view",
    "orders.take",
    "desk.view",
    "customers.view",
];

#[test]
fn a_role_of_the_business_s_own_is_refused_exactly_where_it_lacks_the_permission() {
    let world = World::new(Engine::Sqlite, &rooms());
    // It began from the manager's, and may none of what only the manager may.
    let client = world.client_with(Role::Manager, &CASHIER);
    for (route, permission) in guarded() {
        let name = format!("{} {}", route.method, route.path);
        if CASHIER.contains(&permission.name) {
            if ends(&route) && route.method == "GET" {
                let status = knock(&client, &route).status;
                assert!(status != 401 && status < 500, "{name} answered {status}");
            }
        } else {
            assert_eq!(knock(&client, &route).status, 403, "{name}");
        }
    }
}

#[test]
fn every_permission_is_named_by_its_room_and_told_in_words() {
    let all = rooms();
    web::install_texts(&all);
    let named: BTreeSet<&str> = all
        .iter()
        .flat_map(|room| &room.permissions)
        .map(|permission| permission.name)
        .collect();
    for (route, permission) in guarded() {
        let known = named.contains(permission.name) || !permission.name.contains('.');
        assert!(
            known,
            "{} asks for {}, which no room names",
            route.path, permission.name
        );
    }
    for name in named {
        let key = name.replace('.', "-");
        for locale in [kernel::Locale::En, kernel::Locale::ZhCn] {
            let words = locale.tx("people-may", &[("permission", key.clone().into())]);
            assert!(!words.contains(&key), "{name} has no words in {locale:?}");
        }
    }
}

#[test]
fn no_public_page_breaks_for_a_stranger_with_a_made_up_address() {
    let world = World::new(Engine::Sqlite, &rooms());
    let nobody = world.nobody();
    for route in web::all_routes(&rooms()) {
        if route.access == Access::Public {
            let status = knock(&nobody, &route).status;
            assert!(
                status < 500,
                "{} {} answered {status}",
                route.method,
                route.path
            );
        }
    }
}

#[test]
fn every_menu_leads_to_a_route_and_every_page_of_a_menu_opens() {
    let world = World::new(Engine::Sqlite, &rooms());
    let owner = world.client(Role::Owner);
    let routes: BTreeSet<String> = web::all_routes(&rooms())
        .into_iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    for room in rooms() {
        for menu in &room.menu {
            assert!(
                routes.contains(&format!("GET {}", menu.path)),
                "{}",
                menu.path
            );
            let answer = owner.get(menu.path);
            assert_eq!(answer.status, 200, "{} answered {}", menu.path, answer.body);
        }
    }
}

#[test]
fn every_job_is_called_by_its_words_in_both_languages() {
    let rooms = rooms();
    super::wire(&rooms);
    let jobs = rooms
        .iter()
        .flat_map(|room| room.jobs.iter().map(|job| job.name));
    let errands = rooms
        .iter()
        .flat_map(|room| room.errands.iter().map(|errand| errand.name));
    for name in jobs.chain(errands).chain(["back up"]) {
        let chinese = operation::job_words(Locale::ZhCn, name);
        assert!(!chinese.contains(name), "{name} has no words");
    }
}
