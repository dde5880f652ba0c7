//! The lists of staff, shifts and users as files.

use std::collections::BTreeMap;

use fields::Listed;
use kernel::{SiteScope, Timestamp, ids::StaffId};
use web::{Column, Export, Me};

use crate::{
    model::{Shift, Staff, User, UserState},
    pages::role_of,
};

/// The columns of the list of staff; an import reads them again.
pub(crate) fn staff(me: &Me, own: &Listed) -> Export<Staff> {
    let locale = me.look.locale;
    let slugs = me.sites.iter().map(|site| (site.id, site.slug.clone()));
    let slugs: BTreeMap<_, _> = slugs.collect();
    let sites = move |one: &Staff| {
        let known = one.sites.iter().filter_map(|site| slugs.get(site).cloned());
        known.collect::<Vec<_>>().join("; ")
    };
    let state = move |one: &Staff| match one.active {
        true => locale.t("people-active"),
        false => locale.t("people-inactive"),
    };
    let mut columns = vec![
        Column::new(locale.t("people-external-id"), |one: &Staff| {
            one.external_id.clone()
        }),
        Column::new(locale.t("people-name"), |one: &Staff| one.name.clone()),
        Column::new(locale.t("people-reading"), |one: &Staff| {
            one.reading.clone()
        }),
        Column::new(locale.t("people-sites"), sites),
        Column::new(locale.t("people-skills"), |one: &Staff| {
            one.skills.join("; ")
        }),
        Column::new(locale.t("people-state"), state),
    ];
    columns.extend(own.columns(locale, |one: &Staff| one.id.to_string()));
    Export {
        name: "staff",
        columns,
    }
}

/// The columns of the shifts at the chosen site.
pub(crate) fn shifts(me: &Me, names: BTreeMap<StaffId, String>) -> Export<Shift> {
    let (locale, zone) = (me.look.locale, me.zone());
    let site = me
        .site
        .as_ref()
        .map(|site| site.name.get(locale).to_owned());
    let local = move |at: Timestamp| at.to_zoned(zone.clone()).datetime();
    let until = local.clone();
    let columns = vec![
        Column::new(locale.t("people-name"), move |one: &Shift| {
            names.get(&one.staff).cloned()
        }),
        Column::new(locale.t("people-site"), move |_: &Shift| site.clone()),
        Column::new(locale.t("people-from"), move |one: &Shift| {
            local(one.span.start)
        }),
        Column::new(locale.t("people-until-time"), move |one: &Shift| {
            until(one.span.end)
        }),
        Column::new(locale.t("people-minutes"), |one: &Shift| one.span.minutes()),
    ];
    Export {
        name: "shifts",
        columns,
    }
}

/// The columns of those who may sign in.
pub(crate) fn users(me: &Me) -> Export<User> {
    let locale = me.look.locale;
    let names = me
        .sites
        .iter()
        .map(|site| (site.id, site.name.get(locale).to_owned()));
    let names: BTreeMap<_, _> = names.collect();
    let sites = move |one: &User| match &one.sites {
        SiteScope::All => locale.t("people-site-all"),
        SiteScope::Only(only) => {
            let known = only.iter().filter_map(|site| names.get(site).cloned());
            known.collect::<Vec<_>>().join("; ")
        }
    };
    let state = move |one: &User| match one.state {
        UserState::Active => locale.t("people-active"),
        UserState::Inactive => locale.t("people-inactive"),
    };
    let columns = vec![
        Column::new(locale.t("people-name"), |one: &User| one.name.clone()),
        Column::new(locale.t("people-login"), |one: &User| one.login.clone()),
        Column::new(locale.t("people-role"), move |one: &User| {
            role_of(locale, one)
        }),
        Column::new(locale.t("people-sites"), sites),
        Column::new(locale.t("people-state"), state),
    ];
    Export {
        name: "users",
        columns,
    }
}
