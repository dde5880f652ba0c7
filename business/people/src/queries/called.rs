//! What users are called by a reader.

use kernel::ids::UserId;
use kernel::{Ctx, Fault, Locale, format};
use store::{Row, Tx, params};

const READINGS: &str = "
    select u.id, u.name, case when u.reading = '' then s.reading else u.reading end
    from users u left join staff s on s.org = u.org and s.user_id = u.id
    where u.org = $1 and (u.reading <> '' or s.reading <> '') order by u.id limit 2000";

/// The users whose names a reader reads otherwise than they were written down.
#[derive(Clone, Debug, Default)]
pub struct Called(Vec<(UserId, String, String)>);

impl Called {
    /// A user, whose name at the time is known.
    pub fn user<'a>(&'a self, id: UserId, name: &'a str) -> &'a str {
        let found = self.0.iter().find(|(known, _, _)| *known == id);
        found.map_or(name, |(_, _, reading)| reading)
    }

    /// Somebody of whom the name alone was kept.
    pub fn name<'a>(&'a self, name: &'a str) -> &'a str {
        let found = self.0.iter().find(|(_, known, _)| known == name);
        found.map_or(name, |(_, _, reading)| reading)
    }
}

/// What users are called in the reader's language: a colleague's name is no secret among
/// colleagues.
pub fn called(tx: &mut Tx, ctx: &Ctx) -> Result<Called, Fault> {
    match ctx.locale {
        Locale::ZhCn => Ok(Called::default()),
        Locale::En => {
            let row = |row: &Row| {
                let (name, reading) = (row.text(1)?, row.text(2)?);
                let shown = format::name(Locale::En, &name, &reading).to_owned();
                Ok((row.id(0)?, name, shown))
            };
            Ok(Called(tx.all(READINGS, params![ctx.org], row)?))
        }
    }
}
