//! Which shop, and what it offers.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Ctx, Fault, Locale, Timestamp, format};
use organisation::Site;
use store::Tx;
use web::{App, Guest, Path, Query, Reply, State, see_other};

use super::Around;
use crate::{
    pages::{self, Photo, ServiceCard, ServicesView, SiteCard},
    queries,
};

/// When a site is open: the time alone today, with the weekday otherwise.
fn hours(locale: Locale, site: &Site, now: Timestamp, open: Option<(bool, Timestamp)>) -> String {
    let Some((is_open, change)) = open else {
        return String::new();
    };
    let time = moment(locale, site, now, change);
    if is_open {
        locale.tx("booking-open-until", &[("time", time.into())])
    } else {
        locale.tx("booking-opens-at", &[("time", time.into())])
    }
}

fn moment(locale: Locale, site: &Site, now: Timestamp, instant: Timestamp) -> String {
    let local = instant.to_zoned(site.zone.clone());
    let time = format::time(local.time());
    if local.date() == site.date_of(now) {
        time
    } else {
        format!("{} {time}", format::weekday(locale, local.date().weekday()))
    }
}

fn cards(tx: &mut Tx, ctx: &Ctx, org: &str) -> Result<Vec<SiteCard>, Fault> {
    let mut cards = Vec::new();
    for site in queries::sites(tx, ctx)? {
        let open = queries::open_now(tx, ctx, &site)?;
        cards.push(SiteCard {
            hours: hours(ctx.locale, &site, ctx.now, open),
            path: format!("/at/{org}/{}", site.slug),
            name: site.name,
            kind: site.kind,
            address: site.address,
        });
    }
    Ok(cards)
}

/// The shops of a business; a business of one shop has no such page.
pub(super) async fn sites(State(app): State<App>, guest: Guest) -> Reply {
    let (ctx, org) = (guest.ctx.clone(), guest.organisation.slug.clone());
    let cards = app.read(move |tx| cards(tx, &ctx, &org)).await?;
    if let [only] = cards.as_slice() {
        return see_other(&only.path);
    }
    let locale = guest.look.locale;
    let around = Around::new(locale.t("booking-title"));
    around.page(&guest, &pages::sites(locale, &cards))
}

struct Shown {
    site: Site,
    services: Vec<offers::Service>,
    photos: Arc<BTreeMap<String, files::File>>,
    open: Option<(bool, Timestamp)>,
    next_free: Option<Timestamp>,
}

fn shown(tx: &mut Tx, ctx: &Ctx, slug: &str) -> Result<Shown, Fault> {
    let site = queries::site(tx, ctx, slug)?;
    let services = queries::services(tx, ctx, &site)?;
    Ok(Shown {
        open: queries::open_now(tx, ctx, &site)?,
        next_free: queries::next_free(tx, ctx, &site, &services)?,
        photos: files::covers(tx, ctx, offers::SHELF.kind)?,
        services,
        site,
    })
}

/// The services of a shop.
pub(super) async fn services(
    State(app): State<App>,
    guest: Guest,
    Path((_, slug)): Path<(String, String)>,
    query: Query,
) -> Reply {
    let ctx = guest.ctx.clone();
    let shown = app.read(move |tx| shown(tx, &ctx, &slug)).await?;
    let (locale, now) = (guest.look.locale, guest.ctx.now);
    let family = offers::Family::parse(query.typed("family"));
    let view = view(&guest, &shown, family);
    let around = Around {
        subtitle: hours(locale, &shown.site, now, shown.open),
        site: Some(&shown.site),
        ..Around::new(locale.t("booking-title"))
    };
    around.page(&guest, &pages::services(locale, &view))
}

fn view(guest: &Guest, shown: &Shown, family: Option<offers::Family>) -> ServicesView {
    let (locale, site) = (guest.look.locale, &shown.site);
    let home = guest.path(&site.slug);
    let has = |family: offers::Family| shown.services.iter().any(|s| s.family == family);
    let family = family.filter(|family| has(*family));
    let mut families = vec![(
        locale.t("booking-family-all"),
        home.clone(),
        family.is_none(),
    )];
    for each in offers::Family::ALL
        .iter()
        .copied()
        .filter(|each| has(*each))
    {
        let path = format!("{home}?family={}", each.as_str());
        families.push((each.label(locale), path, family == Some(each)));
    }
    let card = |service: &offers::Service| ServiceCard {
        name: service.name.clone(),
        text: service.text.clone(),
        photo: shown
            .photos
            .get(&service.id.to_string())
            .map(|file| Photo::of(guest, service.id, file)),
        minutes: service.minutes,
        price: service.price,
        path: format!("{home}/{}/times", service.code),
    };
    let wanted = shown
        .services
        .iter()
        .filter(|s| family.is_none_or(|family| s.family == family));
    ServicesView {
        kind: site.kind.clone(),
        address: site.address.clone(),
        next_free: shown
            .next_free
            .map(|at| moment(locale, site, guest.ctx.now, at)),
        families: if families.len() > 2 {
            families
        } else {
            Vec::new()
        },
        services: wanted.map(card).collect(),
        queue: shown
            .open
            .filter(|(open, _)| *open)
            .map(|_| format!("{home}/queue")),
        phone: site.phone.clone(),
    }
}
