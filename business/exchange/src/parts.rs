//! Files kept in the database, in parts.

use kernel::{Ctx, Fault};
use store::{Tx, params};

/// The most bytes of one part.
pub const PART_BYTES: usize = 256 << 10;

const WRITE: &str = "
    insert into file_parts (org, file, position, bytes) values ($1, $2, $3, $4)
    on conflict do nothing";
const READ: &str = "
    select bytes from file_parts where org = $1 and file = $2 and position = $3";
const FORGET: &str = "delete from file_parts where org = $1 and file = $2";

/// Keeps one part of a file.
pub fn write(
    tx: &mut Tx,
    ctx: &Ctx,
    (file, position): (&str, i64),
    bytes: &[u8],
) -> Result<(), Fault> {
    tx.execute(WRITE, params![ctx.org, file, position, bytes.to_vec()])?;
    Ok(())
}

/// Keeps a whole file.
pub fn keep(tx: &mut Tx, ctx: &Ctx, file: &str, bytes: &[u8]) -> Result<(), Fault> {
    for (position, part) in (0..).zip(bytes.chunks(PART_BYTES)) {
        write(tx, ctx, (file, position), part)?;
    }
    Ok(())
}

/// One part; nothing beyond the last.
pub fn part(
    tx: &mut Tx,
    ctx: &Ctx,
    (file, position): (&str, i64),
) -> Result<Option<Vec<u8>>, Fault> {
    tx.one(READ, params![ctx.org, file, position], |row| row.bytes(0))
}

/// The whole file; empty when it was forgotten.
pub fn whole(tx: &mut Tx, ctx: &Ctx, file: &str) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    for position in 0.. {
        match part(tx, ctx, (file, position))? {
            Some(part) => bytes.extend(part),
            None => break,
        }
    }
    Ok(bytes)
}

/// Forgets a file.
pub fn forget(tx: &mut Tx, ctx: &Ctx, file: &str) -> Result<(), Fault> {
    tx.execute(FORGET, params![ctx.org, file])?;
    Ok(())
}
