//! What the program is made of: licences, sources, what is banned, and the list of parts in
//! CycloneDX: crates, and the packages that the built front end carries.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use serde_json::{Value, json};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// A part from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    id: String,
    name: String,
    version: String,
    licence: String,
    source: Option<String>,
}

/// What cargo knows of the workspace and of everything it takes in.
pub struct Supply {
    parts: Vec<Part>,
    /// By id: what each needs to run or to be built.
    needs: BTreeMap<String, Vec<String>>,
    allowed: BTreeSet<String>,
    banned: BTreeSet<String>,
    /// What is in the built front end; what only builds it is not.
    front: Vec<Package>,
}

/// A package of the front end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Package {
    name: String,
    version: String,
    licence: String,
}

impl Supply {
    /// Asks cargo, and reads `deny.toml` and the front end's lock file.
    pub fn load() -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = root.parent().ok_or("no parent folder")?;
        let told = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version=1", "--locked"])
            .current_dir(root)
            .output()
            .map_err(|error| format!("cargo metadata: {error}"))?;
        if !told.status.success() {
            return Err(String::from_utf8_lossy(&told.stderr).trim().to_string());
        }
        let metadata: Value = serde_json::from_slice(&told.stdout)
            .map_err(|error| format!("cargo metadata: {error}"))?;
        let text = |name: &str| {
            std::fs::read_to_string(root.join(name)).map_err(|error| format!("{name}: {error}"))
        };
        let lock = "front/package-lock.json";
        let locked: Value =
            serde_json::from_str(&text(lock)?).map_err(|error| format!("{lock}: {error}"))?;
        Ok(Self::read(&metadata, &text("deny.toml")?, &locked))
    }

    fn read(metadata: &Value, rules: &str, locked: &Value) -> Self {
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let nodes = metadata["resolve"]["nodes"]
            .as_array()
            .into_iter()
            .flatten();
        Self {
            parts: packages.map(part).collect(),
            needs: nodes.map(|node| (text(&node["id"]), needs(node))).collect(),
            allowed: listed(rules, "allow = ["),
            banned: listed(rules, "deny = ["),
            front: front(locked),
        }
    }

    /// Licences that are not allowed, sources other than the one registry, and what is banned.
    pub fn breaches(&self) -> Vec<String> {
        let outside = self
            .parts
            .iter()
            .filter_map(|part| Some((part, part.source.as_ref()?)));
        let mut found = Vec::new();
        for (part, source) in outside {
            let Part { name, licence, .. } = part;
            if source != REGISTRY {
                found.push(format!(
                    "`{name}` comes from {source}, not from the registry"
                ));
            }
            if self.banned.contains(name) {
                found.push(format!("`{name}` is banned by deny.toml"));
            }
            if !holds(licence, &self.allowed) {
                found.push(format!(
                    "`{name}` has the licence \"{licence}\", which is not allowed"
                ));
            }
        }
        found
    }

    /// Everything that is in the program `steward`, as CycloneDX 1.5.
    pub fn bill(&self) -> Value {
        let steward = self.parts.iter().find(|part| part.name == "steward");
        let mut inside = BTreeSet::new();
        let mut next: Vec<&str> = steward.iter().map(|part| part.id.as_str()).collect();
        while let Some(id) = next.pop() {
            if inside.insert(id) {
                next.extend(self.needs.get(id).into_iter().flatten().map(String::as_str));
            }
        }
        let parts = self
            .parts
            .iter()
            .filter(|part| inside.contains(part.id.as_str()));
        let outside: Vec<&Part> = parts.clone().filter(|part| part.source.is_some()).collect();
        let by_id: BTreeMap<&str, &Part> = parts.map(|part| (part.id.as_str(), part)).collect();
        let depends = |part: &Part| {
            let needed = self.needs.get(&part.id).into_iter().flatten();
            let on: BTreeSet<String> = needed
                .filter_map(|id| by_id.get(id.as_str()).map(|part| address(part)))
                .collect();
            json!({ "ref": address(part), "dependsOn": on })
        };
        let components = outside.iter().map(|part| {
            json!({
                "type": "library",
                "bom-ref": address(part),
                "name": part.name,
                "version": part.version,
                "purl": address(part),
                "licenses": [{ "expression": part.licence.replace('/', " OR ") }],
            })
        });
        let carried = self.front.iter().map(|one| {
            let named = "SEE LICENSE IN LICENSE";
            let licence = match one.licence == named {
                true => json!({ "license": { "name": named } }),
                false => json!({ "expression": one.licence }),
            };
            json!({
                "type": "library",
                "bom-ref": one.address(),
                "name": one.name,
                "version": one.version,
                "purl": one.address(),
                "licenses": [licence],
            })
        });
        json!({
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "version": 1,
            "metadata": { "component": steward.map(|part| json!({
                "type": "application",
                "bom-ref": address(part),
                "name": part.name,
                "version": part.version,
            })) },
            "components": components.chain(carried).collect::<Vec<_>>(),
            "dependencies": by_id.values().map(|part| depends(part)).collect::<Vec<_>>(),
        })
    }
}

impl Package {
    /// Its package URL; the `@` before a scope is written as a code.
    fn address(&self) -> String {
        format!(
            "pkg:npm/{}@{}",
            self.name.replacen('@', "%40", 1),
            self.version
        )
    }
}

/// The packages of a lock file that are not there to build or test alone.
fn front(locked: &Value) -> Vec<Package> {
    let all = locked["packages"].as_object().into_iter().flatten();
    let package = |(path, told): (&String, &Value)| {
        let (_, name) = path.rsplit_once("node_modules/")?;
        (told["dev"] != true).then(|| Package {
            name: name.to_owned(),
            version: text(&told["version"]),
            licence: text(&told["license"]),
        })
    };
    all.filter_map(package).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

fn part(package: &Value) -> Part {
    Part {
        id: text(&package["id"]),
        name: text(&package["name"]),
        version: text(&package["version"]),
        licence: text(&package["license"]),
        source: package["source"].as_str().map(str::to_string),
    }
}

/// What a package needs to run or to be built; what its tests need is in no program.
fn needs(node: &Value) -> Vec<String> {
    let all = node["deps"].as_array().into_iter().flatten();
    let counts = |dep: &&Value| {
        let kinds = dep["dep_kinds"].as_array();
        kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"] != "dev"))
    };
    all.filter(counts).map(|dep| text(&dep["pkg"])).collect()
}

fn address(part: &Part) -> String {
    format!("pkg:cargo/{}@{}", part.name, part.version)
}

/// The words between the brackets of such a list in `deny.toml`.
fn listed(rules: &str, opening: &str) -> BTreeSet<String> {
    let list = rules.split_once(opening).map_or("", |(_, rest)| rest);
    let list = list.split(']').next().unwrap_or_default();
    list.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_string)
        .collect()
}

/// Whether a licence expression can be met by licences that are allowed.
fn holds(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest, allowed) && rest.is_empty() && !words.is_empty()
}

fn any(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut held = all(rest, allowed);
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        held |= all(rest, allowed);
    }
    held
}

fn all(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut held = one(rest, allowed);
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        held &= one(rest, allowed);
    }
    held
}

fn one(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    match *rest {
        ["(", after @ ..] => {
            *rest = after;
            let held = any(rest, allowed);
            if let [")", after @ ..] = *rest {
                *rest = after;
            }
            held
        }
        [licence, "WITH", exception, after @ ..] => {
            *rest = after;
            allowed.contains(&format!("{licence} WITH {exception}"))
        }
        [licence, after @ ..] => {
            *rest = after;
            allowed.contains(*licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "[licenses]\nallow = [\n  \"MIT\",\n  \
         \"Apache-2.0 WITH LLVM-exception\",\n \"ISC\"]\n[bans]\ndeny = [\"unwanted\"]";

    #[test]
    fn a_licence_holds_when_the_allowed_ones_can_meet_it() {
        let allowed = listed(RULES, "allow = [");
        for good in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0/MIT",
            "MIT AND ISC",
            "(MIT OR GPL-3.0) AND (ISC OR Zlib)",
            "GPL-3.0 OR Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(holds(good, &allowed), "{good}");
        }
        for odd in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "Apache-2.0",
            "(MIT OR ISC) AND Zlib",
        ] {
            assert!(!holds(odd, &allowed), "{odd}");
        }
    }

    #[test]
    fn what_is_in_the_program_is_listed_and_what_comes_from_elsewhere_is_named() {
        let package = |id: &str, licence: &str, source: Option<&str>| {
            let mut package = json!({ "id": id, "name": id, "version": "1.0.0" });
            package["license"] = licence.into();
            package["source"] = source.into();
            package
        };
        let dep = |id: &str, kind: Option<&str>| {
            let kinds = json!([{ "kind": kind }]);
            json!({ "pkg": id, "dep_kinds": kinds })
        };
        let metadata = json!({
            "packages": [
                package("steward", "MIT", None),
                package("inside", "MIT", Some(REGISTRY)),
                package("tests", "GPL-3.0", Some("git+https://example.org/x")),
                package("unwanted", "MIT", Some(REGISTRY)),
            ],
            "resolve": { "nodes": [
                { "id": "steward", "deps": [dep("inside", None), dep("tests", Some("dev"))] },
            ] },
        });
        let locked = json!({ "packages": {
            "": { "version": "" },
            "node_modules/@scope/shown": { "version": "2.0.0", "license": "MIT" },
            "node_modules/builder": { "version": "3.0.0", "license": "MIT", "dev": true },
        } });
        let supply = Supply::read(&metadata, RULES, &locked);
        assert_eq!(supply.breaches().len(), 3, "{:?}", supply.breaches());
        let bill = supply.bill();
        let parts = bill["components"].as_array().expect("it is a list");
        assert_eq!(parts.len(), 2, "{parts:?}");
        assert_eq!(parts[0]["purl"], "pkg:cargo/inside@1.0.0");
        assert_eq!(parts[1]["purl"], "pkg:npm/%40scope/shown@2.0.0");
        assert_eq!(bill["metadata"]["component"]["name"], "steward");
    }

    #[test]
    fn the_list_of_this_program_names_every_part_once_with_version_and_licence() {
        let supply = Supply::load().expect("cargo answers");
        assert_eq!(supply.breaches(), Vec::<String>::new());
        let bill = supply.bill();
        let parts = bill["components"].as_array().expect("it is a list");
        let refs: BTreeSet<&str> = parts
            .iter()
            .filter_map(|one| one["bom-ref"].as_str())
            .collect();
        assert_eq!(refs.len(), parts.len(), "each has an address of its own");
        for (part, kind) in [
            ("axum", "cargo"),
            ("postgres", "cargo"),
            ("htmx.org", "npm"),
        ] {
            let there = refs
                .iter()
                .any(|one| one.starts_with(&format!("pkg:{kind}/{part}@")));
            assert!(there, "{part} is in the program");
        }
        assert!(
            !refs.iter().any(|one| one.starts_with("pkg:npm/vite@")),
            "vite only builds it"
        );
        for part in parts {
            let licence = &part["licenses"][0];
            assert!(
                !part["version"].as_str().unwrap_or_default().is_empty(),
                "{part}"
            );
            assert!(licence["expression"] != "" && licence.is_object(), "{part}");
        }
        let known = |one: &Value| {
            let address = one.as_str().unwrap_or_default();
            refs.contains(address) || address.starts_with("pkg:cargo/")
        };
        let depends = bill["dependencies"].as_array().expect("it is a list");
        assert!(
            depends.iter().all(|one| known(&one["ref"])),
            "what depends is listed"
        );
    }
}
