//! JSON values that know their path, and say what is allowed where something else stands.

use serde_json::{Map, Value};

use crate::model::Wrong;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    path: String,
    value: &'a Value,
}

impl<'a> Field<'a> {
    /// The whole text.
    pub(super) const fn top(value: &'a Value) -> Self {
        Self {
            path: String::new(),
            value,
        }
    }

    pub(super) fn wrong(&self, allowed: &str) -> Wrong {
        let mut shown = self.value.to_string();
        if shown.chars().count() > 40 {
            shown = shown.chars().take(40).chain(['…']).collect();
        }
        let path = if self.path.is_empty() {
            "the model"
        } else {
            &self.path
        };
        Wrong::new(path, format!("{shown} is not allowed; give {allowed}"))
    }

    /// A refusal of the value for a reason of its own.
    pub(super) fn because(&self, reason: String) -> Wrong {
        Wrong::new(self.path.clone(), reason)
    }

    pub(super) fn is_text(&self) -> bool {
        self.value.is_string()
    }

    pub(super) fn is_number(&self) -> bool {
        self.value.is_number()
    }

    pub(super) fn text(&self) -> Result<String, Wrong> {
        let text = self.value.as_str();
        text.map(str::to_owned)
            .ok_or_else(|| self.wrong("a text in quotes"))
    }

    pub(super) fn number(&self) -> Result<f64, Wrong> {
        let number = self.value.as_f64().filter(|number| number.is_finite());
        number.ok_or_else(|| self.wrong("a number"))
    }

    pub(super) fn count(&self) -> Result<u32, Wrong> {
        let count = self
            .value
            .as_u64()
            .and_then(|count| u32::try_from(count).ok());
        count.ok_or_else(|| self.wrong("a whole number from 0 to 4294967295"))
    }

    pub(super) fn whole(&self) -> Result<i64, Wrong> {
        self.value
            .as_i64()
            .ok_or_else(|| self.wrong("a whole number"))
    }

    pub(super) fn yes_or_no(&self) -> Result<bool, Wrong> {
        self.value
            .as_bool()
            .ok_or_else(|| self.wrong("true or false"))
    }

    pub(super) fn list<T>(
        &self,
        mut read: impl FnMut(&Field<'a>) -> Result<T, Wrong>,
    ) -> Result<Vec<T>, Wrong> {
        let items = self
            .value
            .as_array()
            .ok_or_else(|| self.wrong("a list in brackets"))?;
        let fields = items.iter().enumerate().map(|(index, value)| Field {
            path: format!("{}[{index}]", self.path),
            value,
        });
        fields.map(|field| read(&field)).collect()
    }

    pub(super) fn object(&self) -> Result<Object<'a>, Wrong> {
        let fields = self.value.as_object();
        Ok(Object {
            path: self.path.clone(),
            fields: fields.ok_or_else(|| self.wrong("an object in braces"))?,
            known: Vec::new(),
        })
    }

    /// An object with exactly one field, which must be one of these: its name and its value.
    pub(super) fn only_one(&self, names: &[&'static str]) -> Result<(&'static str, Self), Wrong> {
        let allowed = format!("an object with one field out of {}", names.join(", "));
        let fields = self.value.as_object().filter(|fields| fields.len() == 1);
        let found = fields.and_then(|fields| fields.iter().next());
        let (key, value) = found.ok_or_else(|| self.wrong(&allowed))?;
        let name = names.iter().find(|name| *name == key);
        let name = *name.ok_or_else(|| self.wrong(&allowed))?;
        let path = join(&self.path, name);
        Ok((name, Self { path, value }))
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// An object whose fields are asked for one by one, so that one nobody asks for is found.
#[derive(Debug)]
pub(super) struct Object<'a> {
    path: String,
    fields: &'a Map<String, Value>,
    known: Vec<&'static str>,
}

impl<'a> Object<'a> {
    pub(super) fn optional(&mut self, name: &'static str) -> Option<Field<'a>> {
        self.known.push(name);
        let value = self.fields.get(name)?;
        let path = join(&self.path, name);
        Some(Field { path, value })
    }

    pub(super) fn needed(&mut self, name: &'static str) -> Result<Field<'a>, Wrong> {
        let path = join(&self.path, name);
        let missing = Wrong::new(path, "the field is missing; the README says what it holds");
        self.optional(name).ok_or(missing)
    }

    pub(super) fn number_or(&mut self, name: &'static str, other: f64) -> Result<f64, Wrong> {
        self.optional(name)
            .map_or(Ok(other), |field| field.number())
    }

    pub(super) fn list_or_empty<T>(
        &mut self,
        name: &'static str,
        read: impl FnMut(&Field<'a>) -> Result<T, Wrong>,
    ) -> Result<Vec<T>, Wrong> {
        self.optional(name)
            .map_or(Ok(Vec::new()), |field| field.list(read))
    }

    /// Refuses the first field that was not asked for: most often it is misspelt.
    pub(super) fn nothing_else(&self) -> Result<(), Wrong> {
        let unknown = self
            .fields
            .keys()
            .find(|key| !self.known.contains(&key.as_str()));
        match unknown {
            None => Ok(()),
            Some(key) => {
                let known = self.known.join(", ");
                let reason = format!("this field is not known here; allowed are {known}");
                Err(Wrong::new(join(&self.path, key), reason))
            }
        }
    }
}
