//! What a customer has chosen: a service, and what goes with it.

use kernel::{Channel, Ctx, Fault, ids::ServiceId};
use offers::Service;
use organisation::Site;
use store::Tx;

/// The most add-ons one address can name; a service has no more.
pub(crate) const ADD_ONS_MAX: usize = 30;

/// A service with the add-ons it is offered with, and those of them that were chosen.
pub(crate) struct Choice {
    /// The service.
    pub(crate) service: Service,
    /// Add-ons to choose from, and whether each is chosen.
    pub(crate) add_ons: Vec<(Service, bool)>,
    /// Whether everything that was asked for is on offer.
    pub(crate) is_whole: bool,
}

impl Choice {
    /// What is chosen, of what can be had here online now; `codes` are those of add-ons.
    pub(crate) fn load(
        tx: &mut Tx,
        ctx: &Ctx,
        (site, service): (&Site, Service),
        codes: &[String],
    ) -> Result<Self, Fault> {
        let found = offers::services_by_id(tx, ctx, &service.add_ons)?;
        let mut offered: Vec<Service> = found
            .into_values()
            .filter(|add_on| is_offered(add_on, &service, site))
            .collect();
        offers::sort_by_name(&mut offered, ctx.locale);
        let is_whole = codes
            .iter()
            .all(|code| offered.iter().any(|add_on| add_on.code == *code));
        let add_ons = offered.into_iter().map(|add_on| {
            let chosen = codes.contains(&add_on.code);
            (add_on, chosen)
        });
        Ok(Self {
            add_ons: add_ons.collect(),
            service,
            is_whole,
        })
    }

    /// The add-ons chosen.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = &Service> {
        let chosen = self.add_ons.iter().filter(|(_, chosen)| *chosen);
        chosen.map(|(add_on, _)| add_on)
    }

    /// The codes of the add-ons chosen, with one added, or taken out again.
    pub(crate) fn codes_toggling(&self, code: &str) -> Vec<&str> {
        let kept = |(add_on, chosen): &&(Service, bool)| *chosen != (add_on.code == code);
        let kept = self.add_ons.iter().filter(kept);
        kept.map(|(add_on, _)| add_on.code.as_str()).collect()
    }

    /// The codes of the add-ons chosen.
    pub(crate) fn codes(&self) -> Vec<&str> {
        self.chosen().map(|add_on| add_on.code.as_str()).collect()
    }

    /// The ids of the add-ons chosen.
    pub(crate) fn ids(&self) -> Vec<ServiceId> {
        self.chosen().map(|add_on| add_on.id).collect()
    }

    /// Minutes that the add-ons add.
    pub(crate) fn add_on_minutes(&self) -> i64 {
        self.chosen().map(|add_on| add_on.minutes).sum()
    }

    /// Minutes that all of it takes.
    pub(crate) fn minutes(&self) -> i64 {
        self.service.minutes + self.add_on_minutes()
    }
}

fn is_offered(add_on: &Service, service: &Service, site: &Site) -> bool {
    add_on.state == offers::State::Active
        && add_on.is_offered_at(site.id)
        && add_on.is_offered_through(Channel::Online)
        && add_on.price.currency == service.price.currency
}
