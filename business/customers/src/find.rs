//! Finding customers as they are typed, best first: whole words before begun ones, those before
//! words with a slip; within each, whoever was served last, then by name.

use std::collections::{BTreeMap, HashMap};

use kernel::{Ctx, Fault, ids::CustomerId};
use store::{Row, Tx, Value, params};

use crate::{
    VIEW,
    model::{Customer, sort_name},
    queries,
    terms::{beginnings, hex, past, typed_words},
};

/// How what was typed and what is known agree, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// A whole word.
    Whole,
    /// The beginning of a word, or the end of a phone number.
    Begun,
    /// All but a letter.
    Near,
}

/// A customer that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The customer.
    pub customer: Customer,
    /// How well it fits.
    pub how: How,
}

/// Rows of the index that are read for one beginning.
const HITS_MAX: i64 = 100;
/// The same where everybody is wanted, beyond which a text says nothing of who is meant.
const EVERYBODY_MAX: i64 = 500;
/// Rows of the index that are held against the other words.
const HELD_MAX: i64 = 1_000;
/// Those served last that are looked through, whatever the index gives first.
const RECENT_MAX: usize = 200;
/// Words with a slip that are looked up in one statement.
const NEAR_AT_ONCE: usize = 128;
/// Words with a slip that are followed.
const NEAR_MAX: usize = 8;

const WHOLE: &str = "
    select customer from customer_terms where org = $1 and term = $2
    order by customer desc limit $3";
const BEGUN: &str = "
    select customer from customer_terms where org = $1 and term > $2 and term < $3
    order by term, customer limit $4";
const HELD: &str = "
    select cast(count(*) as bigint) from (select 1 from customer_terms
        where org = $1 and term >= $2 and term < $3 limit $4) held";

/// Finds at most `limit` customers; `recent` are those served last, the very last first.
pub fn find(
    tx: &mut Tx,
    ctx: &Ctx,
    text: &str,
    recent: &[CustomerId],
    limit: usize,
) -> Result<Vec<Match>, Fault> {
    ctx.require(VIEW)?;
    let words = typed_words(text);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut hits = Hits::at_most(HITS_MAX);
    hits.recent(tx, ctx, &words, &recent[..recent.len().min(RECENT_MAX)])?;
    hits.joined(tx, ctx, &words)?;
    if words.len() > 1 && hits.found.len() < limit {
        hits.all_words(tx, ctx, &words)?;
    }
    if hits.found.len() < limit {
        for joined in rotations(&words) {
            hits.near(tx, ctx, &joined)?;
        }
    }
    rank(tx, ctx, hits, recent, limit)
}

/// Everybody whom the words find without a slip: a list is narrowed by what was typed, not by what
/// may have been meant. `None` where they are too many to be named. For nouns that have checked who
/// asks.
pub(crate) fn everybody(
    tx: &mut Tx,
    ctx: &Ctx,
    words: &[String],
) -> Result<Option<Vec<CustomerId>>, Fault> {
    let mut hits = Hits::at_most(EVERYBODY_MAX);
    hits.joined(tx, ctx, words)?;
    if words.len() > 1 && !hits.cut {
        hits.all_words(tx, ctx, words)?;
    }
    let mut ids: Vec<CustomerId> = hits.found.into_keys().collect();
    ids.sort_unstable();
    Ok((!hits.cut).then_some(ids))
}

/// The words in one, beginning with each in turn: names are typed either way round.
fn rotations(words: &[String]) -> Vec<String> {
    let from = |at: usize| [&words[at..], &words[..at]].concat().concat();
    (0..words.len()).map(from).collect()
}

/// Customers with the best way in which each was found.
#[derive(Debug)]
struct Hits {
    found: HashMap<CustomerId, How>,
    /// Rows that are read for one beginning.
    most: i64,
    /// Whether there were more rows than were read.
    cut: bool,
}

impl Hits {
    fn at_most(most: i64) -> Self {
        Self {
            found: HashMap::new(),
            most,
            cut: false,
        }
    }

    fn add(&mut self, customer: CustomerId, how: How) {
        let best = self.found.entry(customer).or_insert(how);
        *best = how.min(*best);
    }

    /// Those whom all words in one find.
    fn joined(&mut self, tx: &mut Tx, ctx: &Ctx, words: &[String]) -> Result<(), Fault> {
        for joined in rotations(words) {
            for beginning in beginnings(&joined) {
                self.beginning(tx, ctx, &beginning, [How::Whole, How::Begun])?;
            }
        }
        Ok(())
    }

    fn beginning(
        &mut self,
        tx: &mut Tx,
        ctx: &Ctx,
        beginning: &str,
        [whole, begun]: [How; 2],
    ) -> Result<(), Fault> {
        let id = |row: &Row| row.id(0);
        let most = usize::try_from(self.most).map_err(Fault::broken)?;
        let here = tx.all(WHOLE, params![ctx.org, beginning, self.most], id)?;
        let range = params![ctx.org, beginning, past(beginning), self.most];
        let behind = tx.all(BEGUN, range, id)?;
        self.cut |= here.len() == most || behind.len() == most;
        for customer in here {
            self.add(customer, whole);
        }
        for customer in behind {
            self.add(customer, begun);
        }
        Ok(())
    }

    /// Those served last, as far as every word fits.
    fn recent(
        &mut self,
        tx: &mut Tx,
        ctx: &Ctx,
        words: &[String],
        recent: &[CustomerId],
    ) -> Result<(), Fault> {
        if recent.is_empty() {
            return Ok(());
        }
        let mut values = vec![Value::from(ctx.org)];
        values.extend(recent.iter().map(|&id| Value::from(id)));
        let markers: Vec<String> = (2..=values.len()).map(|at| format!("${at}")).collect();
        let ranges: Vec<String> = words
            .iter()
            .flat_map(|word| beginnings(word))
            .map(|beginning| range("term", &beginning, &mut values))
            .collect();
        let sql = format!(
            "select customer, term from customer_terms where org = $1 and customer in ({})
             and ({}) order by customer, term limit 4000",
            markers.join(", "),
            ranges.join(" or ")
        );
        let rows = tx.all(&sql, &values, |row| Ok((row.id(0)?, row.text(1)?)))?;
        let mut by_customer: BTreeMap<CustomerId, Vec<String>> = BTreeMap::new();
        for (customer, term) in rows {
            by_customer.entry(customer).or_default().push(term);
        }
        for (customer, terms) in by_customer {
            if let Some(how) = fits(words, &terms) {
                self.add(customer, how);
            }
        }
        Ok(())
    }

    /// Those who have a term for each word; the longest word, digits before letters, leads.
    fn all_words(&mut self, tx: &mut Tx, ctx: &Ctx, words: &[String]) -> Result<(), Fault> {
        let telling = |word: &&String| {
            let digits = word.bytes().all(|byte| byte.is_ascii_digit());
            (digits, word.len())
        };
        let Some(leader) = words.iter().max_by_key(telling) else {
            return Ok(());
        };
        for beginning in beginnings(leader) {
            let mut values = vec![
                Value::from(ctx.org),
                Value::from(&beginning),
                Value::from(past(&beginning)),
                Value::from(HELD_MAX),
            ];
            let mut sql = String::from(
                "select t.customer from (select term, customer from customer_terms
                 where org = $1 and term >= $2 and term < $3 order by term, customer limit $4) t
                 where 1 = 1",
            );
            self.cut |= tx.count(HELD, &values)? == HELD_MAX;
            for word in words.iter().filter(|word| *word != leader) {
                sql.push_str(" and ");
                sql.push_str(&has_term("t.customer", word, &mut values));
            }
            sql.push_str(&format!(" order by t.term, t.customer limit {}", self.most));
            for customer in tx.all(&sql, &values, |row| row.id(0))? {
                self.add(customer, How::Begun);
            }
        }
        Ok(())
    }

    /// Those whose term begins with a word one slip away.
    fn near(&mut self, tx: &mut Tx, ctx: &Ctx, word: &str) -> Result<(), Fault> {
        let near: Vec<String> = names::nearby(word).map(|near| hex(&near)).collect();
        let mut left = NEAR_MAX;
        for some in near.chunks(NEAR_AT_ONCE) {
            for beginning in known(tx, ctx, some)?.into_iter().take(left) {
                left -= 1;
                self.beginning(tx, ctx, &beginning, [How::Near; 2])?;
            }
            if left == 0 {
                break;
            }
        }
        Ok(())
    }
}

/// The condition that the customer named by a column has a term beginning with a word; its values
/// are added, `$1` being the organisation.
pub(crate) fn has_term(column: &str, word: &str, values: &mut Vec<Value>) -> String {
    let ranges: Vec<String> = beginnings(word)
        .iter()
        .map(|beginning| range("u.term", beginning, values))
        .collect();
    format!(
        "exists (select 1 from customer_terms u where u.org = $1 and u.customer = {column}
         and ({}))",
        ranges.join(" or ")
    )
}

/// The condition that a column begins so; its values are added. Joined with nothing the column is
/// no longer the index's: these rows are found by their customer, who has few.
fn range(column: &str, beginning: &str, values: &mut Vec<Value>) -> String {
    values.push(Value::from(beginning));
    values.push(Value::from(past(beginning)));
    let at = values.len();
    format!("({column} || '' >= ${} and {column} || '' < ${at})", at - 1)
}

/// How well all words fit the terms of a customer; `None` where one does not.
fn fits(words: &[String], terms: &[String]) -> Option<How> {
    let one = |word: &String| {
        let beginnings = beginnings(word);
        let of = |term: &String| {
            let begun = beginnings
                .iter()
                .find(|begun| term.starts_with(begun.as_str()))?;
            Some(if begun == term {
                How::Whole
            } else {
                How::Begun
            })
        };
        terms.iter().filter_map(of).min()
    };
    let ways: Option<Vec<How>> = words.iter().map(one).collect();
    ways?.into_iter().max()
}

/// Which of these beginnings any term has, in their order.
fn known(tx: &mut Tx, ctx: &Ctx, beginnings: &[String]) -> Result<Vec<String>, Fault> {
    let Some(last) = beginnings.last() else {
        return Ok(Vec::new());
    };
    // Always as many values, so that there is one statement to prepare.
    let padded = beginnings.iter().chain(std::iter::repeat(last));
    let mut values = vec![Value::from(ctx.org)];
    values.extend(padded.take(NEAR_AT_ONCE).map(Value::from));
    let rows: Vec<String> = (0..NEAR_AT_ONCE)
        .map(|at| format!("(cast(${} as text))", at + 2))
        .collect();
    let sql = format!(
        "with typed (term) as (values {})
         select distinct typed.term from typed where exists (select 1 from customer_terms t
         where t.org = $1 and t.term >= typed.term and t.term < typed.term || 'g')
         order by typed.term limit {NEAR_AT_ONCE}",
        rows.join(", ")
    );
    let mut found = tx.all(&sql, &values, |row| row.text(0))?;
    found.sort_by_key(|term| beginnings.iter().position(|own| own == term));
    Ok(found)
}

fn rank(
    tx: &mut Tx,
    ctx: &Ctx,
    hits: Hits,
    recent: &[CustomerId],
    limit: usize,
) -> Result<Vec<Match>, Fault> {
    let served: HashMap<CustomerId, usize> = recent.iter().copied().zip(0..).collect();
    let ids: Vec<CustomerId> = hits.found.keys().copied().collect();
    let mut found: Vec<Match> = queries::by_ids(tx, ctx, &ids)?
        .into_iter()
        .map(|customer| Match {
            how: hits.found[&customer.id],
            customer,
        })
        .collect();
    found.sort_by_cached_key(|one| {
        let last = served.get(&one.customer.id).copied().unwrap_or(usize::MAX);
        let name = sort_name(&one.customer.name, &one.customer.reading);
        (one.how, last, name, one.customer.id)
    });
    found.truncate(limit);
    Ok(found)
}
