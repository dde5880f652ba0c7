//! The lists of staff, shifts, users, roles and tries to sign in as files.

use std::collections::BTreeMap;

use fields::Listed;
use kernel::{Role, SiteScope, Timestamp, format, ids::StaffId};
use web::{Column, Export, Me};

use crate::{
    model::{OwnRole, Request, Shift, SignIn, Staff, User, UserState, chosen_names},
    pages::{
        browser_name, outcome_name, request_sentence, request_state, role_name, role_of, way_name,
    },
    scopes,
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

/// A role of the list: one of the business's own with its holders, or a built-in one.
pub(crate) enum RoleRow {
    Own(OwnRole, i64),
    BuiltIn(Role),
}

impl RoleRow {
    /// The built-in roles that the list shows under the business's own.
    pub(crate) fn built_in() -> impl Iterator<Item = Self> {
        Role::USERS.into_iter().map(Self::BuiltIn)
    }

    fn permissions(&self) -> Vec<String> {
        match self {
            Self::Own(role, _) => chosen_names(&role.grants),
            Self::BuiltIn(role) => scopes::names_of(*role),
        }
    }
}

/// The columns of the roles; permissions by the names that tokens use, too.
pub(crate) fn roles(me: &Me) -> Export<RoleRow> {
    let locale = me.look.locale;
    let name = move |one: &RoleRow| match one {
        RoleRow::Own(role, _) => role.name.get(locale).to_owned(),
        RoleRow::BuiltIn(role) => role_name(locale, *role),
    };
    let base = move |one: &RoleRow| match one {
        RoleRow::Own(role, _) => Some(role_name(locale, role.base)),
        RoleRow::BuiltIn(_) => None,
    };
    let holders = |one: &RoleRow| match one {
        RoleRow::Own(_, holders) => Some(*holders),
        RoleRow::BuiltIn(_) => None,
    };
    let columns = vec![
        Column::new(locale.t("people-role"), name),
        Column::new(locale.t("people-role-base"), base),
        Column::new(locale.t("people-role-may"), |one: &RoleRow| {
            one.permissions().join("; ")
        }),
        Column::new(locale.t("people-role-holders"), holders),
    ];
    Export {
        name: "roles",
        columns,
    }
}

/// The columns of everybody's tries to sign in.
pub(crate) fn sign_ins(me: &Me) -> Export<SignIn> {
    let (locale, zone) = (me.look.locale, me.zone());
    let at = move |one: &SignIn| one.at.to_zoned(zone.clone()).datetime();
    let columns = vec![
        Column::new(locale.t("people-when"), at),
        Column::new(locale.t("people-account"), move |one: &SignIn| {
            format::name(locale, &one.name, &one.reading).to_owned()
        }),
        Column::new(locale.t("people-outcome"), move |one: &SignIn| {
            outcome_name(locale, one.outcome)
        }),
        Column::new(locale.t("people-way-head"), move |one: &SignIn| {
            way_name(locale, one.way)
        }),
        Column::new(locale.t("people-browser"), |one: &SignIn| {
            browser_name(&one.agent).map(str::to_owned)
        }),
        Column::new(locale.t("people-address"), |one: &SignIn| {
            one.address.clone()
        }),
    ];
    Export {
        name: "sign-ins",
        columns,
    }
}

/// The columns of what staff ask for.
pub(crate) fn requests(me: &Me, people: Vec<Staff>) -> Export<Request> {
    let (locale, zone) = (me.look.locale, me.zone());
    let clock = zone.clone();
    let asked = move |one: &Request| one.asked_at.to_zoned(clock.clone()).datetime();
    let what = move |one: &Request| request_sentence(locale, &people, one, &zone);
    let columns = vec![
        Column::new(locale.t("people-requests"), what),
        Column::new(locale.t("people-reason"), |one: &Request| {
            one.reason.clone()
        }),
        Column::new(locale.t("people-asked-at"), asked),
        Column::new(locale.t("people-state"), move |one: &Request| {
            request_state(locale, one.state)
        }),
        Column::new(locale.t("people-decided-by"), |one: &Request| {
            one.decided_by.clone()
        }),
        Column::new(locale.t("people-request-word"), |one: &Request| {
            one.word.clone()
        }),
    ];
    Export {
        name: "requests",
        columns,
    }
}
