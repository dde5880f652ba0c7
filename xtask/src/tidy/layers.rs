//! Layers inside the source: who may name a driver, axum, markup, the clock.

use super::{Breach, names};
use crate::source::{File, Tree};

/// A name, where it may stand, and what to say elsewhere.
struct Rule {
    words: &'static [&'static str],
    allowed: fn(&File) -> bool,
    text: &'static str,
}

const RULES: [Rule; 7] = [
    Rule {
        words: &["rusqlite::", "postgres::", "use rusqlite", "use postgres"],
        // A log may come as a SQLite file: there the database is a format, not the shop's store.
        allowed: |file| {
            let folders = ["crates/store/", "algorithms/formats/"];
            folders.iter().any(|folder| file.path.starts_with(folder))
        },
        text: "only `store`, and `formats` for files, names a SQL driver",
    },
    Rule {
        words: &["axum::", "use axum"],
        allowed: |file| {
            let edge = ["crates/web/", "crates/testing/", "app/", "fuzz/"];
            edge.iter().any(|folder| file.path.starts_with(folder))
                || file.is_in("http")
                || file.path.contains("/tests/")
        },
        text: "only `web`, `app`, `testing`, `fuzz` and a crate's http.rs name axum",
    },
    Rule {
        words: &["html!"],
        allowed: |file| {
            let folders = ["crates/ui/", "crates/web/"];
            folders.iter().any(|folder| file.path.starts_with(folder)) || file.is_in("pages")
        },
        text: "only `ui`, `web` and a crate's pages.rs write markup",
    },
    Rule {
        words: &["store::", "Tx", "web::", "std::fs", "std::net", "tokio::"],
        allowed: |file| !(file.is_in("model") && file.path.starts_with("business/")),
        text: "model.rs is pure: it does no I/O and knows no database or web",
    },
    Rule {
        words: &["Tx", "std::fs", "std::net", "tokio::"],
        allowed: |file| !(file.is_in("pages") && file.path.starts_with("business/")),
        text: "pages.rs is pure: values in, markup out",
    },
    Rule {
        words: &[
            "Timestamp::now",
            "Zoned::now",
            "SystemTime::now",
            "std::env::",
        ],
        allowed: |file| !file.path.starts_with("business/") && !file.path.contains("/kernel/"),
        text: "time and settings come in through ctx, so that a day can be replayed",
    },
    Rule {
        words: &[".unwrap()"],
        allowed: |_| false,
        text: "no unwrap outside tests: `expect(\"why it holds\")`",
    },
];

/// Reads every line of code that ships against every rule.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, rust) in tree
        .rust()
        .filter(|(file, _)| !file.path.starts_with("xtask/"))
    {
        for rule in RULES.iter().filter(|rule| !(rule.allowed)(file)) {
            let broken = rust.shipped().filter(|(_, line)| breaks(line, rule));
            breaches.extend(broken.map(|(line, _)| Breach::new(&file.path, line, rule.text)));
        }
        let bare = rust
            .code
            .iter()
            .enumerate()
            .filter(|(_, line)| line.contains("#[allow(") || line.contains("#![allow("));
        let text = "no `allow`: `#[expect(…, reason = \"…\")]`";
        breaches.extend(bare.map(|(index, _)| Breach::new(&file.path, index + 1, text)));
    }
    breaches
}

fn breaks(line: &str, rule: &Rule) -> bool {
    rule.words.iter().any(|word| match *word {
        "Tx" => line
            .split(|mark: char| !mark.is_alphanumeric() && mark != '_')
            .any(|w| w == "Tx"),
        word if word.starts_with('.') => line.contains(word),
        word => names(line, word),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::planted(&[(path, text)])).len()
    }

    #[test]
    fn a_driver_is_named_in_store_and_for_files_only() {
        assert_eq!(
            found("business/orders/src/queries.rs", "use rusqlite::Row;\n"),
            1
        );
        assert_eq!(
            found("crates/store/src/sqlite.rs", "use rusqlite::Row;\n"),
            0
        );
        assert_eq!(
            found(
                "algorithms/formats/src/ocel/sqlite.rs",
                "use rusqlite::Row;\n"
            ),
            0
        );
        assert_eq!(
            found("business/orders/src/queries.rs", "// rusqlite::Row\n"),
            0
        );
    }

    #[test]
    fn axum_is_named_at_the_edge_only() {
        assert_eq!(
            found("business/orders/src/commands.rs", "use axum::Json;\n"),
            1
        );
        assert_eq!(found("business/orders/src/http.rs", "use axum::Json;\n"), 0);
        assert_eq!(
            found("business/orders/src/http/list.rs", "use axum::Json;\n"),
            0
        );
    }

    #[test]
    fn markup_is_written_in_pages_only() {
        assert_eq!(
            found("business/orders/src/http.rs", "fn a() { html! { p {} } }\n"),
            1
        );
        assert_eq!(
            found(
                "business/orders/src/pages/list.rs",
                "fn a() { html! { p {} } }\n"
            ),
            0
        );
    }

    #[test]
    fn a_model_and_a_page_do_no_io() {
        assert_eq!(
            found("business/orders/src/model.rs", "fn a(tx: &mut Tx) {}\n"),
            1
        );
        assert_eq!(
            found("business/orders/src/model/state.rs", "use store::Row;\n"),
            1
        );
        assert_eq!(
            found("business/orders/src/pages.rs", "fn a(tx: &mut Tx) {}\n"),
            1
        );
        assert_eq!(
            found("business/orders/src/commands.rs", "fn a(tx: &mut Tx) {}\n"),
            0
        );
    }

    #[test]
    fn the_clock_is_not_read_by_the_business() {
        assert_eq!(
            found(
                "business/orders/src/commands.rs",
                "let a = Timestamp::now();\n"
            ),
            1
        );
        assert_eq!(
            found("crates/web/src/lib.rs", "let a = Timestamp::now();\n"),
            0
        );
    }

    #[test]
    fn unwrap_stays_in_tests_and_allow_stays_away() {
        assert_eq!(found("business/orders/src/commands.rs", "a.unwrap();\n"), 1);
        assert_eq!(
            found("business/orders/tests/it/main.rs", "a.unwrap();\n"),
            0
        );
        assert_eq!(
            found(
                "crates/web/src/lib.rs",
                "#[test]\nfn a() {\n    b.unwrap();\n}\n"
            ),
            0
        );
        assert_eq!(
            found("crates/web/src/lib.rs", "#[allow(dead_code)]\nfn a() {}\n"),
            1
        );
    }
}
