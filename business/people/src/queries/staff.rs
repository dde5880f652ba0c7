//! Reading staff and skills.

use crate::model::{Skill, Staff};
use kernel::ids::{SiteId, StaffId, UserId};
use kernel::{Ctx, Fault};
use std::collections::BTreeMap;
use store::{Row, Tx, Value, params};

const STAFF: &str = "
    select id, name, reading, user_id, colour, state, external_id, version from staff
    where org = $1 order by lower(reading), name, id limit 5000";

const STAFF_AT: &str = "
    select s.id, s.name, s.reading, s.user_id, s.colour, s.state, s.external_id, s.version
    from staff s join staff_sites a on a.org = s.org and a.staff = s.id
    where s.org = $1 and a.site = $2 and s.state = 'active'
    order by lower(s.reading), s.name, s.id limit 1000";

const STAFF_MEMBER: &str = "
    select id, name, reading, user_id, colour, state, external_id, version from staff
    where org = $1 and id = $2";

/// Those who serve at a site, in a condition.
const AT: &str = " and staff in (select staff from staff_sites where org = $1 and site = $2)";

const SITES_OF: &str = "
    select staff, site from staff_sites where org = $1 and staff = $2
    order by position, site limit 200";

const SKILLS_OF: &str = "
    select staff, skill from staff_skills where org = $1 and staff = $2 order by skill limit 200";

/// Everybody who serves or served, sorted by reading.
pub fn staff(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Staff>, Fault> {
    let kept = tx.kept(format!("staff {}", ctx.org), |tx| {
        let people = tx.all(STAFF, params![ctx.org], read_staff)?;
        completed(tx, ctx, people, None)
    })?;
    Ok((*kept).clone())
}

/// Those who serve at a site now, sorted by reading.
pub fn staff_at(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Staff>, Fault> {
    let kept = tx.kept(format!("staff at {} {site}", ctx.org), |tx| {
        let people = tx.all(STAFF_AT, params![ctx.org, site], read_staff)?;
        completed(tx, ctx, people, Some(site))
    })?;
    Ok((*kept).clone())
}

/// Adds where they serve and what they can do; everybody's, or that of those at one site.
fn completed(
    tx: &mut Tx,
    ctx: &Ctx,
    mut people: Vec<Staff>,
    site: Option<SiteId>,
) -> Result<Vec<Staff>, Fault> {
    let mut values = vec![Value::from(ctx.org)];
    values.extend(site.map(Value::from));
    let among = site.map_or("", |_| AT);
    let of_sites = format!(
        "select staff, site from staff_sites where org = $1{among}
         order by staff, position, site limit 20000"
    );
    let mut sites: BTreeMap<StaffId, Vec<SiteId>> = BTreeMap::new();
    for (staff, site) in tx.all(&of_sites, &values, |row| Ok((row.id(0)?, row.id(1)?)))? {
        sites.entry(staff).or_default().push(site);
    }
    let of_skills = format!(
        "select staff, skill from staff_skills where org = $1{among}
         order by staff, skill limit 50000"
    );
    let mut skills: BTreeMap<StaffId, Vec<String>> = BTreeMap::new();
    for (staff, skill) in tx.all(&of_skills, &values, |row| Ok((row.id(0)?, row.text(1)?)))? {
        skills.entry(staff).or_default().push(skill);
    }
    for person in &mut people {
        person.sites = sites.remove(&person.id).unwrap_or_default();
        person.skills = skills.remove(&person.id).unwrap_or_default();
    }
    Ok(people)
}

/// One member of staff.
pub fn staff_member(tx: &mut Tx, ctx: &Ctx, id: StaffId) -> Result<Staff, Fault> {
    let mut person = tx
        .one(STAFF_MEMBER, params![ctx.org, id], read_staff)?
        .ok_or_else(|| Fault::missing("people-staff-missing"))?;
    person.sites = tx.all(SITES_OF, params![ctx.org, id], |row| row.id(1))?;
    person.skills = tx.all(SKILLS_OF, params![ctx.org, id], |row| row.text(1))?;
    Ok(person)
}

const STAFF_OF_USER: &str = "select id from staff where org = $1 and user_id = $2";

/// The member of staff a user is, if any.
pub fn staff_of_user(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<Option<StaffId>, Fault> {
    tx.one(STAFF_OF_USER, params![ctx.org, user], |row| row.id(0))
}

fn read_staff(row: &Row) -> Result<Staff, Fault> {
    Ok(Staff {
        id: row.id(0)?,
        name: row.text(1)?,
        reading: row.text(2)?,
        user: row.opt_id(3)?,
        colour: row.int(4)?,
        active: row.text(5)? == "active",
        sites: Vec::new(),
        skills: Vec::new(),
        external_id: row.opt_text(6)?,
        version: row.int(7)?,
    })
}

const SKILLS: &str = "
    select code, name_zh, name_en from skills where org = $1 order by code limit 500";

/// Everything staff can do here, by code.
pub fn skills(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Skill>, Fault> {
    tx.all(SKILLS, params![ctx.org], |row| {
        Ok(Skill {
            code: row.text(0)?,
            name: row.bilingual(1)?,
        })
    })
}

const SITES_SHARING: &str = "
    with recursive linked (site) as (
        select cast($2 as text)
        union
        select b.site from linked l
        join staff_sites a on a.org = $1 and a.site = l.site
        join staff_sites b on b.org = $1 and b.staff = a.staff
    )
    select site from linked order by site limit 2000";

/// A site, and every site that shares staff with it, directly or through others, in order of id.
pub fn sites_sharing_staff(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<SiteId>, Fault> {
    let kept = tx.kept(format!("sites sharing staff {} {site}", ctx.org), |tx| {
        tx.all(SITES_SHARING, params![ctx.org, site], |row| row.id(0))
    })?;
    Ok((*kept).clone())
}
