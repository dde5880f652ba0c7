//! RFM, cohorts and gaps of CDNOW.

use std::collections::BTreeMap;

use lifetime::rfm::{Bands, Rfm, Scores, measure};
use lifetime::{Error, Period, cohorts, gaps};
use serde_json::Value;

use crate::data::{day, near, number, purchases};

fn reference() -> Value {
    serde_json::from_str(include_str!("../data/rfm_reference.json")).expect("it is JSON")
}

fn measured() -> Vec<Rfm> {
    measure(&purchases(), day(1998, 6, 30)).expect("CDNOW is sound")
}

fn cell(scores: &Scores) -> String {
    format!("{}{}{}", scores.recency, scores.frequency, scores.money)
}

#[test]
fn the_quintiles_are_those_of_the_reference() {
    let reference = reference();
    let measured = measured();
    assert_eq!(measured.len() as f64, number(&reference["n"]));
    let bands = Bands::quintiles(&measured).unwrap();
    for (key, cuts) in [
        ("R", &bands.recency),
        ("F", &bands.frequency),
        ("M", &bands.money),
    ] {
        let expected = reference["cuts"][key].as_array().unwrap();
        assert_eq!(cuts.len(), expected.len());
        for (cut, expected) in cuts.iter().zip(expected) {
            near(*cut, number(expected), 1e-9);
        }
    }
}

#[test]
fn every_score_and_cell_is_counted_as_in_the_reference() {
    let reference = reference();
    let measured = measured();
    let bands = Bands::quintiles(&measured).unwrap();
    let scores: Vec<Scores> = measured.iter().map(|rfm| bands.scores(rfm)).collect();
    for (key, score) in [
        ("R", (|s: &Scores| s.recency) as fn(&Scores) -> u32),
        ("F", |s| s.frequency),
        ("M", |s| s.money),
    ] {
        for points in 1..=5 {
            let count = scores.iter().filter(|s| score(s) == points).count();
            assert_eq!(
                count as f64,
                number(&reference["score_counts"][key][points.to_string()])
            );
        }
    }
    let mut cells: BTreeMap<String, usize> = BTreeMap::new();
    for scores in &scores {
        *cells.entry(cell(scores)).or_default() += 1;
    }
    assert_eq!(cells.len() as f64, number(&reference["cells_non_empty"]));
    for (cell, count) in reference["top_cells"].as_object().unwrap() {
        assert_eq!(cells[cell] as f64, number(count), "{cell}");
    }
    assert_eq!(cells["555"] as f64, number(&reference["cell_555"]));
    assert_eq!(cells["111"] as f64, number(&reference["cell_111"]));
    let spent = |best: bool| -> f64 {
        let pairs = measured.iter().zip(&scores);
        let chosen = pairs.filter(|(_, scores)| !best || cell(scores) == "555");
        chosen.map(|(rfm, _)| rfm.money).sum()
    };
    near(
        spent(true) / spent(false),
        number(&reference["spend_share_of_555"]),
        6e-7,
    );
}

#[test]
fn the_first_customers_are_those_of_the_reference() {
    let measured = measured();
    let bands = Bands::quintiles(&measured).unwrap();
    for expected in reference()["first_customers"].as_array().unwrap() {
        let rfm = &measured[number(&expected["id"]) as usize - 1];
        assert_eq!(f64::from(rfm.recency_days), number(&expected["R"]));
        assert_eq!(f64::from(rfm.frequency), number(&expected["F"]));
        near(rfm.money, number(&expected["M"]), 1e-9);
        assert_eq!(cell(&bands.scores(rfm)), expected["cell"].as_str().unwrap());
    }
}

#[test]
fn bands_of_ones_own_score_by_their_cuts() {
    let bands = Bands::new(&[30.0, 90.0], &[1.0], &[]).unwrap();
    let rfm = |recency_days, frequency| Rfm {
        customer: 0,
        recency_days,
        frequency,
        money: 12.0,
    };
    assert_eq!(cell(&bands.scores(&rfm(30, 1))), "311");
    assert_eq!(cell(&bands.scores(&rfm(31, 2))), "221");
    assert_eq!(cell(&bands.scores(&rfm(91, 2))), "121");
    let (what, value) = ("a cut of the frequency", 2.0);
    assert_eq!(
        Bands::new(&[], &[3.0, 2.0], &[]),
        Err(Error::Range { what, value })
    );
    assert!(Bands::new(&[f64::NAN], &[], &[]).is_err());
}

#[test]
fn cohorts_of_months_hold_every_customer_once() {
    let found = cohorts(&purchases(), Period::Month, day(1998, 6, 30));
    let begins: Vec<String> = found.iter().map(|c| c.begins.to_string()).collect();
    assert_eq!(begins, ["1997-01-01", "1997-02-01", "1997-03-01"]);
    assert_eq!(found.iter().map(|c| c.customers).sum::<usize>(), 2357);
    let lengths: Vec<usize> = found.iter().map(|c| c.active.len()).collect();
    assert_eq!(lengths, [18, 17, 16]);
    for cohort in &found {
        let retention = cohort.retention();
        assert_eq!(retention[0], 1.0);
        assert!(
            retention[1..]
                .iter()
                .all(|share| (0.0..1.0).contains(share))
        );
    }
    // Counted another way: customers of January who bought in February.
    let own: std::collections::BTreeSet<u32> = first_month(1);
    let active = purchases()
        .into_iter()
        .filter(|p| p.day.date().0 == 1997 && p.day.date().1 == 2);
    let again: std::collections::BTreeSet<u32> = active.map(|p| p.customer).collect();
    assert_eq!(found[0].active[1], own.intersection(&again).count());
}

fn first_month(month: i32) -> std::collections::BTreeSet<u32> {
    let mut first = BTreeMap::new();
    for purchase in purchases() {
        let day = first.entry(purchase.customer).or_insert(purchase.day);
        *day = purchase.day.min(*day);
    }
    let own = first.into_iter().filter(|(_, day)| day.date().1 == month);
    own.map(|(customer, _)| customer).collect()
}

#[test]
fn weeks_and_gaps_of_a_small_shop_are_counted_by_hand() {
    let visit = |customer, on| lifetime::Purchase {
        customer,
        day: day(2026, 3, on),
        spend: 1.0,
    };
    // 2026-03-05 begins a week counted from 1970-01-01.
    let visits = [
        visit(1, 20),
        visit(0, 5),
        visit(0, 5),
        visit(0, 13),
        visit(0, 16),
    ];
    let weeks = cohorts(&visits, Period::Days(7), day(2026, 3, 25));
    assert_eq!(weeks.len(), 2);
    assert_eq!(weeks[0].begins, day(2026, 3, 5));
    assert_eq!(weeks[0].active, [1, 1, 0]);
    assert_eq!(weeks[1].active, [1]);
    let gaps = gaps(&visits).unwrap();
    assert_eq!((gaps.count, gaps.median_days), (2, 5.5));
    assert!(lifetime::gaps(&visits[..2]).is_none());
}
