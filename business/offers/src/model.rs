//! What a service or a good is, and when one may be saved.

use kernel::{
    Bilingual, Channel, Currency, Fault, FieldFault, Locale, Money, Text,
    ids::{BlueprintId, ServiceId, SiteId},
};

/// Work done for a customer, or a thing handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Work that takes time.
    Service,
    /// A thing sold.
    Good,
}

kernel::words!(Kind {
    Service => "service", "offers-kind-service";
    Good => "good", "offers-kind-good";
});

/// The family a service belongs to: its colour and its place in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Hair.
    Hair,
    /// Colour.
    Colour,
    /// Spa.
    Spa,
    /// Care.
    Care,
    /// Repair.
    Repair,
    /// Café.
    Cafe,
}

kernel::words!(Family {
    Hair => "hair", "offers-family-hair";
    Colour => "colour", "offers-family-colour";
    Spa => "spa", "offers-family-spa";
    Care => "care", "offers-family-care";
    Repair => "repair", "offers-family-repair";
    Cafe => "cafe", "offers-family-cafe";
});

/// Whether it can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// On offer.
    Active,
    /// Kept for the past, no longer on offer.
    Archived,
}

kernel::words!(State {
    Active => "active", "offers-state-active";
    Archived => "archived", "offers-state-archived";
});

/// The kinds of rooms and equipment a service may need.
pub const RESOURCE_KINDS: &[&str] = &[
    "chair",
    "basin",
    "room",
    "bed",
    "bench",
    "bay",
    "table",
    "vehicle",
    "equipment",
];

/// The name of a kind of resource; a kind outside the vocabulary is shown as its code.
pub fn resource_kind_name(locale: Locale, code: &str) -> String {
    match code {
        "chair" => locale.t("offers-resource-chair"),
        "basin" => locale.t("offers-resource-basin"),
        "room" => locale.t("offers-resource-room"),
        "bed" => locale.t("offers-resource-bed"),
        "bench" => locale.t("offers-resource-bench"),
        "bay" => locale.t("offers-resource-bay"),
        "table" => locale.t("offers-resource-table"),
        "vehicle" => locale.t("offers-resource-vehicle"),
        "equipment" => locale.t("offers-resource-equipment"),
        other => other.to_owned(),
    }
}

/// The channels a service can be offered through.
pub const CHANNELS: [Channel; 4] = [
    Channel::Desk,
    Channel::Online,
    Channel::Phone,
    Channel::Kiosk,
];

/// The name of a channel.
pub fn channel_name(locale: Locale, channel: Channel) -> String {
    match channel {
        Channel::Desk => locale.t("offers-channel-desk"),
        Channel::Online => locale.t("offers-channel-online"),
        Channel::Phone => locale.t("offers-channel-phone"),
        Channel::Kiosk => locale.t("offers-channel-kiosk"),
        Channel::Api | Channel::Import | Channel::System => channel.as_str().to_owned(),
    }
}

/// The service level: what a customer is promised, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Targets {
    /// From arrival to being served, at most.
    pub wait_minutes: Option<i64>,
    /// From asking to a first answer, at most.
    pub response_minutes: Option<i64>,
    /// From arrival to being done, at most.
    pub completion_minutes: Option<i64>,
}

/// A service or a good on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its identity.
    pub id: ServiceId,
    /// Counts changes; 0 before it is first saved.
    pub version: i64,
    /// Short name on lists and in files; empty before saving means: choose one.
    pub code: String,
    /// Work or thing.
    pub kind: Kind,
    /// Its family.
    pub family: Family,
    /// What customers call it.
    pub name: Bilingual,
    /// What it is, for customers.
    pub text: Bilingual,
    /// How long it takes; a multiple of 5; 0 for most goods.
    pub minutes: i64,
    /// Preparation before, in minutes, when the place is busy but the customer is not there.
    pub buffer_before_minutes: i64,
    /// Clean-up after, in minutes.
    pub buffer_after_minutes: i64,
    /// Price with tax.
    pub price: Money,
    /// Tax contained in the price, in permille of the net price.
    pub tax_permille: i64,
    /// On offer or archived.
    pub state: State,
    /// The blueprint its orders follow.
    pub blueprint: Option<BlueprintId>,
    /// Its service level.
    pub targets: Targets,
    /// Its name in the system it was imported from.
    pub external_id: Option<String>,
    /// Where it is offered; empty means at every site.
    pub sites: Vec<SiteId>,
    /// Through which channels it is offered.
    pub channels: Vec<Channel>,
    /// Codes of the skills one person must have, all of them.
    pub skills: Vec<String>,
    /// Kinds of rooms and equipment, one of each.
    pub resources: Vec<String>,
    /// Services that can be added to it.
    pub add_ons: Vec<ServiceId>,
}

/// The most services and goods of one organisation.
pub const SERVICES_MAX: i64 = 2000;

impl Service {
    /// A new service of half an hour at the desk and online, still without a name.
    pub fn new(id: ServiceId, currency: Currency) -> Self {
        Self {
            id,
            version: 0,
            code: String::new(),
            kind: Kind::Service,
            family: Family::Hair,
            name: Bilingual::default(),
            text: Bilingual::default(),
            minutes: 30,
            buffer_before_minutes: 0,
            buffer_after_minutes: 0,
            price: Money::new(0, currency),
            tax_permille: 60,
            state: State::Active,
            blueprint: None,
            targets: Targets::default(),
            external_id: None,
            sites: Vec::new(),
            channels: vec![Channel::Desk, Channel::Online, Channel::Phone],
            skills: Vec::new(),
            resources: Vec::new(),
            add_ons: Vec::new(),
        }
    }

    /// Whether a slot can be booked for it.
    pub fn is_bookable(&self) -> bool {
        self.kind == Kind::Service && self.minutes > 0 && self.state == State::Active
    }

    /// Whether it is offered at a site.
    pub fn is_offered_at(&self, site: SiteId) -> bool {
        self.sites.is_empty() || self.sites.contains(&site)
    }

    /// Whether it is offered through a channel.
    pub fn is_offered_through(&self, channel: Channel) -> bool {
        self.channels.contains(&channel)
    }

    /// Refuses what cannot be sold, naming every field that is wrong.
    pub fn check(&self) -> Result<(), Fault> {
        let mut wrong = Wrong::default();
        wrong.words(self);
        wrong.numbers(self);
        wrong.lists(self);
        if wrong.0.is_empty() {
            Ok(())
        } else {
            Err(Fault::fields(wrong.0))
        }
    }
}

#[derive(Default)]
struct Wrong(Vec<FieldFault>);

impl Wrong {
    fn add(&mut self, field: &str, text: Text) {
        self.0.push(FieldFault {
            field: field.to_owned(),
            text,
        });
    }

    fn words(&mut self, service: &Service) {
        if service.name.is_empty() {
            self.add("name_zh", Text::key("offers-name-needed"));
        }
        for (field, text, max) in [
            ("name_zh", &service.name.zh, 80),
            ("name_en", &service.name.en, 80),
            ("text_zh", &service.text.zh, 1000),
            ("text_en", &service.text.en, 1000),
        ] {
            if text.chars().count() > max {
                self.add(field, Text::key("offers-too-long").with("max", max));
            }
        }
        if !is_code(&service.code, 24) {
            self.add("code", Text::key("offers-code-wrong"));
        }
        if service
            .external_id
            .as_ref()
            .is_some_and(|id| id.is_empty() || id.chars().count() > 80)
        {
            self.add("external_id", Text::key("offers-too-long").with("max", 80));
        }
    }

    fn within(&mut self, field: &str, value: i64, bounds: (i64, i64)) {
        let (min, max) = bounds;
        if !(min..=max).contains(&value) {
            self.add(
                field,
                Text::key("offers-out-of-range")
                    .with("min", min)
                    .with("max", max),
            );
        }
    }

    fn numbers(&mut self, service: &Service) {
        let shortest = if service.kind == Kind::Service { 5 } else { 0 };
        self.within("minutes", service.minutes, (shortest, 1440));
        self.within("buffer_before", service.buffer_before_minutes, (0, 240));
        self.within("buffer_after", service.buffer_after_minutes, (0, 240));
        for (field, minutes) in [
            ("minutes", service.minutes),
            ("buffer_before", service.buffer_before_minutes),
            ("buffer_after", service.buffer_after_minutes),
        ] {
            if minutes % 5 != 0 {
                self.add(field, Text::key("offers-five-minutes"));
            }
        }
        if !(0..=Money::MINOR_MAX).contains(&service.price.minor) {
            self.add("price", Text::key("offers-price-wrong"));
        }
        self.within("tax", service.tax_permille, (0, 1000));
        for (field, target) in [
            ("wait_target", service.targets.wait_minutes),
            ("response_target", service.targets.response_minutes),
            ("completion_target", service.targets.completion_minutes),
        ] {
            if let Some(minutes) = target {
                self.within(field, minutes, (1, 43_200));
            }
        }
    }

    fn lists(&mut self, service: &Service) {
        let allowed = |channel: &Channel| CHANNELS.contains(channel);
        if service.channels.is_empty() || !service.channels.iter().all(allowed) {
            self.add("channels", Text::key("offers-channels-needed"));
        }
        for (field, count, max) in [
            ("sites", service.sites.len(), 500),
            ("skills", service.skills.len(), 20),
            ("resources", service.resources.len(), 10),
            ("add_ons", service.add_ons.len(), 30),
        ] {
            if count > max {
                self.add(field, Text::key("offers-too-many").with("max", max));
            }
        }
        if !service.skills.iter().all(|code| is_code(code, 40)) {
            self.add("skills", Text::key("offers-skill-unknown"));
        }
        if !service.resources.iter().all(|code| is_code(code, 40)) {
            self.add("resources", Text::key("offers-resource-unknown"));
        }
        if service.add_ons.contains(&service.id) {
            self.add("add_ons", Text::key("offers-add-on-itself"));
        }
    }
}

/// Letters, digits, point, hyphen and underscore: what can stand in a file and in a path.
fn is_code(code: &str, max: usize) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    (1..=max).contains(&code.len()) && code.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Ctx, IdSource, Timestamp, ids::OrganisationId};

    fn cut() -> Service {
        let id = |seed| IdSource::seeded(seed).uuid(Timestamp::UNIX_EPOCH);
        let org = OrganisationId::from_uuid(id(1));
        let ctx = Ctx::system(org, Timestamp::UNIX_EPOCH, IdSource::seeded(2));
        Service {
            code: "CUT".to_owned(),
            name: Bilingual::new("剪发", "Cut"),
            ..Service::new(ctx.id(), Currency::CNY)
        }
    }

    fn wrong_fields(service: &Service) -> Vec<String> {
        let faults = service
            .check()
            .err()
            .map_or(Vec::new(), |fault| fault.fields);
        faults.into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_plain_cut_can_be_sold() {
        assert_eq!(cut().check(), Ok(()));
        assert!(cut().is_bookable());
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let cut = cut();
        let wrong = Service {
            name: Bilingual::default(),
            code: "a b".to_owned(),
            minutes: 7,
            buffer_after_minutes: 245,
            price: Money::new(-1, Currency::CNY),
            tax_permille: 1001,
            targets: Targets {
                wait_minutes: Some(0),
                ..Targets::default()
            },
            channels: Vec::new(),
            skills: vec!["a/b".to_owned()],
            add_ons: vec![cut.id],
            ..cut
        };
        let expected = [
            "name_zh",
            "code",
            "buffer_after",
            "minutes",
            "price",
            "tax",
            "wait_target",
            "channels",
            "skills",
            "add_ons",
        ];
        assert_eq!(wrong_fields(&wrong), expected);
    }

    #[test]
    fn a_good_takes_no_time_and_a_service_takes_some() {
        let instant = Service {
            minutes: 0,
            ..cut()
        };
        assert_eq!(wrong_fields(&instant), ["minutes"]);
        let soap = Service {
            kind: Kind::Good,
            ..instant
        };
        assert_eq!(soap.check(), Ok(()));
        assert!(!soap.is_bookable());
    }

    #[test]
    fn no_site_named_means_every_site() {
        let site = SiteId::from_uuid(IdSource::seeded(7).uuid(Timestamp::UNIX_EPOCH));
        let other = SiteId::from_uuid(IdSource::seeded(8).uuid(Timestamp::UNIX_EPOCH));
        assert!(cut().is_offered_at(site));
        let there = Service {
            sites: vec![other],
            ..cut()
        };
        assert!(!there.is_offered_at(site));
        assert!(there.is_offered_at(other));
    }
}
