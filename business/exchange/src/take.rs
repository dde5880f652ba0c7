//! What one row becomes, noun by noun.

mod customers;
mod history;
mod orders;
mod own;
mod services;
mod staff;

pub use customers::{customer, restore as restore_customer};
pub use history::history;
pub use orders::order;
pub use services::{restore as restore_service, service};
pub use staff::{restore as restore_staff, staff};

use ::customers::Phone;
use kernel::{
    Ctx, Currency, Fault, FaultKind, Text, Timestamp,
    ids::{CustomerId, SiteId},
};
use offers::Service;
use organisation::Site;
use people::{Skill, Staff};
use serde_json::Value as Json;
use store::Tx;

use crate::{
    columns::Columns,
    grid::{Row, refuse},
    import::Job,
    model::{Thing, What},
    values::Reader,
};

/// What rows refer to, read once for a batch.
pub struct House {
    /// Every site.
    pub sites: Vec<Site>,
    /// The site of rows that name none.
    pub site: Option<Site>,
    /// Everybody who serves or served.
    pub staff: Vec<Staff>,
    /// What they can do.
    pub skills: Vec<Skill>,
    /// Services and goods on offer.
    pub services: Vec<Service>,
    /// The name of the file without its ending.
    pub source: String,
    /// The row being taken in.
    pub row: u64,
    /// What the rows so far made and changed.
    pub(crate) things: Vec<Thing>,
}

impl House {
    /// Reads what a job needs; refuses the job when it names a site that is not there.
    pub fn load(tx: &mut Tx, ctx: &Ctx, job: &Job) -> Result<Self, Fault> {
        let sites = organisation::sites(tx, ctx)?;
        let site = match &job.site {
            Some(slug) => Some(named(&sites, slug).ok_or_else(|| {
                let slugs: Vec<&str> = sites.iter().map(|site| site.slug.as_str()).collect();
                let text = Text::key("exchange-site-unknown").with("value", slug);
                Fault::invalid("site", text.with("allowed", slugs.join(", ")))
            })?),
            None => sites.first().filter(|_| sites.len() == 1).cloned(),
        };
        if job.what == What::History && site.is_none() {
            return Err(refuse(Text::key("exchange-site-needed")));
        }
        let with_services = matches!(job.what, What::Orders | What::History);
        let with_staff = with_services || job.what == What::Staff;
        Ok(Self {
            staff: match with_staff {
                true => people::staff(tx, ctx)?,
                false => Vec::new(),
            },
            skills: people::skills(tx, ctx)?,
            services: match with_services {
                true => offers::services(tx, ctx, &offers::Filter::default())?,
                false => Vec::new(),
            },
            source: job.source.clone(),
            site,
            sites,
            row: 0,
            things: Vec::new(),
        })
    }

    /// The currency of amounts that name none.
    fn currency(&self) -> Currency {
        let site = self.site.as_ref().or(self.sites.first());
        site.map_or(Currency::CNY, |site| site.currency)
    }

    /// Notes that the row made something.
    fn made(&mut self, kind: &'static str, id: impl ToString) {
        self.note(kind, id.to_string(), None);
    }

    /// Notes that the row changed something that was this before.
    fn changed(&mut self, kind: &'static str, id: impl ToString, before: Json) {
        self.note(kind, id.to_string(), Some(before));
    }

    fn note(&mut self, kind: &'static str, id: String, before: Option<Json>) {
        let row = self.row;
        self.things.push(Thing {
            row,
            kind,
            id,
            before,
        });
    }

    /// Notes a customer that a row of another kind named, when that made the customer.
    fn met(&mut self, tx: &mut Tx, ctx: &Ctx, id: CustomerId) -> Result<(), Fault> {
        let known = self.things.iter().any(|thing| thing.id == id.to_string());
        let customer = ::customers::optional(tx, ctx, id)?;
        if !known && customer.is_some_and(|one| one.since == ctx.now && one.version == 1) {
            self.made("customer", id);
        }
        Ok(())
    }

    /// The site a cell names, or the site of rows that name none.
    fn site_of(&self, reader: &mut Reader, column: &str) -> Option<Site> {
        let Some(name) = reader.given(column) else {
            if self.site.is_none() {
                reader.wrong(column, Text::key("exchange-site-needed"));
            }
            return self.site.clone();
        };
        let found = named(&self.sites, name);
        if found.is_none() {
            self.no_site(reader, column, name);
        }
        found
    }

    /// The sites a cell names; `None` when it names none.
    fn sites_of(&self, reader: &mut Reader, column: &str) -> Option<Vec<SiteId>> {
        let mut found = Vec::new();
        for name in reader.list(column)? {
            match named(&self.sites, &name) {
                Some(site) if found.contains(&site.id) => {}
                Some(site) => found.push(site.id),
                None => self.no_site(reader, column, &name),
            }
        }
        Some(found)
    }

    fn no_site(&self, reader: &mut Reader, column: &str, name: &str) {
        let slugs: Vec<&str> = self.sites.iter().map(|site| site.slug.as_str()).collect();
        let text = Text::key("exchange-site-unknown").with("value", name);
        reader.wrong(column, text.with("allowed", slugs.join(", ")));
    }
}

/// The site with this web name or this name in either language.
fn named(sites: &[Site], name: &str) -> Option<Site> {
    let is = |text: &str| same(text, name);
    let found = sites
        .iter()
        .find(|site| is(&site.slug) || is(&site.name.zh) || is(&site.name.en));
    found.cloned()
}

/// Whether two names are the same but for capitals and spaces around them.
fn same(a: &str, b: &str) -> bool {
    !a.is_empty() && a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Whether a text holds Han characters.
fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Refuses a moment that has not come yet.
fn in_the_past(reader: &mut Reader, column: &str, at: Option<Timestamp>, now: Timestamp) {
    if at.is_some_and(|at| at > now) {
        reader.wrong(column, Text::key("exchange-future"));
    }
}

/// By what a row is known again within its file.
pub fn identity(what: What, columns: &Columns, row: &Row) -> Option<String> {
    let cell = |name: &str| {
        let cell = columns.cell(row, name);
        (!cell.is_empty()).then(|| format!("{name} {}", cell.to_lowercase()))
    };
    let natural = || match what {
        What::Services => cell("code"),
        What::Staff => cell("name"),
        What::Customers => {
            let phone = Phone::parse(columns.cell(row, "phone"))?;
            Some(format!("phone {}", phone.digits()))
        }
        What::Orders | What::History => None,
    };
    cell("external_id").or_else(natural)
}

/// A fault about one thing as a fault about a column of ours.
fn about(column: &str, fault: Fault) -> Fault {
    match fault.kind {
        FaultKind::Broken => fault,
        _ => Fault::invalid(column, fault.text),
    }
}
