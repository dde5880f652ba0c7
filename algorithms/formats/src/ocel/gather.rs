//! What the three readers have in common: filling the tables of an object-centric log.

use mining::{Attribute, Link, Micros, Object, ObjectEvent, ObjectLog, Relation};

use crate::time::{self, Shape};
use crate::{FormatError, Limits};

/// An object-centric log under construction.
pub struct Gather<'a> {
    pub log: ObjectLog,
    limits: &'a Limits,
}

impl<'a> Gather<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self {
            log: ObjectLog::default(),
            limits,
        }
    }

    pub fn event_type(&mut self, name: &str) -> Result<u32, FormatError> {
        let number = self.log.event_types.intern(name);
        self.limits.activities(number as usize + 1)?;
        Ok(number)
    }

    pub fn object_type(&mut self, name: &str) -> Result<u32, FormatError> {
        let number = self.log.object_types.intern(name);
        self.limits.activities(number as usize + 1)?;
        Ok(number)
    }

    pub fn event(
        &mut self,
        id: &str,
        kind: &str,
        time: Option<Micros>,
    ) -> Result<u32, FormatError> {
        let kind = self.event_type(kind)?;
        let id = self.log.event_ids.intern(id);
        self.log.events.push(ObjectEvent { id, kind, time });
        Ok(id)
    }

    pub fn object(&mut self, id: &str, kind: &str) -> Result<u32, FormatError> {
        let kind = self.object_type(kind)?;
        let id = self.log.object_ids.intern(id);
        self.log.objects.push(Object { id, kind });
        Ok(id)
    }

    pub fn link(&mut self, event: u32, object: &str, qualifier: &str) {
        let object = self.log.object_ids.intern(object);
        let qualifier = self.log.qualifiers.intern(qualifier);
        self.log.links.push(Link {
            event,
            object,
            qualifier,
        });
    }

    pub fn relation(&mut self, source: u32, target: &str, qualifier: &str) {
        let target = self.log.object_ids.intern(target);
        let qualifier = self.log.qualifiers.intern(qualifier);
        self.log.relations.push(Relation {
            source,
            target,
            qualifier,
        });
    }

    pub fn event_attribute(&mut self, owner: u32, name: &str, value: String) {
        let name = name.to_owned();
        self.log.event_attributes.push(Attribute {
            owner,
            name,
            since: None,
            value,
        });
    }

    pub fn object_attribute(
        &mut self,
        owner: u32,
        name: &str,
        since: Option<Micros>,
        value: String,
    ) {
        let name = name.to_owned();
        self.log.object_attributes.push(Attribute {
            owner,
            name,
            since,
            value,
        });
    }
}

/// An instant of the file; nothing stands for no time.
pub fn instant(text: &str, element: &str) -> Result<Option<Micros>, FormatError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    time::parse(text, Shape::YearFirst)
        .map(Some)
        .ok_or_else(|| {
            let problem = format!("the time {text:?}; allowed are times like 2026-11-22T08:30:00Z");
            FormatError::element(element, problem)
        })
}
