//! Tablets and screens: links of their own, which can be stopped, and how often they are used.

use kernel::ids::SiteId;
use kernel::{Ctx, Fault, Locale, Text};
use people::{Token, TokenKind};
use store::{Event, Tx, params};

use crate::DEVICES;
use crate::queries::{self, Device, DeviceId, DeviceKind};

/// A device as the form gives it.
#[derive(Debug, Clone)]
pub struct DeviceDraft {
    /// What it is for.
    pub kind: DeviceKind,
    /// What the shop calls it.
    pub name: String,
    /// The language it begins in.
    pub locale: Locale,
}

const ADD: &str = "
    insert into devices (org, id, site, kind, name, locale, secret_hash, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";
const REVOKE: &str = "
    update devices set revoked_at = $3 where org = $1 and id = $2 and revoked_at is null
    returning site";

/// Makes a link for a device. The answer is the only copy.
pub fn make_device(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    draft: &DeviceDraft,
) -> Result<(DeviceId, Token), Fault> {
    ctx.require_at(DEVICES, site)?;
    if draft.name.is_empty() {
        return Err(Fault::invalid("name", Text::key("queue-device-name")));
    }
    let id: DeviceId = ctx.id();
    let token = Token::new(ctx, TokenKind::Device);
    let values = params![
        ctx.org,
        id,
        site,
        draft.kind.as_str(),
        &draft.name,
        draft.locale.tag(),
        token.hash(),
        ctx.now
    ];
    tx.execute(ADD, values)?;
    let event = Event::new("device.linked")
        .site(site)
        .object("device", id, "device")
        .attr("kind", draft.kind.as_str());
    tx.record(ctx, event);
    Ok((id, token))
}

/// Makes a device's link useless; doing so twice changes nothing more.
pub fn revoke_device(tx: &mut Tx, ctx: &Ctx, site: SiteId, id: DeviceId) -> Result<(), Fault> {
    ctx.require_at(DEVICES, site)?;
    let known = queries::devices(tx, ctx, site)?;
    if !known.iter().any(|device| device.id == id) {
        return Err(Fault::missing("queue-device-missing"));
    }
    let stopped: Option<SiteId> = tx.one(REVOKE, params![ctx.org, id, ctx.now], |row| row.id(0))?;
    if stopped.is_some() {
        let event = Event::new("device.revoked")
            .site(site)
            .object("device", id, "device");
        tx.record(ctx, event);
    }
    Ok(())
}

/// A device that came in by its link.
#[derive(Debug, Clone)]
pub struct Entered {
    /// The device.
    pub device: Device,
    /// Its site.
    pub site: organisation::Site,
}

/// The device behind a link, for what it is made for. A forged, a stopped and another's link are
/// all the same: there is no such device.
pub fn enter(tx: &mut Tx, ctx: &Ctx, secret: &str, kind: DeviceKind) -> Result<Entered, Fault> {
    let gone = || Fault::missing("queue-device-missing");
    let token = Token::parse(secret, TokenKind::Device)
        .filter(|token| token.org == ctx.org)
        .ok_or_else(gone)?;
    let device = queries::device_by_hash(tx, ctx, &token.hash())?
        .filter(|device| device.kind == kind)
        .ok_or_else(gone)?;
    let site = organisation::site(tx, &super::as_house(ctx), device.site)?;
    if site.state != organisation::SiteState::Open {
        return Err(gone());
    }
    Ok(Entered { device, site })
}

/// Minutes over which uses are counted together.
const STRETCH_MINUTES: i64 = 10;

const COUNT: &str = "
    insert into device_uses (org, device, act, stretch, uses) values ($1, $2, $3, $4, 1)
    on conflict (org, device, act, stretch) do update set uses = device_uses.uses + 1
    returning uses";
const FORGET: &str = "delete from device_uses where org = $1 and device = $2 and stretch < $3";

/// Counts a use of a device; refuses beyond `max` within ten minutes. A refused use stays counted
/// only when the caller commits it, so count first, in a transaction of its own.
pub fn count_use(
    tx: &mut Tx,
    ctx: &Ctx,
    device: DeviceId,
    act: &str,
    max: i64,
) -> Result<bool, Fault> {
    let stretch = ctx.now.as_second().div_euclid(STRETCH_MINUTES * 60);
    tx.execute(FORGET, params![ctx.org, device, stretch - 6])?;
    let values = params![ctx.org, device, act, stretch];
    let uses = tx.one(COUNT, values, |row| row.int(0))?.unwrap_or(1);
    Ok(uses <= max)
}
