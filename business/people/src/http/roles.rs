//! Roles of the business's own.

use super::{is_correctable, refused};
use crate::columns::{self, RoleRow};
use crate::commands::{self, RoleFields};
use crate::model::{BASES, chosen_names};
use crate::pages::{self, RoleView};
use crate::{queries, scopes};
use kernel::ids::RoleId;
use kernel::{Bilingual, Fault, Role};
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, State};

pub async fn list(State(app): State<App>, me: Me, query: Query) -> Reply {
    let ctx = me.ctx.clone();
    if let Some(format) = web::wanted(&query) {
        let rows = web::at_once(move |tx| {
            let own = queries::roles(tx, &ctx)?.into_iter();
            let own = own.map(|(role, holders)| RoleRow::Own(role, holders));
            Ok(own.chain(RoleRow::built_in()).collect())
        });
        return web::export(&app, &me, format, columns::roles(&me), rows).await;
    }
    let own = app.read(move |tx| queries::roles(tx, &ctx)).await?;
    let locale = me.look.locale;
    let page = Page::new(locale.t("people-access"))
        .actions(pages::new_role_button(locale))
        .exports();
    web::page(&me, page, pages::roles_page(&me, &own))
}

/// A new role begins as a copy: of a built-in one, or of one of the business's own.
pub async fn new(State(app): State<App>, me: Me, query: Query) -> Reply {
    let wanted = query.typed("copy").to_owned();
    let (base, names) = match RoleId::parse(&wanted) {
        Some(id) => {
            let ctx = me.ctx.clone();
            let role = app.read(move |tx| queries::role(tx, &ctx, id)).await?;
            (role.base, chosen_names(&role.grants))
        }
        None => {
            let base = Role::parse(&wanted).unwrap_or(Role::Desk);
            let base = if BASES.contains(&base) {
                base
            } else {
                Role::Desk
            };
            (base, scopes::names_of(base))
        }
    };
    let mut pairs = vec![("base".to_owned(), base.as_str().to_owned())];
    pairs.extend(
        names
            .into_iter()
            .map(|name| ("permissions".to_owned(), name)),
    );
    form_page(&me, None, &Fields::from_pairs(pairs), None)
}

fn form_page(me: &Me, id: Option<RoleId>, typed: &Fields, fault: Option<&Fault>) -> Reply {
    let locale = me.look.locale;
    let view = RoleView {
        id,
        typed,
        fault,
        to_give: scopes::to_give(&me.ctx),
    };
    let title = match id {
        Some(_) => locale.t("people-role-edit"),
        None => locale.t("people-new-role"),
    };
    let body = pages::role_page(locale, &view);
    refused(web::page(me, Page::new(title), body), fault)
}

fn typed_fields(form: &mut Form) -> Result<RoleFields, Fault> {
    let bases = BASES.map(Role::as_str);
    let fields = RoleFields {
        name: Bilingual::new(form.text("name_zh", 0, 40), form.text("name_en", 0, 40)),
        base: Role::parse(&form.choice("base", &bases)).unwrap_or(Role::ReadOnly),
        permissions: form.list("permissions"),
    };
    form.done()?;
    Ok(fields)
}

pub async fn create(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let ctx = me.ctx.clone();
    let made = match typed_fields(&mut form) {
        Ok(fields) => {
            app.write(move |tx| commands::create_role(tx, &ctx, &fields))
                .await
        }
        Err(fault) => Err(fault),
    };
    match made {
        Ok(_) => web::done("/access/roles", &me.look.locale.t("people-role-made")),
        Err(fault) if is_correctable(&fault) => form_page(&me, None, &form, Some(&fault)),
        Err(fault) => Err(fault.into()),
    }
}

pub async fn show(State(app): State<App>, me: Me, Path(id): Path<RoleId>) -> Reply {
    let ctx = me.ctx.clone();
    let role = app.read(move |tx| queries::role(tx, &ctx, id)).await?;
    let mut pairs = vec![
        ("version".to_owned(), role.version.to_string()),
        ("name_zh".to_owned(), role.name.zh.clone()),
        ("name_en".to_owned(), role.name.en.clone()),
        ("base".to_owned(), role.base.as_str().to_owned()),
    ];
    let names = chosen_names(&role.grants).into_iter();
    pairs.extend(names.map(|name| ("permissions".to_owned(), name)));
    form_page(&me, Some(id), &Fields::from_pairs(pairs), None)
}

pub async fn edit(State(app): State<App>, me: Me, Path(id): Path<RoleId>, mut form: Form) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let ctx = me.ctx.clone();
    let saved = match typed_fields(&mut form) {
        Ok(fields) => {
            app.write(move |tx| commands::edit_role(tx, &ctx, id, version, &fields))
                .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => web::done("/access/roles", &me.look.locale.t("people-saved")),
        Err(fault) if is_correctable(&fault) => form_page(&me, Some(id), &form, Some(&fault)),
        Err(fault) => Err(fault.into()),
    }
}

pub async fn remove(State(app): State<App>, me: Me, Path(id): Path<RoleId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::remove_role(tx, &ctx, id))
        .await?;
    web::done("/access/roles", &me.look.locale.t("people-role-removed"))
}
