//! The journal from end to end, page by page, so that no more than a page is ever held.

use kernel::{Fault, ids::OrganisationId};

use super::{COLUMNS, Entry, Filter, read_entry};
use crate::{Tx, Value, params};

/// Events, or objects, of one page.
const PAGE: i64 = 1000;
/// Objects whose events are read together.
const HISTORIES: i64 = 100;

/// Every event that a filter lets through, in the order in which they were written down.
pub fn each(
    tx: &mut Tx,
    org: OrganisationId,
    filter: &Filter,
    mut visit: impl FnMut(Entry) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let (conditions, values) = conditions(org, filter);
    let sql = format!(
        "select {COLUMNS} from journal where {conditions} and seq > ${} order by seq limit {PAGE}",
        values.len() + 1
    );
    let mut last = 0;
    loop {
        let mut values = values.clone();
        values.push(Value::from(last));
        let page = tx.all(&sql, &values, read_entry)?;
        let Some(end) = page.last() else {
            return Ok(());
        };
        last = end.seq;
        page.into_iter().try_for_each(&mut visit)?;
    }
}

/// Every object that such an event touches, as kind and id, each once, in their order.
pub fn each_object(
    tx: &mut Tx,
    org: OrganisationId,
    filter: &Filter,
    mut visit: impl FnMut(&str, &str) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut last = (String::new(), String::new());
    loop {
        let page = objects(tx, (org, filter), &last, PAGE)?;
        let Some(end) = page.last() else {
            return Ok(());
        };
        last = end.clone();
        for (kind, object) in &page {
            visit(kind, object)?;
        }
    }
}

fn objects(
    tx: &mut Tx,
    (org, filter): (OrganisationId, &Filter),
    (kind, object): &(String, String),
    limit: i64,
) -> Result<Vec<(String, String)>, Fault> {
    let (conditions, mut values) = conditions(org, filter);
    let next = values.len() + 1;
    let touched = match values.len() {
        1 => String::new(),
        _ => format!("and exists (select 1 from journal where {conditions} and seq = o.seq)"),
    };
    let sql = format!(
        "select distinct kind, object from journal_objects o
         where org = $1 and (kind, object) > (${next}, ${}) {touched}
         order by kind, object limit {limit}",
        next + 1
    );
    values.extend([Value::from(kind), Value::from(object)]);
    tx.all(&sql, &values, |row| Ok((row.text(0)?, row.text(1)?)))
}

/// The events of every object of a kind that a filter lets through: object after object, and of
/// each the oldest first.
pub fn each_history(
    tx: &mut Tx,
    org: OrganisationId,
    (kind, filter): (&str, &Filter),
    mut visit: impl FnMut(&str, &[Entry]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let (conditions, values) = conditions(org, filter);
    let next = values.len() + 1;
    // The objects first, then each event by its key, as in `about`.
    let sql = format!(
        "select {COLUMNS}, thing from (
            select distinct object as thing, seq as told from journal_objects
            where org = $1 and kind = ${next} and object >= ${} and object <= ${}) o
         cross join journal where {conditions} and seq = told
         order by thing, +at, seq",
        next + 1,
        next + 2
    );
    let mut last = (kind.to_owned(), String::new());
    loop {
        let page = objects(tx, (org, filter), &last, HISTORIES)?;
        let mut page = page.into_iter().filter(|(of, _)| of == kind);
        let Some((_, first)) = page.next() else {
            return Ok(());
        };
        let end = page
            .next_back()
            .map_or_else(|| first.clone(), |(_, end)| end);
        let mut values = values.clone();
        values.extend([Value::from(kind), Value::from(&first), Value::from(&end)]);
        let told = tx.all(&sql, &values, |row| Ok((row.text(12)?, read_entry(row)?)))?;
        for events in told.chunk_by(|a, b| a.0 == b.0) {
            let entries: Vec<Entry> = events.iter().map(|(_, entry)| entry.clone()).collect();
            visit(&events[0].0, &entries)?;
        }
        last = (kind.to_owned(), end);
    }
}

/// What a filter asks of a row of the journal, and with which values; `$1` is the organisation.
pub(super) fn conditions(org: OrganisationId, filter: &Filter) -> (String, Vec<Value>) {
    let mut values = vec![Value::from(org)];
    let mut conditions = vec!["org = $1".to_owned()];
    let mut add = |condition: &str, new: &[Value]| {
        let mut text = condition.to_owned();
        for value in new {
            values.push(value.clone());
            text = text.replacen('?', &format!("${}", values.len()), 1);
        }
        conditions.push(text);
    };
    if let Some(activity) = &filter.activity {
        let last = format!("{activity}\u{10FFFF}");
        add("activity >= ? and activity <= ?", params![activity, last]);
    }
    if let Some((kind, object)) = &filter.object {
        add(
            "seq in (select seq from journal_objects where org = $1 and kind = ? and object = ?)",
            params![kind, object],
        );
    }
    if let Some(from) = filter.from {
        add("at >= ?", params![from]);
    }
    if let Some(to) = filter.to {
        add("at < ?", params![to]);
    }
    if let Some(before) = filter.before {
        add("seq < ?", params![before]);
    }
    if let Some(site) = filter.site {
        add("site = ?", params![site]);
    }
    (conditions.join(" and "), values)
}
