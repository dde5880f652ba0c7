//! Laws of names.

use names::{KEY_CHARS_MAX, fold, keys, nearby, words};
use proptest::prelude::*;

#[test]
fn a_name_is_found_by_what_people_type() {
    for (name, typed) in [
        ("陈雨桐", "陈雨"),
        ("陈雨桐", "雨桐"),
        ("陈雨桐", "桐"),
        ("陈雨桐", "chenyu"),
        ("陈雨桐", "yutong"),
        ("陈雨桐", "cyt"),
        ("陈雨桐", "yt"),
        ("José Álvarez", "alva"),
        ("José Álvarez", "josealv"),
        ("José Álvarez", "ja"),
        ("ＡＤＡ Lovelace", "ada"),
        ("阿依古丽·买买提", "买买"),
    ] {
        let found = keys(name).iter().any(|key| key.starts_with(typed));
        assert!(found, "{name} by {typed}: {:?}", keys(name));
    }
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn every_word_of_a_name_begins_a_key(text in "\\PC{0,40}") {
        let keys = keys(&text);
        for word in words(&text).iter().take(6) {
            let begun: String = word.chars().take(KEY_CHARS_MAX).collect();
            prop_assert!(keys.contains(&begun), "{word} in {keys:?}");
        }
        prop_assert!(keys.iter().all(|key| key.chars().count() <= KEY_CHARS_MAX));
    }

    #[test]
    fn a_slip_can_be_slipped_back(word in "[a-z]{4,12}", pick in 0usize..1000) {
        let near: Vec<String> = nearby(&word).collect();
        let typed = &near[pick % near.len()];
        prop_assert!(nearby(typed).any(|back| back == word), "{typed}");
    }
}
