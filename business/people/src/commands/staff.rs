//! Making and changing staff and skills.

use super::users::{checked_name, checked_reading, own, subordinate};
use crate::EDIT_STAFF;
use crate::model::{Staff, is_skill_code};
use crate::queries;
use kernel::ids::{SiteId, StaffId, UserId};
use kernel::{Bilingual, Ctx, Fault, Text};
use store::{Event, Tx, params};

/// Everything about a member of staff that a person may type.
#[derive(Clone, Debug, Default)]
pub struct StaffFields {
    /// Name as given.
    pub name: String,
    /// How it is read, in Latin letters.
    pub reading: String,
    /// Where they work, the home site first; at least one.
    pub sites: Vec<SiteId>,
    /// Codes of what they can do.
    pub skills: Vec<String>,
    /// Their key in another program.
    pub external_id: Option<String>,
}

struct Checked {
    name: String,
    reading: String,
}

fn checked(tx: &mut Tx, ctx: &Ctx, fields: &StaffFields) -> Result<Checked, Fault> {
    let name = checked_name(&fields.name)?;
    let reading = checked_reading(&fields.reading)?;
    if fields.sites.is_empty() || fields.sites.len() > 100 {
        return Err(Fault::invalid("sites", Text::key("people-sites-needed")));
    }
    for site in &fields.sites {
        organisation::site(tx, ctx, *site)?;
    }
    let known = queries::skills(tx, ctx)?;
    let unknown = fields
        .skills
        .iter()
        .find(|code| !known.iter().any(|skill| skill.code == **code));
    if let Some(code) = unknown {
        let text = Text::key("people-skill-unknown").with("code", code);
        return Err(Fault::invalid("skills", text));
    }
    Ok(Checked { name, reading })
}

/// Refuses unless the actor may change staff at one of these sites.
fn require_reach(ctx: &Ctx, sites: &[SiteId]) -> Result<(), Fault> {
    ctx.require(EDIT_STAFF)?;
    if sites.is_empty() || sites.iter().any(|site| ctx.sites.includes(*site)) {
        return Ok(());
    }
    Err(Fault::forbidden())
}

/// How many colours avatars have.
pub const COLOURS: u64 = 8;

const INSERT: &str = "
    insert into staff (org, id, name, reading, colour, state, external_id, created_at, version)
    values ($1, $2, $3, $4, $5, 'active', $6, $7, 1) on conflict do nothing";

const HOW_MANY: &str = "select cast(count(*) as bigint) from staff where org = $1";

/// Takes somebody on.
pub fn create_staff(tx: &mut Tx, ctx: &Ctx, fields: StaffFields) -> Result<Staff, Fault> {
    require_reach(ctx, &fields.sites)?;
    let Checked { name, reading } = checked(tx, ctx, &fields)?;
    let id: StaffId = ctx.id();
    let colour = tx
        .count(HOW_MANY, params![ctx.org])?
        .rem_euclid(COLOURS as i64);
    let external = fields.external_id.as_deref();
    let values = params![ctx.org, id, &name, &reading, colour, external, ctx.now];
    if tx.execute(INSERT, values)? == 0 {
        return Err(Fault::invalid(
            "external_id",
            Text::key("people-external-id-taken"),
        ));
    }
    save_parts(tx, ctx, id, &fields)?;
    tx.record(ctx, about("staff.created", id, &fields.sites));
    queries::staff_member(tx, ctx, id)
}

/// The fact that something happened to a member of staff, at the home site.
pub(super) fn about(activity: &'static str, staff: StaffId, sites: &[SiteId]) -> Event {
    Event::new(activity)
        .site(sites.first().copied())
        .object("staff", staff, "subject")
}

const FORGET_SITES: &str = "delete from staff_sites where org = $1 and staff = $2";
const INSERT_SITE: &str = "
    insert into staff_sites (org, staff, site, position) values ($1, $2, $3, $4)
    on conflict do nothing";
const FORGET_SKILLS: &str = "delete from staff_skills where org = $1 and staff = $2";
const INSERT_SKILL: &str = "
    insert into staff_skills (org, staff, skill) values ($1, $2, $3) on conflict do nothing";

fn save_parts(tx: &mut Tx, ctx: &Ctx, id: StaffId, fields: &StaffFields) -> Result<(), Fault> {
    tx.execute(FORGET_SITES, params![ctx.org, id])?;
    for (position, site) in fields.sites.iter().enumerate() {
        tx.execute(INSERT_SITE, params![ctx.org, id, site, position])?;
    }
    tx.execute(FORGET_SKILLS, params![ctx.org, id])?;
    for skill in &fields.skills {
        tx.execute(INSERT_SKILL, params![ctx.org, id, skill])?;
    }
    Ok(())
}

const UPDATE: &str = "
    update staff set name = $3, reading = $4, version = version + 1
    where org = $1 and id = $2 and version = $5";

/// Changes a member of staff, provided nobody else did since `version` was read.
///
/// Sites beyond the actor's own reach stay as they were.
pub fn edit_staff(
    tx: &mut Tx,
    ctx: &Ctx,
    id: StaffId,
    version: i64,
    mut fields: StaffFields,
) -> Result<Staff, Fault> {
    let before = queries::staff_member(tx, ctx, id)?;
    require_reach(ctx, &before.sites)?;
    let Checked { name, reading } = checked(tx, ctx, &fields)?;
    if tx.execute(UPDATE, params![ctx.org, id, &name, &reading, version])? == 0 {
        return Err(Fault::stale());
    }
    let beyond = before
        .sites
        .iter()
        .filter(|site| !ctx.sites.includes(**site));
    fields.sites.extend(beyond);
    save_parts(tx, ctx, id, &fields)?;
    tx.record(ctx, about("staff.changed", id, &fields.sites));
    queries::staff_member(tx, ctx, id)
}

const SET_STATE: &str = "
    update staff set state = $3, version = version + 1 where org = $1 and id = $2 and state <> $3";

/// Lets somebody go, or takes them back; the past keeps their name. Their shifts no longer count
/// while they are gone.
pub fn set_staff_active(tx: &mut Tx, ctx: &Ctx, id: StaffId, active: bool) -> Result<(), Fault> {
    let staff = queries::staff_member(tx, ctx, id)?;
    require_reach(ctx, &staff.sites)?;
    let (state, activity) = match active {
        true => ("active", "staff.reactivated"),
        false => ("inactive", "staff.deactivated"),
    };
    if tx.execute(SET_STATE, params![ctx.org, id, state])? == 1 {
        tx.record(ctx, about(activity, id, &staff.sites));
    }
    Ok(())
}

const SET_USER: &str = "
    update staff set user_id = $3, version = version + 1 where org = $1 and id = $2";
const FREE_USER: &str = "
    update staff set user_id = null where org = $1 and user_id = $2 and id <> $3";

/// Says which user a member of staff signs in as; a user is at most one of them.
pub fn set_staff_user(
    tx: &mut Tx,
    ctx: &Ctx,
    id: StaffId,
    user: Option<UserId>,
) -> Result<(), Fault> {
    let staff = queries::staff_member(tx, ctx, id)?;
    require_reach(ctx, &staff.sites)?;
    if let Some(user) = user {
        if own(ctx) != Some(user) {
            subordinate(tx, ctx, user)?;
        }
        tx.execute(FREE_USER, params![ctx.org, user, id])?;
    }
    tx.execute(SET_USER, params![ctx.org, id, user])?;
    tx.record(
        ctx,
        about("staff.changed", id, &staff.sites).attr("part", "user"),
    );
    Ok(())
}

const SAVE_SKILL: &str = "
    insert into skills (org, code, name_zh, name_en) values ($1, $2, $3, $4)
    on conflict (org, code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en";

/// Names something staff can do; a known code gets the new name.
pub fn save_skill(tx: &mut Tx, ctx: &Ctx, code: &str, name: &Bilingual) -> Result<(), Fault> {
    ctx.require(EDIT_STAFF)?;
    if !is_skill_code(code) {
        return Err(Fault::invalid(
            "skill_code",
            Text::key("people-skill-code-wrong"),
        ));
    }
    let (zh, en) = (name.zh.trim(), name.en.trim());
    let long = |text: &str| text.chars().count() > 40;
    if zh.is_empty() && en.is_empty() || long(zh) || long(en) {
        return Err(Fault::invalid(
            "skill_name",
            Text::key("people-skill-name-wrong"),
        ));
    }
    tx.execute(SAVE_SKILL, params![ctx.org, code, zh, en])?;
    tx.record(
        ctx,
        Event::new("skill.saved").object("skill", code, "subject"),
    );
    Ok(())
}
