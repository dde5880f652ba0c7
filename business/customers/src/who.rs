//! Who asks, as programs name them.

use kernel::{Ctx, Fault, Text, ids::CustomerId};
use schemars::JsonSchema;
use serde::Deserialize;
use store::Tx;

use crate::{Named, Phone, find_or_create};

/// A customer who is known.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ById {
    id: CustomerId,
}

/// A customer by name and phone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ByName {
    #[schemars(length(min = 1, max = 80))]
    name: String,
    /// A telephone number of 5 to 15 digits: whoever is known by it is meant.
    #[schemars(length(max = 30))]
    phone: Option<String>,
}

/// Who asks: somebody known by id, or by name and phone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Who {
    /// Somebody known.
    Known(ById),
    /// Whoever has this phone, or somebody new.
    Named(ByName),
}

impl Who {
    /// The customer, where the id was given.
    pub const fn known(&self) -> Option<CustomerId> {
        match self {
            Self::Known(known) => Some(known.id),
            Self::Named(_) => None,
        }
    }

    /// The customer meant, written down when nobody is known by that phone. What is wrong stands
    /// below `customer`.
    pub fn find(&self, tx: &mut Tx, ctx: &Ctx) -> Result<CustomerId, Fault> {
        let named = match self {
            Self::Known(known) => return Ok(known.id),
            Self::Named(named) => named,
        };
        let wrong = || Fault::invalid("customer.phone", Text::key("customers-phone-wrong"));
        let given = named.phone.as_deref().map(str::trim);
        let phone = match given.filter(|phone| !phone.is_empty()) {
            Some(phone) => Some(Phone::parse(phone).ok_or_else(wrong)?),
            None => None,
        };
        let named = Named {
            name: named.name.clone(),
            phone,
            language: None,
        };
        find_or_create(tx, ctx, &named).map_err(|mut fault| {
            for field in &mut fault.fields {
                field.field = format!("customer.{}", field.field);
            }
            fault
        })
    }
}
