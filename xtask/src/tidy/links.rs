//! Links between the pages of the documentation lead somewhere.

use super::Breach;
use crate::source::{File, Tree};

/// Every relative link in a Markdown file names a file of the repository.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let pages = tree.files.iter().filter(|file| file.path.ends_with(".md"));
    pages.flat_map(|file| broken(tree, file)).collect()
}

fn broken(tree: &Tree, file: &File) -> Vec<Breach> {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut breaches = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for link in line
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let path = link.split('#').next().unwrap_or("");
            if path.is_empty() || path.contains(':') {
                continue;
            }
            if !tree.holds(&joined(folder, path)) {
                let text = format!("the link to {link} leads nowhere");
                breaches.push(Breach::new(&file.path, index + 1, text));
            }
        }
    }
    breaches
}

/// The path from the root of what a page in `folder` calls `path`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let found = |text: &str| {
            check(&Tree::planted(&[
                ("docs/a.md", text),
                ("docs/b.md", ""),
                ("run", ""),
            ]))
            .len()
        };
        assert_eq!(
            found("[b](b.md), [b](b.md#part), [run](../run), [web](https://a.b/c)"),
            0
        );
        assert_eq!(found("[c](c.md) and [b](../b.md)"), 2);
    }
}
