//! Tablets and screens of a site, for programs.

use kernel::{Ctx, Fault, Locale, ids::SiteId};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example, words};

use super::AtSite;
use crate::{
    DEVICES,
    commands::{self, DeviceDraft},
    queries::{self, Device, DeviceId, DeviceKind},
};

/// Every endpoint of tablets and screens.
pub(super) fn endpoints() -> Endpoints {
    let all = "/sites/{id}/devices";
    Endpoints::new(
        "queue",
        [
            Endpoint::get(all, DEVICES, "queue-api-devices", list).asks(super::at_site),
            Endpoint::post(all, DEVICES, "queue-api-link-device", link)
                .told_once("url")
                .asks(super::at_site)
                .example(|| json!({ "kind": "kiosk", "name": "Entrance", "language": "en" })),
            Endpoint::post(
                "/sites/{id}/devices/{device}",
                DEVICES,
                "queue-api-stop-device",
                stop,
            )
            .delete()
            .asks(|| json!({ "id": example::SITE, "device": example::DEVICE })),
        ],
    )
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    words([DeviceKind::Kiosk, DeviceKind::Wall].map(DeviceKind::as_str))
}

fn languages(_: &mut SchemaGenerator) -> Schema {
    words([Locale::En.tag(), Locale::ZhCn.tag()])
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    /// The site.
    id: SiteId,
    device: DeviceId,
}

/// A tablet or a screen to be given an address of its own.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    /// `kiosk` is a tablet at the door, where numbers are taken; `wall` a screen that shows who is
    /// called.
    #[schemars(schema_with = "kinds")]
    kind: String,
    #[schemars(length(min = 1, max = 60))]
    name: String,
    /// The language it begins in.
    #[schemars(schema_with = "languages")]
    language: String,
}

/// A tablet or a screen.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: DeviceId,
    site: SiteId,
    #[schemars(schema_with = "kinds")]
    kind: &'static str,
    name: String,
    #[schemars(schema_with = "languages")]
    language: &'static str,
    /// When its address was made.
    made: Moment,
    /// When its address was stopped.
    stopped: Option<Moment>,
}

/// A tablet or a screen with its address, which is told once.
#[derive(Serialize, JsonSchema)]
struct Linked {
    #[serde(flatten)]
    device: Told,
    /// To be opened on it; whoever has the address needs no account. Null where a call is
    /// repeated.
    url: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Devices {
    devices: Vec<Told>,
}

/// The devices of a site, the latest first.
fn known(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Told>, Fault> {
    let zone = organisation::site(tx, ctx, site)?.zone;
    let moment = |at| Moment::new(at, &zone);
    let told = |device: Device| Told {
        id: device.id,
        site: device.site,
        kind: device.kind.as_str(),
        name: device.name,
        language: device.locale.tag(),
        made: moment(device.created_at),
        stopped: device.revoked_at.map(moment),
    };
    let devices = queries::devices(tx, ctx, site)?.into_iter();
    Ok(devices.map(told).collect())
}

fn list(tx: &mut Tx, ctx: &Ctx, at: AtSite) -> Result<Devices, Fault> {
    Ok(Devices {
        devices: known(tx, &ctx.unscoped(), at.id)?,
    })
}

fn link(tx: &mut Tx, ctx: &Ctx, at: AtSite, new: New) -> Result<Linked, Fault> {
    let inner = &ctx.unscoped();
    let draft = DeviceDraft {
        kind: DeviceKind::parse(&new.kind).unwrap_or(DeviceKind::Kiosk),
        name: new.name.trim().to_owned(),
        locale: Locale::parse(&new.language).unwrap_or(ctx.locale),
    };
    let (id, token) = commands::make_device(tx, inner, at.id, &draft)?;
    let slug = organisation::organisation(tx, ctx.org)?.slug;
    let mut devices = known(tx, inner, at.id)?.into_iter();
    let device = devices.find(|device| device.id == id);
    let kind = draft.kind.as_str();
    Ok(Linked {
        device: device.ok_or_else(|| Fault::missing("queue-device-missing"))?,
        url: Some(format!("/at/{slug}/{kind}/{}", token.text())),
    })
}

fn stop(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Devices, Fault> {
    commands::revoke_device(tx, &ctx.unscoped(), one.id, one.device)?;
    list(tx, ctx, AtSite { id: one.id })
}
