//! Laws that hold for every knowledge base.

use std::collections::BTreeSet;

use proptest::prelude::*;
use search::{Answer, Asked, Builder, Entry, Knowledge, Outcome, Quality, Synonyms, ask};

fn knowledge(texts: &[&str]) -> Knowledge {
    let mut builder = Builder::default();
    for (at, text) in texts.iter().enumerate() {
        builder.add(Entry {
            label: at.to_string(),
            title: (*text).into(),
            body: String::new(),
        });
    }
    builder.build()
}

fn first(answer: &Answer<'_>) -> Option<String> {
    answer.hits.first().map(|hit| hit.label.to_owned())
}

#[test]
fn a_typing_error_does_not_hide_an_entry() {
    let shop = knowledge(&["opening hours", "gift certificates", "parking garage"]);
    for question in ["openning hours", "gift certficate", "parkng"] {
        assert!(first(&shop.search(question, 3)).is_some(), "{question}");
    }
    assert_eq!(first(&shop.search("certficates", 3)).as_deref(), Some("1"));
}

#[test]
fn a_synonym_in_the_other_language_is_found() {
    let shop = knowledge(&["如何退款？", "可以停车吗？", "怎么开发票？"]);
    assert_eq!(
        first(&shop.search("I want my money back", 3)).as_deref(),
        Some("0")
    );
    assert_eq!(
        first(&shop.search("where can I park", 3)).as_deref(),
        Some("1")
    );
}

#[test]
fn nothing_in_common_is_nothing_found() {
    let shop = knowledge(&["refund", "parking"]);
    let answer = shop.search("zzz", 5);
    assert_eq!((answer.hits.len(), answer.confidence), (0, 0.0));
    assert_eq!(shop.search("", 5).hits.len(), 0);
    assert_eq!(Builder::default().build().search("refund", 5).hits.len(), 0);
}

#[test]
fn a_question_that_is_answered_is_surer_than_one_that_is_not() {
    let shop = knowledge(&["How do I get a refund?", "Where can I park?"]);
    let sure = shop.search("how can I get a refund", 1).confidence;
    let unsure = shop.search("how can I get to the moon", 1).confidence;
    assert!(sure > 2.0 * unsure, "{sure} {unsure}");
}

#[test]
fn words_of_the_business_can_be_added() {
    let mut synonyms = Synonyms::none();
    synonyms
        .add("balayage, 挑染, sun-kissed highlights")
        .expect("a group");
    let mut builder = Builder::new(synonyms);
    builder.learn("Balayage", "colour");
    builder.learn("Fringe trim", "cut");
    assert_eq!(
        first(&builder.build().search("挑染多少钱", 2)).as_deref(),
        Some("colour")
    );
}

#[test]
fn ties_share_the_middle_of_their_ranks_and_refusal_counts_pairs() {
    let twins = knowledge(&["same words", "same words", "other thing"]);
    let asked = |label: &str, question: &str| Asked {
        question: question.into(),
        label: (!label.is_empty()).then(|| label.to_owned()),
    };
    let outcomes = ask(
        &twins,
        &[
            asked("0", "same words"),
            asked("", "moon"),
            asked("9", "thing"),
        ],
    );
    let ranks: Vec<Option<f64>> = outcomes.iter().map(|outcome| outcome.rank).collect();
    assert_eq!(ranks, [Some(1.5), None, Some(f64::INFINITY)]);
    let quality = Quality::of(&outcomes);
    assert_eq!((quality.hit_at_1, quality.hit_at_3), (0.0, 0.5));
    assert_eq!(
        (quality.mrr_at_10, quality.refusal_auc),
        (1.0 / 3.0, Some(1.0))
    );
    let even = |rank| Outcome {
        rank,
        confidence: 0.5,
    };
    assert_eq!(
        Quality::of(&[even(Some(1.0)), even(None)]).refusal_auc,
        Some(0.5)
    );
}

/// Words that a small shop might use, in both languages.
const WORDS: [&str; 16] = [
    "refund", "parking", "haircut", "Tuesday", "voucher", "deposit", "师傅", "退款", "排队",
    "周末", "优惠", "儿童", "key", "wheel", "green", "lamp",
];

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(count)
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_question_that_is_an_entry_finds_it(
        picks in prop::collection::vec(prop::collection::vec(0usize..16, 2..6), 2..9),
    ) {
        // One that holds another whole may rightly come before it.
        let mut apart: Vec<BTreeSet<usize>> = Vec::new();
        for bag in picks.into_iter().map(BTreeSet::from_iter) {
            if apart.iter().all(|known| !known.is_subset(&bag) && !bag.is_subset(known)) {
                apart.push(bag);
            }
        }
        let phrase = |bag: &BTreeSet<usize>| {
            bag.iter().map(|&at| WORDS[at]).collect::<Vec<_>>().join(" ")
        };
        let texts: Vec<String> = apart.iter().map(phrase).collect();
        let shop = knowledge(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        for (at, text) in texts.iter().enumerate() {
            let answer = shop.search(text, texts.len());
            prop_assert_eq!(first(&answer), Some(at.to_string()), "{} {:?}", text, answer);
        }
    }

    #[test]
    fn any_text_is_answered_in_order_and_without_a_fall(question in ".{0,60}", limit in 0usize..5) {
        let shop = knowledge(&["how to refund", "可以停车吗", "Ünïcode ａｂｃ １２３"]);
        let answer = shop.search(&question, limit);
        prop_assert!(answer.hits.len() <= limit);
        prop_assert!(answer.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
        prop_assert!(answer.confidence.is_finite() && answer.confidence >= 0.0);
    }

    #[test]
    fn groups_of_synonyms_are_read_or_refused_with_their_line(text in "[a-c,，# \n退款]{0,80}") {
        if let Err(error) = Synonyms::none().add(&text) {
            prop_assert!((1..=text.lines().count()).contains(&error.line));
        }
    }
}
