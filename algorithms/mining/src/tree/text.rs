//! Process trees as text: `->( 'a', X( tau, *( 'b', 'c' ) ), +( 'd', 'e' ) )`.

use std::fmt;
use std::str::FromStr;

use crate::petri::ModelError;

use super::Tree;

/// How deep brackets may nest.
const DEPTH_MAX: usize = 200;

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self {
            Self::Silent => return f.write_str("tau"),
            Self::Activity(name) => {
                return write!(f, "'{}'", name.replace('\\', "\\\\").replace('\'', "\\'"));
            }
            Self::Sequence(_) => "->",
            Self::Choice(_) => "X",
            Self::Parallel(_) => "+",
            Self::Loop(..) => "*",
        };
        write!(f, "{sign}( ")?;
        for (index, part) in self.parts().into_iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            part.fmt(f)?;
        }
        f.write_str(" )")
    }
}

impl FromStr for Tree {
    type Err = ModelError;

    /// Reads what `Display` writes: `->` sequence, `X` choice, `+` parallel, `*` loop, `tau`.
    fn from_str(text: &str) -> Result<Self, ModelError> {
        let mut reader = Reader { text, at: 0 };
        let tree = reader.tree(0)?;
        if reader.rest().is_empty() {
            Ok(tree)
        } else {
            Err(reader.expected("the end"))
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&mut self) -> &'a str {
        let rest = self.text[self.at..].trim_start();
        self.at = self.text.len() - rest.len();
        rest
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    fn expected(&self, allowed: &'static str) -> ModelError {
        ModelError::Syntax {
            at: self.at,
            allowed,
        }
    }

    fn tree(&mut self, depth: usize) -> Result<Tree, ModelError> {
        if depth > DEPTH_MAX {
            return Err(self.expected("at most 200 brackets inside each other"));
        }
        if self.take("'") {
            return self.quoted().map(Tree::Activity);
        }
        if self.take("tau") {
            return Ok(Tree::Silent);
        }
        for sign in ["->", "X", "+", "*"] {
            if !self.take(sign) {
                continue;
            }
            let mut parts = self.parts(depth)?;
            return match sign {
                "->" => Ok(Tree::Sequence(parts)),
                "X" => Ok(Tree::Choice(parts)),
                "+" => Ok(Tree::Parallel(parts)),
                _ if parts.len() < 2 => Err(self.expected("a loop of at least two parts")),
                _ => {
                    let body = Box::new(parts.remove(0));
                    Ok(Tree::Loop(body, parts))
                }
            };
        }
        Err(self.expected("'name', tau, ->(, X(, +( or *("))
    }

    fn parts(&mut self, depth: usize) -> Result<Vec<Tree>, ModelError> {
        if !self.take("(") {
            return Err(self.expected("("));
        }
        let mut parts = vec![self.tree(depth + 1)?];
        while self.take(",") {
            parts.push(self.tree(depth + 1)?);
        }
        if self.take(")") {
            Ok(parts)
        } else {
            Err(self.expected(", or )"))
        }
    }

    fn quoted(&mut self) -> Result<String, ModelError> {
        let mut name = String::new();
        let mut marks = self.text[self.at..].char_indices();
        while let Some((offset, mark)) = marks.next() {
            match mark {
                '\'' => {
                    self.at += offset + 1;
                    return Ok(name);
                }
                '\\' => name.extend(marks.next().map(|(_, mark)| mark)),
                other => name.push(other),
            }
        }
        Err(self.expected("a closing '"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_back_as_written() {
        let text = "->( 'a', X( tau, *( 'b''c', tau ) ) )";
        assert!(text.parse::<Tree>().is_err());
        let text = r"->( 'it\'s', X( tau, *( 'b', 'c', tau ) ), +( 'd', 'e' ) )";
        assert_eq!(text.parse::<Tree>().unwrap().to_string(), text);
    }

    #[test]
    fn a_loop_needs_a_way_back_and_brackets_have_a_limit() {
        assert!("*( 'a' )".parse::<Tree>().is_err());
        let deep = "X( ".repeat(100_000);
        assert!(deep.parse::<Tree>().is_err());
    }
}
