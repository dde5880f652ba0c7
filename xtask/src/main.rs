//! Housekeeping for the repository: `cargo xtask tidy` checks the rules of `ARCHITECTURE.md` that
//! the compiler cannot check.

mod source;
mod tidy;

use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("tidy") => tidy_command(),
        _ => {
            eprintln!("usage: cargo xtask tidy");
            ExitCode::from(2)
        }
    }
}

fn tidy_command() -> ExitCode {
    let began = Instant::now();
    let tree = match source::Tree::load() {
        Ok(tree) => tree,
        Err(reason) => {
            eprintln!("tidy: {reason}");
            return ExitCode::FAILURE;
        }
    };
    let breaches = tidy::check(&tree);
    for breach in &breaches {
        println!("{breach}");
    }
    let (files, milliseconds) = (tree.files.len(), began.elapsed().as_millis());
    if breaches.is_empty() {
        println!("tidy: {files} files, every rule kept ({milliseconds} ms)");
        return ExitCode::SUCCESS;
    }
    println!(
        "tidy: {} breaches in {files} files ({milliseconds} ms)",
        breaches.len()
    );
    ExitCode::FAILURE
}
