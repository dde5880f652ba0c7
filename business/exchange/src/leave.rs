//! The journal leaves the house: as OCEL 2.0 with every object, or order by order as XES or CSV.
//! What was written is not held, so a journal of any length takes the same memory.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{BufWriter, Write};
use std::path::Path;

use formats::ocel::{JsonStream, SqliteStream, Told};
use formats::xes;
use kernel::{Ctx, Fault};
use mining::{LogBuilder, RESOURCE, Value};
use serde_json::Value as Json;
use store::{
    Db, Entry, Event, Tx,
    journal::{self, Filter},
};
use tempfile::NamedTempFile;

/// What becomes of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// OCEL 2.0 as JSON.
    OcelJson,
    /// OCEL 2.0 as a SQLite database.
    OcelSqlite,
    /// XES, each order a trace.
    Xes,
    /// CSV, each event of an order a row.
    Csv,
}

impl LogFormat {
    /// What a word of the command line and the name of a file ask for.
    pub fn of(word: &str, file: &Path) -> Result<Self, String> {
        let ending = file.extension().unwrap_or_default().to_string_lossy();
        match (word, ending.as_ref()) {
            ("ocel", "json" | "jsonocel") => Ok(Self::OcelJson),
            ("ocel", "sqlite" | "sqlite3" | "db") => Ok(Self::OcelSqlite),
            ("ocel", _) => Err("end the name of the file with .json or .sqlite".to_owned()),
            ("xes", _) => Ok(Self::Xes),
            ("csv", _) => Ok(Self::Csv),
            _ => Err(format!("{word} cannot be exported; choose ocel, xes, csv")),
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::OcelJson | Self::OcelSqlite => "ocel",
            Self::Xes => "xes",
            Self::Csv => "csv",
        }
    }
}

/// How much was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Events; in XES and CSV an event of two orders counts twice.
    pub events: u64,
    /// Objects; in XES and CSV orders.
    pub objects: u64,
    /// Links between the two.
    pub relations: u64,
}

/// Writes what a filter lets through into a file that is not there yet, whole or not at all.
pub fn leave(
    db: &Db,
    ctx: &Ctx,
    (format, filter): (LogFormat, &Filter),
    file: &Path,
) -> Result<Written, Fault> {
    let named = |error: &dyn Display| Fault::broken(format!("{}: {error}", file.display()));
    if file.exists() {
        return Err(named(&"it exists already; choose another name"));
    }
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let part = NamedTempFile::new_in(folder).map_err(|error| named(&error))?;
    let written = db.read(|tx| {
        let whole = Whole { tx, ctx, filter };
        match format {
            LogFormat::OcelJson => whole.json(BufWriter::new(part.as_file())),
            LogFormat::OcelSqlite => whole.sqlite(part.path()),
            LogFormat::Xes => whole.xes(BufWriter::new(part.as_file())),
            LogFormat::Csv => whole.csv(BufWriter::new(part.as_file())),
        }
    })?;
    part.as_file().sync_all().map_err(|error| named(&error))?;
    part.persist_noclobber(file)
        .map_err(|error| named(&error))?;
    let (ctx, count) = (
        ctx.clone(),
        i64::try_from(written.events).unwrap_or(i64::MAX),
    );
    db.write(move |tx| {
        let event = Event::new("list.exported").object("list", "journal", "subject");
        let event = event.attr("format", format.as_str()).attr("rows", count);
        tx.record(&ctx, event);
        Ok(())
    })?;
    Ok(written)
}

/// The part of the journal that is asked for.
struct Whole<'a, 'c> {
    tx: &'a mut Tx<'c>,
    ctx: &'a Ctx,
    filter: &'a Filter,
}

impl Whole<'_, '_> {
    fn json(self, out: impl Write) -> Result<Written, Fault> {
        let mut written = Written::default();
        let mut stream = JsonStream::new(out).map_err(Fault::broken)?;
        journal::each(self.tx, self.ctx.org, self.filter, |entry| {
            let told = told(&entry);
            written.take(&told);
            stream.event(&told).map_err(Fault::broken)
        })?;
        journal::each_object(self.tx, self.ctx.org, self.filter, |kind, object| {
            written.objects += 1;
            let id = object_id(kind, object);
            stream.object(&id, kind).map_err(Fault::broken)
        })?;
        stream.finish().map_err(Fault::broken)?;
        Ok(written)
    }

    fn sqlite(self, file: &Path) -> Result<Written, Fault> {
        let mut written = Written::default();
        let broken = |error: formats::FormatError| Fault::broken(error);
        let mut stream = SqliteStream::create(file).map_err(broken)?;
        journal::each(self.tx, self.ctx.org, self.filter, |entry| {
            let told = told(&entry);
            written.take(&told);
            stream.event(&told).map_err(broken)
        })?;
        journal::each_object(self.tx, self.ctx.org, self.filter, |kind, object| {
            written.objects += 1;
            stream
                .object(&object_id(kind, object), kind)
                .map_err(broken)
        })?;
        stream.finish().map_err(broken)?;
        Ok(written)
    }

    fn xes(self, mut out: impl Write) -> Result<Written, Fault> {
        out.write_all(xes::HEAD.as_bytes()).map_err(Fault::broken)?;
        let orders = ("order", self.filter);
        let mut written = Written::default();
        journal::each_history(self.tx, self.ctx.org, orders, |order, entries| {
            let mut text = String::new();
            xes::write_traces(&trace(order, entries)?.build(), &mut text);
            written.take_order(entries);
            out.write_all(text.as_bytes()).map_err(Fault::broken)
        })?;
        out.write_all(xes::TAIL.as_bytes()).map_err(Fault::broken)?;
        out.flush().map_err(Fault::broken)?;
        Ok(written)
    }

    fn csv(self, out: impl Write) -> Result<Written, Fault> {
        let mut out = csv::Writer::from_writer(out);
        let heading = [
            "case:concept:name",
            "concept:name",
            "time:timestamp",
            RESOURCE,
            "site",
            "channel",
            "attributes",
        ];
        out.write_record(heading).map_err(Fault::broken)?;
        let orders = ("order", self.filter);
        let mut written = Written::default();
        journal::each_history(self.tx, self.ctx.org, orders, |order, entries| {
            written.take_order(entries);
            for entry in entries {
                let attributes = serde_json::to_string(&entry.attributes).map_err(Fault::broken)?;
                let site = entry.site.map(|site| site.to_string()).unwrap_or_default();
                let row = [
                    order,
                    &entry.activity,
                    &entry.at.to_string(),
                    resource(entry),
                    &site,
                    &entry.channel,
                    &attributes,
                ];
                out.write_record(row).map_err(Fault::broken)?;
            }
            Ok(())
        })?;
        out.flush().map_err(Fault::broken)?;
        Ok(written)
    }
}

impl Written {
    fn take(&mut self, told: &Told<'_>) {
        self.events += 1;
        self.relations += told.links.len() as u64;
    }

    fn take_order(&mut self, entries: &[Entry]) {
        self.events += entries.len() as u64;
        self.relations += entries.len() as u64;
        self.objects += 1;
    }
}

/// Ids are told apart by their kind: a setting of a site is not the site.
fn object_id(kind: &str, object: &str) -> String {
    format!("{kind}:{object}")
}

/// An event of the journal with where, through which door and by whom as attributes.
fn told(entry: &Entry) -> Told<'_> {
    let links: BTreeSet<&(String, String, String)> = entry.objects.iter().collect();
    Told {
        id: entry.id.to_string(),
        kind: &entry.activity,
        at: entry.at.as_microsecond(),
        attributes: attributes(entry),
        links: links
            .into_iter()
            .map(|(kind, object, as_what)| (object_id(kind, object), as_what.as_str()))
            .collect(),
    }
}

fn attributes(entry: &Entry) -> Vec<(&str, Json)> {
    let mut attributes: Vec<(&str, Json)> = vec![
        ("actor", Json::from(entry.actor.as_str())),
        ("channel", Json::from(entry.channel.as_str())),
    ];
    if let Some(site) = entry.site {
        attributes.push(("site", Json::from(site.to_string())));
    }
    for (name, value) in &entry.attributes {
        if !attributes.iter().any(|(known, _)| known == name) {
            attributes.push((name, value.clone()));
        }
    }
    attributes
}

/// The history of one order as a log of one case.
fn trace(order: &str, entries: &[Entry]) -> Result<LogBuilder, Fault> {
    let mut builder = LogBuilder::new();
    let case = builder.new_case(order);
    for entry in entries {
        let event = mining::Event {
            case,
            activity: builder.activity(&entry.activity),
            start: entry.at.as_microsecond(),
            end: None,
        };
        let row = builder.push(event).map_err(Fault::broken)?;
        builder.set(row, RESOURCE, Value::Text(resource(entry)));
        for (name, value) in attributes(entry) {
            match &value {
                Json::String(text) => builder.set(row, name, Value::Text(text)),
                Json::Bool(flag) => builder.set(row, name, Value::Flag(*flag)),
                Json::Number(number) => match (number.as_i64(), number.as_f64()) {
                    (Some(whole), _) => builder.set(row, name, Value::Integer(whole)),
                    (None, part) => builder.set(row, name, Value::Real(part.unwrap_or(f64::NAN))),
                },
                Json::Null => {}
                other => builder.set(row, name, Value::Text(&other.to_string())),
            }
        }
    }
    Ok(builder)
}

/// The member of staff an event names, else who did it.
fn resource(entry: &Entry) -> &str {
    let staff = entry.objects.iter().find(|(kind, _, _)| kind == "staff");
    staff.map_or(&entry.actor, |(_, id, _)| id)
}
