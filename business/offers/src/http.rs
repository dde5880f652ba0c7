//! Routes of services and goods.

use ::fields::{Given, Subject};
use kernel::{
    Bilingual, Channel, Ctx, Currency, Fault, FaultKind, Text,
    ids::{BlueprintId, ServiceId},
};
use maud::Markup;
use store::Tx;
use web::{
    App, Fields, Form, Guest, Me, Page, Path, Query, Reply, Routes, State as Of,
    axum::http::{HeaderMap, StatusCode},
};

use crate::{
    EDIT, VIEW, columns, commands,
    fields::{read, typed},
    model::{Family, Kind, Service, State},
    own::{self, HOLDER},
    pages::{self, FormView, ListView, Options},
    paths,
    photo::SHELF,
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
        .public_get("/at/{org}/services/{id}/photo", public_photo)
        .merge(files::routes(SHELF))
        .merge(::fields::routes(HOLDER))
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
    let typed = query.0.clone();
    let (services, skills, own) = app
        .read(move |tx| {
            let mut services = queries::services(tx, &ctx, &asked)?;
            queries::sort_by_name(&mut services, ctx.locale);
            let own = own::listed(tx, &ctx, &mut services, &typed)?;
            Ok((services, skill_options(tx, &ctx)?, own))
        })
        .await?;
    if let Some(format) = web::wanted(&query) {
        let list = columns::export(&me, &own);
        let all = web::at_once(move |_| Ok(services));
        return web::export(&app, &me, format, list, all).await;
    }
    let locale = me.ctx.locale;
    let view = ListView {
        locale,
        services: &services,
        own: &own,
        asked: &query,
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
    let mut page = Page::new(locale.t("offers-title")).exports();
    if me.ctx.may(EDIT) {
        let new = ui::link_button(locale.t("offers-new"), paths::NEW)
            .primary()
            .icon("plus");
        page = page.actions(ui::Render::render(&new));
    }
    web::page(&me, page, pages::list(&view))
}

async fn new(Of(app): Of<App>, me: Me) -> Reply {
    let options = options_of_new(&app, &me, (Fields::default(), None)).await?;
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
        shelf: None,
    };
    sheet.show(&me)
}

async fn show(Of(app): Of<App>, me: Me, Path(id): Path<ServiceId>) -> Reply {
    let (service, options, shelf) = load(&app, &me, id).await?;
    let fields = typed(&service);
    Sheet {
        saved: Some(service),
        fields,
        fault: None,
        options,
        shelf,
    }
    .show(&me)
}

/// What the form of a new service offers, with the inputs of the business's own fields.
async fn options_of_new(
    app: &App,
    me: &Me,
    (typed, fault): (Fields, Option<Fault>),
) -> Result<Options, Fault> {
    let me = me.clone();
    app.read(move |tx| {
        let typed = (&typed, fault.as_ref());
        let own = ::fields::new_inputs(tx, &me, Subject::Service, typed)?;
        let options = options(tx, &me.ctx, None)?;
        Ok(Options { own, ..options })
    })
    .await
}

async fn create(Of(app): Of<App>, me: Me, mut form: Form) -> Reply {
    let service = read(&mut form, Service::new(me.ctx.id(), Currency::CNY));
    match save_new(&app, &me, &form, service).await {
        Ok(saved) => done(&me, &saved, "offers-created"),
        Err(fault) => {
            let typed = (form.0.clone(), Some(fault.clone()));
            let options = options_of_new(&app, &me, typed).await?;
            Sheet {
                saved: None,
                fields: form.0,
                fault: Some(fault),
                options,
                shelf: None,
            }
            .show(&me)
        }
    }
}

async fn change(Of(app): Of<App>, me: Me, Path(id): Path<ServiceId>, mut form: Form) -> Reply {
    let (saved, options, shelf) = load(&app, &me, id).await?;
    let mut service = read(&mut form, saved.clone());
    service.version = form.int("version", 1, i64::MAX);
    match save(&app, &me, &form, service).await {
        Ok(saved) => done(&me, &saved, "offers-saved"),
        Err(fault) => Sheet {
            saved: Some(saved),
            fields: form.0,
            fault: Some(fault),
            options,
            shelf,
        }
        .show(&me),
    }
}

async fn save_new(app: &App, me: &Me, form: &Form, service: Service) -> Result<Service, Fault> {
    well_typed(form, &service)?;
    let (ctx, given) = (me.ctx.clone(), Given::of_form(form));
    app.write(move |tx| {
        let make = |tx: &mut Tx| commands::save_service(tx, &ctx, &service);
        let id = |saved: &Service| saved.id.to_string();
        ::fields::create(tx, &ctx, (Subject::Service, &given), make, id)
    })
    .await
}

async fn save(app: &App, me: &Me, form: &Form, service: Service) -> Result<Service, Fault> {
    well_typed(form, &service)?;
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::save_service(tx, &ctx, &service))
        .await
}

/// What the model finds is told together with what could not be read at all.
fn well_typed(form: &Form, service: &Service) -> Result<(), Fault> {
    let typed = form.done();
    let checked = match (&typed, service.code.is_empty()) {
        (Err(_), false) => service.check(),
        _ => Ok(()),
    };
    typed.map_err(|fault| both(fault, checked))
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

async fn public_photo(
    Of(app): Of<App>,
    guest: Guest,
    Path((_, id)): Path<(String, ServiceId)>,
    query: Query,
    headers: HeaderMap,
) -> Reply {
    let ctx = guest.ctx.clone();
    let shown = app
        .read(move |tx| {
            // Only what can be booked online has a face for everybody.
            let service = queries::service(tx, &ctx, id)?;
            if !(service.is_bookable() && service.is_offered_through(Channel::Online)) {
                return Ok(None);
            }
            files::cover(tx, ctx.org, SHELF.kind, &id.to_string())
        })
        .await?;
    let photo = shown.ok_or_else(|| Fault::missing("offers-photo-missing"))?;
    let size = files::Size::parse(query.typed("size")).unwrap_or(files::Size::Medium);
    files::send(&app, &guest.ctx, &headers, &photo, size).await
}

/// The form of one service, ready to be shown.
struct Sheet {
    saved: Option<Service>,
    fields: Fields,
    fault: Option<Fault>,
    options: Options,
    shelf: Option<Markup>,
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
            shelf: self.shelf.as_ref(),
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

async fn load(
    app: &App,
    me: &Me,
    id: ServiceId,
) -> Result<(Service, Options, Option<Markup>), Fault> {
    let me = me.clone();
    app.read(move |tx| {
        let service = queries::service(tx, &me.ctx, id)?;
        let options = options(tx, &me.ctx, Some(&service))?;
        let files = files::shown(tx, &me, SHELF, &id.to_string())?;
        let shelf = ::fields::shown_with(tx, &me, HOLDER, &id.to_string(), files)?;
        Ok((service, options, Some(shelf)))
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
        own: Markup::default(),
    })
}

fn skill_options(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<(String, String)>, Fault> {
    let skills = people::skills(tx, ctx)?;
    let option = |skill: people::Skill| (skill.code, skill.name.get(ctx.locale).to_owned());
    Ok(skills.into_iter().map(option).collect())
}
