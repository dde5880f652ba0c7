//! Files for tests: those beside the repository, and small ones of a test's own.

use std::path::PathBuf;

/// A reference file, or nothing where it is not.
pub fn shared(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let path = root.join(name);
    if !path.exists() {
        eprintln!("{} is not here: not tried", path.display());
    }
    path.exists().then_some(path)
}

/// A file with this content; the name must be the test's own.
pub fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("steward-lab-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for tests");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a file for tests");
    path
}
