//! Writing the ZIP into the database, part by part: no more than a part is held in memory.

use std::io::{self, Write};

use kernel::{Ctx, Fault};
use store::Db;

use crate::parts::{self, PART_BYTES};

/// A file that lies in parts.
pub struct Parts {
    db: Db,
    ctx: Ctx,
    file: String,
    position: i64,
    kept: Vec<u8>,
    written: u64,
}

impl Parts {
    /// Begins an empty file.
    pub fn new(db: Db, ctx: Ctx, file: String) -> Self {
        Self {
            db,
            ctx,
            file,
            position: 0,
            kept: Vec::with_capacity(PART_BYTES),
            written: 0,
        }
    }

    fn put(&mut self) -> Result<(), Fault> {
        let bytes = std::mem::replace(&mut self.kept, Vec::with_capacity(PART_BYTES));
        let (ctx, file, position) = (self.ctx.clone(), self.file.clone(), self.position);
        self.position += 1;
        self.db
            .write(move |tx| parts::write(tx, &ctx, (&file, position), &bytes))
    }

    /// Puts the rest in place; answers how many bytes there are.
    pub fn finish(mut self) -> Result<u64, Fault> {
        if !self.kept.is_empty() {
            self.put()?;
        }
        Ok(self.written)
    }
}

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = PART_BYTES - self.kept.len();
        let some = &bytes[..bytes.len().min(room)];
        self.kept.extend(some);
        self.written += some.len() as u64;
        if self.kept.len() == PART_BYTES {
            self.put().map_err(io::Error::other)?;
        }
        Ok(some.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
