//! Imports by browser.

use exchange::IMPORT;
use kernel::{Ctx, Locale, Role};
use testing::{Answer, Client, World, each_engine, kernel, store, web::axum::http::Method};

use crate::shop::rooms;

const CUSTOMERS: &str = "编号,姓名,手机号,鞋码
C-1,陈雨桐,13800132047,38
C-2,Ada Lovelace,+351 912 345 678,39
C-3,周静,call me,37
C-4,Bo,13900001111,40
";

/// Sends a file as a browser does.
pub fn upload(client: &Client, what: &str, name: &str, bytes: &[u8]) -> Answer {
    let part = |name: &str, value: &str| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let mut body = part("what", what).into_bytes();
    body.extend(file.as_bytes());
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let kind = Some("multipart/form-data; boundary=edge");
    client.send(Method::POST, "/imports", kind, body)
}

/// Lets the program work on what there is to do.
pub fn work(world: &World) {
    let errand = exchange::room().errands[0];
    (errand.run)(&world.app, &world.ctx()).expect("the work goes on");
}

fn count(world: &World, sql: &str) -> i64 {
    let org = world.org;
    let counted = world.db.read(|tx| tx.count(sql, store::params![org]));
    counted.expect("it can be counted")
}

fn customers(world: &World) -> i64 {
    count(
        world,
        "select cast(count(*) as bigint) from customers where org = $1",
    )
}

/// Sends the form of columns as the page proposes it, with some chosen differently.
pub fn choose(client: &Client, path: &str, other: &[(usize, &str)]) -> Answer {
    let page = client.get(path);
    let mut pairs = vec![format!(
        "version={}",
        between(&page.body, "name=\"version\" value=\"", "\"")
    )];
    for (at, select) in page.body.split("name=\"column-").skip(1).enumerate() {
        let select = select.split("</select>").next().unwrap_or_default();
        let chosen = select
            .split("<option value=\"")
            .find(|option| option.contains("selected"));
        let proposed = chosen.map_or("", |option| option.split('"').next().unwrap_or_default());
        let changed = other.iter().find(|(place, _)| *place == at);
        pairs.push(format!(
            "column-{at}={}",
            changed.map_or(proposed, |(_, name)| name)
        ));
    }
    client.post(&format!("{path}/columns"), &pairs.join("&"))
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let rest = text.split(from).nth(1).unwrap_or_default();
    rest.split(to).next().unwrap_or_default()
}

/// Uploads, chooses the proposed columns, checks and takes in; answers the page's path.
pub fn bring(world: &World, client: &Client, what: &str, file: &str) -> String {
    let answer = upload(client, what, "file.csv", file.as_bytes());
    assert_eq!(answer.status, 303, "{}", answer.body);
    let path = answer.location().to_owned();
    assert_eq!(choose(client, &path, &[]).status, 303);
    work(world);
    assert_eq!(client.post(&format!("{path}/intake"), "").status, 303);
    work(world);
    path
}

#[test]
fn a_file_is_looked_at_checked_and_brought_in_with_each_refused_row_named() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let answer = upload(&owner, "customers", "customers.csv", CUSTOMERS.as_bytes());
        assert_eq!(answer.status, 303, "{}", answer.body);
        let path = answer.location().to_owned();
        let page = owner.get(&path);
        assert!(
            page.says("鞋码") && page.says("陈雨桐"),
            "columns and first rows are shown"
        );
        assert_eq!(choose(&owner, &path, &[]).status, 303);
        work(world);
        assert_eq!(customers(world), 0, "checking changes nothing");
        let page = owner.get(&path);
        assert!(page.says("Bring 3 rows in"));
        assert!(page.says("Write a number of 5 to 15 digits"));
        owner.post(&format!("{path}/intake"), "");
        work(world);
        assert_eq!(customers(world), 3);
        let file = owner.get(&format!("{path}/refused?format=csv"));
        assert!(file.says("C-3,周静,call me,37,"), "{}", file.body);
        assert!(
            !file.says("C-4"),
            "rows that came in are not in the error file"
        );
        assert!(
            owner.get("/imports").says("customers.csv"),
            "the history knows it"
        );
        let told = world.activities();
        assert_eq!(
            told.iter().filter(|one| *one == "import.finished").count(),
            1
        );
    });
}

#[test]
fn the_same_file_again_brings_nothing_twice() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        bring(world, &owner, "customers", CUSTOMERS);
        let path = bring(world, &owner, "customers", CUSTOMERS);
        assert_eq!(customers(world), 3, "a re-run duplicates nothing");
        let same = "select max(rows_same) from imports where org = $1";
        assert_eq!(count(world, same), 3);
        assert!(owner.get(&path).says("Done"));
    });
}

#[test]
fn two_programs_at_once_and_a_stop_in_the_middle_take_no_row_twice() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let rows: String = (0..2300)
            .map(|n| format!("C-{n},Name {n},{}\n", 13_800_000_000_u64 + n))
            .collect();
        let file = format!("id,name,phone\n{rows}");
        let answer = upload(&owner, "customers", "many.csv", file.as_bytes());
        let path = answer.location().to_owned();
        choose(&owner, &path, &[]);
        work(world);
        owner.post(&format!("{path}/intake"), "");
        let stopper = owner.clone();
        std::thread::scope(|scope| {
            scope.spawn(|| work(world));
            scope.spawn(|| work(world));
            scope.spawn(|| stopper.post(&format!("{path}/stop"), ""));
        });
        let now = customers(world);
        let done = "select units_done from imports where org = $1 order by id limit 1";
        assert_eq!(count(world, done), now, "the place is that of the rows");
        owner.post(&format!("{path}/intake"), "");
        work(world);
        assert_eq!(customers(world), 2300);
        let new = "select rows_new from imports where org = $1 order by id limit 1";
        assert_eq!(count(world, new), 2300);
        let facts = "select cast(count(*) as bigint) from journal
            where org = $1 and activity = 'customer.created'";
        assert_eq!(count(world, facts), 2300);
    });
}

#[test]
fn an_import_is_undone_but_for_what_was_changed_or_used_since() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let old = "id,name,phone,note\nC-1,Chen,13800132047,old\n";
        bring(world, &owner, "customers", old);
        world.set_time("2026-11-21T11:00+08:00");
        let new = "id,name,phone,note\nC-1,Chen,13800132047,new\nC-2,Ada,13900000001,\n\
            C-3,Bo,13900000002,\n";
        let path = bring(world, &owner, "customers", new);
        world.set_time("2026-11-21T12:00+08:00");
        let bo = world.read(|tx, ctx| customers::customer_by_external_id(tx, ctx, "C-3"));
        let bo = bo.unwrap().expect("it came in");
        let details = customers::Details {
            name: "Bo Li".to_owned(),
            phone: "13900000002".to_owned(),
            ..customers::Details::default()
        };
        world
            .write(move |tx, ctx| customers::change_customer(tx, ctx, bo.id, bo.version, &details))
            .unwrap();
        assert_eq!(owner.post(&format!("{path}/undoing"), "").status, 303);
        work(world);
        let named = |id: &'static str| {
            let found = world.read(|tx, ctx| customers::customer_by_external_id(tx, ctx, id));
            found.unwrap()
        };
        assert_eq!(named("C-1").expect("it was there before").note, "old");
        assert!(named("C-2").is_none(), "what the import made is gone");
        assert_eq!(named("C-3").expect("it stays").name, "Bo Li");
        let page = owner.get(&path);
        assert!(page.says("It was changed since."));
        let sound = world.db.read(|tx| store::journal::verify(tx, world.org));
        assert!(sound.unwrap().is_ok());
    });
}

#[test]
fn orders_and_the_customers_they_brought_go_together() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let file = "id,created,finished,customer,phone,service\n\
            A-1,2026-11-01 10:00,2026-11-01 11:00,Ada,13900000001,Cut\n\
            A-2,2026-11-02 10:00,2026-11-02 11:00,Ada,13900000001,Cut\n";
        let path = bring(world, &owner, "orders", file);
        assert_eq!(customers(world), 1);
        world.set_time("2026-11-21T12:00+08:00");
        owner.post(&format!("{path}/undoing"), "");
        work(world);
        let orders = "select cast(count(*) as bigint) from orders where org = $1";
        assert_eq!((count(world, orders), customers(world)), (0, 0));
        let lines = "select cast(count(*) as bigint) from order_lines where org = $1";
        assert_eq!(count(world, lines), 0);
    });
}

#[test]
fn columns_are_chosen_once_and_remembered_for_the_next_file() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let file = "Kundennummer,Kunde,Telefon\nK-1,Eva,13900000009\n";
        let answer = upload(&owner, "customers", "kunden.csv", file.as_bytes());
        let path = answer.location().to_owned();
        let refused = choose(&owner, &path, &[]);
        assert_eq!(
            refused.status, 422,
            "without a name nothing can be brought in"
        );
        let chosen = [(0, "external_id"), (1, "name"), (2, "phone")];
        assert_eq!(choose(&owner, &path, &chosen).status, 303);
        work(world);
        assert!(owner.get(&path).says("Bring 1 row in"));
        bring(world, &owner, "customers", file);
        assert_eq!(customers(world), 1);
        let twice = choose(
            &owner,
            upload(&owner, "customers", "k.csv", file.as_bytes()).location(),
            &[(0, "name"), (1, "name")],
        );
        assert_eq!(twice.status, 422);
    });
}

#[test]
fn what_cannot_be_read_is_refused_at_the_door_and_nothing_is_kept() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let wide = format!("{}\n1\n", "x,".repeat(501));
        for (file, words) in [
            (b"".as_slice(), "Choose a file"),
            (b"PK\x03\x04nonsense", "damaged"),
            (b"\xd0\xcf\x11\xe0old", "XLS"),
            (wide.as_bytes(), "500 columns"),
            (b"name\n\xff\xff\xff\n", "UTF-8"),
        ] {
            let answer = upload(&owner, "customers", "file.csv", file);
            assert_eq!(answer.status, 422, "{words}");
            assert!(answer.says(words), "{words}");
        }
        let chinese = owner.in_locale(Locale::ZhCn);
        let answer = upload(&chinese, "customers", "file.csv", wide.as_bytes());
        assert!(answer.says("文件超过 500 列"), "{}", answer.body);
        let kept = "select cast(count(*) as bigint) from imports where org = $1";
        assert_eq!(count(world, kept), 0);
    });
}

#[test]
fn gb18030_and_an_exported_list_are_read_again() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        bring(world, &owner, "customers", CUSTOMERS);
        for locale in Locale::ALL {
            let file = owner.clone().in_locale(locale).get("/customers?format=csv");
            assert!(file.says("'+351 912 345 678"), "no formula: {}", file.body);
            let path = bring(world, &owner, "customers", &file.body);
            let page = owner.get(&path);
            assert_eq!(customers(world), 3);
            assert!(
                page.says("Same</dt><dd><span class=\"num\">3"),
                "{}",
                page.body
            );
        }
    });
}

#[test]
fn exported_services_and_staff_are_read_again_as_they_are() {
    const SERVICES: &str =
        "code,kind,name_zh,name_en,family,minutes,price,tax_percent,skills,channels
CUT,service,剪发,Cut,hair,45,168,6,cut,desk; online
TEA,good,茶,Tea,cafe,0,28,6.5,,desk
";
    const STAFF: &str = "id,name,reading,skills\nE-1,林美,Lin Mei,cut; colour\n";
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        bring(world, &owner, "services", SERVICES);
        bring(world, &owner, "staff", STAFF);
        for locale in Locale::ALL {
            let reader = owner.clone().in_locale(locale);
            for (what, list, rows) in [("services", "/services", 2), ("staff", "/staff", 1)] {
                let file = reader.get(&format!("{list}?format=csv"));
                assert_eq!(file.status, 200);
                let path = bring(world, &owner, what, &file.body);
                let same = format!("Same</dt><dd><span class=\"num\">{rows}");
                let page = owner.get(&path);
                assert!(page.says(&same), "{}", file.body);
            }
        }
    });
}

#[test]
fn only_those_who_may_import_do() {
    each_engine(&rooms(), |world| {
        for role in [Role::Desk, Role::Staff, Role::ReadOnly] {
            let client = world.client(role);
            assert_eq!(client.get("/imports").status, 403);
            let ctx = Ctx {
                role,
                ..world.ctx()
            };
            assert!(ctx.require(IMPORT).is_err());
        }
    });
}

#[test]
fn taking_back_tells_how_far_it_has_got_and_goes_on_after_a_stop() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let rows: String = (0..600)
            .map(|n| format!("C-{n},Name {n},{}\n", 13_800_000_000_u64 + n))
            .collect();
        let path = bring(
            world,
            &owner,
            "customers",
            &format!("id,name,phone\n{rows}"),
        );
        assert_eq!(customers(world), 600);
        world.set_time("2026-11-21T12:00+08:00");
        owner.post(&format!("{path}/undoing"), "");
        let page = owner.get(&path);
        assert!(page.says("0 / 600") && page.says("/stop"), "{}", page.body);
        let stopper = owner.clone();
        std::thread::scope(|scope| {
            scope.spawn(|| work(world));
            scope.spawn(|| stopper.post(&format!("{path}/stop"), ""));
        });
        let undone = "select things_undone from imports where org = $1 order by id limit 1";
        assert_eq!(count(world, undone), 600 - customers(world));
        owner.post(&format!("{path}/undoing"), "");
        work(world);
        assert_eq!((customers(world), count(world, undone)), (0, 600));
    });
}
