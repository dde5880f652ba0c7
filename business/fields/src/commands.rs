//! Defining fields.

use kernel::{Bilingual, Ctx, Currency, Fault, Text};
use store::{Event, Tx, params};

use crate::{
    MANAGE,
    fill::write,
    model::{FIELDS_MAX, Field, FieldId, Kind, Pick, Subject},
    queries,
};

/// A field as the owner wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What has it; fixed once it is there.
    pub subject: Subject,
    /// What imports and the API call it; fixed once it is there.
    pub key: String,
    /// What people call it.
    pub name: Bilingual,
    /// What may stand in it.
    pub kind: Kind,
    /// Whether a form without it is refused.
    pub required: bool,
    /// Whether the journal masks it.
    pub personal: bool,
    /// Whether lists show it.
    pub listed: bool,
    /// What a new form begins with.
    pub standard: String,
    /// The smallest length, number or day.
    pub least: Option<i64>,
    /// The largest.
    pub most: Option<i64>,
    /// Digits after the point.
    pub decimals: u8,
    /// What may be chosen.
    pub picks: Vec<Pick>,
}

impl Draft {
    fn field(self, id: FieldId, position: i64, version: i64) -> Field {
        Field {
            id,
            subject: self.subject,
            key: self.key,
            name: self.name,
            kind: self.kind,
            required: self.required,
            personal: self.personal,
            listed: self.listed,
            standard: self.standard,
            least: self.least,
            most: self.most,
            decimals: self.decimals,
            picks: self.picks,
            position,
            active: true,
            version,
        }
    }
}

const INSERT: &str = "
    insert into fields (org, id, subject, key, name_zh, name_en, kind, required, personal, listed,
        standard, least, most, decimals, picks, position, state, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'active', 1)
    on conflict do nothing";
const LAST: &str = "
    select coalesce(max(position), 0) from fields where org = $1 and subject = $2";
const COUNT: &str = "
    select cast(count(*) as bigint) from fields where org = $1 and subject = $2";

/// Defines a field, after those there are.
pub fn define(tx: &mut Tx, ctx: &Ctx, draft: Draft) -> Result<FieldId, Fault> {
    ctx.require(MANAGE)?;
    let subject = params![ctx.org, draft.subject.as_str()];
    let position = tx.count(LAST, subject)? + 1;
    let field = draft.field(ctx.id(), position, 1);
    field.check()?;
    if tx.count(COUNT, subject)? >= FIELDS_MAX {
        let text = Text::key("fields-many").with("max", FIELDS_MAX);
        return Err(Fault::invalid("name_zh", text));
    }
    let row = params![
        ctx.org,
        field.id,
        field.subject.as_str(),
        &field.key,
        &field.name.zh,
        &field.name.en,
        field.kind.as_str(),
        field.required,
        field.personal,
        field.listed,
        &field.standard,
        field.least,
        field.most,
        i64::from(field.decimals),
        picks_text(&field)?,
        field.position,
    ];
    if tx.execute(INSERT, row)? == 0 {
        return Err(Fault::invalid("key", Text::key("fields-key-taken")));
    }
    tx.record(ctx, fact("field.defined", &field));
    Ok(field.id)
}

fn picks_text(field: &Field) -> Result<String, Fault> {
    serde_json::to_string(&field.picks).map_err(Fault::broken)
}

fn fact(activity: &'static str, field: &Field) -> Event {
    Event::new(activity)
        .object("field", field.id, "subject")
        .attr("subject", field.subject.as_str())
        .attr("key", field.key.clone())
}

const UPDATE: &str = "
    update fields set name_zh = $4, name_en = $5, kind = $6, required = $7, personal = $8,
        listed = $9, standard = $10, least = $11, most = $12, decimals = $13, picks = $14,
        version = version + 1
    where org = $1 and id = $2 and version = $3";

/// Changes a field, unless somebody else did since `version` was read. Where values would not be
/// what the field takes any more, it is refused, or with `convert` they are read anew, all or none.
pub fn change(
    tx: &mut Tx,
    ctx: &Ctx,
    (id, version): (FieldId, i64),
    draft: Draft,
    convert: bool,
) -> Result<(), Fault> {
    ctx.require(MANAGE)?;
    let old = queries::field(tx, ctx, id)?;
    if old.version != version {
        return Err(Fault::stale());
    }
    let mut new = Field {
        subject: old.subject,
        key: old.key.clone(),
        active: old.active,
        ..draft.field(id, old.position, version)
    };
    keep_picks(&old, &mut new);
    new.check()?;
    if new == old {
        return Ok(());
    }
    // The row is locked before its values are looked at, so that none is filled in meanwhile.
    update(tx, ctx, &new)?;
    if (old.kind, old.decimals) != (new.kind, new.decimals) {
        convert_values(tx, ctx, (&old, &new), convert)?;
    }
    let event = fact("field.changed", &new).attr("version", version + 1);
    tx.record(
        ctx,
        match old.kind == new.kind {
            true => event,
            false => event
                .attr("old_kind", old.kind.as_str())
                .attr("new_kind", new.kind.as_str()),
        },
    );
    Ok(())
}

fn update(tx: &mut Tx, ctx: &Ctx, new: &Field) -> Result<(), Fault> {
    let row = params![
        ctx.org,
        new.id,
        new.version,
        &new.name.zh,
        &new.name.en,
        new.kind.as_str(),
        new.required,
        new.personal,
        new.listed,
        &new.standard,
        new.least,
        new.most,
        i64::from(new.decimals),
        picks_text(new)?,
    ];
    match tx.execute(UPDATE, row)? {
        0 => Err(Fault::stale()),
        _ => Ok(()),
    }
}

/// What was chosen before keeps its words: a thing taken off the list is no longer offered.
fn keep_picks(old: &Field, new: &mut Field) {
    if !(old.kind.has_picks() && new.kind.has_picks()) {
        return;
    }
    let gone = |pick: &&Pick| !new.picks.iter().any(|kept| kept.key == pick.key);
    let gone: Vec<Pick> = old.picks.iter().filter(gone).cloned().collect();
    new.picks.extend(gone.into_iter().map(|pick| Pick {
        offered: false,
        ..pick
    }));
}

const VALUED: &str = "
    select v.object, v.kind, v.words, v.number, v.currency, v.day from field_values v
    where v.org = $1 and v.field = $2 and v.object > $3 order by v.object limit 500";

fn convert_values(
    tx: &mut Tx,
    ctx: &Ctx,
    (old, new): (&Field, &Field),
    convert: bool,
) -> Result<(), Fault> {
    let count = queries::count(tx, ctx, new.id)?;
    if count == 0 {
        return Ok(());
    }
    if !convert {
        let text = Text::key("fields-kind-has-values").with("count", count);
        return Err(Fault::invalid("kind", text));
    }
    let (mut after, mut lost, mut example) = (String::new(), 0_i64, String::new());
    loop {
        let row = params![ctx.org, new.id, &after];
        let some = tx.all(VALUED, row, |row| {
            Ok((row.text(0)?, queries::read_value(row, 1)?))
        })?;
        let Some((last, _)) = some.last() else {
            break;
        };
        after.clone_from(last);
        for (object, value) in some {
            let typed = old.named(&value);
            match new.read(&typed, Currency::CNY) {
                Ok(Some(read)) => write(tx, ctx, (new.subject, &object), (new, Some(&read)))?,
                Ok(None) | Err(_) => {
                    lost += 1;
                    if example.is_empty() {
                        example = typed.join("; ");
                    }
                }
            }
        }
    }
    if lost == 0 {
        return Ok(());
    }
    let shown: String = example.chars().take(40).collect();
    let text = Text::key("fields-kind-not-read").with("count", lost);
    Err(Fault::invalid("kind", text.with("example", shown)))
}

const SET_STATE: &str = "
    update fields set state = $4, version = version + 1
    where org = $1 and id = $2 and version = $3";

/// Archives a field, or asks for it again; its values stay either way.
pub fn set_state(
    tx: &mut Tx,
    ctx: &Ctx,
    (id, version): (FieldId, i64),
    active: bool,
) -> Result<(), Fault> {
    ctx.require(MANAGE)?;
    let field = queries::field(tx, ctx, id)?;
    if field.active == active {
        return Ok(());
    }
    let state = if active { "active" } else { "archived" };
    if tx.execute(SET_STATE, params![ctx.org, id, version, state])? == 0 {
        return Err(Fault::stale());
    }
    let activity = if active {
        "field.restored"
    } else {
        "field.archived"
    };
    tx.record(ctx, fact(activity, &field));
    Ok(())
}

/// Where a field moves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// One place up.
    Earlier,
    /// One place down.
    Later,
}

const PLACE: &str = "update fields set position = $3 where org = $1 and id = $2";

/// Moves a field one place among the active ones; at the end it stays.
pub fn place(tx: &mut Tx, ctx: &Ctx, id: FieldId, to: Placed) -> Result<(), Fault> {
    ctx.require(MANAGE)?;
    let field = queries::field(tx, ctx, id)?;
    let fields = queries::defined(tx, ctx, field.subject)?;
    let at = fields.iter().position(|one| one.id == id);
    let other = at.and_then(|at| match to {
        Placed::Earlier => at.checked_sub(1),
        Placed::Later => Some(at + 1),
    });
    let Some(other) = other.and_then(|other| fields.get(other)) else {
        return Ok(());
    };
    // Equal places come from two who moved at once; the identity then decides, and one move parts
    // them.
    let (mine, theirs) = match field.position == other.position {
        false => (other.position, field.position),
        true => match to {
            Placed::Earlier => (field.position, field.position + 1),
            Placed::Later => (field.position + 1, field.position),
        },
    };
    tx.execute(PLACE, params![ctx.org, field.id, mine])?;
    tx.execute(PLACE, params![ctx.org, other.id, theirs])?;
    tx.record(ctx, fact("field.moved", &field));
    Ok(())
}

/// The values of a field that became another kind are read by the names people know.
impl Field {
    fn named(&self, value: &crate::Value) -> Vec<String> {
        match (self.kind.has_picks(), value) {
            (true, crate::Value::Picks(keys)) => vec![keys.join("; ")],
            _ => self.typed(value),
        }
    }
}
