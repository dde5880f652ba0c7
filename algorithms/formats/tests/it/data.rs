//! The reference logs; absent in a bare checkout, then the tests that need them say so.

use std::path::PathBuf;

use formats::{Limits, unpack};
use mining::Traces;
use serde_json::Value;

/// The folder with the reference logs: `STEWARD_DATA`, or `../shared/data` beside the repository.
pub fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let root = std::env::var_os("STEWARD_DATA").map_or(beside, PathBuf::from);
    let folder = root.join("event-logs");
    if !folder.is_dir() {
        eprintln!("not compared: no reference logs at {}", folder.display());
    }
    folder.is_dir().then_some(folder)
}

/// A file of the folder, unpacked.
pub fn bytes(name: &str) -> Option<Vec<u8>> {
    let bytes = std::fs::read(folder()?.join(name)).expect("the reference file is there");
    Some(unpack(bytes, &Limits::default()).expect("it unpacks"))
}

/// The figures of a log.
pub fn reference(log: &str) -> Option<Value> {
    let text = bytes(&format!("{log}.reference.json"))?;
    Some(serde_json::from_slice(&text).expect("the reference is JSON"))
}

/// The traces of a view with their costs, in file order.
pub fn variants(log: &str, view: &str) -> Option<(Traces, Vec<u64>)> {
    let view = view.replace('+', "_");
    let text = String::from_utf8(bytes(&format!("{log}.{view}.variants.tsv.gz"))?).expect("UTF-8");
    let mut costs = Vec::new();
    let rows: Vec<(Vec<&str>, u64)> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            costs.push(cells[1].parse().expect("a cost"));
            (
                cells[2].split(" | ").collect(),
                cells[0].parse().expect("a count"),
            )
        })
        .collect();
    Some((Traces::from_names(&rows), costs))
}
