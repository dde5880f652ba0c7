//! The door of a site: which numbers can be taken there now, at the tablet or on one's own phone.

use kernel::ids::{CustomerId, ServiceId};
use kernel::{Channel, Ctx, Fault, Locale, Span, Text, Timestamp};
use offers::{Filter, Service};
use organisation::Site;
use store::Tx;
use web::Form;

use crate::commands::{as_house, later};
use crate::model::Wait;
use crate::pages::range;
use crate::queries::{self, DeviceId, Line, Ticket};
use crate::standing::{self, Picture};
use crate::visits::{self, WalkIn};

/// A site as somebody at its door finds it.
pub(super) struct Door {
    pub site: Site,
    pub open: bool,
    pub opens_at: Option<Timestamp>,
    pub closes_at: Option<Timestamp>,
    pub services: Vec<Service>,
    pub lines: Vec<Line>,
}

/// What a service offers somebody at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    /// A number, and the wait where one can be told.
    Now(Option<Wait>),
    /// The line is full: a number, and when to come back.
    ComeBack(Timestamp),
    /// The line is full, and when there will be room cannot be told.
    Full,
    /// The line gives out no numbers; from a minute of this day on, where its hours say so.
    Closed(Option<i64>),
    /// It can no longer be carried out before closing.
    TooLate,
}

impl Offer {
    /// Whether a number can be had.
    pub(super) const fn is_open(self) -> bool {
        matches!(self, Self::Now(_) | Self::ComeBack(_))
    }
}

/// What somebody at the door asks for.
pub(super) struct Wish {
    pub service: ServiceId,
    pub name: Option<String>,
    pub phone: Option<String>,
}

impl Wish {
    pub(super) fn read(form: &mut Form) -> Self {
        Self {
            service: form.id("service"),
            name: form.optional_text("name", 80),
            phone: form.optional_text("phone", 30),
        }
    }
}

impl Door {
    /// The door behind a public address.
    pub(super) fn at(tx: &mut Tx, ctx: &Ctx, slug: &str) -> Result<Self, Fault> {
        let site = organisation::site_by_slug(tx, &as_house(ctx), slug)?
            .filter(|site| site.state == organisation::SiteState::Open)
            .ok_or_else(|| Fault::missing("queue-site-missing"))?;
        Self::of(tx, ctx, site)
    }

    /// The door of a site.
    pub(super) fn of(tx: &mut Tx, ctx: &Ctx, site: Site) -> Result<Self, Fault> {
        let house = as_house(ctx);
        let today = site.date_of(ctx.now);
        let yesterday = today.yesterday().unwrap_or(today);
        let week = (0..7).fold(today, |day, _| day.tomorrow().unwrap_or(day));
        let spans = organisation::open_spans_between(tx, &house, &site, yesterday, week)?;
        let filter = Filter {
            site: Some(site.id),
            // Whoever stands at the tablet is offered what the desk offers.
            channel: Some(match ctx.channel {
                Channel::Kiosk => Channel::Desk,
                other => other,
            }),
            ..Filter::default()
        };
        let asking = match ctx.channel {
            Channel::Kiosk => &house,
            _ => ctx,
        };
        let mut services = offers::services(tx, asking, &filter)?;
        services.retain(|service| service.minutes > 0);
        offers::sort_by_name(&mut services, ctx.locale);
        let open: Option<&Span> = spans.iter().find(|span| span.holds(ctx.now));
        let starts = spans.iter().map(|span| span.start);
        Ok(Self {
            open: open.is_some(),
            closes_at: open.map(|span| span.end),
            opens_at: starts.into_iter().find(|start| *start > ctx.now),
            lines: queries::lines(tx, &house, site.id)?,
            site,
            services,
        })
    }

    /// Who works and waits now.
    pub(super) fn picture(&self, tx: &mut Tx, ctx: &Ctx) -> Result<Picture, Fault> {
        standing::picture(tx, ctx, self.site.id, self.site.date_of(ctx.now))
    }

    /// The line a service is queued for in; none before the site has its first.
    pub(super) fn line_of(&self, service: &Service) -> Option<Line> {
        queries::line_for(&self.lines, service.family.as_str())
    }

    /// The minute of the local day.
    pub(super) fn minute(&self, now: Timestamp) -> i64 {
        let local = now.to_zoned(self.site.zone.clone());
        i64::from(local.hour()) * 60 + i64::from(local.minute())
    }

    /// The wait in a line as a whole: for a job of middling length.
    pub(super) fn line_wait(&self, picture: &Picture, line: &Line) -> Option<Wait> {
        let mine = |service: &&Service| {
            self.line_of(service)
                .is_some_and(|other| other.code == line.code)
        };
        let mut services: Vec<&Service> = self.services.iter().filter(mine).collect();
        services.sort_by_key(|service| service.minutes);
        picture.wait_for(services.get(services.len() / 2)?)
    }

    /// What a service offers now.
    pub(super) fn offer(&self, picture: &Picture, service: &Service, now: Timestamp) -> Offer {
        let line = self.line_of(service);
        if let Some(line) = &line {
            let minute = self.minute(now);
            if !line.is_open || !line.is_within_hours(minute) {
                let opens = line
                    .opens_minute
                    .filter(|opens| line.is_open && *opens > minute);
                return Offer::Closed(opens);
            }
        }
        let wait = picture.wait_for(service);
        if wait.is_none() && picture.has_shifts() {
            return Offer::TooLate;
        }
        let full = line.filter(|line| {
            let max = line.standing_max.and_then(|max| usize::try_from(max).ok());
            max.is_some_and(|max| picture.standing_in(&line.code) >= max)
        });
        let begins = match &full {
            Some(line) => match visits::room_when_full(picture, line) {
                Some(at) => at,
                None => return Offer::Full,
            },
            None => later(now, wait.map_or(0, |wait| wait.max)),
        };
        let ends = later(begins, service.minutes);
        if picture.has_shifts() && self.closes_at.is_some_and(|closes| ends > closes) {
            return Offer::TooLate;
        }
        match full {
            Some(_) => Offer::ComeBack(begins),
            None => Offer::Now(wait),
        }
    }

    /// An offer in words.
    pub(super) fn words(&self, offer: &Offer, locale: Locale) -> String {
        match offer {
            Offer::Now(wait) => range(locale, *wait),
            Offer::ComeBack(at) => {
                let time = super::guest::clock(&self.site, *at);
                locale.tx("queue-offer-come-back", &[("time", time.into())])
            }
            Offer::Full => locale.t("queue-offer-full"),
            Offer::Closed(Some(minute)) => {
                let time = format!("{:02}:{:02}", minute / 60, minute % 60);
                locale.tx("queue-offer-from", &[("time", time.into())])
            }
            Offer::Closed(None) => locale.t("queue-offer-closed"),
            Offer::TooLate => locale.t("queue-offer-late"),
        }
    }

    /// Gives somebody at the door a number, where the service offers one.
    pub(super) fn take(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        wish: &Wish,
        device: Option<DeviceId>,
    ) -> Result<Ticket, Fault> {
        let wrong = |key: &'static str| Fault::invalid("service", Text::key(key));
        if !self.open {
            return Err(wrong("queue-join-closed-long"));
        }
        let service = self
            .services
            .iter()
            .find(|service| service.id == wish.service)
            .ok_or_else(|| wrong("queue-join-service"))?;
        let (customer, booked_as) = customer(tx, ctx, wish)?;
        // Whoever takes a line's last place at the same moment waits here for the first one.
        capacity::gate(tx, &as_house(ctx), self.site.id)?;
        let picture = self.picture(tx, ctx)?;
        let comes_back = match self.offer(&picture, service, ctx.now) {
            Offer::Now(_) => false,
            Offer::ComeBack(_) => true,
            Offer::Full => return Err(wrong("queue-line-full")),
            Offer::Closed(_) => return Err(wrong("queue-line-closed")),
            Offer::TooLate => return Err(wrong("queue-too-late")),
        };
        let walk_in = WalkIn {
            customer,
            booked_as,
            comes_back,
            device,
            ..WalkIn::new(self.site.id, self.site.date_of(ctx.now), vec![service.id])
        };
        Ok(visits::issue(tx, ctx, &walk_in)?.ticket)
    }
}

/// Who was named, and the name when the business knows another one for the phone.
fn customer(tx: &mut Tx, ctx: &Ctx, wish: &Wish) -> Result<(Option<CustomerId>, String), Fault> {
    if wish.name.is_none() && wish.phone.is_none() {
        return Ok((None, String::new()));
    }
    let phone = match &wish.phone {
        Some(text) => Some(
            customers::Phone::parse(text)
                .ok_or_else(|| Fault::invalid("phone", Text::key("queue-join-phone-wrong")))?,
        ),
        None => None,
    };
    let named = customers::Named {
        name: wish.name.clone().unwrap_or_default(),
        phone,
        language: Some(ctx.locale),
    };
    let id = customers::find_or_create(tx, ctx, &named)?;
    let other = match named.name.is_empty() {
        true => String::new(),
        false => customers::other_name(tx, ctx, id, &named)?,
    };
    Ok((Some(id), other))
}
