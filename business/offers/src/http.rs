//! Routes of services and goods.

use kernel::{
    Bilingual, Channel, Ctx, Currency, Fault, FaultKind, Money, Text,
    ids::{BlueprintId, ServiceId},
};
use store::Tx;
use web::{
    App, Fields, Form, Guest, Me, Page, Path, Query, Reply, Routes, State as Of,
    axum::http::{HeaderValue, StatusCode, header},
};

use crate::{
    EDIT, VIEW, commands,
    model::{CHANNELS, Family, Kind, Service, State, Targets},
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
    let filter = Filter {
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

/// What stands in the fields of a saved service.
fn typed(service: &Service) -> Fields {
    let number = |minutes: Option<i64>| minutes.map_or(String::new(), |n| n.to_string());
    let blueprint = service.blueprint.map_or(String::new(), |id| id.to_string());
    let external_id = service.external_id.clone().unwrap_or_default();
    let mut values: Vec<(&str, String)> = vec![
        ("code", service.code.clone()),
        ("kind", service.kind.as_str().to_owned()),
        ("family", service.family.as_str().to_owned()),
        ("name_zh", service.name.zh.clone()),
        ("name_en", service.name.en.clone()),
        ("text_zh", service.text.zh.clone()),
        ("text_en", service.text.en.clone()),
        ("minutes", service.minutes.to_string()),
        ("buffer_before", service.buffer_before_minutes.to_string()),
        ("buffer_after", service.buffer_after_minutes.to_string()),
        ("price", kernel::format::money_input(&service.price)),
        ("currency", service.price.currency.code().to_owned()),
        ("tax", percent(service.tax_permille)),
        ("blueprint", blueprint),
        ("external_id", external_id),
        ("wait_target", number(service.targets.wait_minutes)),
        ("response_target", number(service.targets.response_minutes)),
        (
            "completion_target",
            number(service.targets.completion_minutes),
        ),
    ];
    values.extend(service.sites.iter().map(|site| ("sites", site.to_string())));
    values.extend(
        service
            .channels
            .iter()
            .map(|c| ("channels", c.as_str().to_owned())),
    );
    values.extend(service.skills.iter().map(|code| ("skills", code.clone())));
    values.extend(
        service
            .resources
            .iter()
            .map(|kind| ("resources", kind.clone())),
    );
    values.extend(service.add_ons.iter().map(|id| ("add_ons", id.to_string())));
    let values = values
        .into_iter()
        .map(|(field, value)| (field.to_owned(), value));
    Fields::from_pairs(values.collect())
}

/// A rate in permille as percent: 60 is `6`, 65 is `6.5`.
fn percent(permille: i64) -> String {
    match permille % 10 {
        0 => (permille / 10).to_string(),
        tenth => format!("{}.{tenth}", permille / 10),
    }
}

/// Reads `6` or `6.5` percent as permille.
fn permille(typed: &str) -> Option<i64> {
    let (whole, tenth) = typed.trim().split_once('.').unwrap_or((typed.trim(), "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(tenth) || tenth.len() > 1 || whole.len() > 3 {
        return None;
    }
    format!("{whole}{tenth}")
        .parse()
        .ok()
        .filter(|permille| *permille <= 1000)
}

/// What was typed, on top of the service as it was.
fn read(form: &mut Form, base: Service) -> Service {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let families: Vec<&str> = Family::ALL.iter().map(|family| family.as_str()).collect();
    let currency = form.text("currency", 3, 3);
    let currency = Currency::parse(&currency).unwrap_or_else(|| {
        form.wrong("currency", Text::key("web-not-choice"));
        base.price.currency
    });
    Service {
        code: form.optional_text("code", 24).unwrap_or_default(),
        kind: Kind::parse(&form.choice("kind", &kinds)).unwrap_or(base.kind),
        family: Family::parse(&form.choice("family", &families)).unwrap_or(base.family),
        name: bilingual(form, "name_zh", "name_en", 80),
        text: bilingual(form, "text_zh", "text_en", 1000),
        minutes: form.int("minutes", 0, 1440),
        buffer_before_minutes: form.optional_int("buffer_before", 0, 240).unwrap_or(0),
        buffer_after_minutes: form.optional_int("buffer_after", 0, 240).unwrap_or(0),
        price: read_price(form, currency),
        tax_permille: read_tax(form),
        blueprint: form.optional_id("blueprint"),
        targets: Targets {
            wait_minutes: form.optional_int("wait_target", 1, 43_200),
            response_minutes: form.optional_int("response_target", 1, 43_200),
            completion_minutes: form.optional_int("completion_target", 1, 43_200),
        },
        external_id: form.optional_text("external_id", 80),
        sites: form.ids("sites"),
        channels: read_channels(form),
        skills: form.list("skills"),
        resources: form.list("resources"),
        add_ons: form.ids("add_ons"),
        ..base
    }
}

fn bilingual(form: &mut Form, zh: &str, en: &str, max: usize) -> Bilingual {
    let zh = form.optional_text(zh, max).unwrap_or_default();
    Bilingual::new(zh, form.optional_text(en, max).unwrap_or_default())
}

fn read_price(form: &mut Form, currency: Currency) -> Money {
    form.money("price", currency)
}

fn read_tax(form: &mut Form) -> i64 {
    let typed = form.typed("tax").to_owned();
    permille(&typed).unwrap_or_else(|| {
        form.wrong("tax", Text::key("offers-tax-wrong"));
        0
    })
}

fn read_channels(form: &mut Form) -> Vec<Channel> {
    let typed = form.list("channels");
    CHANNELS
        .into_iter()
        .filter(|channel| typed.iter().any(|name| name == channel.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tax_rate_is_read_to_the_tenth_of_a_percent() {
        for (typed, expected) in [("6", Some(60)), ("6.5", Some(65)), ("100", Some(1000))] {
            assert_eq!(permille(typed), expected);
        }
        for wrong in ["", "-1", "100.1", "6.55", "six", "6.", ".5"] {
            assert_eq!(permille(wrong), None, "{wrong}");
        }
        assert_eq!(percent(65), "6.5");
        assert_eq!(percent(60), "6");
    }
}
