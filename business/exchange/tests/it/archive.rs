//! Everything of an organisation in one file.

use std::io::{Cursor, Read};

use exchange::ROWS_MAX;
use kernel::Role;
use testing::{World, each_engine, kernel, store};
use zip::ZipArchive;

use crate::{browser::bring, shop::rooms};

fn work(world: &World) {
    for errand in exchange::room().errands {
        (errand.run)(&world.app, &world.ctx()).expect("the work goes on");
    }
}

fn archive(world: &World) -> ZipArchive<Cursor<Vec<u8>>> {
    let owner = world.client(Role::Owner);
    assert_eq!(owner.post("/archives", "").status, 303);
    work(world);
    let page = owner.get("/archives");
    let path = page
        .body
        .split("href=\"/archives/")
        .nth(1)
        .expect("it can be fetched");
    let path = format!("/archives/{}", path.split('"').next().unwrap_or_default());
    let answer = owner.get(&path);
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("application/zip"))
    );
    ZipArchive::new(Cursor::new(answer.bytes)).expect("it is a sound archive")
}

fn text(zip: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    let mut text = String::new();
    let mut file = zip.by_name(name).expect("it is in the archive");
    file.read_to_string(&mut text).expect("it is text");
    text
}

#[test]
fn the_archive_has_every_table_with_as_many_rows_as_its_manifest_says() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let file = "id,name,phone\nC-1,\"Ada, the first\",13900000001\nC-2,=1+1,13900000002\n";
        bring(world, &owner, "customers", file);
        let mut zip = archive(world);
        let manifest: serde_json::Value =
            serde_json::from_str(&text(&mut zip, "manifest.json")).expect("it is JSON");
        let tables = manifest["tables"]
            .as_array()
            .expect("it lists tables")
            .clone();
        assert!(tables.len() > 40, "{}", tables.len());
        for table in tables {
            let (name, rows) = (table["table"].as_str().unwrap_or_default(), &table["rows"]);
            let csv = text(&mut zip, table["file"].as_str().unwrap_or_default());
            let grid = exchange::read_grid(csv.into_bytes()).expect("it is read again");
            assert_eq!(&serde_json::json!(grid.rows.len()), rows, "{name}");
            assert!(grid.rows.len() <= ROWS_MAX);
            let moving = [
                "archives",
                "journal",
                "journal_heads",
                "journal_objects",
                "sights",
            ];
            if !moving.contains(&name) {
                let sql = format!("select cast(count(*) as bigint) from {name} where org = $1");
                let kept = world
                    .db
                    .read(|tx| tx.count(&sql, store::params![world.org]));
                assert_eq!(
                    &serde_json::json!(kept.expect("it can be counted")),
                    rows,
                    "{name}"
                );
            }
        }
        let customers = text(&mut zip, "tables/customers.csv");
        assert!(customers.contains("\"Ada, the first\"") && customers.contains("'=1+1"));
        let orders = text(&mut zip, "tables/orders.csv");
        assert!(!orders.contains("secret"), "what opens doors is left out");
    });
}

#[test]
fn only_the_owner_takes_everything_along_and_only_for_a_day() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        archive(world);
        let page = owner.get("/archives").body;
        let path = page
            .split("href=\"/archives/")
            .nth(1)
            .expect("it can be fetched");
        let path = format!("/archives/{}", path.split('"').next().unwrap_or_default());
        for role in [Role::Manager, Role::Desk, Role::ReadOnly] {
            assert_eq!(world.client(role).get("/archives").status, 403);
            assert_eq!(world.client(role).get(&path).status, 403);
        }
        let told = world.activities();
        assert!(told.contains(&"archive.taken".to_owned()));
        world.set_time("2026-11-22T10:01+08:00");
        assert_eq!(owner.get(&path).status, 409, "its time is over");
        for job in exchange::room().jobs {
            let ctx = world.ctx();
            world
                .db
                .write(move |tx| (job.run)(tx, &ctx))
                .expect("it forgets");
        }
        let kept = "select cast(count(*) as bigint) from file_parts where org = $1";
        let kept = world
            .db
            .read(|tx| tx.count(kept, store::params![world.org]));
        assert_eq!(kept.expect("it can be counted"), 0);
    });
}
