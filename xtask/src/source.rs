//! The files of the repository, and Rust source with its comments and strings told apart.

use std::path::Path;
use std::process::Command;

/// One file, by its path from the root of the repository.
pub struct File {
    /// Path with `/` between its parts.
    pub path: String,
    /// Whole text; files that are not UTF-8 are left out of the tree.
    pub text: String,
    /// The Rust reading of the text; `None` for other files.
    pub rust: Option<Rust>,
}

/// Every text file that is, or is about to be, in the repository.
pub struct Tree {
    /// Sorted by path.
    pub files: Vec<File>,
    /// Paths of all files, pictures too.
    paths: Vec<String>,
}

impl Tree {
    /// Reads what git tracks, and what it would track if added.
    pub fn load() -> Result<Tree, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .ok_or("no parent folder")?;
        let listed = Command::new("git")
            .args([
                "ls-files",
                "--cached",
                "--others",
                "--exclude-standard",
                "-z",
            ])
            .current_dir(root)
            .output()
            .map_err(|error| format!("git ls-files: {error}"))?;
        if !listed.status.success() {
            return Err(String::from_utf8_lossy(&listed.stderr).trim().to_string());
        }
        let names = String::from_utf8_lossy(&listed.stdout);
        let mut paths: Vec<&str> = names.split('\0').filter(|name| !name.is_empty()).collect();
        paths.sort_unstable();
        paths.dedup();
        let read = |path: &str| {
            let text = std::fs::read_to_string(root.join(path)).ok()?;
            Some(File::new(path, &text))
        };
        Ok(Tree {
            files: paths.iter().filter_map(|path| read(path)).collect(),
            paths: paths.into_iter().map(str::to_string).collect(),
        })
    }

    /// A tree made by hand, for tests of the rules.
    #[cfg(test)]
    pub fn planted(files: &[(&str, &str)]) -> Tree {
        Tree {
            files: files
                .iter()
                .map(|(path, text)| File::new(path, text))
                .collect(),
            paths: files.iter().map(|(path, _)| (*path).to_string()).collect(),
        }
    }

    /// True when there is a file at this path, or a folder with files.
    pub fn holds(&self, path: &str) -> bool {
        let inside = |file: &String| {
            file.strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.paths.iter().any(inside)
    }

    /// The Rust files with their reading.
    pub fn rust(&self) -> impl Iterator<Item = (&File, &Rust)> {
        self.files
            .iter()
            .filter_map(|file| file.rust.as_ref().map(|rust| (file, rust)))
    }

    /// The file at this path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

impl File {
    fn new(path: &str, text: &str) -> File {
        let rust = path.ends_with(".rs").then(|| Rust::read(path, text));
        File {
            path: path.to_string(),
            text: text.to_string(),
            rust,
        }
    }

    /// True when the path ends in one of these names or has a folder of that name.
    pub fn is_in(&self, name: &str) -> bool {
        let stem = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        stem.split('/').any(|part| part == name)
    }

    /// The crate's name: the last folder before `src`, `tests` or the manifest.
    pub fn crate_name(&self) -> Option<&str> {
        let parts: Vec<&str> = self.path.split('/').collect();
        match parts.as_slice() {
            ["crates" | "business" | "algorithms", name, ..] => Some(name),
            [name @ ("app" | "lab" | "xtask"), ..] => Some(name),
            _ => None,
        }
    }
}

/// A string literal in a Rust file.
pub struct Literal {
    /// Line of its opening quote, from 1.
    pub line: usize,
    /// What is between the quotes, escapes left as written.
    pub text: String,
    /// True when it follows `name=` at once, as an attribute of markup does.
    pub attribute: bool,
}

/// Rust source, read well enough for rules about names and sizes.
pub struct Rust {
    /// The text with comments and the insides of literals turned to spaces, line by line.
    pub code: Vec<String>,
    /// String literals in order.
    pub literals: Vec<Literal>,
    /// For every line, whether it is test code.
    pub test: Vec<bool>,
}

impl Rust {
    fn read(path: &str, text: &str) -> Rust {
        let (blanked, literals) = Lexer::new(text).run();
        let code: Vec<String> = blanked.lines().map(str::to_string).collect();
        let all = path.contains("/tests/") || path.starts_with("crates/testing/");
        let test = if all {
            vec![true; code.len()]
        } else {
            test_lines(&code)
        };
        Rust {
            code,
            literals,
            test,
        }
    }

    /// Lines of code that ship, numbered from 1.
    pub fn shipped(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.code.iter().zip(&self.test).enumerate();
        lines
            .filter(|(_, (_, test))| !**test)
            .map(|(index, (line, _))| (index + 1, line.as_str()))
    }

    /// String literals that ship.
    pub fn shipped_literals(&self) -> impl Iterator<Item = &Literal> {
        let shipped = |literal: &&Literal| !self.test.get(literal.line - 1).unwrap_or(&false);
        self.literals.iter().filter(shipped)
    }
}

/// Marks the block that follows each `#[cfg(test)]` or `#[test]`.
fn test_lines(code: &[String]) -> Vec<bool> {
    let mut marks = vec![false; code.len()];
    let mut line = 0;
    while line < code.len() {
        if code[line].contains("#[cfg(test)]") || code[line].contains("#[test]") {
            let last = block_end(code, line);
            marks[line..=last].fill(true);
            line = last;
        }
        line += 1;
    }
    marks
}

/// The line on which the first block, or the first statement without one, after `from` ends.
pub fn block_end(code: &[String], from: usize) -> usize {
    let (mut depth, mut round) = (0_i32, 0_i32);
    for (index, line) in code.iter().enumerate().skip(from) {
        for mark in line.chars() {
            match mark {
                '(' | '[' => round += 1,
                ')' | ']' => round -= 1,
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    if depth == 0 && round == 0 {
                        return index;
                    }
                }
                ';' if depth == 0 && round == 0 => return index,
                _ => {}
            }
        }
    }
    code.len() - 1
}

/// Turns comments and the insides of literals to spaces, and keeps the string literals.
struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    blanked: String,
    literals: Vec<Literal>,
}

impl Lexer {
    fn new(text: &str) -> Lexer {
        let chars = text.chars().collect();
        Lexer {
            chars,
            at: 0,
            line: 1,
            blanked: String::new(),
            literals: Vec::new(),
        }
    }

    fn run(mut self) -> (String, Vec<Literal>) {
        while let Some(mark) = self.peek(0) {
            match (mark, self.peek(1)) {
                ('/', Some('/')) => self.blank_while(|lexer| lexer.peek(0) != Some('\n')),
                ('/', Some('*')) => self.block_comment(),
                ('"', _) => self.string(),
                ('r', Some('"' | '#')) if !self.inside_word() => self.raw_string(),
                ('\'', _) => self.quote(),
                _ => self.keep(),
            }
        }
        (self.blanked, self.literals)
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn inside_word(&self) -> bool {
        let before = self
            .at
            .checked_sub(1)
            .and_then(|index| self.chars.get(index));
        before.is_some_and(|mark| (mark.is_alphanumeric() && *mark != 'b') || *mark == '_')
    }

    fn keep(&mut self) {
        if let Some(mark) = self.peek(0) {
            self.line += usize::from(mark == '\n');
            self.blanked.push(mark);
            self.at += 1;
        }
    }

    fn blank(&mut self) {
        if let Some(mark) = self.peek(0) {
            self.line += usize::from(mark == '\n');
            self.blanked.push(if mark == '\n' { '\n' } else { ' ' });
            self.at += 1;
        }
    }

    fn blank_while(&mut self, more: impl Fn(&Lexer) -> bool) {
        while self.at < self.chars.len() && more(self) {
            self.blank();
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.chars.len() {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let line = self.line;
        let attribute = self.follows_equals();
        self.keep();
        let from = self.at;
        while let Some(mark) = self.peek(0) {
            match mark {
                '"' => break,
                '\\' => {
                    self.blank();
                    self.blank();
                }
                _ => self.blank(),
            }
        }
        self.push_literal(line, from, attribute);
        self.keep();
    }

    fn raw_string(&mut self) {
        let hashes = self.chars[self.at + 1..]
            .iter()
            .take_while(|mark| **mark == '#')
            .count();
        if self.peek(1 + hashes) != Some('"') {
            return self.keep();
        }
        let (line, attribute) = (self.line, self.follows_equals());
        (0..hashes + 2).for_each(|_| self.keep());
        let from = self.at;
        let closes = |lexer: &Lexer| {
            lexer.peek(0) == Some('"') && (1..=hashes).all(|ahead| lexer.peek(ahead) == Some('#'))
        };
        self.blank_while(|lexer| !closes(lexer));
        self.push_literal(line, from, attribute);
        (0..=hashes).for_each(|_| self.keep());
    }

    fn follows_equals(&self) -> bool {
        self.at > 0 && self.chars[self.at - 1] == '='
    }

    fn push_literal(&mut self, line: usize, from: usize, attribute: bool) {
        let text = self.chars[from..self.at.min(self.chars.len())]
            .iter()
            .collect();
        self.literals.push(Literal {
            line,
            text,
            attribute,
        });
    }

    /// A character literal, or the start of a lifetime.
    fn quote(&mut self) {
        let literal = self.peek(1) == Some('\\') || self.peek(2) == Some('\'');
        self.keep();
        if !literal {
            return;
        }
        if self.peek(0) == Some('\\') {
            self.blank();
        }
        self.blank();
        self.blank_while(|lexer| lexer.peek(0) != Some('\''));
        self.keep();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_characters_are_told_apart() {
        let text = "let a = \"{ not code\"; // { nor this\nlet b = '{'; /* { */ let c: &'a str;\n\
                    let d = r#\"x \"q\" {\"#;\n";
        let rust = Rust::read("a.rs", text);
        assert!(
            rust.code.iter().all(|line| !line.contains('{')),
            "{:?}",
            rust.code
        );
        let texts: Vec<&str> = rust
            .literals
            .iter()
            .map(|literal| literal.text.as_str())
            .collect();
        assert_eq!(texts, ["{ not code", "x \"q\" {"]);
        assert_eq!(rust.literals[1].line, 3);
    }

    #[test]
    fn an_attribute_of_markup_is_known_by_its_equals_sign() {
        let rust = Rust::read(
            "a.rs",
            "html! { p class=\"queue-row\" { (t(\"queue-title\")) } }",
        );
        let marks: Vec<bool> = rust
            .literals
            .iter()
            .map(|literal| literal.attribute)
            .collect();
        assert_eq!(marks, [true, false]);
    }

    #[test]
    fn test_modules_are_not_shipped() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n";
        let rust = Rust::read("a.rs", text);
        let lines: Vec<usize> = rust.shipped().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 6]);
    }
}
