//! Signing in with a passkey: no login, no password.

use super::{Knocker, Opened, note_try, start_session};
use crate::commands::take_challenge;
use crate::model::{Answer, Outcome, Place, UserState, Way, refused};
use crate::queries::{self, PasskeyLock};
use kernel::{Ctx, Fault, IdSource, Timestamp};
use store::{Db, Tx, params};

const USED: &str = "
    update passkeys set counter = $3, used_at = $4
    where org = $1 and id = $2 and (counter < $3 or (counter = 0 and cast($3 as bigint) = 0))";

/// Signs somebody in by what their device signed.
///
/// # Errors
/// One and the same refusal for an unknown key, a wrong signature, an old challenge, a copied
/// device and somebody who may no longer come in.
pub fn sign_in_by_passkey(
    db: &Db,
    (answer, place): (&Answer, &Place),
    by: &Knocker,
    (now, ids): (Timestamp, IdSource),
) -> Result<Opened, Fault> {
    let checked = answer.check("webauthn.get", place)?;
    let lock = db.read(|tx| queries::passkey_lock(tx, &answer.credential))?;
    let lock = lock
        .filter(|lock| lock.host == place.host)
        .ok_or_else(refused)?;
    let right = answer.is_signed_by(&lock.key, &checked);
    let (counter, challenge) = (checked.counter, checked.challenge);
    let (by_after, ids_after) = (by.clone(), ids.clone());
    let (org, user, by) = (lock.org, lock.user, by.clone());
    let opened = db.write(move |tx| {
        take_challenge(tx, &challenge, now)?;
        if !right {
            return Err(refused());
        }
        open(tx, &Ctx::system(org, now, ids), &lock, (counter, &by))
    });
    if opened.is_err() {
        let ctx = Ctx::system(org, now, ids_after);
        db.write(move |tx| note_try(tx, &ctx, user, (Way::Passkey, Outcome::Wrong), &by_after))?;
    }
    opened
}

fn open(
    tx: &mut Tx,
    ctx: &Ctx,
    lock: &PasskeyLock,
    (counter, by): (i64, &Knocker),
) -> Result<Opened, Fault> {
    let user = queries::any_user(tx, ctx.org, lock.user)?;
    user.filter(|user| user.state == UserState::Active)
        .ok_or_else(refused)?;
    // A count that does not grow means that two devices have the key.
    if tx.execute(USED, params![ctx.org, lock.id, counter, ctx.now])? == 0 {
        return Err(refused());
    }
    start_session(tx, ctx, lock.user, (by, Way::Passkey))
}
