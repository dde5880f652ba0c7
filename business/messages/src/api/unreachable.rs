//! The addresses to which nothing is sent, for programs.

use customers::{UnreachableAddress, Why, unreachable_addresses};
use kernel::{Ctx, Fault, ids::CustomerId};
use people::Sight;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, cut, words};

use super::One;
use crate::{VIEW, commands, model::mail_masked};

/// The most addresses of one answer.
const SHOWN: i64 = 200;

/// Every endpoint of addresses that do not reach.
pub(super) fn endpoints() -> Endpoints {
    Endpoints::new(
        "messages",
        [
            Endpoint::get(
                "/unreachable-addresses",
                VIEW,
                "messages-api-unreachable",
                list,
            )
            .traced(),
            Endpoint::post(
                "/unreachable-addresses/removal",
                customers::EDIT,
                "messages-api-reachable",
                clear,
            )
            .example(|| json!({ "address": "chen@example.com" })),
            Endpoint::post(
                "/messages/{id}/reachable",
                customers::EDIT,
                "messages-api-reached",
                clear_of,
            )
            .asks(super::one),
        ],
    )
}

fn reasons(_: &mut SchemaGenerator) -> Schema {
    words(Why::ALL.map(Why::as_str))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Only those for this reason.
    #[serde(default)]
    #[schemars(schema_with = "reasons")]
    why: Option<String>,
}

/// An address that reaches after all.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Address {
    #[schemars(length(min = 3, max = 254))]
    address: String,
}

/// An address to which nothing is sent.
#[derive(Serialize, JsonSchema)]
struct Told {
    /// In full with the scope `customers.phone`, else masked.
    address: String,
    /// Who was written to.
    customer: Option<CustomerId>,
    /// Whether letters came back or their reader does not want them.
    #[schemars(schema_with = "reasons")]
    why: &'static str,
    /// What the other side said.
    reason: String,
    since: Moment,
}

#[derive(Serialize, JsonSchema)]
struct List {
    /// The latest first, 200 at most.
    addresses: Vec<Told>,
    /// Whether there are more; they appear when these are settled.
    more: bool,
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    let inner = &ctx.unscoped();
    let why = asked.why.as_deref().and_then(Why::parse);
    let mut found = unreachable_addresses(tx, inner, (why, None), SHOWN + 1)?;
    let more = cut(&mut found, SHOWN);
    let customer = |one: &UnreachableAddress| one.customer.as_ref().map(|customer| customer.id);
    people::keep_sight(tx, ctx, &Sight::list(found.iter().filter_map(customer)))?;
    let full = ctx.may(customers::PHONE);
    let told = |one: UnreachableAddress| Told {
        customer: customer(&one),
        why: one.mark.why.as_str(),
        reason: one.mark.reason,
        since: Moment::utc(one.mark.since),
        address: match full {
            true => one.address,
            false => mail_masked(&one.address),
        },
    };
    Ok(List {
        addresses: found.into_iter().map(told).collect(),
        more,
    })
}

fn clear(tx: &mut Tx, ctx: &Ctx, _: Nothing, to: Address) -> Result<Nothing, Fault> {
    let inner = &ctx.unscoped();
    let whose = customers::whose_unreachable(tx, inner, &to.address)?;
    customers::clear_unreachable(tx, inner, &to.address, whose)?;
    Ok(Nothing {})
}

fn clear_of(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Nothing, Fault> {
    commands::clear_address(tx, &ctx.unscoped(), one.id)?;
    Ok(Nothing {})
}
