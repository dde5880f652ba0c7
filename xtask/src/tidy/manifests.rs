//! Arrows between crates, read from their manifests.

use super::{Breach, names};
use crate::source::{File, Rust, Tree};
use std::collections::BTreeSet;

/// The business crates in the order of their arrows: each may use those before it.
const BUSINESS: [&str; 21] = [
    "files",
    "organisation",
    "fields",
    "people",
    "blueprints",
    "offers",
    "customers",
    "capacity",
    "orders",
    "sessions",
    "series",
    "enquiries",
    "queue",
    "booking",
    "messages",
    "waitlist",
    "webhooks",
    "help",
    "desk",
    "exchange",
    "operation",
];

/// The foundations and what each may use.
const FOUNDATIONS: [(&str, &[&str]); 8] = [
    ("kernel", &[]),
    ("store", &["kernel"]),
    ("ui", &["kernel"]),
    ("sheets", &["kernel"]),
    ("outbound", &["kernel"]),
    ("traces", &["kernel"]),
    ("web", &["kernel", "store", "ui", "sheets", "traces"]),
    (
        "testing",
        &[
            "kernel",
            "store",
            "ui",
            "web",
            "organisation",
            "fields",
            "people",
            "files",
        ],
    ),
];

/// Pure functions: each may use the kernel and those before it.
const ALGORITHMS: [&str; 8] = [
    "mining", "formats", "queueing", "simulate", "lifetime", "forecast", "search", "names",
];

/// The page on which every dependency gives its reason.
const REASONS: &str = "docs/decisions/dependencies.md";

/// Every crate uses only what stands below it, `testing` is for tests only, and every dependency
/// has its reason written down.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches: Vec<Breach> = tree.files.iter().flat_map(check_manifest).collect();
    breaches.extend(reasons(tree));
    breaches.extend(tree.files.iter().flat_map(|file| unused(tree, file)));
    breaches
}

/// Needed by what a macro of another crate writes, without being named.
const NEEDED_UNSEEN: [&str; 1] = ["maud"];

/// Dependencies that no source of the crate names.
fn unused(tree: &Tree, manifest: &File) -> Vec<Breach> {
    let (Some(folder), Some(_)) = (
        manifest.path.strip_suffix("Cargo.toml"),
        manifest.crate_name(),
    ) else {
        return Vec::new();
    };
    let sources: Vec<&Rust> = tree
        .rust()
        .filter(|(file, _)| file.path.starts_with(folder))
        .map(|(_, rust)| rust)
        .collect();
    let mut breaches = Vec::new();
    for (line, table, name) in dependencies(&manifest.text) {
        let word = name.replace('-', "_");
        let ways = [
            format!("{word}::"),
            format!("use {word}"),
            format!("{word}!"),
        ];
        let named = |rust: &&Rust| rust.code.iter().any(|c| ways.iter().any(|w| names(c, w)));
        let wanted = table.ends_with("dependencies") && !NEEDED_UNSEEN.contains(&name);
        if wanted && !sources.iter().any(named) {
            breaches.push(Breach::new(
                &manifest.path,
                line,
                format!("`{name}` is used nowhere"),
            ));
        }
    }
    breaches
}

/// Compares what the manifests take from others with the page of reasons.
fn reasons(tree: &Tree) -> Vec<Breach> {
    let Some(page) = tree.file(REASONS) else {
        return Vec::new();
    };
    let mut taken: BTreeSet<String> = BTreeSet::new();
    if let Some(root) = tree.file("Cargo.toml") {
        let outside = dependencies(&root.text)
            .into_iter()
            .filter(|(_, _, name)| !is_house(name));
        taken.extend(outside.map(|(_, _, name)| name.to_string()));
    }
    for manifest in ["front/package.json", "e2e/package.json"] {
        let text = tree.file(manifest).map_or("", |file| file.text.as_str());
        taken.extend(packages(text).map(str::to_string));
    }
    let given: BTreeSet<String> = page
        .text
        .lines()
        .filter_map(row_name)
        .map(str::to_string)
        .collect();
    let mut breaches = Vec::new();
    for name in taken.difference(&given) {
        breaches.push(Breach::new(
            REASONS,
            0,
            format!("no reason is given for `{name}`"),
        ));
    }
    for name in given.difference(&taken) {
        breaches.push(Breach::new(
            REASONS,
            0,
            format!("`{name}` is not a dependency any more"),
        ));
    }
    breaches
}

/// The name in the first cell of a table row: a line that begins with a bar and a code span.
fn row_name(line: &str) -> Option<&str> {
    line.strip_prefix("| `")?.split('`').next()
}

/// Names in the dependency tables of a package.json.
fn packages(text: &str) -> impl Iterator<Item = &str> {
    let tables = text.split("ependencies\": {").skip(1);
    let entries = tables.flat_map(|table| table.split('}').next().unwrap_or("").lines());
    entries.filter_map(|line| line.trim().strip_prefix('"')?.split('"').next())
}

fn check_manifest(file: &File) -> Vec<Breach> {
    let (Some(name), true) = (file.crate_name(), file.path.ends_with("/Cargo.toml")) else {
        return Vec::new();
    };
    let mut breaches = Vec::new();
    if file.path.starts_with("business/") && !BUSINESS.contains(&name) {
        let text = format!("`{name}` has no place among the arrows of xtask/src/tidy/manifests.rs");
        breaches.push(Breach::new(&file.path, 0, text));
    }
    for (line, table, used) in dependencies(&file.text) {
        if !is_house(used) || (table == "dev-dependencies" && used == "testing") {
            continue;
        }
        if !may_use(name, used) {
            let text = format!("`{name}` may not use `{used}`: the arrows go the other way");
            breaches.push(Breach::new(&file.path, line, text));
        }
    }
    breaches
}

fn is_house(name: &str) -> bool {
    BUSINESS.contains(&name)
        || ALGORITHMS.contains(&name)
        || name == "lab"
        || FOUNDATIONS.iter().any(|(house, _)| *house == name)
}

fn may_use(name: &str, used: &str) -> bool {
    if name == "app" {
        return used != "testing";
    }
    if let Some((_, below)) = FOUNDATIONS.iter().find(|(house, _)| *house == name) {
        return below.contains(&used);
    }
    if name == "lab" {
        return ALGORITHMS.contains(&used);
    }
    let rank = |wanted: &str| ALGORITHMS.iter().position(|house| *house == wanted);
    if let Some(own) = rank(name) {
        return used == "kernel" || rank(used).is_some_and(|below| below < own);
    }
    let place = |wanted: &str| BUSINESS.iter().position(|house| *house == wanted);
    match (place(name), place(used)) {
        (Some(upper), Some(lower)) => lower < upper,
        (Some(_), None) => used != "testing" && used != "lab",
        _ => false,
    }
}

/// Line, table and name of each dependency in a manifest.
fn dependencies(text: &str) -> Vec<(usize, &str, &str)> {
    let mut table = "";
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_end_matches(']');
        } else if table.ends_with("dependencies") && !line.starts_with('#') {
            let end = line.find(['.', ' ', '=']).unwrap_or(line.len());
            if end > 0 {
                found.push((index + 1, table, &line[..end]));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Breaches of a manifest whose crate names everything it takes.
    fn found(path: &str, text: &str) -> usize {
        let folder = path.trim_end_matches("Cargo.toml");
        let source = format!("{folder}src/lib.rs");
        let uses = "use kernel::A;\nuse store::B;\nuse offers::C;\nuse orders::D;\nuse serde::E;\n\
                    use testing::F;\nuse mining::G;\nuse formats::H;\n";
        check(&Tree::planted(&[(path, text), (source.as_str(), uses)])).len()
    }

    #[test]
    fn a_dependency_that_no_source_names_is_found() {
        let manifest = "[dependencies]\nserde.workspace = true\ncsv.workspace = true\n";
        assert_eq!(found("business/orders/Cargo.toml", manifest), 1);
    }

    #[test]
    fn an_arrow_against_the_order_is_found() {
        let uses = |name: &str| format!("[dependencies]\n{name}.workspace = true\n");
        assert_eq!(found("business/offers/Cargo.toml", &uses("orders")), 1);
        assert_eq!(found("business/orders/Cargo.toml", &uses("offers")), 0);
        assert_eq!(found("crates/kernel/Cargo.toml", &uses("store")), 1);
        assert_eq!(found("crates/web/Cargo.toml", &uses("orders")), 1);
        assert_eq!(found("algorithms/mining/Cargo.toml", &uses("store")), 1);
        assert_eq!(found("algorithms/mining/Cargo.toml", &uses("formats")), 1);
        assert_eq!(found("algorithms/formats/Cargo.toml", &uses("mining")), 0);
        assert_eq!(found("lab/Cargo.toml", &uses("orders")), 1);
        assert_eq!(found("business/orders/Cargo.toml", &uses("serde")), 0);
    }

    #[test]
    fn testing_is_for_tests_only() {
        let shipped = "[dependencies]\ntesting.workspace = true\n";
        assert_eq!(found("business/orders/Cargo.toml", shipped), 1);
        assert_eq!(found("app/Cargo.toml", shipped), 1);
        let tests = "[dev-dependencies]\ntesting.workspace = true\n";
        assert_eq!(found("business/orders/Cargo.toml", tests), 0);
    }

    #[test]
    fn a_dependency_without_a_reason_and_a_reason_without_a_dependency_are_found() {
        let root = "[workspace.dependencies]\nkernel = { path = \"a\" }\nserde = \"1\"\n";
        let front = "{\n  \"devDependencies\": {\n    \"vite\": \"8.3.8\"\n  }\n}\n";
        let check_page = |page: &str| {
            let files = [
                ("Cargo.toml", root),
                ("front/package.json", front),
                (REASONS, page),
            ];
            check(&Tree::planted(&files)).len()
        };
        assert_eq!(
            check_page("| `serde` | structs |\n| `vite` | bundles |\n"),
            0
        );
        assert_eq!(check_page("| `serde` | structs |\n"), 1);
        assert_eq!(
            check_page("| `serde` | a |\n| `vite` | b |\n| `left-pad` | c |\n"),
            1
        );
    }

    #[test]
    fn a_new_noun_takes_its_place_among_the_arrows() {
        assert_eq!(found("business/weather/Cargo.toml", "[package]\n"), 1);
    }
}
