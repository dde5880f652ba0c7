//! Databases of earlier programs, as backups in `earlier/`, open and are sound.
//!
//! `017.backup`: seventeen steps of the schema; a site with its services, people and shifts.
//! `044.backup`: forty-four steps; a shop with customers, bookings and one that was cancelled.

use std::{fs, path::Path};

use crate::{
    browser::Browser,
    program::{Place, run},
};

fn upgraded(name: &str, events: &str) -> Place {
    let folder = Place::folder();
    let Place::Folder(path) = &folder else {
        panic!("a folder is a folder");
    };
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/earlier")
        .join(name);
    let (file, data) = (file.display().to_string(), path.display().to_string());
    let restored = run(&["restore", &file, "--data", &data], "");
    assert!(restored.ok && restored.out.contains(events), "{restored:?}");
    assert_eq!(folder.run(&["migrate"]).out, "nothing to do\n");
    assert!(fs::metadata(path.join("steward.db")).is_ok_and(|file| file.len() > 0));
    folder
}

#[test]
fn a_database_of_the_first_seventeen_steps_is_brought_up_to_date_and_is_sound() {
    let place = upgraded("017.backup", "ok: 1 organisations, 1154 events");
    let server = place.serve();
    let shop = Browser::new(server.address, "10.7.0.1")
        .get("/at/lotus")
        .expect("it answers");
    assert!(matches!(shop.status, 200 | 303), "{}", shop.body);
}

#[test]
fn a_shop_of_forty_four_steps_goes_on_with_its_customers_and_bookings() {
    let place = upgraded("044.backup", "ok: 1 organisations, 109 events");
    let server = place.serve();
    let owner = Browser::owner(server.address);
    let customers = owner.get("/customers").expect("it answers");
    assert!(customers.body.contains("Bo Lin") && customers.body.contains("赵敏"));
    for path in [
        "/today",
        "/orders",
        "/calendar",
        "/services",
        "/staff",
        "/health",
    ] {
        let page = owner.get(path).expect("it answers");
        assert_eq!(page.status, 200, "{path}: {}", page.body);
    }
    let made = owner.post("/customers", "name=Next&phone=13700000001");
    assert_eq!(made.expect("it answers").status, 303);
    drop(server);
    let sound = place.run(&["verify"]);
    assert!(sound.ok, "{sound:?}");
}
