//! Who changed a setting, for the part of `ui` that tells it.

use std::{collections::BTreeMap, fmt::Display};

use kernel::{Ctx, Fault, Locale, TimeZone, Timestamp, format};
use store::{Tx, journal};

/// Who changed the settings of one owner last, and when.
#[derive(Clone, Debug, Default)]
pub struct SettingChanges(BTreeMap<String, (String, Timestamp)>);

impl SettingChanges {
    /// Reads them from the journal: a command records a change by `Event::setting(owner, name)`.
    pub fn read(
        tx: &mut Tx,
        ctx: &Ctx,
        owner: impl Display,
        names: &[&str],
    ) -> Result<Self, Fault> {
        let found = journal::setting_changes(tx, ctx.org, &owner.to_string(), names)?;
        let last = found.into_iter();
        Ok(Self(
            last.map(|(name, entry)| (name, (entry.actor_name, entry.at)))
                .collect(),
        ))
    }

    /// Who changed one last, by a place's clock; nobody when it never was.
    pub fn of(&self, name: &str, locale: Locale, zone: &TimeZone) -> Option<ui::Changed> {
        let (by, at) = self.0.get(name)?;
        let local = at.to_zoned(zone.clone());
        let (date, time) = (format::date_year(locale, local.date()), local.time());
        Some(ui::Changed {
            by: match by.as_str() {
                "" => locale.t("web-somebody-program"),
                name => name.to_owned(),
            },
            at: format!("{date} {}", format::time(time)),
        })
    }
}
