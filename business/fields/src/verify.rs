//! What must hold of fields and their values beyond what the tables check.

use kernel::{Ctx, Fault};
use store::{Tx, params};

use crate::model::FieldId;

/// Values whose kind is not that of their field.
const STRANGE: &str = "
    select v.field, v.object from field_values v join fields f on f.org = v.org and f.id = v.field
    where v.org = $1 and (v.kind <> f.kind or v.subject <> f.subject)
    order by v.field, v.object limit 1";
/// Chosen things that their field does not know.
const CHOSEN: &str = "
    select v.object, v.words, f.picks, f.id
    from field_values v join fields f on f.org = v.org and f.id = v.field
    where v.org = $1 and v.kind in ('choice', 'choices')
    order by v.field, v.object limit 100000";

/// The first break, if there is any.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let read = |row: &store::Row| Ok((row.id(0)?, row.text(1)?));
    let strange: Option<(FieldId, String)> = tx.one(STRANGE, params![ctx.org], read)?;
    if let Some((field, object)) = strange {
        return Ok(Some(format!(
            "field {field}: the value of {object} is of another kind"
        )));
    }
    let chosen = tx.all(CHOSEN, params![ctx.org], |row| {
        let picks: Vec<crate::Pick> = row.json(2)?;
        let words = row.text(1)?;
        let unknown = words
            .split(',')
            .filter(|key| !key.is_empty())
            .any(|key| !picks.iter().any(|pick| pick.key == key));
        let field: FieldId = row.id(3)?;
        let object = row.text(0)?;
        Ok(unknown.then(|| format!("field {field}: {object} has what cannot be chosen")))
    })?;
    Ok(chosen.into_iter().flatten().next())
}
