//! Reading passkeys.

use crate::model::{Passkey, PublicKey};
use crate::queries;
use kernel::ids::{OrganisationId, PasskeyId, UserId};
use kernel::{Ctx, Fault};
use store::{Tx, params};

const PASSKEYS: &str = "
    select id, credential, name, host, created_at, used_at from passkeys
    where org = $1 and user_id = $2 order by created_at, id limit 100";

/// Somebody's passkeys, oldest first: one's own, or those of somebody one manages.
pub fn passkeys(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<Vec<Passkey>, Fault> {
    queries::user(tx, ctx, user)?;
    tx.all(PASSKEYS, params![ctx.org, user], |row| {
        Ok(Passkey {
            id: row.id(0)?,
            credential: row.text(1)?,
            name: row.text(2)?,
            host: row.text(3)?,
            created_at: row.instant(4)?,
            used_at: row.opt_instant(5)?,
        })
    })
}

/// A passkey as the door sees it.
pub(crate) struct PasskeyLock {
    pub org: OrganisationId,
    pub id: PasskeyId,
    pub user: UserId,
    pub host: String,
    pub key: PublicKey,
}

const OWNER: &str = "
    select p.org, p.id, p.user_id, p.host, p.algorithm, p.public_key
    from passkey_owners o join passkeys p on p.org = o.org and p.id = o.passkey
    where o.credential = $1";

/// The passkey that a browser names, in whichever organisation it is.
pub(crate) fn passkey_lock(tx: &mut Tx, credential: &str) -> Result<Option<PasskeyLock>, Fault> {
    tx.one(OWNER, params![credential], |row| {
        Ok(PasskeyLock {
            org: row.id(0)?,
            id: row.id(1)?,
            user: row.id(2)?,
            host: row.text(3)?,
            key: PublicKey {
                algorithm: row.int(4)?,
                bytes: row.bytes(5)?,
            },
        })
    })
}
