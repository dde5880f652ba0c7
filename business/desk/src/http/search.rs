//! Finding: below the check-in field, and in the palette.

use kernel::{
    Ctx, Fault, FaultKind, TimeZone, format,
    ids::{CustomerId, SiteId},
};
use orders::{Filter, Scope, StateName};
use store::Tx;
use ui::Tone;
use web::{App, Me, Page, Query, Reply, State};

use crate::pages::find::{self, Act, Found, escape};
use crate::today::{self, Day};
use crate::{JOURNAL, TAKE};

const SHOWN: i64 = 6;
/// The last orders whose customers come first where names are alike.
const RECENT_ORDERS: i64 = 200;
/// Days for which somebody may still ask about a number.
const NUMBER_DAYS: i64 = 7;

/// A number typed like a ticket's: `A042`, `a42`.
fn ticket_number(text: &str) -> Option<(String, i64)> {
    let letters: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    let digits = text.get(letters.len()..)?;
    let fits = (1..=2).contains(&letters.len()) && (1..=4).contains(&digits.len());
    let number = digits.parse().ok().filter(|_| fits)?;
    Some((letters.to_ascii_uppercase(), number))
}

/// Who could be checked in: tickets by number, today's bookings, then customers.
pub(super) fn arrivals(tx: &mut Tx, ctx: &Ctx, day: &Day, text: &str) -> Result<Vec<Found>, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = tickets(ctx, day, text);
    let filter = Filter {
        text: text.to_owned(),
        scope: Scope::Current,
        site: Some(day.site.id),
        ..Filter::default()
    };
    let page = allowed(orders::list(tx, ctx, &filter, None, SHOWN))?;
    let mut rows = page.map(|page| page.rows).unwrap_or_default();
    rows.sort_by_key(|row| row.order.due());
    found.extend(rows.iter().map(|row| order_found(ctx, day, row)));
    found.extend(people(tx, ctx, text)?);
    Ok(found)
}

/// Customers as they are typed, those of the last orders first where names are alike; without a
/// text, those of the last orders.
fn people(tx: &mut Tx, ctx: &Ctx, text: &str) -> Result<Vec<Found>, Fault> {
    let recent = allowed(orders::queries::recent_customers(tx, ctx, RECENT_ORDERS))?;
    let recent = recent.unwrap_or_default();
    if text.trim().is_empty() {
        let last = recent.iter().take(SHOWN as usize);
        let known = last.map(|&id| allowed(customers::customer(tx, ctx, id)));
        let known: Vec<_> = known.collect::<Result<_, _>>()?;
        let shown = known.iter().flatten();
        return Ok(shown
            .map(|customer| customer_found(ctx, customer))
            .collect());
    }
    let found = allowed(customers::find(tx, ctx, text, &recent, SHOWN as usize))?;
    let found = found.unwrap_or_default();
    Ok(found
        .iter()
        .map(|one| customer_found(ctx, &one.customer))
        .collect())
}

/// Services and goods by a word of either name, by pinyin, or by code.
fn services(tx: &mut Tx, ctx: &Ctx, text: &str) -> Result<Vec<Found>, Fault> {
    let wanted = names::words(text).concat();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let offered = allowed(offers::services(tx, ctx, &offers::Filter::default()))?;
    let offered = offered.unwrap_or_default();
    let fits = |service: &&offers::Service| {
        let of = [&service.name.zh, &service.name.en, &service.code];
        of.into_iter().any(|name| {
            let folded = names::words(name).concat();
            folded.contains(&wanted) || names::keys(name).iter().any(|key| key.starts_with(&wanted))
        })
    };
    let shown = offered.iter().filter(fits).take(SHOWN as usize);
    let found = shown.map(|service| Found {
        thing: ("service", service.id.to_string()),
        detail: service.code.clone(),
        ..plain(
            "tag",
            service.name.get(ctx.locale).to_owned(),
            &format!("/services/{}", service.id),
        )
    });
    Ok(found.collect())
}

/// What a role may not see is simply not found.
fn allowed<T>(result: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(fault) if fault.kind == FaultKind::Forbidden => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn tickets(ctx: &Ctx, day: &Day, text: &str) -> Vec<Found> {
    let Some((line, number)) = ticket_number(text) else {
        return Vec::new();
    };
    let matching = day
        .standings
        .iter()
        .map(|standing| &standing.ticket)
        .filter(|ticket| ticket.line == line && ticket.number == number);
    matching
        .map(|ticket| {
            let card = day.card(ticket.order);
            let post = |noun: &str| format!("/queue/tickets/{}/{noun}", ticket.id);
            Found {
                thing: ("ticket", ticket.id.to_string()),
                icon: "ticket",
                title: ticket.label(),
                detail: card
                    .map(|card| crate::calendar::name(ctx.locale, card))
                    .unwrap_or_default(),
                badge: (Tone::Neutral, String::new()),
                href: format!("/today/tickets/{}", ticket.id),
                customer: card.and_then(super::customer_of),
                acts: vec![
                    Act::Post(ctx.locale.t("desk-call"), post("call")),
                    Act::Post(ctx.locale.t("desk-start"), post("start")),
                ],
            }
        })
        .collect()
}

/// Whose name a row shows.
fn named(row: &orders::queries::Row) -> Option<CustomerId> {
    row.customer.as_ref().and(row.order.customer)
}

fn order_found(ctx: &Ctx, day: &Day, row: &orders::queries::Row) -> Found {
    let (locale, order) = (ctx.locale, &row.order);
    let name = row
        .customer
        .as_ref()
        .map(|customer| customer.display(locale).to_owned());
    let local = order.due().to_zoned(day.site.zone.clone());
    let time = format::time(local.time());
    let when = if local.date() == day.date {
        time
    } else {
        format!("{} {time}", format::date(locale, local.date()))
    };
    let act = |noun: &str| format!("/today/orders/{}/{noun}", order.id);
    let today = local.date() == day.date;
    let acts = match order.state.name() {
        _ if !ctx.may(TAKE) => Vec::new(),
        StateName::Booked | StateName::Open if today => vec![
            Act::Post(locale.t("desk-check-in"), act("arrival")),
            Act::Post(locale.t("desk-start"), act("start")),
        ],
        StateName::Waiting => vec![Act::Post(locale.t("desk-start"), act("start"))],
        StateName::Serving => vec![Act::Post(locale.t("desk-finish"), act("finish"))],
        StateName::Booked => {
            vec![Act::Link(
                locale.t("desk-move"),
                format!("/calendar/orders/{}", order.id),
            )]
        }
        _ => Vec::new(),
    };
    Found {
        thing: ("order", order.id.to_string()),
        icon: "calendar",
        title: name.unwrap_or_else(|| locale.t("desk-guest")),
        detail: format!("{when} · {} · {}", order.title(locale), order.code),
        badge: (
            Tone::Neutral,
            orders::state_label(order.state.name(), locale),
        ),
        href: format!("/orders/{}", order.id),
        customer: named(row),
        acts,
    }
}

fn customer_found(ctx: &Ctx, customer: &customers::Customer) -> Found {
    let locale = ctx.locale;
    let phone = customer
        .phone
        .as_ref()
        .map(|phone| format::phone_masked(phone.digits()));
    let vip = customer.level == customers::Level::Vip;
    // Name and phone together find this very customer again.
    let mut named = customer.name.clone();
    if let Some(phone) = &customer.phone {
        named.push(' ');
        named.push_str(phone.digits());
    }
    let named = escape(&named);
    Found {
        thing: ("customer", customer.id.to_string()),
        icon: "user",
        title: customer.display(locale).to_owned(),
        detail: phone.unwrap_or_default(),
        badge: (
            Tone::Vip,
            if vip {
                locale.t("desk-vip")
            } else {
                String::new()
            },
        ),
        href: format!("/customers/{}", customer.id),
        customer: Some(customer.id),
        acts: if ctx.may(TAKE) {
            vec![
                Act::Link(
                    locale.t("desk-walk-in"),
                    format!("/today/walk-in?customer={named}"),
                ),
                Act::Link(
                    locale.t("desk-book"),
                    format!("/orders/new?kind=booking&customer={named}"),
                ),
            ]
        } else {
            Vec::new()
        },
    }
}

pub(super) async fn find(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let text = query.optional_text("q", 80).unwrap_or_default();
    query.done()?;
    let (ctx, site, asked) = (me.ctx.clone(), me.site()?.id, text.clone());
    let found = app
        .read(move |tx| {
            let day = today::gather(tx, &ctx, site)?;
            arrivals(tx, &ctx, &day, &asked)
        })
        .await?;
    told(&app, &me, &found).await?;
    let may_take = me.ctx.may(TAKE);
    web::fragment(find::results(me.look.locale, &text, &found, may_take))
}

/// Keeps whose names somebody is about to read.
pub(super) async fn told(
    app: &App,
    me: &Me,
    found: impl IntoIterator<Item = &Found>,
) -> Result<(), Fault> {
    let ids = found.into_iter().filter_map(|one| one.customer);
    people::seen(app, &me.ctx, people::Sight::search(ids)).await
}

pub(crate) type Groups = Vec<(String, Vec<Found>)>;

fn plain(icon: &'static str, title: String, href: &str) -> Found {
    Found {
        thing: ("", String::new()),
        icon,
        title,
        detail: String::new(),
        badge: (Tone::Neutral, String::new()),
        href: href.to_owned(),
        customer: None,
        acts: Vec::new(),
    }
}

/// Commands whose words begin with, or hold, what was typed.
fn commands(ctx: &Ctx, text: &str) -> Vec<Found> {
    let locale = ctx.locale;
    let mut all = vec![
        plain("sun", locale.t("desk-today"), "/today"),
        plain("calendar", locale.t("desk-calendar"), "/calendar"),
        plain("smartphone", locale.t("desk-my-day"), "/my-day"),
        plain("qr-code", locale.t("desk-queue-code"), "/queue/qr"),
        plain("list", locale.t("desk-lines"), "/queue"),
    ];
    if ctx.may(TAKE) {
        all.insert(
            0,
            plain("ticket", locale.t("desk-walk-in-title"), "/today/walk-in"),
        );
        let book = plain(
            "calendar-plus",
            locale.t("desk-book"),
            "/orders/new?kind=booking",
        );
        all.insert(1, book);
        all.insert(2, plain("plus", locale.t("desk-new-order"), "/orders/new"));
    }
    if ctx.may(JOURNAL) {
        all.push(plain("history", locale.t("desk-journal"), "/journal"));
    }
    let wanted = text.to_lowercase();
    all.retain(|command| command.title.to_lowercase().contains(&wanted));
    all
}

/// A site that is looked at first, and the zone of its clocks.
pub(crate) type Near = (SiteId, TimeZone);

/// What is known beside a thing, without what is not.
fn beside(known: [&str; 3]) -> String {
    let known = known.into_iter().filter(|text| !text.is_empty());
    known.collect::<Vec<_>>().join(" · ")
}

/// Tickets with a number like the text, of this week at this site: the place of one that stands in
/// line, the order of one that does not any more.
fn numbered(tx: &mut Tx, ctx: &Ctx, near: Option<&Near>, text: &str) -> Result<Vec<Found>, Fault> {
    let (Some((site, zone)), Some((line, number))) = (near, ticket_number(text.trim())) else {
        return Ok(Vec::new());
    };
    let today = ctx.now.to_zoned(zone.clone()).date();
    let since = (0..NUMBER_DAYS).fold(today, |day, _| day.yesterday().unwrap_or(day));
    let tickets = allowed(queue::by_number(tx, ctx, (*site, since), (&line, number)))?;
    let mut found = Vec::new();
    for ticket in tickets.unwrap_or_default() {
        if let Some(card) = allowed(orders::card(tx, ctx, ticket.order))? {
            found.push(ticket_found(ctx, &ticket, &card));
        }
    }
    Ok(found)
}

fn ticket_found(ctx: &Ctx, ticket: &queue::Ticket, card: &orders::Card) -> Found {
    let (locale, may_name) = (ctx.locale, ctx.may(customers::VIEW));
    let name = may_name.then(|| crate::calendar::name(locale, card));
    let place = if ticket.stage.is_open() {
        format!("/today/tickets/{}", ticket.id)
    } else {
        format!("/orders/{}", ticket.order)
    };
    Found {
        thing: ("ticket", ticket.id.to_string()),
        detail: beside([
            &name.unwrap_or_default(),
            &card.order.title(locale),
            &format::date(locale, ticket.day),
        ]),
        badge: (
            Tone::Neutral,
            orders::state_label(card.order.state.name(), locale),
        ),
        customer: super::customer_of(card).filter(|_| may_name),
        ..plain("ticket", ticket.label(), &place)
    }
}

/// What fits a text, kind by kind.
pub(crate) fn groups(
    tx: &mut Tx,
    ctx: &Ctx,
    near: Option<Near>,
    text: &str,
) -> Result<Groups, Fault> {
    let (locale, may_name) = (ctx.locale, ctx.may(customers::VIEW));
    let mut groups = vec![
        (locale.t("desk-search-commands"), commands(ctx, text)),
        (
            locale.t("desk-search-tickets"),
            numbered(tx, ctx, near.as_ref(), text)?,
        ),
    ];
    let filter = Filter {
        text: text.to_owned(),
        ..Filter::default()
    };
    let orders = allowed(orders::list(tx, ctx, &filter, None, SHOWN))?;
    let zone = near.map_or(TimeZone::UTC, |(_, zone)| zone);
    let rows = orders.map(|page| page.rows).unwrap_or_default();
    let row = |row: &orders::queries::Row| {
        let date = row.order.due().to_zoned(zone.clone()).date();
        let known = row.customer.as_ref().filter(|_| may_name);
        let name = known.map_or("", |customer| customer.display(locale));
        let title = row.order.title(locale);
        Found {
            thing: ("order", row.order.id.to_string()),
            detail: beside([name, &title, &format::date(locale, date)]),
            customer: named(row).filter(|_| may_name),
            badge: (
                Tone::Neutral,
                orders::state_label(row.order.state.name(), locale),
            ),
            ..plain(
                "clipboard",
                row.order.code.clone(),
                &format!("/orders/{}", row.order.id),
            )
        }
    };
    groups.push((
        locale.t("desk-search-orders"),
        rows.iter().map(row).collect(),
    ));
    let heading = if text.trim().is_empty() {
        "desk-search-recent"
    } else {
        "desk-search-customers"
    };
    groups.push((locale.t(heading), people(tx, ctx, text)?));
    groups.push((locale.t("desk-search-services"), services(tx, ctx, text)?));
    Ok(groups)
}

pub(super) async fn search(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let text = query.optional_text("q", 80).unwrap_or_default();
    query.done()?;
    let (ctx, asked) = (me.ctx.clone(), text.clone());
    let near = me.site.as_ref().map(|site| (site.id, site.zone.clone()));
    let groups = app.read(move |tx| groups(tx, &ctx, near, &asked)).await?;
    let all = groups.iter().flat_map(|(_, found)| found);
    told(&app, &me, all).await?;
    let locale = me.look.locale;
    if me.look.fragment || query.has("palette") {
        return web::fragment(find::palette(locale, &text, &groups));
    }
    web::page(
        &me,
        Page::new(locale.t("desk-search")),
        find::page(locale, &text, &groups),
    )
}
