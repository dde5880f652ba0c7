//! Reading what staff ask for.

use crate::model::{Request, RequestState, Wish};
use kernel::ids::{RequestId, ShiftId, StaffId};
use kernel::{Ctx, Fault, Span};
use store::{Row, Tx, params};

const COLUMNS: &str = "id, kind, staff, starts_at, ends_at, shift, other, other_shift, reason,
    state, word, decided_by, asked_at, version";

/// One request.
pub fn request(tx: &mut Tx, ctx: &Ctx, id: RequestId) -> Result<Request, Fault> {
    let sql = format!("select {COLUMNS} from staff_requests where org = $1 and id = $2");
    let found = tx.one(&sql, params![ctx.org, id], read)?;
    found.ok_or_else(|| Fault::missing("people-request-missing"))
}

/// What somebody asked for or was asked about, the newest first.
pub fn requests_of(tx: &mut Tx, ctx: &Ctx, staff: StaffId) -> Result<Vec<Request>, Fault> {
    let sql = format!(
        "select {COLUMNS} from staff_requests where org = $1 and (staff = $2 or other = $2)
         order by asked_at desc, id limit 100"
    );
    tx.all(&sql, params![ctx.org, staff], read)
}

/// What nobody has decided, the earliest first, and so much of what was decided last.
pub fn requests(
    tx: &mut Tx,
    ctx: &Ctx,
    decided_most: i64,
) -> Result<(Vec<Request>, Vec<Request>), Fault> {
    let open = format!(
        "select {COLUMNS} from staff_requests where org = $1 and state in ('asked', 'open')
         order by starts_at, id limit 200"
    );
    let over = format!(
        "select {COLUMNS} from staff_requests
         where org = $1 and state in ('approved', 'declined', 'refused', 'withdrawn')
         order by decided_at desc, id limit $2"
    );
    let open = tx.all(&open, params![ctx.org], read)?;
    let over = tx.all(&over, params![ctx.org, decided_most], read)?;
    Ok((open, over))
}

/// The undecided requests of somebody.
pub(crate) fn undecided(tx: &mut Tx, ctx: &Ctx, staff: StaffId) -> Result<Vec<Request>, Fault> {
    let sql = format!(
        "select {COLUMNS} from staff_requests
         where org = $1 and staff = $2 and state in ('asked', 'open')
         order by starts_at, id limit 200"
    );
    tx.all(&sql, params![ctx.org, staff], read)
}

const WAITING: &str = "
    select cast(count(*) as bigint) from staff_requests
    where org = $1 and other = $2 and state = 'asked'";

/// How many requests wait for the answer of somebody.
pub fn requests_waiting(tx: &mut Tx, ctx: &Ctx, staff: StaffId) -> Result<i64, Fault> {
    tx.count(WAITING, params![ctx.org, staff])
}

fn read(row: &Row) -> Result<Request, Fault> {
    let shift: Option<ShiftId> = row.opt_id(5)?;
    let other: Option<StaffId> = row.opt_id(6)?;
    let wish = match (shift, other, row.opt_id(7)?) {
        (Some(shift), Some(other), None) => Wish::Give(shift, other),
        (Some(shift), Some(other), Some(theirs)) => Wish::Swap(shift, other, theirs),
        _ => Wish::Off,
    };
    let broken = |what: &str| Fault::broken(format!("a request with {what}"));
    Ok(Request {
        id: row.id(0)?,
        staff: row.id(2)?,
        wish,
        span: Span::new(row.instant(3)?, row.instant(4)?)
            .ok_or_else(|| broken("an end before its beginning"))?,
        reason: row.text(8)?,
        state: RequestState::parse(&row.text(9)?).ok_or_else(|| broken("an unknown state"))?,
        word: row.text(10)?,
        decided_by: row.text(11)?,
        asked_at: row.instant(12)?,
        version: row.int(13)?,
    })
}
