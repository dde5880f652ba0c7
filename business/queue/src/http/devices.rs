//! Tablets and screens of a site: their links are made and stopped here.

use kernel::{Fault, Locale};
use web::axum::http::HeaderMap;
use web::{App, Form, Me, Page, Path, Reply, State};

use super::{code_drawing, public_base, spoken};
use crate::commands::{self, DeviceDraft};
use crate::pages::devices::{self, DevicesView, NewLink};
use crate::queries::{self, DeviceId, DeviceKind};

async fn view(app: &App, me: &Me) -> Result<DevicesView, Fault> {
    let (ctx, site) = (me.ctx.clone(), me.site()?.clone());
    let zone = site.zone.clone();
    let devices = app
        .read(move |tx| queries::devices(tx, &ctx, site.id))
        .await?;
    Ok(DevicesView {
        devices,
        zone,
        link: None,
        faults: Vec::new(),
        name: String::new(),
    })
}

fn page_of(me: &Me) -> Page {
    Page::new(me.look.locale.t("queue-devices-title")).still()
}

pub(super) async fn page(State(app): State<App>, me: Me) -> Reply {
    let view = view(&app, &me).await?;
    web::page(&me, page_of(&me), devices::page(me.look.locale, &view))
}

fn read(form: &mut Form, locale: Locale) -> DeviceDraft {
    let kind = form.choice("kind", &["kiosk", "wall"]);
    DeviceDraft {
        kind: DeviceKind::parse(&kind).unwrap_or(DeviceKind::Kiosk),
        name: form.text("name", 1, 60),
        locale: Locale::parse(form.typed("language")).unwrap_or(locale),
    }
}

pub(super) async fn make(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    mut form: Form,
) -> Reply {
    let locale = me.look.locale;
    let draft = read(&mut form, locale);
    let (ctx, site, kind) = (me.ctx.clone(), me.site()?.id, draft.kind);
    let made = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::make_device(tx, &ctx, site, &draft))
                .await
        }
        Err(fault) => Err(fault),
    };
    let mut view = view(&app, &me).await?;
    match made {
        Ok((id, token)) => {
            let base = public_base(&app, &headers, &me.organisation.slug);
            let address = format!("{base}/{}/{}", kind.as_str(), token.text());
            view.link = Some(NewLink {
                id,
                code: code_drawing(&address)?,
                address,
            });
            web::page(&me, page_of(&me), devices::page(locale, &view))
        }
        Err(fault) if fault.kind == kernel::FaultKind::Invalid => {
            view.faults = spoken(&fault, locale);
            form.typed("name").clone_into(&mut view.name);
            web::unprocessable(&me, page_of(&me), devices::page(locale, &view))
        }
        Err(fault) => Err(fault.into()),
    }
}

pub(super) async fn revoke(State(app): State<App>, me: Me, Path(id): Path<DeviceId>) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    app.write(move |tx| commands::revoke_device(tx, &ctx, site, id))
        .await?;
    web::done("/queue/devices", &me.look.locale.t("queue-device-stopped"))
}
