//! Whose time is taken, as the tables say and not the program's own words.

use std::collections::BTreeMap;

use kernel::ids::OrganisationId;
use store::{Db, params};

/// A stretch of somebody's or something's time, and whose order has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The order.
    pub order: String,
    /// Microseconds at which it begins.
    pub from: i64,
    /// Microseconds at which it is over.
    pub to: i64,
}

/// Stretches in order of time, of each person, room and machine.
pub struct Taken(pub BTreeMap<String, Vec<Stretch>>);

impl Taken {
    /// Reads what is firmly claimed.
    #[must_use]
    pub fn read(db: &Db, org: OrganisationId) -> Self {
        let sql = "
            select c.staff, c.order_id, c.busy_from, c.busy_to from claims c
            where c.org = $1 and c.state = 'firm'
            union all
            select r.resource, c.order_id, c.busy_from, c.busy_to from claims c
            join claim_resources r on r.org = c.org and r.claim = c.id
            where c.org = $1 and c.state = 'firm'
            order by 1, 3 limit 1000000";
        let rows = db.read(|tx| {
            tx.all(sql, params![org], |row| {
                let stretch = Stretch {
                    order: row.text(1)?,
                    from: row.int(2)?,
                    to: row.int(3)?,
                };
                Ok((row.text(0)?, stretch))
            })
        });
        let mut taken = BTreeMap::<String, Vec<Stretch>>::new();
        for (what, stretch) in rows.expect("the tables are read") {
            taken.entry(what).or_default().push(stretch);
        }
        Self(taken)
    }

    /// Those who share a person, a room or a machine.
    #[must_use]
    pub fn overlaps(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (what, stretches) in &self.0 {
            for pair in stretches.windows(2) {
                if pair[1].from < pair[0].to {
                    found.push(format!("{what}: {} and {}", pair[0].order, pair[1].order));
                }
            }
        }
        found
    }

    /// How much an order has of all that is there.
    #[must_use]
    pub fn of(&self, order: &str) -> usize {
        let all = self.0.values().flatten();
        all.filter(|stretch| stretch.order == order).count()
    }

    /// Whether somebody or something is taken at some time between.
    #[must_use]
    pub fn is_busy(&self, what: &str, (from, to): (i64, i64)) -> bool {
        let known = self.0.get(what).map_or(&[][..], Vec::as_slice);
        known.iter().any(|one| one.from < to && from < one.to)
    }
}
