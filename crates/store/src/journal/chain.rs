//! Whether the journal is whole: each seal over the one before it, each link once.

use std::collections::BTreeSet;

use kernel::{Fault, ids::OrganisationId};

use super::{COLUMNS, seal};
use crate::{Tx, Value, params};

/// Walks the chain; answers how many events hold, or where it first breaks and why.
pub fn verify(tx: &mut Tx, org: OrganisationId) -> Result<Result<i64, String>, Fault> {
    let (mut seq, mut hash, mut links) = (0, String::new(), 0);
    loop {
        let rows = sealed_rows(tx, org, seq)?;
        if rows.is_empty() {
            break;
        }
        for (row_seq, values, row_hash) in rows {
            seq += 1;
            if row_seq != seq {
                return Ok(Err(format!("journal: event {seq} is missing")));
            }
            hash = seal(&hash, seq, &values);
            if hash != row_hash {
                return Ok(Err(format!("journal: event {seq} was altered")));
            }
            links += linked(&values)?;
        }
    }
    let head = tx.one(
        "select seq, hash from journal_heads where org = $1",
        params![org],
        |row| Ok((row.int(0)?, row.text(1)?)),
    )?;
    let kept = tx.count(LINKS, params![org])?;
    match head {
        Some((head_seq, head_hash)) if (head_seq, &head_hash) != (seq, &hash) => Ok(Err(format!(
            "journal: it ends at event {seq}, its head says {head_seq}"
        ))),
        None if seq > 0 => Ok(Err("journal: its head is missing".to_owned())),
        _ if kept != links => Ok(Err(format!(
            "journal: its events name {links} objects, {kept} are listed"
        ))),
        _ => Ok(Ok(seq)),
    }
}

const LINKS: &str = "select cast(count(*) as bigint) from journal_objects where org = $1";

/// How many rows of `journal_objects` belong to an event.
fn linked(sealed: &[Value]) -> Result<i64, Fault> {
    let Some(Value::Text(objects)) = sealed.get(8) else {
        return Err(Fault::broken("an event without its objects"));
    };
    let objects: BTreeSet<(String, String, String)> =
        serde_json::from_str(objects).map_err(Fault::broken)?;
    i64::try_from(objects.len()).map_err(Fault::broken)
}

type SealedRow = (i64, Vec<Value>, String);

fn sealed_rows(tx: &mut Tx, org: OrganisationId, after: i64) -> Result<Vec<SealedRow>, Fault> {
    let sql = format!(
        "select {COLUMNS} from journal where org = $1 and seq > $2 order by seq limit 2000"
    );
    tx.all(&sql, params![org, after], |row| {
        let values = row.values[1..11].to_vec();
        Ok((row.int(0)?, values, row.text(11)?))
    })
}
