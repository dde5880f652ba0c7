//! Sizes: files, functions and lines stay small enough to be read.

use super::Breach;
use crate::source::{File, Rust, Tree, block_end};

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;
const LINE_WIDTH_MAX: usize = 100;
const SIZED: [&str; 7] = [".rs", ".ts", ".css", ".sql", ".mjs", ".ftl", ".sh"];

/// Files up to 500 lines, functions up to 70, Rust lines up to 100 characters.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches: Vec<Breach> = tree.files.iter().filter_map(file_length).collect();
    for (file, rust) in tree.rust() {
        breaches.extend(line_width(file));
        breaches.extend(functions(file, rust));
    }
    breaches
}

fn file_length(file: &File) -> Option<Breach> {
    let lines = file.text.lines().count();
    let sized = SIZED.iter().any(|suffix| file.path.ends_with(suffix));
    // A catalogue of texts is read by key, not from top to bottom.
    let most = if file.path.ends_with(".ftl") {
        2 * FILE_LINES_MAX
    } else {
        FILE_LINES_MAX
    };
    let text = format!("{lines} lines; a file ends by {most}: split it by noun");
    (sized && lines > most).then(|| Breach::new(&file.path, 0, text))
}

fn line_width(file: &File) -> impl Iterator<Item = Breach> {
    file.text.lines().enumerate().filter_map(|(index, line)| {
        let width = line
            .chars()
            .map(|mark| if is_wide(mark) { 2 } else { 1 })
            .sum::<usize>();
        let text = format!("{width} columns; a line ends by {LINE_WIDTH_MAX}");
        (width > LINE_WIDTH_MAX).then(|| Breach::new(&file.path, index + 1, text))
    })
}

/// Chinese characters and full-width signs take two columns.
fn is_wide(mark: char) -> bool {
    ('\u{2e80}'..='\u{a4cf}').contains(&mark) || ('\u{ff00}'..='\u{ff60}').contains(&mark)
}

fn functions(file: &File, rust: &Rust) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let text: Vec<&str> = file.text.lines().collect();
    for (index, line) in rust.code.iter().enumerate() {
        let Some(name) = function_name(line) else {
            continue;
        };
        let last = block_end(&rust.code, index);
        let body = &text[index..=last.min(text.len() - 1)];
        let lines = body.iter().filter(|line| counts(line)).count();
        if lines > FUNCTION_LINES_MAX {
            let text = format!("fn {name} has {lines} lines; one ends by {FUNCTION_LINES_MAX}");
            breaches.push(Breach::new(&file.path, index + 1, text));
        }
    }
    breaches
}

fn counts(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("//")
}

/// The name of the function that a line of code declares.
fn function_name(line: &str) -> Option<&str> {
    let at = line.find("fn ")?;
    let before = line[..at].trim_end();
    let opens = [
        "",
        "pub",
        "async",
        "const",
        "pub(crate)",
        "pub(super)",
        "unsafe",
    ];
    if !opens
        .iter()
        .any(|word| before.ends_with(word) && (before.is_empty() || !word.is_empty()))
    {
        return None;
    }
    let rest = &line[at + 3..];
    let end = rest.find(|mark: char| !mark.is_alphanumeric() && mark != '_')?;
    (end > 0).then(|| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_found() {
        let tree = Tree::planted(&[("crates/web/src/a.rs", &"// x\n".repeat(501))]);
        assert_eq!(check(&tree).len(), 1);
        let tree = Tree::planted(&[("crates/web/src/a.rs", &"// x\n".repeat(500))]);
        assert_eq!(check(&tree), []);
    }

    #[test]
    fn a_long_function_is_found_and_comments_in_it_are_free() {
        let body = |lines: usize| format!("pub fn a() {{\n{}}}\n", "    b();\n".repeat(lines));
        assert_eq!(check(&Tree::planted(&[("a.rs", &body(69))])).len(), 1);
        assert_eq!(check(&Tree::planted(&[("a.rs", &body(68))])), []);
        let commented = format!("fn a() {{\n{}}}\n", "    // why\n".repeat(90));
        assert_eq!(check(&Tree::planted(&[("a.rs", &commented)])), []);
    }

    #[test]
    fn a_wide_line_is_found_and_chinese_counts_double() {
        let wide = format!("// {}\n", "排".repeat(49));
        assert_eq!(check(&Tree::planted(&[("a.rs", &wide)])).len(), 1);
    }
}
