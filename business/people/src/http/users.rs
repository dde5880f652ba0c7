//! Accounts: who may sign in, as what, where.

use super::{is_correctable, refused};
use crate::model::{HeldRole, OwnRole, Token, User, UserState};
use crate::pages::{self, Places, UserView};
use crate::{EDIT_ACCESS, NewUser, columns, commands, queries};
use kernel::ids::{RoleId, SiteGroupId, StaffId, UserId};
use kernel::{Fault, Role, SiteScope};
use store::Tx;
use web::axum::http::{HeaderMap, header};
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, SiteChoice, State};

/// How many tries to sign in the page of an account shows.
const TRIES_SHOWN: i64 = 12;

/// What somebody may give: built-in roles below their own, the business's own roles that can do
/// nothing they cannot, their sites, and the regions.
fn places(tx: &mut Tx, me: &Me) -> Result<Places, Fault> {
    let (ctx, locale) = (&me.ctx, me.look.locale);
    let built_in: &[Role] = match ctx.role {
        Role::Owner => &Role::USERS,
        _ => &[Role::Desk, Role::Staff, Role::Support, Role::ReadOnly],
    };
    let named = |role: &Role| (role.as_str().to_owned(), pages::role_name(locale, *role));
    let mut roles: Vec<(String, String)> = built_in.iter().map(named).collect();
    let within = |role: &OwnRole| {
        let senior = role.base == Role::Manager && ctx.role != Role::Owner;
        !senior && commands::held(ctx, &role.grants).is_ok()
    };
    for (role, _) in queries::roles(tx, ctx)? {
        if within(&role) {
            let name = role.name.get(locale).to_owned();
            roles.push((format!("own:{}", role.id), name));
        }
    }
    let site = |site: &SiteChoice| (site.id.to_string(), site.name.get(locale).to_owned());
    let groups = organisation::site_groups(tx, ctx)?;
    let groups = organisation::in_order(&groups).into_iter();
    let groups = groups.map(|(depth, group)| {
        let indent = "\u{2003}".repeat(depth);
        (
            group.id.to_string(),
            format!("{indent}{}", group.name(locale)),
        )
    });
    Ok(Places {
        roles,
        sites: me.sites.iter().map(site).collect(),
        groups: groups.collect(),
    })
}

async fn places_of(app: &App, me: &Me) -> Result<Places, Fault> {
    let me = me.clone();
    app.read(move |tx| places(tx, &me)).await
}

/// The accounts as a file; the page itself lists them under the staff.
pub async fn list(State(app): State<App>, me: Me, query: Query) -> Reply {
    let Some(format) = web::wanted(&query) else {
        return web::see_other("/staff");
    };
    let ctx = me.ctx.clone();
    let rows = web::at_once(move |tx| queries::users(tx, &ctx));
    web::export(&app, &me, format, columns::users(&me), rows).await
}

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
    new_page(&app, &me, &Fields::from_pairs(pairs), None).await
}

async fn new_page(app: &App, me: &Me, typed: &Fields, fault: Option<&Fault>) -> Reply {
    let locale = me.look.locale;
    let places = places_of(app, me).await?;
    let body = pages::new_user(locale, &places, typed, fault);
    refused(
        web::page(me, Page::new(locale.t("people-new-user")), body),
        fault,
    )
}

/// What somebody shall be and where, as typed.
struct TypedPlace {
    role: Role,
    own_role: Option<RoleId>,
    sites: SiteScope,
    groups: Vec<SiteGroupId>,
}

fn typed_place(form: &mut Form) -> TypedPlace {
    let typed = form.typed("role").to_owned();
    let own_role = typed.strip_prefix("own:").and_then(RoleId::parse);
    let role = match own_role {
        // What it began from is settled by the role itself.
        Some(_) => Role::ReadOnly,
        None => Role::parse(&form.choice("role", &Role::USERS.map(Role::as_str)))
            .unwrap_or(Role::ReadOnly),
    };
    let everywhere = form.flag("all_sites") || role == Role::Owner;
    let sites = match everywhere {
        true => SiteScope::All,
        false => SiteScope::Only(form.ids("sites")),
    };
    TypedPlace {
        role,
        own_role,
        sites,
        groups: form.ids("groups"),
    }
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
    let place = typed_place(&mut form);
    let new = NewUser {
        reading: form.text("reading", 0, 80),
        own_role: place.own_role,
        sites: place.sites,
        groups: place.groups,
        locale: me.look.locale,
        ..NewUser::new(
            &form.text("login", 2, 120),
            &form.text("name", 1, 80),
            place.role,
        )
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
        Err(fault) if is_correctable(&fault) => new_page(&app, &me, &form, Some(&fault)).await,
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
    let reader = me.clone();
    let (user, staff, places, ways) = app
        .read(move |tx| {
            let user = queries::user(tx, &ctx, id)?;
            let staff = match user.staff {
                Some(staff) => Some(queries::staff_member(tx, &ctx, staff)?),
                None => None,
            };
            let ways = (
                queries::factors_of(tx, &ctx, id)?,
                queries::sessions(tx, &ctx, id)?,
                queries::sign_ins(tx, &ctx, Some(id), false, TRIES_SHOWN)?,
                queries::pin_state(tx, &ctx, id)?,
            );
            Ok((user, staff, places(tx, &reader)?, ways))
        })
        .await?;
    let locale = me.look.locale;
    let view = UserView {
        user: &user,
        staff: staff.as_ref(),
        places: &places,
        factors: ways.0,
        sessions: &ways.1,
        tries: &ways.2,
        pin: ways.3,
        zone: &me.zone(),
        may_reset: me.ctx.may(EDIT_ACCESS),
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
    let place = typed_place(&mut form);
    let ctx = me.ctx.clone();
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| {
                let seen = User {
                    version,
                    ..queries::user(tx, &ctx, id)?
                };
                let own_role = match place.own_role {
                    Some(id) => Some(HeldRole::from(queries::role(tx, &ctx, id)?)),
                    None => None,
                };
                let wanted = User {
                    name,
                    reading,
                    role: place.role,
                    own_role,
                    sites: place.sites,
                    groups: place.groups,
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
