//! Writing a message about an order: who gets it, in which language, what it says.

use booking::{ToldPart, ics};
use customers::Customer;
use kernel::{Ctx, Fault, Locale, Timestamp, format};
use orders::Order;
use organisation::{Organisation, Site};
use store::{Tx, params};

use crate::{
    House,
    model::{Occasion, Settings, Template, Values, Way, locale_of},
    queries,
};

/// What a message is about.
pub(crate) struct About<'a> {
    /// Why it is written.
    pub occasion: Occasion,
    /// The order.
    pub order: &'a Order,
    /// Tells this occasion from every other: written about once.
    pub key: String,
    /// The ticket's number, for a message about one.
    pub ticket: Option<String>,
    /// The page it leads to, below the business's address; the booking's own otherwise.
    pub path: Option<String>,
    /// Until when an answer counts.
    pub until: Option<Timestamp>,
    /// When it is to leave the house, quiet hours permitting.
    pub due: Timestamp,
    /// Whether it may leave in quiet hours.
    pub at_once: bool,
    /// After this it is of no use.
    pub useful_until: Timestamp,
}

impl About<'_> {
    /// Whether quiet hours do not hold it back.
    fn leaves_at_once(&self) -> bool {
        self.at_once || self.occasion.disturbs()
    }
}

/// What every message of a business shares.
pub(crate) struct Desk<'a> {
    pub settings: Settings,
    house: &'a House,
    organisation: Organisation,
}

/// To whom, where, and in which language.
struct To<'a> {
    customer: &'a Customer,
    site: &'a Site,
    locale: Locale,
}

impl<'a> Desk<'a> {
    pub(crate) fn open(tx: &mut Tx, ctx: &Ctx, house: &'a House) -> Result<Self, Fault> {
        Ok(Self {
            house,
            settings: queries::settings(tx, ctx)?,
            organisation: organisation::organisation(tx, ctx.org)?,
        })
    }

    /// Whether messages can leave by any way.
    pub(crate) fn is_open(&self) -> bool {
        self.house.sends_mail || self.settings.gateway.is_some()
    }

    /// Writes to the order's customer by every way that is open; answers how many there are.
    pub(crate) fn write(&self, tx: &mut Tx, ctx: &Ctx, about: &About<'_>) -> Result<usize, Fault> {
        let Some(customer) = about.order.customer else {
            return Ok(0);
        };
        let Some(customer) = customers::optional(tx, ctx, customer)? else {
            return Ok(0);
        };
        let contact = booking::contact_mail(tx, ctx, about.order.id)?;
        let ways = self.ways(about.occasion, &customer, contact);
        if ways.is_empty() {
            return Ok(0);
        }
        let count = ways.len();
        let site = organisation::site(tx, ctx, about.order.site)?;
        let locale = locale_of(&customer.name, customer.language);
        let (template, _) = queries::template(tx, ctx, about.occasion, locale)?;
        let to = To {
            customer: &customer,
            site: &site,
            locale,
        };
        let parts = booking::told_parts(tx, ctx, about.order.id)?;
        let calendar = self.calendar(ctx, (about, &parts), &to);
        let mut values = self.values(tx, ctx, about, &to)?;
        tell_parts(&mut values, &parts, (&template, &to));
        let filled = template.filled(&values);
        for (way, recipient) in ways {
            let letter = Letter {
                way,
                recipient,
                locale,
                template: &filled,
                calendar: calendar.clone().filter(|_| way == Way::Mail),
                due: self.due(about, &site),
            };
            letter.insert(tx, ctx, about)?;
        }
        Ok(count)
    }

    /// The ways that are open, and where each leads; the address given with a booking goes before
    /// the customer's own.
    fn ways(
        &self,
        occasion: Occasion,
        to: &Customer,
        contact: Option<String>,
    ) -> Vec<(Way, String)> {
        let mail = contact.or(to.email.clone());
        let mail = mail.filter(|_| self.house.sends_mail);
        let phone = to.phone.as_ref().map(|phone| phone.digits().to_owned());
        let text = phone.filter(|_| self.settings.gateway.is_some());
        let ways = [(Way::Mail, mail), (Way::Text, text)];
        ways.into_iter()
            .filter(|(way, _)| self.settings.speaks(*way, occasion))
            .filter_map(|(way, recipient)| Some((way, recipient?)))
            .collect()
    }

    fn due(&self, about: &About<'_>, site: &Site) -> Timestamp {
        if about.leaves_at_once() {
            return about.due;
        }
        self.settings.quiet.first_allowed(about.due, &site.zone)
    }

    fn shop(&self, site: &Site, locale: Locale) -> String {
        let (business, site) = (self.organisation.name.get(locale), site.name(locale));
        match locale {
            Locale::ZhCn => format!("{business}{site}"),
            Locale::En => format!("{business} {site}"),
        }
    }

    fn calendar(
        &self,
        ctx: &Ctx,
        (about, parts): (&About<'_>, &[ToldPart]),
        to: &To<'_>,
    ) -> Option<String> {
        let wanted = [Occasion::Booked, Occasion::Moved, Occasion::Cancelled];
        wanted.contains(&about.occasion).then_some(())?;
        let place = ics::Place {
            site: to.site,
            shop: &self.shop(to.site, to.locale),
            locale: to.locale,
        };
        ics::of_order(about.order, parts, &place, ctx.now)
    }

    fn values(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        about: &About<'_>,
        to: &To<'_>,
    ) -> Result<Values, Fault> {
        let (site, locale) = (to.site, to.locale);
        let order = about.order;
        let base = format!("{}/at/{}", self.house.public_url, self.organisation.slug);
        let slot = order.state.slot();
        let staff = order.state.staff().or(slot.and_then(|slot| slot.staff));
        let staff = match staff {
            Some(id) => people::staff_member(tx, ctx, id)?.shown(locale).to_owned(),
            None => String::new(),
        };
        let (day, time) = slot.map_or_else(Default::default, |slot| {
            let local = |at: Timestamp| at.to_zoned(site.zone.clone());
            let (from, to) = (local(slot.span.start), local(slot.span.end));
            let time = format!("{}–{}", format::time(from.time()), format::time(to.time()));
            (format::date(locale, from.date()), time)
        });
        let link = match &about.path {
            Some(path) => format!("{base}/{path}"),
            None => format!("{base}/bookings/{}", order.secret),
        };
        let until = about.until.map(|until| {
            let local = until.to_zoned(site.zone.clone());
            let date = format::date(locale, local.date());
            format!("{date} {}", format::time(local.time()))
        });
        Ok(Values::from([
            ("name", to.customer.display(locale).to_owned()),
            ("business", self.organisation.name.get(locale).to_owned()),
            ("service", order.title(locale)),
            ("day", day),
            ("time", time),
            ("staff", staff),
            ("site", self.shop(site, locale)),
            ("address", site.address.clone()),
            ("phone", site.phone.clone()),
            ("number", order.code.clone()),
            ("ticket", about.ticket.clone().unwrap_or_default()),
            ("until", until.unwrap_or_default()),
            ("link", link),
            ("shop", format!("{base}/{}", site.slug)),
        ]))
    }
}

/// A visit of several parts is told part by part; a wording of the business's own that does not
/// name the parts names everybody who serves.
fn tell_parts(values: &mut Values, parts: &[ToldPart], (template, to): (&Template, &To<'_>)) {
    if parts.is_empty() {
        return;
    }
    let locale = to.locale;
    let mut staff: Vec<&str> = parts.iter().map(|part| part.staff.shown(locale)).collect();
    staff.dedup();
    let names_parts = template.body.contains("{parts}");
    let staff = if names_parts {
        String::new()
    } else {
        staff.join(match locale {
            Locale::ZhCn => "、",
            Locale::En => ", ",
        })
    };
    values.insert("staff", staff);
    let lines: Vec<String> = parts
        .iter()
        .map(|part| part.line(locale, &to.site.zone))
        .collect();
    values.insert("parts", lines.join("\n"));
}

/// One message before it is kept.
struct Letter<'a> {
    way: Way,
    recipient: String,
    locale: Locale,
    template: &'a Template,
    calendar: Option<String>,
    due: Timestamp,
}

const INSERT: &str = "
    insert into messages (org, id, key, occasion, way, site, order_id, customer, locale, recipient,
        subject, body, calendar, state, attempts, created_at, due_at, useful_until,
        at_once)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'waiting', 0, $14, $15, $16,
        $17)
    on conflict do nothing";

impl Letter<'_> {
    fn insert(self, tx: &mut Tx, ctx: &Ctx, about: &About<'_>) -> Result<(), Fault> {
        let values = params![
            ctx.org,
            ctx.id::<kernel::ids::MessageNoun>(),
            format!("{}:{}", self.way.as_str(), about.key),
            about.occasion.as_str(),
            self.way.as_str(),
            about.order.site,
            about.order.id,
            about.order.customer,
            self.locale,
            self.recipient,
            &self.template.subject,
            &self.template.body,
            self.calendar,
            ctx.now,
            self.due,
            about.useful_until,
            i64::from(about.leaves_at_once()),
        ];
        tx.execute(INSERT, values)?;
        Ok(())
    }
}
