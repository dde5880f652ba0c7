//! Requests that may be sent again: the second time changes nothing.

use kernel::{Actor, Ctx, Fault, Timestamp};

use crate::{Tx, params};

const KEY_LENGTH: std::ops::RangeInclusive<usize> = 16..=64;
const CALL_KEY_LENGTH: std::ops::RangeInclusive<usize> = 1..=255;

/// The key a sender gave to a request, and a digest of what the request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    key: String,
    asked: blake3::Hash,
}

const TAKE: &str = "
    insert into request_keys (org, key, fingerprint, at) values ($1, $2, $3, $4)
    on conflict (org, key) do nothing";
const TAKEN: &str = "select fingerprint from request_keys where org = $1 and key = $2";
const FORGET: &str = "delete from request_keys where org = $1 and at < $2";
const ANSWER: &str = "select answer from request_answers where org = $1 and key = $2";
const KEEP: &str = "insert into request_answers (org, key, answer, at) values ($1, $2, $3, $4)";
const FORGET_ANSWERS: &str = "delete from request_answers where org = $1 and at < $2";

impl Once {
    /// A request with a key of 16 to 64 letters, digits, `-` and `_`; `None` for another key.
    pub fn new(key: &str, path: &str, body: &[u8]) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !KEY_LENGTH.contains(&key.len()) || !key.bytes().all(plain) {
            return None;
        }
        let mut asked = blake3::Hasher::new();
        asked.update(path.as_bytes()).update(b"\n").update(body);
        Some(Self {
            key: key.to_owned(),
            asked: asked.finalize(),
        })
    }

    /// A program's request with a key of 1 to 255 visible letters; `None` for another key. Each
    /// `sender` has keys of its own, since programs do not know each other's.
    pub fn of_call(sender: &str, key: &str, path: &str, body: &[u8]) -> Option<Self> {
        let visible = key.bytes().all(|byte| byte.is_ascii_graphic());
        if !CALL_KEY_LENGTH.contains(&key.len()) || !visible {
            return None;
        }
        let own = blake3::hash(format!("{sender}\n{key}").as_bytes());
        Self::new(&own.to_hex(), path, body)
    }

    /// What was answered the first time.
    pub fn answer(&self, tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
        tx.one(ANSWER, params![ctx.org, &self.key], |row| row.text(0))
    }

    /// Keeps what is answered now, for the same request sent again.
    pub fn keep(&self, tx: &mut Tx, ctx: &Ctx, answer: &str) -> Result<(), Fault> {
        tx.execute(KEEP, params![ctx.org, &self.key, answer, ctx.now])?;
        Ok(())
    }

    /// Whether this is the first time, to be asked before anything else in the transaction: a
    /// command that is refused gives its key back. The same key for something else, or from
    /// somebody else, is refused.
    pub fn is_first(&self, tx: &mut Tx, ctx: &Ctx) -> Result<bool, Fault> {
        let values = params![ctx.org, &self.key, &self.fingerprint(ctx), ctx.now];
        if tx.execute(TAKE, values)? == 1 {
            return Ok(true);
        }
        match self.is_known(tx, ctx)? {
            true => Ok(false),
            false => Err(Fault::conflict("store-key-reused")),
        }
    }

    /// Whether this was done already, so that nothing needs to be made ready for it. The same key
    /// for something else is refused.
    pub fn is_known(&self, tx: &mut Tx, ctx: &Ctx) -> Result<bool, Fault> {
        let taken = tx.one(TAKEN, params![ctx.org, &self.key], |row| row.text(0))?;
        match taken {
            Some(taken) if taken != self.fingerprint(ctx) => {
                Err(Fault::conflict("store-key-reused"))
            }
            taken => Ok(taken.is_some()),
        }
    }

    fn fingerprint(&self, ctx: &Ctx) -> String {
        let who = match &ctx.actor {
            Actor::User { id, .. } => id.to_string(),
            Actor::Guest => "guest".to_owned(),
            Actor::System => "system".to_owned(),
        };
        format!("{who}:{}", self.asked.to_hex())
    }

    /// Forgets the keys of requests sent before an instant.
    pub fn forget(tx: &mut Tx, ctx: &Ctx, before: Timestamp) -> Result<(), Fault> {
        tx.execute(FORGET, params![ctx.org, before])?;
        tx.execute(FORGET_ANSWERS, params![ctx.org, before])?;
        Ok(())
    }
}
