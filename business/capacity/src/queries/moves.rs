//! What people need between rooms and between sites.

use std::collections::BTreeMap;

use kernel::{Ctx, Fault, Timestamp, ids::SiteId};
use store::{Row, Tx, params};

use crate::{VIEW, model::Moves};

/// Minutes between two sites that have no row of their own, until somebody says otherwise.
pub(crate) const TRAVEL_MINUTES: i64 = 30;

const ROOMS: &str = "
    select site, '', minutes, version, changed_at, changed_by from room_moves
    where org = $1 order by site limit 2000";

const SITES: &str = "
    select site, other, minutes, version, changed_at, changed_by from site_moves
    where org = $1 order by site, other limit 20000";

/// One setting of minutes, and who changed it last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveMinutes {
    /// Where from; `None` for whatever has no setting of its own.
    pub site: Option<SiteId>,
    /// Where to; `None` within the site.
    pub other: Option<SiteId>,
    /// How long.
    pub minutes: i64,
    /// Counts changes.
    pub version: i64,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

fn read(row: &Row) -> Result<MoveMinutes, Fault> {
    Ok(MoveMinutes {
        site: SiteId::parse(&row.text(0)?),
        other: SiteId::parse(&row.text(1)?),
        minutes: row.int(2)?,
        version: row.int(3)?,
        changed_at: row.instant(4)?,
        changed_by: row.text(5)?,
    })
}

/// What was set for changing rooms, by site.
pub(crate) fn room_moves(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<MoveMinutes>, Fault> {
    let kept = tx.kept(format!("room moves {}", ctx.org), |tx| {
        tx.all(ROOMS, params![ctx.org], read)
    })?;
    Ok((*kept).clone())
}

/// What was set for going from site to site, the general setting first.
pub(crate) fn site_moves(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<MoveMinutes>, Fault> {
    let kept = tx.kept(format!("site moves {}", ctx.org), |tx| {
        tx.all(SITES, params![ctx.org], read)
    })?;
    Ok((*kept).clone())
}

/// What people need who serve at a site.
pub fn moves_at(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Moves, Fault> {
    ctx.require(VIEW)?;
    let rooms = room_moves(tx, ctx)?;
    let rooms = rooms.iter().find(|set| set.site == Some(site));
    let linked = people::sites_sharing_staff(tx, ctx, site)?;
    let mut moves = Moves {
        room_minutes: rooms.map_or(0, |set| set.minutes),
        travel: BTreeMap::new(),
    };
    if linked.len() < 2 {
        return Ok(moves);
    }
    let set = site_moves(tx, ctx)?;
    let usual = set.iter().find(|set| set.site.is_none());
    let usual = usual.map_or(TRAVEL_MINUTES, |set| set.minutes);
    for other in linked.into_iter().filter(|other| *other != site) {
        let pair = (Some(site.min(other)), Some(site.max(other)));
        let own = set.iter().find(|set| (set.site, set.other) == pair);
        moves
            .travel
            .insert(other, own.map_or(usual, |set| set.minutes));
    }
    Ok(moves)
}
