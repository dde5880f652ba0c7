//! The journal and the day of the sites as files.

use std::collections::BTreeMap;

use kernel::{Ctx, Fault, ids::SiteId};
use organisation::Site;
use store::{Entry, Tx, journal};
use web::{Column, Export, Me};

use crate::pages::{
    journal::activity_words,
    regions::{Totals, takings},
};

/// The columns of the file; what the facts touch stands there as kind and identity.
pub(crate) fn export(me: &Me) -> Export<Entry> {
    let (locale, zone) = (me.look.locale, me.zone());
    let sites = me
        .sites
        .iter()
        .map(|site| (site.id, site.name.get(locale).to_owned()));
    let sites: BTreeMap<SiteId, String> = sites.collect();
    let recorded = zone.clone();
    let columns = vec![
        Column::new(locale.t("desk-col-seq"), |one: &Entry| one.seq),
        Column::new(locale.t("desk-col-at"), move |one: &Entry| {
            one.at.to_zoned(zone.clone()).datetime()
        }),
        Column::new(locale.t("desk-col-recorded"), move |one: &Entry| {
            one.recorded_at.to_zoned(recorded.clone()).datetime()
        }),
        Column::new(locale.t("desk-col-fact"), |one: &Entry| {
            one.activity.clone()
        }),
        Column::new(locale.t("desk-journal-activity"), move |one: &Entry| {
            activity_words(locale, &one.activity)
        }),
        Column::new(locale.t("desk-col-by"), |one: &Entry| {
            match one.actor_name.as_str() {
                "" => one.actor.clone(),
                name => name.to_owned(),
            }
        }),
        Column::new(locale.t("desk-col-channel"), |one: &Entry| {
            one.channel.clone()
        }),
        Column::new(locale.t("desk-col-site"), move |one: &Entry| {
            one.site.and_then(|site| sites.get(&site).cloned())
        }),
        Column::new(locale.t("desk-col-about"), about),
        Column::new(locale.t("desk-col-attributes"), |one: &Entry| {
            match one.attributes.is_empty() {
                true => String::new(),
                false => serde_json::Value::from(one.attributes.clone()).to_string(),
            }
        }),
        Column::new(locale.t("desk-col-seal"), |one: &Entry| one.hash.clone()),
    ];
    Export {
        name: "journal",
        columns,
    }
}

fn about(entry: &Entry) -> String {
    let objects = entry.objects.iter();
    let named = objects.map(|(kind, id, _)| format!("{kind}:{id}"));
    named.collect::<Vec<_>>().join(" ")
}

/// The facts of a filter, newest first, so many a call.
pub(crate) fn rows(
    ctx: Ctx,
    mut filter: journal::Filter,
) -> impl FnMut(&mut Tx) -> Result<Vec<Entry>, Fault> {
    move |tx| {
        let found = journal::page(tx, ctx.org, &filter, journal::PAGE_MAX)?;
        if let Some(last) = found.last() {
            filter.before = Some(last.seq);
        }
        Ok(found)
    }
}

/// The day of each site.
pub(crate) fn regions(me: &Me) -> Export<(Site, Totals)> {
    let locale = me.look.locale;
    let count = |key: &str, of: fn(&Totals) -> i64| {
        Column::new(locale.t(key), move |(_, day): &(Site, Totals)| of(day))
    };
    Export {
        name: "regions",
        columns: vec![
            Column::new(
                locale.t("desk-regions-site"),
                move |(site, _): &(Site, Totals)| site.name(locale).to_owned(),
            ),
            count("desk-regions-booked", |day| day.booked),
            count("desk-regions-waiting", |day| day.waiting),
            count("desk-regions-standing", |day| day.in_line),
            count("desk-regions-serving", |day| day.serving),
            count("desk-regions-served", |day| day.served),
            count("desk-regions-no-shows", |day| day.no_shows),
            Column::new(
                locale.t("desk-regions-takings"),
                move |(_, day): &(Site, Totals)| takings(locale, &day.takings),
            ),
        ],
    }
}
