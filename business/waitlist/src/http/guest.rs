//! The public pages: joining, seeing where one stands, answering an offer in one tap.

use customers::{Named, Phone};
use kernel::{
    Channel, Ctx, Fault, FaultKind,
    ids::{GroupSessionId, OfferId, ServiceId},
};
use maud::Markup;
use offers::Service;
use organisation::{Site, SiteState};
use people::Staff;
use sessions::Session;
use store::Tx;
use web::{
    App, Fields, Form, Guest, Path, Query, Reply, Response, State, axum::http::StatusCode,
    see_other,
};

use super::wish;
use crate::{
    commands::{self, NewWaiting},
    model::{OfferState, Place},
    pages::{self, AskPage, StandPage},
    queries,
};

/// A site and a service customers can book there.
fn found(
    tx: &mut Tx,
    ctx: &Ctx,
    (slug, code): (&str, &str),
) -> Result<(Site, Service, Vec<Staff>), Fault> {
    let missing = || Fault::missing("waitlist-missing");
    let site = organisation::site_by_slug(tx, ctx, slug)?
        .filter(|site| site.state == SiteState::Open)
        .ok_or_else(missing)?;
    let service = offers::service_by_code(tx, ctx, code)?
        .filter(|service| {
            service.is_bookable()
                && service.is_offered_at(site.id)
                && service.is_offered_through(Channel::Online)
        })
        .ok_or_else(missing)?;
    let mut staff = people::staff_at(tx, ctx, site.id)?;
    staff.retain(|one| {
        let able = |skill: &String| one.skills.contains(skill);
        service.skills.iter().all(able)
    });
    Ok((site, service, staff))
}

fn session(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<Option<Session>, Fault> {
    match GroupSessionId::parse(id) {
        Some(id) => sessions::session(tx, ctx, id).map(Some),
        None => Ok(None),
    }
}

/// What goes with the service: by the codes of the page of times, or as it was sent.
fn also(
    tx: &mut Tx,
    ctx: &Ctx,
    (codes, ids): (&[String], &[ServiceId]),
) -> Result<Vec<Service>, Fault> {
    if codes.is_empty() && ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = offers::services(tx, ctx, &offers::Filter::default())?;
    all.retain(|one| codes.contains(&one.code) || ids.contains(&one.id));
    all.truncate(crate::model::ALSO_MAX);
    Ok(all)
}

/// A page in the name of the shop.
fn shown(guest: &Guest, site: &Site, (title, back): (&str, &str), body: &Markup) -> Response {
    let mut frame = guest.frame(title);
    frame.home = guest.path(&site.slug);
    frame.subtitle = site.name(guest.look.locale).to_owned();
    frame.back = Some(back.to_owned());
    frame.now = Some(guest.ctx.now);
    html(ui::guest_page(&frame, body))
}

fn html(markup: Markup) -> Response {
    web::fragment(markup).unwrap_or_else(|problem| {
        use web::axum::response::IntoResponse;
        problem.into_response()
    })
}

fn with_status(mut response: Response, fault: Option<&Fault>) -> Reply {
    match fault {
        None => Ok(response),
        Some(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict) => {
            *response.status_mut() = match fault.kind {
                FaultKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
                _ => StatusCode::CONFLICT,
            };
            Ok(response)
        }
        Some(fault) => Err(fault.clone().into()),
    }
}

async fn ask_page(
    app: &App,
    guest: &Guest,
    (slug, code): (String, String),
    (typed, fault): (&Fields, Option<&Fault>),
) -> Reply {
    let (ctx, here) = (guest.ctx.clone(), (slug, code));
    let wanted = typed.typed("session").to_owned();
    let (codes, ids) = (typed.list("add"), typed.clone().ids("also"));
    let (site, service, staff, session, also) = app
        .read(move |tx| {
            let (site, service, staff) = found(tx, &ctx, (&here.0, &here.1))?;
            let also = also(tx, &ctx, (&codes, &ids))?;
            Ok((site, service, staff, session(tx, &ctx, &wanted)?, also))
        })
        .await?;
    let back = guest.path(&format!("{}/{}/times", site.slug, service.code));
    let ask = AskPage {
        locale: guest.look.locale,
        now: guest.ctx.now,
        action: guest.path(&format!("{}/{}/waiting", site.slug, service.code)),
        site,
        service,
        also,
        staff,
        session,
    };
    let title = guest.look.locale.t("waitlist-ask");
    let body = pages::ask(&ask, typed, fault);
    with_status(shown(guest, &ask.site, (&title, &back), &body), fault)
}

/// `GET /at/{org}/{site}/{service}/waiting`.
pub(super) async fn ask(
    State(app): State<App>,
    guest: Guest,
    Path((_, slug, code)): Path<(String, String, String)>,
    typed: Query,
) -> Reply {
    ask_page(&app, &guest, (slug, code), (&typed, None)).await
}

/// `POST /at/{org}/{site}/{service}/waiting`.
pub(super) async fn join(
    State(app): State<App>,
    guest: Guest,
    Path((_, slug, code)): Path<(String, String, String)>,
    mut form: Form,
) -> Reply {
    let (ctx, here) = (guest.ctx.clone(), (slug.clone(), code.clone()));
    let (site, service, _) = app
        .read(move |tx| found(tx, &ctx, (&here.0, &here.1)))
        .await?;
    let (wish, note) = wish(&mut form, service.id, site.date_of(guest.ctx.now));
    let name = form.text("name", 1, 80);
    let phone = form.text("phone", 1, 30);
    let typed = !phone.is_empty();
    let phone = Phone::parse(&phone);
    if typed && phone.is_none() {
        form.wrong("phone", kernel::Text::key("waitlist-phone-wrong"));
    }
    let mail = form.optional_text("email", 120);
    if mail
        .as_ref()
        .is_some_and(|mail| !customers::is_mail_address(mail))
    {
        form.wrong("email", kernel::Text::key("waitlist-mail-wrong"));
    }
    let ctx = guest.ctx.clone();
    let joined = match form.done() {
        Ok(()) => {
            app.write(move |tx| {
                let named = Named {
                    name,
                    phone,
                    language: Some(ctx.locale),
                };
                let new = NewWaiting {
                    site: site.id,
                    wish,
                    customer: customers::find_or_create(tx, &ctx, &named)?,
                    note,
                    mail,
                };
                commands::join(tx, &ctx, &new)
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match joined {
        Ok(entry) => see_other(&guest.path(&format!("waiting/{}", entry.secret))),
        Err(fault) => ask_page(&app, &guest, (slug, code), (&form, Some(&fault))).await,
    }
}

async fn stand(app: &App, guest: &Guest, secret: &str, fault: Option<&Fault>) -> Reply {
    let (ctx, link) = (guest.ctx.clone(), secret.to_owned());
    let page = app
        .read(move |tx| {
            let entry = queries::by_secret(tx, &ctx, &link)?;
            let site = organisation::site(tx, &ctx, entry.site)?;
            let service = offers::service(tx, &ctx, entry.wish.service)?;
            let also = also(tx, &ctx, (&[], &entry.wish.also))?;
            let offer = queries::offers_to(tx, &ctx, entry.id)?
                .into_iter()
                .find(|offer| offer.state == OfferState::Open && offer.until > ctx.now);
            let staff = match offer.as_ref().and_then(|offer| offer.staff) {
                Some(staff) => Some(people::staff_member(tx, &ctx, staff)?),
                None => None,
            };
            // Whoever holds the secret of the entry may see the booking made of it.
            let desk = ctx.raised(kernel::Role::Desk);
            let booking = match entry.place {
                Place::Placed(order) => Some(orders::order(tx, &desk, order)?.secret),
                _ => None,
            };
            Ok(StandPage {
                locale: ctx.locale,
                ahead: queries::ahead_of(tx, &ctx, &entry)?,
                staff: staff.map(|staff| staff.shown(ctx.locale).to_owned()),
                entry,
                site,
                service,
                also,
                offer,
                booking,
                path: String::new(),
                booking_path: String::new(),
            })
        })
        .await?;
    let booking = page.booking.as_ref();
    let page = StandPage {
        path: guest.path(&format!("waiting/{secret}")),
        booking_path: booking.map_or_else(String::new, |secret| {
            guest.path(&format!("bookings/{secret}"))
        }),
        ..page
    };
    let title = guest.look.locale.t("waitlist-stand");
    let back = guest.path(&page.site.slug);
    let body = pages::stand(&page, fault);
    with_status(shown(guest, &page.site, (&title, &back), &body), fault)
}

/// `GET /at/{org}/waiting/{secret}`.
pub(super) async fn show(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
) -> Reply {
    stand(&app, &guest, &secret, None).await
}

/// `POST /at/{org}/waiting/{secret}/acceptance`.
pub(super) async fn accept(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
    mut form: Form,
) -> Reply {
    let offer: OfferId = form.id("offer");
    let (ctx, link) = (guest.ctx.clone(), secret.clone());
    let taken = app
        .write(move |tx| {
            let entry = queries::by_secret(tx, &ctx, &link)?;
            commands::accept(tx, &ctx, entry.id, offer)
        })
        .await;
    match taken {
        Ok(order) => see_other(&guest.path(&format!("bookings/{}", order.secret))),
        Err(fault) => stand(&app, &guest, &secret, Some(&fault)).await,
    }
}

/// `POST /at/{org}/waiting/{secret}/refusal`.
pub(super) async fn decline(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
    mut form: Form,
) -> Reply {
    let offer: OfferId = form.id("offer");
    let (ctx, link) = (guest.ctx.clone(), secret.clone());
    app.write(move |tx| {
        let entry = queries::by_secret(tx, &ctx, &link)?;
        commands::decline(tx, &ctx, entry.id, offer)
    })
    .await?;
    see_other(&guest.path(&format!("waiting/{secret}")))
}

/// `POST /at/{org}/waiting/{secret}/removal`.
pub(super) async fn leave(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
) -> Reply {
    let (ctx, link) = (guest.ctx.clone(), secret.clone());
    app.write(move |tx| {
        let entry = queries::by_secret(tx, &ctx, &link)?;
        commands::leave(tx, &ctx, entry.id)
    })
    .await?;
    see_other(&guest.path(&format!("waiting/{secret}")))
}
