//! Every test that `docs/complaints.md` names is there.

use std::{fs, path::Path};

#[test]
fn every_complaint_of_others_has_a_test_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("the file is there");
    let page = read("docs/complaints.md");
    let rows = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('#'));
    let mut count = 0;
    for row in rows {
        let tests = row.rsplit(" | ").next().unwrap_or_default();
        let mut file = String::new();
        let mut named = 0;
        for name in tests.split('`').skip(1).step_by(2) {
            if name.ends_with(".rs") {
                file = read(name);
                continue;
            }
            assert!(file.contains(&format!("fn {name}()")), "{name}: {row}");
            named += 1;
        }
        assert!(named > 0, "no test: {row}");
        count += 1;
    }
    assert!(count >= 20, "the page names {count} complaints");
}
