//! Accounts: who may sign in, as what, where.

use super::{is_correctable, refused};
use crate::model::{Token, User, UserState};
use crate::pages::{self, UserView};
use crate::{NewUser, commands, queries};
use kernel::ids::{StaffId, UserId};
use kernel::{Fault, Role, SiteScope};
use web::axum::http::{HeaderMap, header};
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, State};

/// The roles that somebody of a role may give.
fn roles_below(role: Role) -> &'static [Role] {
    match role {
        Role::Owner => &Role::USERS,
        _ => &[Role::Desk, Role::Staff, Role::Support, Role::ReadOnly],
    }
}

const ROLE_WORDS: [&str; 6] = ["owner", "manager", "desk", "staff", "support", "read_only"];

pub async fn new(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let staff: Option<StaffId> = query.optional_id("staff");
    let mut pairs = vec![("role".to_owned(), "staff".to_owned())];
    if let Some(staff) = staff {
        let ctx = me.ctx.clone();
        let staff = app
            .read(move |tx| queries::staff_member(tx, &ctx, staff))
            .await?;
        pairs.push(("staff".to_owned(), staff.id.to_string()));
        pairs.push(("name".to_owned(), staff.name));
        pairs.push(("reading".to_owned(), staff.reading));
        let sites = staff
            .sites
            .iter()
            .map(|site| ("sites".to_owned(), site.to_string()));
        pairs.extend(sites);
    }
    new_page(&me, &Fields::from_pairs(pairs), None)
}

fn new_page(me: &Me, typed: &Fields, fault: Option<&Fault>) -> Reply {
    let locale = me.look.locale;
    let body = pages::new_user(locale, &me.sites, roles_below(me.ctx.role), typed, fault);
    refused(
        web::page(me, Page::new(locale.t("people-new-user")), body),
        fault,
    )
}

fn typed_role(form: &mut Form) -> (Role, SiteScope) {
    let role = Role::parse(&form.choice("role", &ROLE_WORDS)).unwrap_or(Role::ReadOnly);
    let everywhere = form.flag("all_sites") || role == Role::Owner;
    let sites = match everywhere {
        true => SiteScope::All,
        false => SiteScope::Only(form.ids("sites")),
    };
    (role, sites)
}

/// The whole address of a link, on the host that this page was opened on.
fn address_of(app: &App, headers: &HeaderMap, link: &Token) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    let path = format!("/set-password/{}", link.text());
    let scheme = if app.config.secure { "https" } else { "http" };
    host.map_or_else(|| path.clone(), |host| format!("{scheme}://{host}{path}"))
}

pub async fn create(State(app): State<App>, me: Me, headers: HeaderMap, mut form: Form) -> Reply {
    let staff: Option<StaffId> = form.optional_id("staff");
    let (role, sites) = typed_role(&mut form);
    let new = NewUser {
        login: form.text("login", 2, 120),
        name: form.text("name", 1, 80),
        reading: form.text("reading", 0, 80),
        role,
        sites,
        locale: me.look.locale,
        password_hash: None,
    };
    let ctx = me.ctx.clone();
    let made = match form.done() {
        Ok(()) => {
            app.write(move |tx| {
                let user = commands::create_user(tx, &ctx, new)?;
                if let Some(staff) = staff {
                    commands::set_staff_user(tx, &ctx, staff, Some(user.id))?;
                }
                let link = commands::create_password_link(tx, &ctx, user.id)?;
                Ok((user.id, link))
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match made {
        Ok((id, link)) => {
            let link = address_of(&app, &headers, &link);
            show_page(&app, &me, id, Some(&link), None).await
        }
        Err(fault) if is_correctable(&fault) => new_page(&me, &form, Some(&fault)),
        Err(fault) => Err(fault.into()),
    }
}

pub async fn show(State(app): State<App>, me: Me, Path(id): Path<UserId>) -> Reply {
    show_page(&app, &me, id, None, None).await
}

async fn show_page(
    app: &App,
    me: &Me,
    id: UserId,
    link: Option<&str>,
    wrong: Option<(&Fields, &Fault)>,
) -> Reply {
    let ctx = me.ctx.clone();
    let (user, staff) = app
        .read(move |tx| {
            let user = queries::user(tx, &ctx, id)?;
            let staff = match user.staff {
                Some(staff) => Some(queries::staff_member(tx, &ctx, staff)?),
                None => None,
            };
            Ok((user, staff))
        })
        .await?;
    let locale = me.look.locale;
    let view = UserView {
        user: &user,
        staff: staff.as_ref(),
        sites: &me.sites,
        roles: roles_below(me.ctx.role),
        link,
        refused: wrong,
    };
    let page = Page::new(user.shown(locale)).subtitle(locale.t("people-account"));
    let body = pages::user_page(locale, &view);
    refused(web::page(me, page, body), wrong.map(|(_, fault)| fault))
}

pub async fn edit(State(app): State<App>, me: Me, Path(id): Path<UserId>, mut form: Form) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let (name, reading) = (form.text("name", 1, 80), form.text("reading", 0, 80));
    let (role, sites) = typed_role(&mut form);
    let ctx = me.ctx.clone();
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| {
                let seen = User {
                    version,
                    ..queries::user(tx, &ctx, id)?
                };
                let wanted = User {
                    name,
                    reading,
                    role,
                    sites,
                    ..seen.clone()
                };
                commands::edit_user(tx, &ctx, &seen, &wanted)
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => web::done(&format!("/users/{id}"), &me.look.locale.t("people-saved")),
        Err(fault) if is_correctable(&fault) => {
            show_page(&app, &me, id, None, Some((&form, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

pub async fn make_link(
    State(app): State<App>,
    me: Me,
    Path(id): Path<UserId>,
    headers: HeaderMap,
) -> Reply {
    let ctx = me.ctx.clone();
    let link = app
        .write(move |tx| commands::create_password_link(tx, &ctx, id))
        .await?;
    let link = address_of(&app, &headers, &link);
    show_page(&app, &me, id, Some(&link), None).await
}

pub async fn deactivate(State(app): State<App>, me: Me, Path(id): Path<UserId>) -> Reply {
    set_state(&app, &me, id, UserState::Inactive, "people-kept-out").await
}

pub async fn reactivate(State(app): State<App>, me: Me, Path(id): Path<UserId>) -> Reply {
    set_state(&app, &me, id, UserState::Active, "people-let-in-done").await
}

async fn set_state(app: &App, me: &Me, id: UserId, state: UserState, key: &'static str) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::set_user_state(tx, &ctx, id, state))
        .await?;
    web::done(&format!("/users/{id}"), &me.look.locale.t(key))
}
