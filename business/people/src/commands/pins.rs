//! Setting PINs, and having a computer shared.

use super::users::{about, own, subordinate};
use kernel::ids::{SessionId, UserId};
use kernel::{Ctx, Fault, Permission};
use store::{Tx, params};

const SET: &str = "
    insert into pins (org, user_id, pin_hash, failures, set_at) values ($1, $2, $3, 0, $4)
    on conflict (org, user_id) do update
    set pin_hash = excluded.pin_hash, failures = 0, set_at = excluded.set_at";

/// Sets one's own PIN; one that was locked opens again.
pub fn set_pin(tx: &mut Tx, ctx: &Ctx, hash: &str) -> Result<(), Fault> {
    ctx.require(Permission::OWN_ACCOUNT)?;
    let user = own(ctx).ok_or_else(Fault::sign_in)?;
    tx.execute(SET, params![ctx.org, user, hash, ctx.now])?;
    tx.record(ctx, about("user.pin_set", user));
    Ok(())
}

const FORGET: &str = "delete from pins where org = $1 and user_id = $2";

const END_TURNS: &str = "
    update sessions set acting_user = null, acting_until = null
    where org = $1 and acting_user = $2";

fn forget(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<(), Fault> {
    tx.execute(END_TURNS, params![ctx.org, user])?;
    if tx.execute(FORGET, params![ctx.org, user])? == 1 {
        tx.record(ctx, about("user.pin_removed", user));
    }
    Ok(())
}

/// Does without one's own PIN; turns taken with it end.
pub(crate) fn remove_pin(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    ctx.require(Permission::OWN_ACCOUNT)?;
    let user = own(ctx).ok_or_else(Fault::sign_in)?;
    forget(tx, ctx, user)
}

/// Takes the PIN of somebody one manages away, and ends the turns taken with it.
pub fn reset_pin(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<(), Fault> {
    subordinate(tx, ctx, user)?;
    forget(tx, ctx, user)
}

const SHARE: &str = "
    update sessions set shared = 1 where org = $1 and user_id = $2 and id = $3 and shared = 0";

/// Has this browser be one that several people use, from now on: it is locked at once.
pub(crate) fn share_session(tx: &mut Tx, ctx: &Ctx, session: SessionId) -> Result<(), Fault> {
    ctx.require(Permission::OWN_ACCOUNT)?;
    let user = own(ctx).ok_or_else(Fault::sign_in)?;
    if tx.execute(SHARE, params![ctx.org, user, session])? == 1 {
        tx.record(ctx, about("user.computer_shared", user));
    }
    Ok(())
}
