//! Backups: made while the shop is busy, restored, refused when they are not whole.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use crate::{
    browser::Browser,
    commands::refused,
    load,
    program::{Place, Server, run},
};

fn folder_of(place: &Place) -> &Path {
    match place {
        Place::Folder(folder) => folder,
        Place::Schema(..) => panic!("a folder is a folder"),
    }
}

fn restored(file: &Path, data: &Path, more: &[&str]) -> crate::program::Ended {
    let (file, data) = (file.display().to_string(), data.display().to_string());
    let restore = ["restore", &file, "--data", &data];
    run(&[&restore[..], more].concat(), "")
}

fn passphrase(folder: &Path, text: &str) -> String {
    let file = folder.join(format!("{}.txt", text.len()));
    fs::write(&file, text).expect("it is written");
    file.display().to_string()
}

#[test]
fn a_backup_made_in_a_burst_has_all_that_was_acknowledged_before_it_began() {
    let (place, kept) = (Place::folder(), Place::folder());
    place.found();
    let server = place.serve();
    let owner = Browser::owner(server.address);
    let file = folder_of(&kept).join("shop.backup");
    let words = passphrase(folder_of(&kept), "correct horse battery");
    let sealed = ["--passphrase-file", &words];
    let mut before = Vec::new();
    load::during(&owner, 0, |promised| {
        promised.wait_for(20);
        before = promised.all();
        let shown = file.display().to_string();
        let made = place.run(&[&["backup", &shown], &sealed[..]].concat());
        assert!(made.ok && made.out.contains("bytes, sealed"), "{made:?}");
        promised.wait_for(before.len() + 1);
    });
    drop(server);
    let bytes = fs::read(&file).expect("it is there");
    assert!(
        !bytes.windows(6).any(|each| each == b"SQLite"),
        "nothing of it can be read"
    );
    let drill = run(
        &[&["drill", &file.display().to_string()], &sealed[..]].concat(),
        "",
    );
    assert!(
        drill.ok && drill.out.contains("\nok: 1 organisations"),
        "{drill:?}"
    );
    let again = Place::Folder(folder_of(&kept).join("again"));
    let back = restored(&file, folder_of(&again), &sealed);
    assert!(
        back.ok && back.out.contains("ok: 1 organisations"),
        "{back:?}"
    );
    let key = |place: &Place| fs::read(folder_of(place).join("secret.key")).expect("it has a key");
    assert_eq!(key(&again), key(&place));
    let server = again.serve();
    load::find(&Browser::owner(server.address), &before);
}

#[test]
fn a_backup_that_is_not_whole_and_a_wrong_passphrase_are_refused_and_leave_nothing_behind() {
    let (place, kept) = (Place::folder(), Place::folder());
    place.found();
    let folder = folder_of(&kept);
    let (right, wrong) = (
        passphrase(folder, "correct horse battery"),
        passphrase(folder, "correct horse stable"),
    );
    for sealed in [true, false] {
        let file = folder.join(format!("{sealed}.backup"));
        let shown = file.display().to_string();
        let with = |words: &str| match sealed {
            true => vec!["--passphrase-file".to_owned(), words.to_owned()],
            false => Vec::new(),
        };
        let right: Vec<String> = with(&right);
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        let made = place.run(&[&["backup", &shown], &right[..]].concat());
        assert!(made.ok, "{made:?}");
        refused(
            &place.run(&[&["backup", &shown], &right[..]].concat()),
            "is there already",
        );
        let whole = fs::read(&file).expect("it is there");
        let target = folder.join("new");
        let odd = folder.join("odd.backup");
        for at in [whole.len() / 3, whole.len() - 1, 20] {
            fs::write(&odd, &whole[..at]).expect("it is written");
            refused(&restored(&odd, &target, &right), "odd.backup");
            let mut altered = whole.clone();
            altered[at] ^= 0x10;
            fs::write(&odd, &altered).expect("it is written");
            let ended = restored(&odd, &target, &right);
            refused(&ended, "odd.backup");
            assert!(!target.exists(), "nothing is left behind");
        }
        fs::write(&odd, "a letter to the editor, of some length").expect("it is written");
        refused(&restored(&odd, &target, &right), "this is no backup");
        refused(&restored(&file, folder, &right), "is not empty");
        if sealed {
            let wrong = with(&wrong);
            let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
            refused(&restored(&file, &target, &wrong), "the passphrase is wrong");
            refused(&restored(&file, &target, &[]), "it is sealed");
        }
        let names = fs::read_dir(folder).expect("it is a folder").count();
        assert!(names <= 5, "drafts are cleared away");
    }
    let short = passphrase(folder, "1234");
    let asked = ["backup", "/tmp/never", "--passphrase-file", &short];
    refused(&place.run(&asked), "at least 12 characters");
}

#[test]
fn backups_by_plan_are_made_kept_and_told_on_the_page_health() {
    let (place, kept) = (Place::folder(), Place::folder());
    place.found();
    let folder = folder_of(&kept).join("backups");
    let shown = folder.display().to_string();
    let [flag, data] = place.flags();
    let plan = [
        "--backup-folder",
        &shown,
        "--backup-hours",
        "1",
        "--backup-keep",
        "2",
    ];
    fs::create_dir_all(&folder).expect("it is made");
    for hour in ["10", "11"] {
        let old = folder.join(format!("steward-20200101T{hour}0000Z.backup"));
        fs::write(old, "an old one").expect("it is written");
    }
    let serve = ["serve", "--listen", "127.0.0.1:0", &flag, &data];
    let server = Server::start(&[&serve[..], &plan].concat());
    let begun = Instant::now();
    let names = || -> Vec<PathBuf> {
        let entries = fs::read_dir(&folder).expect("it is a folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("it is read").path())
            .collect();
        names.sort();
        names
    };
    let oldest = folder.join("steward-20200101T100000Z.backup");
    while oldest.exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", names());
        thread::sleep(Duration::from_millis(50));
    }
    let known = names();
    assert_eq!(known.len(), 2, "the oldest is let go: {known:?}");
    let page = Browser::owner(server.address)
        .get("/health")
        .expect("it answers");
    assert!(page.body.contains("Every hour, 2 kept"), "{}", page.body);
    assert!(page.body.contains("not sealed"), "{}", page.body);
    assert!(server.terminate(), "it stops well");
    let drill = run(&["drill", &known[1].display().to_string()], "");
    assert!(drill.ok, "{drill:?}");
}

/// A tool of PostgreSQL, beside its server or on the path.
fn tool(name: &str) -> Command {
    let folders = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let found = folders.filter_map(|entry| Some(entry.ok()?.path().join("bin").join(name)));
    let mut found: Vec<PathBuf> = found.filter(|path| path.exists()).collect();
    found.sort();
    Command::new(found.pop().unwrap_or_else(|| name.into()))
}

fn told(command: &mut Command) {
    let ended = command.output().expect("the tool is there");
    let words = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{words}");
}

#[test]
fn a_postgresql_database_comes_back_by_its_own_tools_and_is_sound() {
    let Some(place) = Place::schema() else {
        return;
    };
    let Place::Schema(url, schema) = &place else {
        panic!("a schema is a schema");
    };
    refused(&place.run(&["backup", "/tmp/never"]), "pg_dump");
    place.found();
    let server = place.serve();
    let owner = Browser::owner(server.address);
    let kept = Place::folder();
    let file = folder_of(&kept).join("shop.dump").display().to_string();
    let mut before = Vec::new();
    load::during(&owner, 0, |promised| {
        promised.wait_for(10);
        before = promised.all();
        let all = env::var("STEWARD_TEST_POSTGRES").expect("a server is named");
        told(tool("pg_dump").args(["--format=custom", "--schema", schema, "--file", &file, &all]));
    });
    drop(server);
    let (from, rest) = url.rsplit_once('/').expect("it names a database");
    let options = rest.split_once('?').expect("it names a schema").1;
    let fresh = format!("{from}/restored_{schema}");
    let admin = env::var("STEWARD_TEST_POSTGRES").expect("a server is named");
    let server = store::Target::Postgres(admin);
    let made = format!("create database restored_{schema}");
    store::Db::administer(&server, &made).expect("it is made");
    told(tool("pg_restore").args(["--exit-on-error", "--dbname", &fresh, &file]));
    let again = Place::Schema(format!("{fresh}?{options}"), "none".to_owned());
    let sound = again.run(&["verify"]);
    assert!(sound.ok, "{sound:?}");
    let serving = again.serve();
    load::find(&Browser::owner(serving.address), &before);
    drop(serving);
    std::mem::forget(again);
    let gone = format!("drop database restored_{schema} with (force)");
    store::Db::administer(&server, &gone).expect("it is dropped");
}
