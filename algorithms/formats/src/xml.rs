//! XML as a stream of elements, with bounds.
//!
//! Document types are passed over and entities of their own are refused, so nothing expands.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};

use crate::{FormatError, Limits};

/// A step of the stream.
#[derive(Debug)]
pub enum Node<'a> {
    /// An element begins; a [`Node::Close`] follows for an empty one, too.
    Open(Tag<'a>),
    /// The innermost element ends.
    Close,
    /// Text, with references resolved; may come in several parts.
    Text(Cow<'a, str>),
}

/// The beginning of an element.
#[derive(Debug)]
pub struct Tag<'a> {
    start: BytesStart<'a>,
    /// Where the name begins behind its prefix, and where it ends.
    name: (usize, usize),
}

impl<'a> Tag<'a> {
    fn new(start: BytesStart<'a>) -> Self {
        let whole = start.name().0;
        let name = (
            whole
                .bytes()
                .rposition(|b| b == b':')
                .map_or(0, |at| at + 1),
            whole.len(),
        );
        Self { start, name }
    }

    /// The name without its prefix.
    pub fn name(&self) -> &str {
        &self.start[self.name.0..self.name.1]
    }

    /// The value of the attribute with this name.
    pub fn get(&self, name: &str) -> Result<Option<Cow<'_, str>>, String> {
        let mut found = None;
        self.each(|key, value| {
            if key == name {
                found = Some(value);
            }
        })?;
        Ok(found)
    }

    /// Calls `take` with the name and value of each attribute; those with a prefix belong to other
    /// languages and are passed over.
    pub fn each<'b>(&'b self, mut take: impl FnMut(&'b str, Cow<'b, str>)) -> Result<(), String> {
        let mut rest = self.start.attributes_raw();
        while let Some((key, value, after)) = plain(rest) {
            if !key.contains(':') {
                take(key, Cow::Borrowed(value));
            }
            rest = after;
        }
        // Whatever is not plain, references and mistakes included, is left to the XML reader.
        for attribute in Attributes::new(rest, 0).with_checks(false) {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| error.to_string())?;
            if !attribute.key.0.contains(':') {
                take(attribute.key.0, value);
            }
        }
        Ok(())
    }
}

/// The first attribute, where nothing in it needs a second look: name, value, and what follows.
fn plain(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_ascii_start();
    let bytes = text.as_bytes();
    // Up to `=`; a space before it, or a control, is unusual.
    let name = bytes.iter().position(|&b| b == b'=' || b <= b' ')?;
    let quote = *bytes.get(name + 1)?;
    if name == 0 || bytes[name] != b'=' || !matches!(quote, b'"' | b'\'') {
        return None;
    }
    let begin = name + 2;
    let end = begin + memchr::memchr(quote, &bytes[begin..])?;
    // Without an early end, so that many bytes are looked at together.
    let unusual = bytes[begin..end].iter().fold(false, |unusual, &b| {
        unusual | (b < b' ') | (b == b'&') | (b == b'<')
    });
    (!unusual).then(|| (&text[..name], &text[begin..end], &text[end + 1..]))
}

/// The empty element at the beginning, where it has just these two attributes and nothing in it
/// needs a second look: its name, their values, and what follows.
fn plain_pair<'a>(text: &'a str, names: [&str; 2]) -> Option<(&'a str, [&'a str; 2], &'a str)> {
    let tag = text.trim_ascii_start().strip_prefix('<')?;
    let end = tag.bytes().position(|b| !b.is_ascii_lowercase())?;
    let (first, one, rest) = plain(&tag[end..])?;
    let (second, other, rest) = plain(rest)?;
    let rest = rest.trim_ascii_start().strip_prefix("/>")?;
    let values = if [first, second] == names {
        [one, other]
    } else if [second, first] == names {
        [other, one]
    } else {
        return None;
    };
    Some((&tag[..end], values, rest))
}

/// A bounded reader of XML.
pub struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
    depth_max: usize,
    empty: bool,
    root_seen: bool,
    /// Bytes that the reader below was not shown.
    passed_over: usize,
    /// Whether the last step was a tag: behind text the reader below waits for a tag's beginning.
    after_tag: bool,
}

impl<'a> Xml<'a> {
    /// A reader at the beginning of the text.
    pub fn new(text: &'a str, limits: &Limits) -> Self {
        let reader = Reader::from_str(text);
        Self {
            text,
            reader,
            depth: 0,
            depth_max: limits.depth_max,
            empty: false,
            root_seen: false,
            passed_over: 0,
            after_tag: false,
        }
    }

    /// The reader for files whose text between elements means nothing: it is not handed out.
    pub fn without_space(mut self) -> Self {
        self.reader.config_mut().trim_text(true);
        self
    }

    /// Passes over the next child, where it is empty, has just these two attributes and nothing in
    /// it needs a second look; its name and their values. Many times faster than [`Xml::next`],
    /// which takes what this leaves.
    pub fn plain_child(&mut self, names: [&str; 2]) -> Option<(&'a str, [&'a str; 2])> {
        if self.empty || !self.after_tag || self.depth >= self.depth_max {
            return None;
        }
        let bytes: &'a [u8] = self.reader.get_ref();
        let text = &self.text[self.text.len() - bytes.len()..];
        let (name, values, rest) = plain_pair(text, names)?;
        *self.reader.get_mut() = &bytes[bytes.len() - rest.len()..];
        self.passed_over += text.len() - rest.len();
        Some((name, values))
    }

    /// Ends the element that was just opened, where it was empty; whether it was.
    pub fn close_empty(&mut self) -> bool {
        let empty = std::mem::take(&mut self.empty);
        self.depth -= usize::from(empty);
        empty
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// A problem at the current line.
    pub fn error(&self, problem: impl Into<String>) -> FormatError {
        self.error_at(self.reader.buffer_position(), problem)
    }

    fn error_at(&self, byte: u64, problem: impl Into<String>) -> FormatError {
        let end = (byte as usize + self.passed_over).min(self.text.len());
        let line = 1 + memchr::memchr_iter(b'\n', &self.text.as_bytes()[..end]).count();
        FormatError::line(line, problem)
    }

    /// The next step, `None` at the end of a complete document.
    pub fn next(&mut self) -> Result<Option<Node<'a>>, FormatError> {
        if self.close_empty() {
            return Ok(Some(Node::Close));
        }
        loop {
            let event = self.reader.read_event().map_err(|error| {
                let position = self.reader.error_position();
                self.error_at(position, format!("not well-formed XML ({error})"))
            })?;
            self.after_tag = matches!(event, Event::Start(_) | Event::Empty(_) | Event::End(_));
            match event {
                Event::Start(start) => return self.open(start, false),
                Event::Empty(start) => return self.open(start, true),
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) if self.depth > 0 => {
                    return Ok(Some(Node::Text(text.into_inner())));
                }
                Event::CData(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::GeneralRef(reference) => {
                    let name = reference.into_inner();
                    let Some(text) = resolve(&name) else {
                        return Err(self.error(format!(
                            "the entity &{name}; is not resolved; only &amp; &lt; &gt; &quot; \
                             &apos; and character numbers are"
                        )));
                    };
                    return Ok(Some(Node::Text(Cow::Owned(text.to_string()))));
                }
                Event::Eof if self.depth > 0 => {
                    let open = self.depth;
                    return Err(self.error(format!(
                        "the file ends inside {open} open elements; each needs its end"
                    )));
                }
                Event::Eof if !self.root_seen => {
                    return Err(FormatError::file("no XML element; one is needed"));
                }
                Event::Eof => return Ok(None),
                Event::Text(text) if !text.trim().is_empty() => {
                    return Err(self.error("text outside of the XML element"));
                }
                _ => {}
            }
        }
    }

    fn open(
        &mut self,
        start: BytesStart<'a>,
        empty: bool,
    ) -> Result<Option<Node<'a>>, FormatError> {
        self.depth += 1;
        self.root_seen = true;
        self.empty = empty;
        if self.depth > self.depth_max {
            let allowed = self.depth_max;
            let problem = format!("elements nest deeper than {allowed}; that many are allowed");
            return Err(self.error(problem));
        }
        Ok(Some(Node::Open(Tag::new(start))))
    }

    /// Passes over what is left of the element that was just opened.
    pub fn skip(&mut self) -> Result<(), FormatError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// The text of the element that was just opened, up to its end; inner elements are passed over.
    pub fn text(&mut self) -> Result<String, FormatError> {
        let outside = self.depth - 1;
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Some(Node::Text(part)) if self.depth == outside + 1 => text.push_str(&part),
                None => break,
                _ => {}
            }
        }
        Ok(text)
    }
}

fn resolve(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        name => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

/// The text of an XML file: UTF-8, UTF-16 with a mark, or Latin-1 where the declaration says so.
///
/// # Errors
/// For other encodings and for bytes that are not what the declaration says.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, FormatError> {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return utf16(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    let declared = head
        .split("?>")
        .next()
        .and_then(|head| head.split("encoding=").nth(1));
    let name = declared.map(|rest| rest.trim_start_matches(['"', '\'']));
    if name.is_some_and(|name| name.starts_with("iso-8859-1") || name.starts_with("latin1")) {
        return Ok(Cow::Owned(
            bytes.iter().map(|&byte| char::from(byte)).collect(),
        ));
    }
    std::str::from_utf8(bytes)
        .map(Cow::Borrowed)
        .map_err(|error| {
            let line = 1 + memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count();
            FormatError::line(
                line,
                "a byte that is not UTF-8; UTF-8, UTF-16 and Latin-1 are allowed",
            )
        })
}

fn utf16(bytes: &[u8], word: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, FormatError> {
    let words = bytes.chunks_exact(2).map(|pair| word([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(words).collect();
    text.map(Cow::Owned)
        .map_err(|_| FormatError::file("not valid UTF-16; save the file as UTF-8"))
}

/// Writes text so that it stands for itself in XML; characters XML cannot hold become spaces.
pub fn escape(text: &str, out: &mut String) {
    for mark in text.chars() {
        match mark {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            other => out.push(other),
        }
    }
}
