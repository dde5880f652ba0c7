//! OCEL 2.0 as XML.

use mining::{Micros, ObjectLog};

use crate::xml::{Node, Tag, Xml, decode};
use crate::{FormatError, Limits};

use super::gather::{Gather, instant};

/// Whose attributes and relationships are being read.
#[derive(Clone, Copy)]
enum Owner {
    Event(u32),
    Object(u32),
    /// A declaration of a type, whose attributes are not kept.
    Kind,
}

/// Reads a log.
///
/// # Errors
/// Names the line or element, and what is allowed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<ObjectLog, FormatError> {
    let text = decode(bytes)?;
    let mut xml = Xml::new(&text, limits);
    let mut gather = Gather::new(limits);
    let mut owner = Owner::Kind;
    let mut root_seen = false;
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        if !std::mem::replace(&mut root_seen, true) {
            continue;
        }
        match tag.name() {
            "object-types" | "event-types" | "objects" | "events" | "attributes" => {}
            "event-type" => {
                gather.event_type(&needed(&tag, "name", &xml)?)?;
                owner = Owner::Kind;
            }
            "object-type" => {
                gather.object_type(&needed(&tag, "name", &xml)?)?;
                owner = Owner::Kind;
            }
            "event" => {
                let id = needed(&tag, "id", &xml)?;
                let time = given(&tag, "time", &xml)?;
                let time = instant(&time, &id)?;
                owner = Owner::Event(gather.event(&id, &needed(&tag, "type", &xml)?, time)?);
            }
            // Inside an event, some writers call its links objects.
            "object" if tag.get("object-id").is_ok_and(|id| id.is_some()) => {
                relate(&mut gather, owner, &tag, &xml)?;
            }
            "object" => {
                let id = needed(&tag, "id", &xml)?;
                owner = Owner::Object(gather.object(&id, &needed(&tag, "type", &xml)?)?);
            }
            "relationship" => relate(&mut gather, owner, &tag, &xml)?,
            "attribute" => {
                let name = needed(&tag, "name", &xml)?;
                let since = given(&tag, "time", &xml)?;
                let since = instant(&since, &name)?;
                describe(&mut gather, owner, &name, since, &mut xml)?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(gather.log)
}

fn describe(
    gather: &mut Gather<'_>,
    owner: Owner,
    name: &str,
    since: Option<Micros>,
    xml: &mut Xml<'_>,
) -> Result<(), FormatError> {
    let value = xml.text()?;
    match owner {
        Owner::Event(owner) => gather.event_attribute(owner, name, value),
        Owner::Object(owner) => gather.object_attribute(owner, name, since, value),
        Owner::Kind => {}
    }
    Ok(())
}

fn relate(
    gather: &mut Gather<'_>,
    owner: Owner,
    tag: &Tag<'_>,
    xml: &Xml<'_>,
) -> Result<(), FormatError> {
    let object = needed(tag, "object-id", xml)?;
    let qualifier = given(tag, "qualifier", xml)?;
    match owner {
        Owner::Event(event) => gather.link(event, &object, &qualifier),
        Owner::Object(source) => gather.relation(source, &object, &qualifier),
        Owner::Kind => {
            return Err(xml.error("a relationship outside of an event or object; each needs one"));
        }
    }
    Ok(())
}

fn given(tag: &Tag<'_>, key: &str, xml: &Xml<'_>) -> Result<String, FormatError> {
    let value = tag.get(key).map_err(|error| xml.error(error))?;
    Ok(value.unwrap_or_default().into_owned())
}

fn needed(tag: &Tag<'_>, key: &str, xml: &Xml<'_>) -> Result<String, FormatError> {
    let value = tag.get(key).map_err(|error| xml.error(error))?;
    let value = value.map(std::borrow::Cow::into_owned);
    value.ok_or_else(|| xml.error(format!("<{}> without {key}; it needs one", tag.name())))
}
