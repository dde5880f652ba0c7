//! Every test that `docs/complaints.md` and `docs/faults.md` name is there.

use std::{fs, path::Path};

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).expect("the file is there")
}

/// Looks each test up that the rows name in their last column; how many rows there are.
fn rows_with_tests(page: &str, is_row: impl Fn(&str) -> bool) -> usize {
    let text = read(page);
    let mut count = 0;
    for row in text
        .lines()
        .filter(|line| line.starts_with("| ") && is_row(line))
    {
        let tests = row.rsplit(" | ").next().unwrap_or_default();
        let mut file = String::new();
        let mut named = 0;
        for name in tests.split('`').skip(1).step_by(2) {
            if name.ends_with(".rs") {
                file = read(name);
                continue;
            }
            assert!(file.contains(&format!("fn {name}(")), "{name}: {row}");
            named += 1;
        }
        assert!(named > 0, "no test: {row}");
        count += 1;
    }
    count
}

#[test]
fn every_complaint_of_others_has_a_test_that_is_there() {
    let count = rows_with_tests("docs/complaints.md", |row| row.contains('#'));
    assert!(count >= 20, "the page names {count} complaints");
}

#[test]
fn every_fault_has_a_test_that_is_there() {
    let of_three = |row: &str| row.split(" | ").count() == 3 && !row.starts_with("| Fault");
    let count = rows_with_tests("docs/faults.md", of_three);
    assert!(count >= 20, "the page names {count} faults");
}
