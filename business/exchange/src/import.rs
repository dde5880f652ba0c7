//! An import: the file in batches, each a transaction of its own.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use kernel::{Channel, Ctx, Fault, FaultKind, Text};
use store::{Db, Tx};

use crate::{
    columns::Columns,
    grid::{Grid, Row},
    model::{Complaint, Outcome, Report, Thing, What},
    take::{self, House},
    values::Reader,
};

/// How many rows one transaction takes.
pub const BATCH: usize = 4000;

/// What to take in, and how.
#[derive(Debug, Clone)]
pub struct Job {
    /// What the file holds.
    pub what: What,
    /// The web name of the site that rows without one belong to.
    pub site: Option<String>,
    /// Look and count, change nothing.
    pub dry_run: bool,
    /// The name of the file without its ending; it sets the cases of one history apart from those
    /// of another.
    pub source: String,
}

/// A file ready to be taken in. A unit is one row, or all rows of a case.
pub(crate) struct Plan {
    pub(crate) job: Job,
    pub(crate) columns: Columns,
    pub(crate) rows: Vec<Row>,
    pub(crate) units: Vec<Vec<usize>>,
    /// Rows that name again what an earlier row named, and that row.
    repeats: BTreeMap<usize, u64>,
}

impl Plan {
    /// Sorts the rows of a file into units, under columns found or chosen.
    pub(crate) fn new(job: Job, rows: Vec<Row>, columns: Columns) -> Self {
        let mut plan = Self {
            job,
            columns,
            rows,
            units: Vec::new(),
            repeats: BTreeMap::new(),
        };
        if plan.job.what == What::History {
            plan.units = plan.cases();
        } else {
            plan.units = (0..plan.rows.len()).map(|index| vec![index]).collect();
            plan.repeats = plan.find_repeats();
        }
        plan
    }

    /// The rows of each case, cases in the order of their first row.
    fn cases(&self) -> Vec<Vec<usize>> {
        let mut units: Vec<Vec<usize>> = Vec::new();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, row) in self.rows.iter().enumerate() {
            let case = self.columns.cell(row, "case");
            let unit = *known.entry(case).or_insert(units.len());
            if unit == units.len() {
                units.push(Vec::new());
            }
            units[unit].push(index);
        }
        units
    }

    fn find_repeats(&self) -> BTreeMap<usize, u64> {
        let mut first: BTreeMap<String, u64> = BTreeMap::new();
        let mut repeats = BTreeMap::new();
        for (index, row) in self.rows.iter().enumerate() {
            let Some(identity) = take::identity(self.job.what, &self.columns, row) else {
                continue;
            };
            if let Some(earlier) = first.get(&identity) {
                repeats.insert(index, *earlier);
            } else {
                first.insert(identity, row.number);
            }
        }
        repeats
    }

    /// Takes some units in; a unit that is refused leaves the others alone.
    pub(crate) fn take(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        units: &[Vec<usize>],
    ) -> Result<(Vec<Outcome>, Vec<Thing>), Fault> {
        let mut house = House::load(tx, ctx, &self.job)?;
        let mut outcomes = Vec::with_capacity(units.len());
        for unit in units {
            house.row = self.rows[unit[0]].number;
            outcomes.push(self.take_unit(tx, ctx, &mut house, unit)?);
        }
        Ok((outcomes, house.things))
    }

    fn take_unit(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        house: &mut House,
        unit: &[usize],
    ) -> Result<Outcome, Fault> {
        if self.job.what == What::History {
            let rows: Vec<&Row> = unit.iter().map(|index| &self.rows[*index]).collect();
            return match take::history(tx, ctx, house, (&self.columns, &rows)) {
                Ok(outcome) => Ok(outcome),
                Err(fault) => self.refused(rows[0], fault),
            };
        }
        let row = &self.rows[unit[0]];
        let mut reader = Reader::new(&self.columns, row, ctx.now);
        if let Some(earlier) = self.repeats.get(&unit[0]) {
            let earlier = i64::try_from(*earlier).unwrap_or(i64::MAX);
            reader.wrong("", Text::key("exchange-twice").with("earlier", earlier));
        }
        let taken = match self.job.what {
            What::Services => take::service(tx, ctx, house, &mut reader),
            What::Staff => take::staff(tx, ctx, house, &mut reader),
            What::Customers => take::customer(tx, ctx, house, &mut reader),
            What::Orders | What::History => take::order(tx, ctx, house, &mut reader),
        };
        taken.or_else(|fault| self.refused(row, fault))
    }

    /// What was wrong with a row; what is wrong with us stops the import.
    fn refused(&self, row: &Row, fault: Fault) -> Result<Outcome, Fault> {
        if fault.kind == FaultKind::Broken {
            return Err(fault);
        }
        let complaint = |column: &str, text: Text| Complaint {
            row: row.number,
            column: self.columns.heading(column).to_owned(),
            text,
        };
        let complaints = match fault.fields.as_slice() {
            [] => vec![complaint("", fault.text)],
            fields => fields
                .iter()
                .map(|field| complaint(&field.field, field.text.clone()))
                .collect(),
        };
        Ok(Outcome::Failed(complaints))
    }
}

/// Takes a file in and says what came of each row. Rows already taken stay when a later batch
/// fails for a reason of ours; taking the same file again goes on from there.
pub fn import(db: &Db, ctx: &Ctx, job: Job, grid: Grid) -> Result<Report, Fault> {
    let ctx = ctx.with_channel(Channel::Import);
    let dry_run = job.dry_run;
    let fields = own_fields(db, &ctx, job.what)?;
    let columns = Columns::find(job.what, &grid.header, &fields)?;
    let plan = Arc::new(Plan::new(job, grid.rows, columns));
    let mut report = Report {
        ignored: plan.columns.ignored.clone(),
        ..Report::default()
    };
    let mut from = 0;
    while from < plan.units.len() {
        let until = plan.units.len().min(from + BATCH);
        for outcome in batch(db, &ctx, &plan, (from, until), dry_run)? {
            report.add(outcome);
        }
        from = until;
    }
    report.complaints.sort_by_key(|complaint| complaint.row);
    Ok(report)
}

/// The fields of the business's own that rows of a kind can fill in.
pub(crate) fn own_fields(db: &Db, ctx: &Ctx, what: What) -> Result<Vec<fields::Field>, Fault> {
    match what.subject() {
        Some(subject) => db.read(|tx| fields::defined(tx, ctx, subject)),
        None => Ok(Vec::new()),
    }
}

/// One transaction. A dry run does all of it and then takes it back.
fn batch(
    db: &Db,
    ctx: &Ctx,
    plan: &Arc<Plan>,
    (from, until): (usize, usize),
    dry_run: bool,
) -> Result<Vec<Outcome>, Fault> {
    let (plan, ctx) = (Arc::clone(plan), ctx.clone());
    if !dry_run {
        return db.write(move |tx| Ok(plan.take(tx, &ctx, &plan.units[from..until])?.0));
    }
    tried(db, move |tx| {
        Ok(plan.take(tx, &ctx, &plan.units[from..until])?.0)
    })
}

/// Does something in a transaction and takes it back; answers what it would have answered.
pub(crate) fn tried<T: Send + 'static>(
    db: &Db,
    command: impl FnOnce(&mut Tx) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let found = Arc::new(Mutex::new(None));
    let kept = Arc::clone(&found);
    let taken_back = db.write(move |tx| {
        let answer = command(tx)?;
        *kept.lock().expect("nobody panics while keeping an answer") = Some(answer);
        Err::<(), _>(Fault::conflict("exchange-dry-run"))
    });
    let mut found = found.lock().expect("nobody panics while keeping an answer");
    let found = found.take();
    found.ok_or_else(|| taken_back.err().unwrap_or_else(Fault::stale))
}
