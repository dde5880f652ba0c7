//! What a customer has chosen: a service, what goes with it, and more in the same visit.

use capacity::Visit;
use kernel::{Channel, Ctx, Fault, ids::StaffId};
use offers::Service;
use orders::NewLine;
use organisation::Site;
use store::Tx;

/// The most services of one visit.
pub(crate) const SERVICES_MAX: usize = 4;
/// The most add-ons one address can name; a service has no more.
pub(crate) const ADD_ONS_MAX: usize = 30;

/// A service with the add-ons it is offered with, and those of them that were chosen.
#[derive(Clone)]
pub(crate) struct Choice {
    /// The service.
    pub(crate) service: Service,
    /// Add-ons to choose from, and whether each is chosen.
    pub(crate) add_ons: Vec<(Service, bool)>,
    /// Other services that can be had in the same visit, and whether each is chosen.
    pub(crate) more: Vec<(Service, bool)>,
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
        let mut others = crate::queries::services(tx, ctx, site)?;
        others.retain(|other| {
            other.id != service.id
                && other.price.currency == service.price.currency
                && offered.iter().all(|add_on| add_on.id != other.id)
        });
        let known = |code: &String| {
            let mut all = offered.iter().chain(&others);
            all.any(|other| other.code == *code)
        };
        let is_whole = codes.iter().all(known);
        let chosen = |other: &Service| codes.contains(&other.code);
        let is_whole = is_whole && others.iter().filter(|one| chosen(one)).count() < SERVICES_MAX;
        let more = others.into_iter().map(|other| {
            let chosen = codes.contains(&other.code);
            (other, chosen)
        });
        let more = more.collect();
        let add_ons = offered.into_iter().map(|add_on| {
            let chosen = codes.contains(&add_on.code);
            (add_on, chosen)
        });
        Ok(Self {
            add_ons: add_ons.collect(),
            service,
            more,
            is_whole,
        })
    }

    /// The add-ons and the further services chosen.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = &Service> {
        let all = self.add_ons.iter().chain(&self.more);
        all.filter(|(_, chosen)| *chosen).map(|(other, _)| other)
    }

    /// Whether more than one service was chosen.
    pub(crate) fn has_more(&self) -> bool {
        self.more.iter().any(|(_, chosen)| *chosen)
    }

    /// The codes of the add-ons chosen, with one added, or taken out again.
    pub(crate) fn codes_toggling(&self, code: &str) -> Vec<&str> {
        let kept = |(add_on, chosen): &&(Service, bool)| *chosen != (add_on.code == code);
        let kept = self.add_ons.iter().chain(&self.more).filter(kept);
        kept.map(|(add_on, _)| add_on.code.as_str()).collect()
    }

    /// The codes of the add-ons chosen.
    pub(crate) fn codes(&self) -> Vec<&str> {
        self.chosen().map(|add_on| add_on.code.as_str()).collect()
    }

    /// Minutes that all of it takes.
    pub(crate) fn minutes(&self) -> i64 {
        let more: i64 = self.chosen().map(|other| other.minutes).sum();
        self.service.minutes + more
    }

    /// Everything chosen as the lines of an order.
    pub(crate) fn lines(&self) -> Vec<NewLine> {
        let services = std::iter::once(&self.service).chain(self.chosen());
        services.map(|service| NewLine::one(service.id)).collect()
    }

    /// The visit it would be; a person who is wished for serves every part he or she can.
    pub(crate) fn visit(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        site: &Site,
        who: Option<StaffId>,
    ) -> Result<Visit, Fault> {
        let wishes = self.wishes(tx, ctx, who)?;
        orders::visit_of(tx, ctx, site.id, &self.lines(), &wishes)
    }

    /// Who is wished for, by the place of each line the person can serve.
    pub(crate) fn wishes(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        who: Option<StaffId>,
    ) -> Result<Vec<(usize, StaffId)>, Fault> {
        let Some(who) = who else {
            return Ok(Vec::new());
        };
        if !self.has_more() {
            return Ok(vec![(0, who)]);
        }
        let person = people::staff_member(tx, ctx, who)?;
        let services = std::iter::once(&self.service).chain(self.chosen());
        let able = services
            .enumerate()
            .filter(|(_, one)| person.can(&one.skills));
        Ok(able.map(|(place, _)| (place, who)).collect())
    }

    /// What each of the services needs of a person.
    pub(crate) fn skills(&self) -> Vec<Vec<String>> {
        let more = self.more.iter().filter(|(_, chosen)| *chosen);
        let services = std::iter::once(&self.service).chain(more.map(|(other, _)| other));
        services.map(|service| service.skills.clone()).collect()
    }
}

fn is_offered(add_on: &Service, service: &Service, site: &Site) -> bool {
    add_on.state == offers::State::Active
        && add_on.is_offered_at(site.id)
        && add_on.is_offered_through(Channel::Online)
        && add_on.price.currency == service.price.currency
}
