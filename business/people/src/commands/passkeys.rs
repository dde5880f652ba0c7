//! Making, naming and removing passkeys; the challenges that browsers answer.

use super::users::{about, checked_name, own};
use crate::model::{ALGORITHMS, Answer, Place, encoded, refused};
use crate::queries;
use kernel::ids::{PasskeyId, UserId};
use kernel::{Ctx, Fault, IdSource, Permission, Timestamp};
use serde_json::{Value as Json, json};
use store::{Tx, params};

const CHALLENGE_SECONDS: i64 = 300;
const PASSKEYS_MOST: usize = 20;

const SWEEP_CHALLENGES: &str = "delete from passkey_challenges where expires_at < $1";

const KEEP_CHALLENGE: &str = "
    insert into passkey_challenges (challenge_hash, expires_at) values ($1, $2)";

/// A new challenge, good once and for five minutes.
fn challenge(tx: &mut Tx, ids: &IdSource, now: Timestamp) -> Result<String, Fault> {
    let bits = [(); 4].map(|()| ids.bits().to_le_bytes());
    let challenge = encoded(&bits.concat());
    let expires = Timestamp::from_second(now.as_second() + CHALLENGE_SECONDS);
    let values = params![kept(&challenge), expires.map_err(Fault::broken)?];
    tx.execute(KEEP_CHALLENGE, values)?;
    Ok(challenge)
}

fn kept(challenge: &str) -> String {
    blake3::hash(challenge.as_bytes()).to_hex().to_string()
}

const TAKE_CHALLENGE: &str = "
    delete from passkey_challenges where challenge_hash = $1 and expires_at > $2";

/// Uses up a challenge; one that was answered before, or is too old, is refused.
pub(crate) fn take_challenge(tx: &mut Tx, challenge: &str, now: Timestamp) -> Result<(), Fault> {
    match tx.execute(TAKE_CHALLENGE, params![kept(challenge), now])? {
        1 => Ok(()),
        _ => Err(refused()),
    }
}

/// Forgets challenges that nobody answered.
pub(crate) fn sweep_challenges(tx: &mut Tx, now: Timestamp) -> Result<(), Fault> {
    tx.execute(SWEEP_CHALLENGES, params![now])?;
    Ok(())
}

/// What a browser needs to use any passkey it has for this place.
pub(crate) fn request(
    tx: &mut Tx,
    place: &Place,
    (ids, now): (&IdSource, Timestamp),
) -> Result<Json, Fault> {
    Ok(json!({
        "challenge": challenge(tx, ids, now)?,
        "rpId": place.host,
        "userVerification": "required",
        "timeout": CHALLENGE_SECONDS * 1000,
    }))
}

/// What a browser needs to make a passkey for whoever is signed in.
pub(crate) fn creation(tx: &mut Tx, ctx: &Ctx, place: &Place) -> Result<Json, Fault> {
    ctx.require(Permission::OWN_ACCOUNT)?;
    let id = own(ctx).ok_or_else(Fault::sign_in)?;
    let user = queries::user(tx, ctx, id)?;
    let business = organisation::organisation(tx, ctx.org)?;
    let known = queries::passkeys(tx, ctx, id)?;
    let parameter = |algorithm| json!({ "type": "public-key", "alg": algorithm });
    let excluded = |credential| json!({ "type": "public-key", "id": credential });
    let keys = known.iter().map(|key| excluded(&key.credential));
    Ok(json!({
        "challenge": challenge(tx, &ctx.ids, ctx.now)?,
        "rp": { "id": place.host, "name": business.name.get(ctx.locale) },
        "user": {
            "id": encoded(id.uuid().as_bytes()),
            "name": user.login,
            "displayName": user.shown(ctx.locale),
        },
        "pubKeyCredParams": ALGORITHMS.map(parameter),
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": true,
            "userVerification": "required",
        },
        "attestation": "none",
        "excludeCredentials": keys.collect::<Vec<_>>(),
        "timeout": CHALLENGE_SECONDS * 1000,
    }))
}

const OWN_CREDENTIAL: &str = "
    insert into passkey_owners (credential, org, passkey) values ($1, $2, $3)
    on conflict do nothing";

const INSERT: &str = "
    insert into passkeys (org, id, user_id, credential, name, host, algorithm, public_key, counter,
        created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Keeps the passkey that a browser just made.
pub(crate) fn keep_passkey(
    tx: &mut Tx,
    ctx: &Ctx,
    name: &str,
    (answer, place): (&Answer, &Place),
) -> Result<PasskeyId, Fault> {
    ctx.require(Permission::OWN_ACCOUNT)?;
    let user = own(ctx).ok_or_else(Fault::sign_in)?;
    let name = checked_name(name)?;
    if queries::passkeys(tx, ctx, user)?.len() >= PASSKEYS_MOST {
        return Err(Fault::conflict("people-passkeys-many").with("max", PASSKEYS_MOST));
    }
    let checked = answer.check("webauthn.create", place)?;
    take_challenge(tx, &checked.challenge, ctx.now)?;
    let key = answer.new_key(&checked)?;
    let id: PasskeyId = ctx.id();
    if tx.execute(OWN_CREDENTIAL, params![&answer.credential, ctx.org, id])? == 0 {
        return Err(refused());
    }
    let values = params![
        ctx.org,
        id,
        user,
        &answer.credential,
        &name,
        &place.host,
        key.algorithm,
        key.bytes,
        checked.counter,
        ctx.now
    ];
    tx.execute(INSERT, values)?;
    tx.record(ctx, about("user.passkey_made", user));
    Ok(id)
}

const RENAME: &str = "
    update passkeys set name = $4 where org = $1 and user_id = $2 and id = $3";

/// Calls one's own passkey something else.
pub(crate) fn rename_passkey(
    tx: &mut Tx,
    ctx: &Ctx,
    id: PasskeyId,
    name: &str,
) -> Result<(), Fault> {
    ctx.require(Permission::OWN_ACCOUNT)?;
    let user = own(ctx).ok_or_else(Fault::sign_in)?;
    let name = checked_name(name)?;
    match tx.execute(RENAME, params![ctx.org, user, id, &name])? {
        0 => Err(Fault::missing("people-passkey-missing")),
        _ => Ok(()),
    }
}

const FORGET_OWNER: &str = "delete from passkey_owners where org = $1 and passkey = $2";

const FORGET: &str = "
    delete from passkeys where org = $1 and user_id = $2 and id = $3";

/// Removes one's own passkey, unless it is the second factor that the owner demands.
pub(crate) fn remove_passkey(tx: &mut Tx, ctx: &Ctx, id: PasskeyId) -> Result<(), Fault> {
    ctx.require(Permission::OWN_ACCOUNT)?;
    let user = own(ctx).ok_or_else(Fault::sign_in)?;
    if tx.execute(FORGET, params![ctx.org, user, id])? == 0 {
        return Err(Fault::missing("people-passkey-missing"));
    }
    tx.execute(FORGET_OWNER, params![ctx.org, id])?;
    let oneself = queries::user(tx, ctx, user)?;
    if super::factors::lacks_factor(tx, ctx.org, &oneself)? {
        return Err(Fault::conflict("people-code-demanded"));
    }
    tx.record(ctx, about("user.passkey_removed", user));
    Ok(())
}

const FORGET_OWNERS: &str = "
    delete from passkey_owners where org = $1 and passkey in (
        select id from passkeys where org = $1 and user_id = $2)";

const FORGET_ALL: &str = "delete from passkeys where org = $1 and user_id = $2";

/// Removes every passkey of somebody; answers how many there were.
pub(super) fn forget_all(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<u64, Fault> {
    tx.execute(FORGET_OWNERS, params![ctx.org, user])?;
    tx.execute(FORGET_ALL, params![ctx.org, user])
}
