//! Small XML documents as a tree: models, never logs.

use crate::xml::{Node, Xml, decode};
use crate::{FormatError, Limits};

/// An element with what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Name without prefix.
    pub name: String,
    /// Attributes that have no prefix, in file order.
    pub attributes: Vec<(String, String)>,
    /// Elements directly inside.
    pub children: Vec<Element>,
    /// Text directly inside.
    pub text: String,
}

impl Element {
    /// Reads a whole document.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, FormatError> {
        let text = decode(bytes)?;
        let mut xml = Xml::new(&text, limits);
        let mut open: Vec<Self> = vec![Self::default()];
        let mut count = 0;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    count += 1;
                    if count > limits.elements_max {
                        let allowed = limits.elements_max;
                        return Err(xml.error(format!("more than {allowed} elements")));
                    }
                    let mut element = Self {
                        name: tag.name().to_owned(),
                        ..Self::default()
                    };
                    tag.each(|key, value| {
                        element
                            .attributes
                            .push((key.to_owned(), value.into_owned()));
                    })
                    .map_err(|error| xml.error(error))?;
                    open.push(element);
                }
                Node::Text(text) => {
                    if let Some(element) = open.last_mut() {
                        element.text.push_str(&text);
                    }
                }
                Node::Close => {
                    if let (Some(done), Some(parent)) = (open.pop(), open.last_mut()) {
                        parent.children.push(done);
                    }
                }
            }
        }
        let root = open.pop().and_then(|mut outside| outside.children.pop());
        root.ok_or_else(|| FormatError::file("no XML element; one is needed"))
    }

    /// The attribute with this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The children with this name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child with this name.
    pub fn first(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child with this name, without spaces around it.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.first(name).map(|child| child.text.trim())
    }
}
