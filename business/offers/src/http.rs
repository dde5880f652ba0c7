//! Routes of services and goods.

use kernel::{
    Bilingual, Ctx, Currency, Fault, FaultKind, Text,
    ids::{BlueprintId, ServiceId},
};
use store::Tx;
use web::{
    App, Fields, Form, Guest, Me, Page, Path, Query, Reply, Routes, State as Of,
    axum::http::{HeaderValue, StatusCode, header},
};

use crate::{
    EDIT, VIEW, commands,
    fields::{read, typed},
    model::{Family, Kind, Service, State},
    pages::{self, FormView, ListView, Options},
    paths,
    photo::Photo,
    queries::{self, Filter},
};

/// Every route.
pub fn routes() -> Routes {
    Routes::new()
        .get("/services", VIEW, list)
        .post("/services", EDIT, create)
        .get("/services/new", EDIT, new)
        .get("/services/{id}", VIEW, show)
        .post("/services/{id}", EDIT, change)
        .post("/services/{id}/state", EDIT, set_state)
        .get("/services/{id}/photo", VIEW, photo)
        .post("/services/{id}/photo", EDIT, upload)
        .post("/services/{id}/photo-removal", EDIT, remove_photo)
        .public_get("/at/{org}/services/{id}/photo", public_photo)
}

async fn list(Of(app): Of<App>, me: Me, mut query: Query) -> Reply {
    let here = query.flag("here");
    let filter = Filter {
        site: me.site.as_ref().map(|site| site.id).filter(|_| here),
        family: Family::parse(query.typed("family")),
        kind: Kind::parse(query.typed("kind")),
        blueprint: BlueprintId::parse(query.typed("blueprint")),
        text: query.optional_text("q", 80).unwrap_or_default(),
        archived: query.flag("archived"),
        ..Filter::default()
    };
    let (ctx, asked) = (me.ctx.clone(), filter.clone());
    let (services, skills) = app
        .read(move |tx| {
            let mut services = queries::services(tx, &ctx, &asked)?;
            queries::sort_by_name(&mut services, ctx.locale);
            Ok((services, skill_options(tx, &ctx)?))
        })
        .await?;
    let locale = me.ctx.locale;
    let view = ListView {
        locale,
        services: &services,
        family: filter.family,
        kind: filter.kind,
        text: &filter.text,
        archived: filter.archived,
        site: me.site.as_ref().map(|site| site.name.get(locale)),
        here,
        blueprint: filter.blueprint.map(|id| id.to_string()),
        can_edit: me.ctx.may(EDIT),
        skills: &skills,
    };
    let mut page = Page::new(locale.t("offers-title"));
    if me.ctx.may(EDIT) {
        let new = ui::link_button(locale.t("offers-new"), paths::NEW)
            .primary()
            .icon("plus");
        page = page.actions(ui::Render::render(&new));
    }
    web::page(&me, page, pages::list(&view))
}

async fn new(Of(app): Of<App>, me: Me) -> Reply {
    let ctx = me.ctx.clone();
    let options = app.read(move |tx| options(tx, &ctx, None)).await?;
    let currency = options
        .currencies
        .first()
        .and_then(|code| Currency::parse(code));
    let service = Service::new(me.ctx.id(), currency.unwrap_or(Currency::CNY));
    let sheet = Sheet {
        saved: None,
        fields: typed(&service),
        fault: None,
        options,
    };
    sheet.show(&me)
}

async fn show(Of(app): Of<App>, me: Me, Path(id): Path<ServiceId>) -> Reply {
    let (service, options) = load(&app, &me, id).await?;
    let fields = typed(&service);
    Sheet {
        saved: Some(service),
        fields,
        fault: None,
        options,
    }
    .show(&me)
}

async fn create(Of(app): Of<App>, me: Me, mut form: Form) -> Reply {
    let service = read(&mut form, Service::new(me.ctx.id(), Currency::CNY));
    match save(&app, &me, &form, service).await {
        Ok(saved) => done(&me, &saved, "offers-created"),
        Err(fault) => {
            let ctx = me.ctx.clone();
            let options = app.read(move |tx| options(tx, &ctx, None)).await?;
            Sheet {
                saved: None,
                fields: form.0,
                fault: Some(fault),
                options,
            }
            .show(&me)
        }
    }
}

async fn change(Of(app): Of<App>, me: Me, Path(id): Path<ServiceId>, mut form: Form) -> Reply {
    let (saved, options) = load(&app, &me, id).await?;
    let mut service = read(&mut form, saved.clone());
    service.version = form.int("version", 1, i64::MAX);
    match save(&app, &me, &form, service).await {
        Ok(saved) => done(&me, &saved, "offers-saved"),
        Err(fault) => Sheet {
            saved: Some(saved),
            fields: form.0,
            fault: Some(fault),
            options,
        }
        .show(&me),
    }
}

async fn save(app: &App, me: &Me, form: &Form, service: Service) -> Result<Service, Fault> {
    let typed = form.done();
    let checked = match (&typed, service.code.is_empty()) {
        // What the model finds is told together with what could not be read at all.
        (Err(_), false) => service.check(),
        _ => Ok(()),
    };
    typed.map_err(|fault| both(fault, checked))?;
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::save_service(tx, &ctx, &service))
        .await
}

/// The faults of the form, then those of the model about other fields.
fn both(mut fault: Fault, checked: Result<(), Fault>) -> Fault {
    let more = checked.err().map_or(Vec::new(), |fault| fault.fields);
    for field in more {
        if !fault.fields.iter().any(|known| known.field == field.field) {
            fault.fields.push(field);
        }
    }
    Fault::fields(fault.fields)
}

fn done(me: &Me, service: &Service, key: &'static str) -> Reply {
    let name = service.name.get(me.ctx.locale);
    let words = me.ctx.locale.tx(key, &[("name", name.into())]);
    web::done(&paths::service(service.id), &words)
}

async fn set_state(Of(app): Of<App>, me: Me, Path(id): Path<ServiceId>, mut form: Form) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let state = State::parse(&form.choice("state", &["active", "archived"]));
    form.done()?;
    let state = state.ok_or_else(|| Fault::invalid("state", Text::key("web-not-choice")))?;
    let ctx = me.ctx.clone();
    let service = app
        .write(move |tx| {
            commands::set_state(tx, &ctx, id, version, state)?;
            queries::service(tx, &ctx, id)
        })
        .await?;
    let key = match state {
        State::Active => "offers-restored",
        State::Archived => "offers-archived-done",
    };
    done(&me, &service, key)
}

async fn photo(Of(app): Of<App>, me: Me, Path(id): Path<ServiceId>) -> Reply {
    serve_photo(&app, me.ctx.clone(), id).await
}

async fn public_photo(
    Of(app): Of<App>,
    guest: Guest,
    Path((_, id)): Path<(String, ServiceId)>,
) -> Reply {
    serve_photo(&app, guest.ctx.clone(), id).await
}

async fn serve_photo(app: &App, ctx: Ctx, id: ServiceId) -> Reply {
    let photo = app.read(move |tx| queries::photo(tx, &ctx, id)).await?;
    let tag = photo.fingerprint();
    let mut response = web::bytes(photo.media_type, photo.bytes, Some(&tag))?;
    let nosniff = HeaderValue::from_static("nosniff");
    response
        .headers_mut()
        .insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    Ok(response)
}

async fn upload(Of(app): Of<App>, me: Me, Path(id): Path<ServiceId>, mut form: Form) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let file = form.files("photo").next().map(|file| file.bytes.to_vec());
    let photo = match file {
        Some(bytes) => Photo::new(bytes),
        None => Err(Fault::invalid("photo", Text::key("offers-photo-needed"))),
    };
    let kept = match (photo, form.done()) {
        (Ok(photo), Ok(())) => keep_photo(&app, &me, id, version, Some(photo)).await,
        (Err(fault), _) | (_, Err(fault)) => Err(fault),
    };
    let (service, options) = load(&app, &me, id).await?;
    match kept {
        Ok(()) => done(&me, &service, "offers-photo-saved"),
        Err(fault) => {
            let fields = typed(&service);
            Sheet {
                saved: Some(service),
                fields,
                fault: Some(fault),
                options,
            }
            .show(&me)
        }
    }
}

async fn remove_photo(
    Of(app): Of<App>,
    me: Me,
    Path(id): Path<ServiceId>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    form.done()?;
    keep_photo(&app, &me, id, version, None).await?;
    let (service, _) = load(&app, &me, id).await?;
    done(&me, &service, "offers-photo-removed")
}

async fn keep_photo(
    app: &App,
    me: &Me,
    id: ServiceId,
    version: i64,
    photo: Option<Photo>,
) -> Result<(), Fault> {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::set_photo(tx, &ctx, id, version, photo.as_ref()))
        .await
}

/// The form of one service, ready to be shown.
struct Sheet {
    saved: Option<Service>,
    fields: Fields,
    fault: Option<Fault>,
    options: Options,
}

impl Sheet {
    fn show(&self, me: &Me) -> Reply {
        let locale = me.ctx.locale;
        let view = FormView {
            locale,
            saved: self.saved.as_ref(),
            fields: &self.fields,
            fault: self.fault.as_ref(),
            options: &self.options,
            can_edit: me.ctx.may(EDIT),
        };
        let page = match &self.saved {
            Some(service) => {
                Page::new(service.name.get(locale)).subtitle(service.state.label(locale))
            }
            None => Page::new(locale.t("offers-new")),
        };
        let mut response = web::page(me, page.still(), pages::form(&view))?;
        if let Some(fault) = &self.fault {
            *response.status_mut() = match fault.kind {
                FaultKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
                FaultKind::Conflict => StatusCode::CONFLICT,
                _ => return Err(fault.clone().into()),
            };
        }
        Ok(response)
    }
}

async fn load(app: &App, me: &Me, id: ServiceId) -> Result<(Service, Options), Fault> {
    let ctx = me.ctx.clone();
    app.read(move |tx| {
        let service = queries::service(tx, &ctx, id)?;
        let options = options(tx, &ctx, Some(&service))?;
        Ok((service, options))
    })
    .await
}

fn options(tx: &mut Tx, ctx: &Ctx, service: Option<&Service>) -> Result<Options, Fault> {
    let locale = ctx.locale;
    let sites = organisation::sites(tx, ctx)?;
    let mut currencies: Vec<String> = Vec::new();
    let own = service.map(|service| service.price.currency);
    for currency in own
        .into_iter()
        .chain(sites.iter().map(|site| site.currency))
    {
        if !currencies.iter().any(|code| code == currency.code()) {
            currencies.push(currency.code().to_owned());
        }
    }
    if currencies.is_empty() {
        currencies.push(Currency::CNY.code().to_owned());
    }
    let others = queries::services(tx, ctx, &Filter::default())?;
    let name = |name: &Bilingual| name.get(locale).to_owned();
    let blueprints = blueprints::blueprints(tx, ctx, false)?;
    Ok(Options {
        sites: sites
            .iter()
            .map(|site| (site.id.to_string(), name(&site.name)))
            .collect(),
        skills: skill_options(tx, ctx)?,
        blueprints: blueprints
            .iter()
            .map(|b| (b.id.to_string(), name(&b.name)))
            .collect(),
        add_ons: others
            .iter()
            .filter(|other| service.is_none_or(|service| service.id != other.id))
            .map(|other| (other.id.to_string(), name(&other.name)))
            .collect(),
        currencies,
    })
}

fn skill_options(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<(String, String)>, Fault> {
    let skills = people::skills(tx, ctx)?;
    let option = |skill: people::Skill| (skill.code, skill.name.get(ctx.locale).to_owned());
    Ok(skills.into_iter().map(option).collect())
}
