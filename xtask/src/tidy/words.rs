//! Words that do not belong in a repository.

use super::Breach;
use crate::source::{File, Tree};

/// Marks of unfinished work, written in two halves so that this file does not break its own rule.
const UNFINISHED: [&str; 9] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("coming", " soon"),
    concat!("not yet", " implemented"),
    concat!("lorem", " ipsum"),
    concat!("即将", "推出"),
    concat!("敬请", "期待"),
];

/// First folders of paths that exist on one machine only.
const MACHINE: [&str; 4] = ["work", "farm", "root", "home"];

/// Registries a lock file must not name: the client's own setting decides.
const REGISTRIES: [&str; 3] = ["registry.npm", "registry.yarn", "npmmirror"];

/// No unfinished work, no paths of a machine, no registry hosts, no clash marks.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in &tree.files {
        for (index, line) in file.text.lines().enumerate() {
            let found = fault(file, line);
            breaches.extend(found.map(|text| Breach::new(&file.path, index + 1, text)));
        }
    }
    breaches
}

fn fault(file: &File, line: &str) -> Option<String> {
    if let Some(word) = UNFINISHED.iter().find(|word| line.contains(**word)) {
        return Some(format!("\"{word}\": finish it, or file an issue"));
    }
    if let Some(path) = machine_path(line) {
        return Some(format!("\"{path}\" is a path of one machine"));
    }
    let lock = file.path.ends_with("package-lock.json") && line.contains("\"resolved\":");
    if lock || (!file.path.starts_with("xtask/") && REGISTRIES.iter().any(|r| line.contains(r))) {
        return Some("names a registry host: the client's own setting decides".to_string());
    }
    let clash = [concat!("<<<<", "<<< "), concat!(">>>>", ">>> ")];
    clash
        .iter()
        .any(|mark| line.starts_with(mark))
        .then(|| "a merge was not finished".to_string())
}

/// A path below one of those folders, when nothing that belongs to a longer path stands before it.
fn machine_path(line: &str) -> Option<&str> {
    for folder in MACHINE {
        let folder = format!("/{folder}/");
        for (at, _) in line.match_indices(&folder) {
            let before = line[..at].chars().next_back();
            let joined = before.is_some_and(|m| m.is_alphanumeric() || "_./-~}".contains(m));
            let rest = &line[at + folder.len()..];
            if !joined && rest.starts_with(|mark: char| mark.is_ascii_lowercase() || mark == '.') {
                let end = rest.find(|m: char| !m.is_alphanumeric() && !"_./-".contains(m));
                return Some(&line[at..at + folder.len() + end.unwrap_or(rest.len())]);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::planted(&[(path, text)])).len()
    }

    #[test]
    fn unfinished_work_is_found() {
        assert_eq!(found("docs/a.md", concat!("TO", "DO: later\n")), 1);
        assert_eq!(
            found(
                "business/a/src/texts/zh-CN.ftl",
                concat!("a = 敬请", "期待\n")
            ),
            1
        );
        assert_eq!(found("docs/a.md", "All is done.\n"), 0);
    }

    #[test]
    fn paths_of_a_machine_are_found() {
        assert_eq!(found("run", concat!("cd /ro", "ot/shop\n")), 1);
        assert_eq!(found("run", concat!("cd $HOME/wo", "rk/shop\n")), 0);
        assert_eq!(found("run", "see https://example.org/work/shop\n"), 0);
    }

    #[test]
    fn a_lock_file_names_no_registry() {
        let line = "\"resolved\": \"https://example.org/a.tgz\"\n";
        assert_eq!(found("front/package-lock.json", line), 1);
        assert_eq!(found("front/package.json", line), 0);
    }

    #[test]
    fn an_unfinished_merge_is_found() {
        assert_eq!(found("docs/a.md", concat!("<<<<", "<<< main\n")), 1);
    }
}
