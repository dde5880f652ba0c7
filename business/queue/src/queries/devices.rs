//! Tablets and screens with links of their own.

use kernel::ids::SiteId;
use kernel::{Ctx, Fault, Id, Locale, Timestamp};
use store::{Row, Tx, params};

use crate::DEVICES;

/// Marks ids of devices.
#[derive(Debug, Clone, Copy)]
pub enum DeviceNoun {}
/// The id of a device.
pub type DeviceId = Id<DeviceNoun>;

/// What a device is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceKind {
    /// A tablet at the door, where numbers are taken.
    Kiosk,
    /// A screen on the wall, which shows who is called.
    Wall,
}

impl DeviceKind {
    /// The word in tables and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Wall => "wall",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Kiosk, Self::Wall]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// A tablet or a screen of a site.
#[derive(Debug, Clone)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// Where it stands.
    pub site: SiteId,
    /// What it is for.
    pub kind: DeviceKind,
    /// What the shop calls it.
    pub name: String,
    /// The language it begins in.
    pub locale: Locale,
    /// When its link was made.
    pub created_at: Timestamp,
    /// When its link was stopped.
    pub revoked_at: Option<Timestamp>,
}

const DEVICES_AT: &str = "
    select id, site, kind, name, locale, created_at, revoked_at from devices
    where org = $1 and site = $2 order by created_at desc, id limit 100";
const BY_HASH: &str = "
    select id, site, kind, name, locale, created_at, revoked_at from devices
    where org = $1 and secret_hash = $2 and revoked_at is null";

fn read_device(row: &Row) -> Result<Device, Fault> {
    Ok(Device {
        id: row.id(0)?,
        site: row.id(1)?,
        kind: DeviceKind::parse(&row.text(2)?)
            .ok_or_else(|| Fault::broken("a device is for nothing"))?,
        name: row.text(3)?,
        locale: Locale::parse(&row.text(4)?).unwrap_or(Locale::En),
        created_at: row.instant(5)?,
        revoked_at: row.opt_instant(6)?,
    })
}

/// The devices of a site, latest first.
pub fn devices(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Device>, Fault> {
    ctx.require_at(DEVICES, site)?;
    tx.all(DEVICES_AT, params![ctx.org, site], read_device)
}

/// The device whose link has this hash and was not stopped.
pub fn device_by_hash(tx: &mut Tx, ctx: &Ctx, hash: &str) -> Result<Option<Device>, Fault> {
    tx.one(BY_HASH, params![ctx.org, hash], read_device)
}
