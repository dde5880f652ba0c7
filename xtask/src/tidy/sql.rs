//! SQL that both engines understand, and tables that keep to their crate.

use super::Breach;
use crate::source::{File, Tree};
use std::collections::BTreeMap;

/// Words one of the two engines does not know, or that hide the clock.
const ONE_ENGINE: [&str; 11] = [
    "now()",
    "current_timestamp",
    " ilike ",
    "insert or ",
    "::",
    "strftime(",
    "datetime(",
    "autoincrement",
    " serial",
    " boolean",
    "?1",
];

/// Tables without an organisation: what must be unique in the whole installation.
const ACROSS_ORGANISATIONS: [&str; 5] = [
    "seldom_changes",
    "logins",
    "sign_in_attempts",
    "passkey_owners",
    "passkey_challenges",
];

/// Portable statements, keys that begin with the organisation, and nobody in another's tables.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let owners = owners(tree);
    let mut breaches = Vec::new();
    for file in tree.files.iter().filter(|file| !exempt(file)) {
        if file.path.ends_with(".sql") {
            breaches.extend(migration(file));
        }
        let Some(rust) = &file.rust else { continue };
        for literal in rust.shipped_literals() {
            let text = literal.text.to_lowercase();
            if !is_sql(&text) {
                continue;
            }
            let mut found: Vec<String> = one_engine(&text).collect();
            found.extend(strangers(file, &text, &owners));
            breaches.extend(
                found
                    .into_iter()
                    .map(|t| Breach::new(&file.path, literal.line, t)),
            );
        }
    }
    breaches
}

fn exempt(file: &File) -> bool {
    file.path.starts_with("crates/store/") || file.path.starts_with("xtask/")
}

fn words(text: &str) -> Vec<&str> {
    let split = |mark: char| mark.is_whitespace() || "(),;\\".contains(mark);
    text.split(split).filter(|word| !word.is_empty()).collect()
}

fn is_sql(text: &str) -> bool {
    match words(text).as_slice() {
        ["select" | "with", rest @ ..] => rest.contains(&"from"),
        ["insert", "into", ..] | ["delete", "from", ..] => true,
        ["update", _, "set", ..] => true,
        _ => false,
    }
}

fn one_engine(text: &str) -> impl Iterator<Item = String> {
    let found = ONE_ENGINE.iter().filter(move |word| text.contains(**word));
    found.map(|word| format!("`{}` is not SQL of both engines", word.trim()))
}

/// The crate that made each table.
fn owners(tree: &Tree) -> BTreeMap<String, String> {
    let mut owners = BTreeMap::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".sql")) {
        for (_, statement) in statements(&file.text) {
            if let (Some(name), Some(house)) = (table_made(&statement), file.crate_name()) {
                owners.insert(name, house.to_string());
            }
        }
    }
    owners
}

/// Line and lower-case text of each statement, comments left out.
fn statements(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut from, mut statement) = (1, String::new());
    for (index, line) in text.lines().enumerate() {
        let line = line.split("--").next().unwrap_or("").to_lowercase();
        if statement.trim().is_empty() {
            from = index + 1;
        }
        statement.push_str(&line);
        statement.push('\n');
        if line.contains(';') {
            found.push((from, std::mem::take(&mut statement)));
        }
    }
    found
}

fn table_made(statement: &str) -> Option<String> {
    match words(statement).as_slice() {
        ["create", "table", "if", "not", "exists", name, ..] => Some((*name).to_string()),
        ["create", "table", name, ..] => Some((*name).to_string()),
        _ => None,
    }
}

fn migration(file: &File) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (line, statement) in statements(&file.text) {
        let found: Vec<String> = one_engine(&statement).collect();
        breaches.extend(
            found
                .into_iter()
                .map(|text| Breach::new(&file.path, line, text)),
        );
        let Some(name) = table_made(&statement) else {
            continue;
        };
        if !key_begins_with_org(&statement) && !ACROSS_ORGANISATIONS.contains(&name.as_str()) {
            let text = format!("the primary key of {name} begins with the organisation: org");
            breaches.push(Breach::new(&file.path, line, text));
        }
    }
    breaches
}

fn key_begins_with_org(statement: &str) -> bool {
    let text = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    let columns = ["org text primary key", "org text not null primary key"];
    ["primary key (org,", "primary key (org)"]
        .iter()
        .any(|key| text.contains(key))
        || columns.iter().any(|column| text.contains(column))
}

/// Tables of other crates that a statement names.
fn strangers(file: &File, text: &str, owners: &BTreeMap<String, String>) -> Vec<String> {
    let Some(house) = file.crate_name() else {
        return Vec::new();
    };
    let words = words(text);
    let mut found = Vec::new();
    for pair in words.windows(2) {
        let (verb, table) = (pair[0], pair[1]);
        if !["into", "update", "from", "join"].contains(&verb) {
            continue;
        }
        match owners.get(table) {
            Some(owner) if owner != house => {
                let text = format!("`{table}` belongs to `{owner}`: use that crate's face");
                found.push(text);
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "create table orders (org text, id text, primary key (org, id));\n";

    fn found(files: &[(&str, &str)]) -> usize {
        check(&Tree::planted(files)).len()
    }

    #[test]
    fn a_key_begins_with_the_organisation() {
        assert_eq!(
            found(&[("business/orders/migrations/0001_a.sql", TABLE)]),
            0
        );
        let other = "create table orders (\n  id text primary key,\n  org text\n);\n";
        assert_eq!(
            found(&[("business/orders/migrations/0001_a.sql", other)]),
            1
        );
        let column = "create table organisations (\n  org text not null primary key\n);\n";
        assert_eq!(
            found(&[("business/organisation/migrations/0001_a.sql", column)]),
            0
        );
    }

    #[test]
    fn words_of_one_engine_are_found() {
        let text = "const A: &str = \"select a::text from b where c > now()\";\n";
        assert_eq!(found(&[("business/orders/src/queries.rs", text)]), 2);
        let prose = "const A: &str = \"select a person from the list: kernel::Id\";\n";
        assert_eq!(found(&[("business/orders/src/pages.rs", prose)]), 1);
        let path = "const A: &str = \"kernel::Id\";\n";
        assert_eq!(found(&[("business/orders/src/queries.rs", path)]), 0);
    }

    #[test]
    fn another_crates_table_is_left_alone() {
        let own = ("business/orders/migrations/0001_a.sql", TABLE);
        let writes = "const A: &str = \"update orders set a = $1\";\n";
        assert_eq!(found(&[own, ("business/queue/src/commands.rs", writes)]), 1);
        assert_eq!(
            found(&[own, ("business/orders/src/commands.rs", writes)]),
            0
        );
        let reads = "const A: &str = \"select a from b join orders o on true\";\n";
        assert_eq!(found(&[own, ("business/queue/src/queries.rs", reads)]), 1);
    }
}
