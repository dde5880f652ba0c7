//! What commands print, and how they refuse.

use std::{fs, net::TcpListener, os::unix::fs::PermissionsExt, path::Path};

use crate::program::{Ended, PASSWORD, Place, Server, run};

/// A refusal is one line about the matter, and nothing else.
pub fn refused(ended: &Ended, part: &str) {
    assert!(!ended.ok, "{ended:?}");
    assert_eq!(ended.err.trim_end().lines().count(), 1, "{ended:?}");
    assert!(
        ended.err.starts_with("steward: ") && ended.err.contains(part),
        "{ended:?}"
    );
    assert!(!ended.err.contains("panicked"), "{ended:?}");
}

#[test]
fn help_names_every_command_and_version_says_which() {
    let help = run(&["--help"], "");
    assert!(help.ok);
    for command in [
        "demo", "serve", "init", "user", "token", "import", "export", "migrate", "backup",
        "restore", "drill", "verify", "version",
    ] {
        assert!(
            help.out.contains(&format!("  {command} ")),
            "{command} in {}",
            help.out
        );
        let own = run(&[command, "--help"], "");
        assert!(own.ok && own.out.contains("Usage: steward"), "{own:?}");
    }
    let version = run(&["version"], "");
    assert_eq!(
        version.out,
        format!("steward {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn each_slip_gets_one_clear_line() {
    let place = Place::folder();
    refused(&run(&["serve"], ""), "say where the data lives");
    refused(&run(&["serve", "--data", "/dev/null/x"], ""), "/dev/null/x");
    refused(
        &run(&["serve", "--database", "mysql://x"], ""),
        "must begin with postgres://",
    );
    refused(
        &run(
            &["serve", "--database", "postgres://nobody@127.0.0.1:1/none"],
            "",
        ),
        "does not answer",
    );
    refused(
        &run(&["--config", "/no/such/file", "version"], ""),
        "/no/such/file",
    );
    for command in [
        vec!["verify"],
        vec!["user", "list"],
        vec!["token", "create", "--scope", "orders.view"],
    ] {
        refused(&place.run(&command), "holds no business");
    }
    for (wrong, named) in [
        (vec!["dance"], "dance"),
        (vec!["serve", "--listen", "here"], "here"),
        (vec!["init"], "--name"),
        (vec!["demo", "--past-days", "9999"], "9999"),
    ] {
        let ended = run(&wrong, "");
        refused(&ended, named);
        assert!(ended.err.contains("see steward --help"), "{ended:?}");
    }
}

#[test]
fn a_folder_that_is_none_a_file_that_is_no_database_and_an_address_that_is_none_are_named() {
    let place = Place::folder();
    let Place::Folder(folder) = &place else {
        panic!("a folder is a folder");
    };
    let file = folder.join("steward.db");
    fs::write(&file, "not a database").expect("the file is written");
    let shown = file.display().to_string();
    refused(
        &place.run(&["verify"]),
        &format!("{shown} cannot be opened"),
    );
    let serve = |data: &str| run(&["serve", "--data", data, "--listen", "127.0.0.1:0"], "");
    refused(&serve(&shown), "cannot be used as a data folder");
    let address = "postgres://127.0.0.1:port/shop";
    let unread = run(&["verify", "--database", address], "");
    refused(&unread, "the database address cannot be read");
}

#[test]
fn the_demonstration_leaves_somebody_elses_business_alone() {
    let place = Place::folder();
    let mine = place.run(&[
        "init", "--name", "Corner", "--owner", "Ada", "--login", "ada",
    ]);
    assert!(
        mine.ok && mine.out.contains("steward serve --data "),
        "{mine:?}"
    );
    refused(
        &place.run(&["demo", "--build-only"]),
        "a business of its own",
    );
    let unknown = place.run(&[
        "init",
        "--name",
        "Two",
        "--owner",
        "Bo",
        "--login",
        "bo",
        "--currency",
        "ZZZ",
    ]);
    refused(&unknown, "currency");
}

#[test]
fn a_demonstration_of_yesterday_goes_on_today_and_is_sound() {
    let place = Place::folder();
    for clock in ["2026-11-20T15:00:00+08:00", "2026-11-21T08:50:00+08:00"] {
        let built = place.run(&["demo", "--build-only", "--past-days", "2", "--clock", clock]);
        assert!(built.ok, "{clock}: {built:?}");
    }
    let verified = place.run(&["verify"]);
    assert!(verified.ok, "{verified:?}");
}

#[test]
fn a_demonstration_can_be_given_late_at_night() {
    for clock in ["2026-11-21T23:06:00+08:00", "2026-11-21T03:06:00+08:00"] {
        let place = Place::folder();
        let built = place.run(&["demo", "--build-only", "--past-days", "1", "--clock", clock]);
        assert!(built.ok, "{clock}: {built:?}");
        let verified = place.run(&["verify"]);
        assert!(verified.ok, "{clock}: {verified:?}");
    }
}

#[test]
fn settings_come_from_a_file_and_a_wrong_word_in_it_is_refused() {
    let place = Place::folder();
    let Place::Folder(folder) = &place else {
        panic!("a folder is a folder");
    };
    let file = folder.join("steward.toml");
    let shown = file.display().to_string();
    fs::write(&file, "listne = \"127.0.0.1:0\"").expect("the file is written");
    refused(&run(&["--config", &shown, "version"], ""), "listne");
    place.found();
    let data = folder.display();
    fs::write(
        &file,
        format!("data = \"{data}\"\nlisten = \"127.0.0.1:0\"\n"),
    )
    .expect("the file is written");
    let verified = run(&["--config", &shown, "verify"], "");
    assert!(
        verified.ok && verified.out.starts_with("ok: "),
        "{verified:?}"
    );
    let server = Server::start(&["--config", &shown, "serve"]);
    assert_ne!(server.address.port(), 0);
    assert!(server.terminate(), "it stops well when asked to");
}

#[test]
fn an_address_in_use_and_a_folder_in_use_are_said_so() {
    let place = Place::folder();
    place.found();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("it has an address").to_string();
    refused(&place.run(&["serve", "--listen", &address]), &address);
    let _server = place.serve();
    refused(&place.run(&["serve", "--listen", "127.0.0.1:0"]), "in use");
}

#[test]
fn a_business_is_set_up_and_people_are_let_in() {
    Place::each(|place| {
        place.found();
        let again = place.run(&[
            "init", "--name", "Lotus", "--owner", "Liu Yan", "--login", "liu.yan",
        ]);
        refused(&again, "login");
        let added = place.run(&[
            "user", "add", "--login", "mei", "--name", "Lin Mei", "--role", "desk",
        ]);
        assert!(
            added.ok && added.out.contains("/set-password/"),
            "{added:?}"
        );
        refused(
            &place.run(&[
                "user", "add", "--login", "x.y", "--name", "X", "--role", "king",
            ]),
            "--role is one of",
        );
        let link = place.run(&["user", "link", "--login", "mei"]);
        assert!(link.ok && link.out.contains("/set-password/"), "{link:?}");
        refused(&place.run(&["user", "link", "--login", "nobody"]), "nobody");
        let list = place.run(&["user", "list"]);
        assert!(
            list.out.contains("liu.yan") && list.out.contains("mei"),
            "{list:?}"
        );
        assert!(!list.out.contains(PASSWORD));
        let token = place.run(&["token", "create", "--scope", "orders.view"]);
        assert!(token.ok && token.out.trim().len() > 20, "{token:?}");
        refused(
            &place.run(&["token", "create", "--scope", "orders.fly"]),
            "orders.fly",
        );
    });
}

#[test]
fn a_folder_that_the_program_makes_is_for_its_own_user_alone() {
    let place = Place::folder();
    let Place::Folder(folder) = &place else {
        panic!("a folder is a folder");
    };
    let rights = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    let (data, copy, file) = (
        folder.join("deep/shop"),
        folder.join("copy"),
        folder.join("b"),
    );
    let [data_name, copy_name, file_name] =
        [&data, &copy, &file].map(|one| one.display().to_string());
    let ended = run(
        &[
            "init", "--data", &data_name, "--name", "Lotus", "--owner", "Mei", "--login", "mei",
        ],
        "",
    );
    assert!(ended.ok, "{ended:?}");
    assert_eq!(rights(&data), 0o700);
    assert!(run(&["backup", &file_name, "--data", &data_name], "").ok);
    assert!(run(&["restore", &file_name, "--data", &copy_name], "").ok);
    assert_eq!((rights(&copy), rights(&file)), (0o700, 0o600));
}

#[test]
fn a_file_comes_in_and_its_bad_rows_are_named() {
    Place::each(|place| {
        place.found();
        let folder = Place::folder();
        let Place::Folder(path) = &folder else {
            panic!("a folder is a folder");
        };
        let file = path.join("customers.csv");
        let shown = file.display().to_string();
        fs::write(&file, "name,phone\nAda,13800001111\nBo,call me\n").expect("it is written");
        let dry = place.run(&["import", "customers", &shown, "--dry-run"]);
        assert!(
            dry.out.contains("new 1, changed 0, skipped 0, failed 1"),
            "{dry:?}"
        );
        let ended = place.run(&["import", "customers", &shown]);
        assert!(ended.out.starts_with("row 3, phone: "), "{ended:?}");
        assert!(
            ended.out.contains("new 1, changed 0, skipped 0, failed 1"),
            "{ended:?}"
        );
        refused(&ended, "1 were not taken in");
        let again = place.run(&["import", "customers", &shown]);
        assert!(
            again.out.contains("new 0, changed 0, skipped 1, failed 1"),
            "{again:?}"
        );
        refused(&place.run(&["import", "dreams", &shown]), "choose services");
        refused(
            &place.run(&["import", "orders", "/no/such.csv"]),
            "/no/such.csv",
        );
        fs::write(&file, b"name\n\xff\xff\xff\n").expect("it is written");
        refused(&place.run(&["import", "customers", &shown]), "UTF-8");
    });
}

#[test]
fn the_journal_leaves_as_a_log_and_says_how_much_of_it() {
    Place::each(|place| {
        place.found();
        let folder = Place::folder();
        let Place::Folder(path) = &folder else {
            panic!("a folder is a folder");
        };
        let file = path.join("journal.json").display().to_string();
        let none = place.run(&["export", "ocel", &file, "--to", "2020-01-31"]);
        assert_eq!(none.out, "0 events, 0 objects, 0 relations\n", "{none:?}");
        fs::remove_file(&file).expect("it was written");
        let all = place.run(&["export", "ocel", &file, "--from", "2020-01-31"]);
        let words: Vec<&str> = all.out.split(' ').collect();
        let text = fs::read_to_string(&file).expect("it was written");
        let events = text.matches("\"time\":\"").count();
        assert_eq!(words[0], events.to_string(), "{all:?}");
        assert!(text.contains("organisation.created"), "{text}");
        refused(&place.run(&["export", "ocel", &file]), "exists already");
        refused(
            &place.run(&["export", "pdf", &file]),
            "choose ocel, xes, csv",
        );
        let csv = path.join("orders.csv").display().to_string();
        refused(
            &place.run(&["export", "csv", &csv, "--site", "moon"]),
            "there is no site moon",
        );
        let backwards = [
            "export",
            "csv",
            &csv,
            "--from",
            "2020-02-01",
            "--to",
            "2020-01-01",
        ];
        refused(&place.run(&backwards), "lies before");
    });
}
