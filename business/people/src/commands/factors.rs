//! Second factors: beginning, confirming, using and removing them; and the rules that demand them.

use super::access::end_sessions_of;
use super::users::{about, own, subordinate};
use crate::model::{
    AccessRules, CodeSecret, Vault, Way, recovery_codes, recovery_hash, role_value,
};
use crate::{EDIT_ACCESS, queries};
use kernel::ids::{OrganisationId, UserId};
use kernel::{Ctx, Fault, Permission, Text, Timestamp};
use store::{Event, Tx, params};

const BEGIN: &str = "
    insert into code_secrets (org, user_id, sealed, confirmed_at, last_step)
    values ($1, $2, $3, null, 0)
    on conflict (org, user_id) do update set sealed = excluded.sealed, last_step = 0
    where code_secrets.confirmed_at is null";

/// Makes a new secret for a user; it counts once a first code of it was right.
fn begin_code(tx: &mut Tx, ctx: &Ctx, user: UserId, vault: &Vault) -> Result<CodeSecret, Fault> {
    let secret = CodeSecret::new(ctx);
    let sealed = vault.seal(ctx, user, secret.bytes())?;
    if tx.execute(BEGIN, params![ctx.org, user, sealed])? == 0 {
        return Err(Fault::conflict("people-code-already"));
    }
    Ok(secret)
}

/// The secret that a user began and has not confirmed; a new one where there is none.
pub(crate) fn pending_code(
    tx: &mut Tx,
    ctx: &Ctx,
    user: UserId,
    vault: &Vault,
) -> Result<CodeSecret, Fault> {
    match queries::kept_secret(tx, ctx.org, user)? {
        Some(kept) if kept.confirmed => Err(Fault::conflict("people-code-already")),
        Some(kept) => Ok(CodeSecret::from_bytes(vault.open(
            ctx.org,
            user,
            &kept.sealed,
        )?)),
        None => begin_code(tx, ctx, user, vault),
    }
}

const TAKE_STEP: &str = "
    update code_secrets set last_step = $3
    where org = $1 and user_id = $2 and last_step < $3";

fn wrong() -> Fault {
    Fault::invalid("code", Text::key("people-code-wrong"))
}

/// Uses up a code; of two who type the same one at once one is refused.
fn take_code(
    tx: &mut Tx,
    (org, user): (OrganisationId, UserId),
    vault: &Vault,
    (typed, now): (&str, Timestamp),
) -> Result<bool, Fault> {
    let Some(kept) = queries::kept_secret(tx, org, user)? else {
        return Ok(false);
    };
    let secret = CodeSecret::from_bytes(vault.open(org, user, &kept.sealed)?);
    match secret.step_of(typed, now, kept.last_step) {
        Some(step) => Ok(tx.execute(TAKE_STEP, params![org, user, step])? == 1),
        None => Ok(false),
    }
}

const TAKE_RECOVERY: &str = "
    update recovery_codes set used_at = $4
    where org = $1 and user_id = $2 and code_hash = $3 and used_at is null";

/// Uses up a code of the phone or a recovery code; answers which it was.
pub(crate) fn use_code(
    tx: &mut Tx,
    whose: (OrganisationId, UserId),
    vault: &Vault,
    (typed, now): (&str, Timestamp),
) -> Result<Way, Fault> {
    if take_code(tx, whose, vault, (typed, now))? {
        return Ok(Way::Code);
    }
    let values = params![whose.0, whose.1, recovery_hash(typed), now];
    match tx.execute(TAKE_RECOVERY, values)? {
        1 => Ok(Way::Recovery),
        _ => Err(wrong()),
    }
}

const CONFIRM: &str = "
    update code_secrets set confirmed_at = $3
    where org = $1 and user_id = $2 and confirmed_at is null";

/// Has the second factor count from now on; answers the recovery codes, the only copy.
pub(crate) fn confirm_code(
    tx: &mut Tx,
    ctx: &Ctx,
    user: UserId,
    (vault, typed): (&Vault, &str),
) -> Result<Vec<String>, Fault> {
    if !take_code(tx, (ctx.org, user), vault, (typed, ctx.now))? {
        return Err(wrong());
    }
    if tx.execute(CONFIRM, params![ctx.org, user, ctx.now])? == 0 {
        return Err(Fault::conflict("people-code-already"));
    }
    tx.record(ctx, about("user.second_factor_set", user));
    keep_recovery(tx, ctx, user)
}

const FORGET_RECOVERY: &str = "delete from recovery_codes where org = $1 and user_id = $2";
const INSERT_RECOVERY: &str = "
    insert into recovery_codes (org, user_id, code_hash) values ($1, $2, $3)";

fn keep_recovery(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<Vec<String>, Fault> {
    tx.execute(FORGET_RECOVERY, params![ctx.org, user])?;
    let codes = recovery_codes(ctx);
    for code in &codes {
        let values = params![ctx.org, user, recovery_hash(code)];
        tx.execute(INSERT_RECOVERY, values)?;
    }
    Ok(codes)
}

/// New recovery codes in place of the old ones, for who has a code of the phone at hand.
pub(crate) fn renew_recovery(
    tx: &mut Tx,
    ctx: &Ctx,
    (vault, typed): (&Vault, &str),
) -> Result<Vec<String>, Fault> {
    ctx.require(Permission::OWN_ACCOUNT)?;
    let user = own(ctx).ok_or_else(Fault::sign_in)?;
    if !take_code(tx, (ctx.org, user), vault, (typed, ctx.now))? {
        return Err(wrong());
    }
    tx.record(ctx, about("user.recovery_codes_made", user));
    keep_recovery(tx, ctx, user)
}

const FORGET_SECRET: &str = "delete from code_secrets where org = $1 and user_id = $2";

fn forget_code(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<u64, Fault> {
    tx.execute(FORGET_RECOVERY, params![ctx.org, user])?;
    tx.execute(FORGET_SECRET, params![ctx.org, user])
}

/// Does without one's own second factor again, unless the owner demands it.
pub(crate) fn remove_code(
    tx: &mut Tx,
    ctx: &Ctx,
    (vault, typed): (&Vault, &str),
) -> Result<(), Fault> {
    ctx.require(Permission::OWN_ACCOUNT)?;
    let user = own(ctx).ok_or_else(Fault::sign_in)?;
    let oneself = queries::user(tx, ctx, user)?;
    let passkeys = queries::factors(tx, ctx.org, user)?.passkeys;
    if passkeys == 0 && queries::access_rules(tx, ctx.org)?.demand(&oneself) {
        return Err(Fault::conflict("people-code-demanded"));
    }
    use_code(tx, (ctx.org, user), vault, (typed, ctx.now))?;
    forget_code(tx, ctx, user)?;
    tx.record(ctx, about("user.second_factor_removed", user));
    Ok(())
}

/// Takes somebody's second factors away, who lost the phone; they are signed out everywhere.
pub fn reset_factors(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<(), Fault> {
    ctx.require(EDIT_ACCESS)?;
    subordinate(tx, ctx, user)?;
    let had_code = forget_code(tx, ctx, user)? > 0;
    let had_keys = super::passkeys::forget_all(tx, ctx, user)? > 0;
    if had_code || had_keys {
        end_sessions_of(tx, ctx, user, None)?;
        tx.record(ctx, about("user.second_factor_removed", user));
    }
    Ok(())
}

const SAVE_RULES: &str = "
    insert into access_rules (org, factor_roles, pin_minutes, sight_days, version)
    values ($1, $2, $3, $5, 1)
    on conflict (org) do update set factor_roles = excluded.factor_roles,
        pin_minutes = excluded.pin_minutes, sight_days = excluded.sight_days,
        version = access_rules.version + 1
    where access_rules.version = $4";

/// Says how people sign in, provided nobody else did since `wanted.version` was read.
pub fn set_access_rules(tx: &mut Tx, ctx: &Ctx, wanted: &AccessRules) -> Result<(), Fault> {
    ctx.require(EDIT_ACCESS)?;
    let before = queries::access_rules(tx, ctx.org)?;
    if !(1..=60).contains(&wanted.pin_minutes) {
        let text = Text::key("people-pin-minutes-range");
        return Err(Fault::invalid("pin_minutes", text));
    }
    if !(30..=3650).contains(&wanted.sight_days) {
        let text = Text::key("people-sight-days-range");
        return Err(Fault::invalid("sight_days", text));
    }
    let own_roles = queries::roles(tx, ctx)?;
    let known = |value: &String| {
        kernel::Role::parse(value).is_some()
            || own_roles
                .iter()
                .any(|(role, _)| *value == format!("own:{}", role.id))
    };
    let mut roles = wanted.factor_roles.clone();
    roles.retain(known);
    roles.sort_unstable();
    roles.dedup();
    let mut changed = Vec::new();
    if roles != before.factor_roles {
        changed.push("factor_roles");
    }
    if wanted.pin_minutes != before.pin_minutes {
        changed.push("pin_minutes");
    }
    if wanted.sight_days != before.sight_days {
        changed.push("sight_days");
    }
    if changed.is_empty() {
        return Ok(());
    }
    let kept = serde_json::to_string(&roles).map_err(Fault::broken)?;
    let values = params![
        ctx.org,
        kept,
        wanted.pin_minutes,
        wanted.version,
        wanted.sight_days
    ];
    if before.version != wanted.version || tx.execute(SAVE_RULES, values)? == 0 {
        return Err(Fault::stale());
    }
    let event = Event::new("access.rules_changed").object("organisation", ctx.org, "subject");
    let told = |event: Event, name: &&str| event.setting(ctx.org, name);
    tx.record(ctx, changed.iter().fold(event, told));
    Ok(())
}

/// Whether somebody's role demands a second factor that they have not.
pub(crate) fn lacks_factor(
    tx: &mut Tx,
    org: OrganisationId,
    user: &crate::model::User,
) -> Result<bool, Fault> {
    let rules = queries::access_rules(tx, org)?;
    if !rules.factor_roles.contains(&role_value(user)) {
        return Ok(false);
    }
    Ok(!queries::factors(tx, org, user.id)?.any())
}
