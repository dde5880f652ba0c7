//! Booking rules: what a site says, what a service says instead, what a level of customers says
//! instead of both.

use customers::Level;
use kernel::ids::{ServiceId, SiteId};

/// What a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleBy {
    /// Everything at a site.
    Site(SiteId),
    /// A service, at every site.
    Service(ServiceId),
    /// A level of customers, at every site and for every service.
    Level(Level),
}

impl RuleBy {
    /// The columns `scope` and `subject`.
    pub fn key(self) -> (&'static str, String) {
        match self {
            Self::Site(site) => ("site", site.to_string()),
            Self::Service(service) => ("service", service.to_string()),
            Self::Level(level) => ("level", level.as_str().to_owned()),
        }
    }

    /// Reads the columns, or the parts of an address.
    pub fn parse(scope: &str, subject: &str) -> Option<Self> {
        match scope {
            "site" => SiteId::parse(subject).map(Self::Site),
            "service" => ServiceId::parse(subject).map(Self::Service),
            "level" => Level::parse(subject).map(Self::Level),
            _ => None,
        }
    }
}

/// What is said for one site, service or level; what is `None` is as it is without.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RuleValues {
    /// How many minutes ahead an online booking must be made.
    pub notice_minutes: Option<i64>,
    /// How many days ahead bookings are taken.
    pub horizon_days: Option<i64>,
    /// How many bookings a customer may have ahead at once.
    pub upcoming_max: Option<i64>,
    /// Until how many minutes before the start a customer may cancel or move a booking.
    pub cancel_minutes: Option<i64>,
}

/// A value, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The value.
    pub value: i64,
    /// Whose rule it is.
    pub by: RuleBy,
}

/// The rules for one booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruled {
    /// How many minutes ahead an online booking must be made.
    pub notice_minutes: Given,
    /// How many days ahead bookings are taken.
    pub horizon_days: Given,
    /// How many bookings a customer may have ahead at once; `None` sets no limit.
    pub upcoming_max: Option<Given>,
    /// Until how many minutes before the start a customer may cancel or move a booking.
    pub cancel_minutes: Given,
}

impl Ruled {
    /// The site's rules, with what services say instead and then what a level says instead. Of
    /// several services the strictest counts.
    pub fn new(
        site: Self,
        services: &[(RuleBy, RuleValues)],
        level: Option<(RuleBy, RuleValues)>,
    ) -> Self {
        let strictest = |of: fn(&RuleValues) -> Option<i64>, most: bool| {
            let said = services.iter();
            let said = said.filter_map(|(by, values)| {
                Some(Given {
                    value: of(values)?,
                    by: *by,
                })
            });
            match most {
                true => said.max_by_key(|given| given.value),
                false => said.min_by_key(|given| given.value),
            }
        };
        let of_level = |of: fn(&RuleValues) -> Option<i64>| {
            let (by, values) = level.as_ref()?;
            Some(Given {
                value: of(values)?,
                by: *by,
            })
        };
        let said = |of: fn(&RuleValues) -> Option<i64>, most: bool| {
            of_level(of).or_else(|| strictest(of, most))
        };
        Self {
            notice_minutes: said(|v| v.notice_minutes, true).unwrap_or(site.notice_minutes),
            horizon_days: said(|v| v.horizon_days, false).unwrap_or(site.horizon_days),
            upcoming_max: said(|v| v.upcoming_max, false).or(site.upcoming_max),
            cancel_minutes: said(|v| v.cancel_minutes, true).unwrap_or(site.cancel_minutes),
        }
    }
}
