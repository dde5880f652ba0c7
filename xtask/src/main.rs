//! Housekeeping for the repository: `cargo xtask tidy` checks the rules of `ARCHITECTURE.md` that
//! the compiler cannot check, and licences against `deny.toml`; `cargo xtask sbom` prints what the
//! program is made of; `cargo xtask load` puts a running server under load (`./bench shop` starts
//! one), and `cargo xtask growth` makes a long past for it and draws what was measured.

mod growth;
mod load;
mod source;
mod supply;
mod tidy;

use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("tidy") => tidy_command(),
        Some("sbom") => sbom_command(),
        Some("load") => with_words("load", load::command),
        Some("growth") => with_words("growth", growth::command),
        _ => {
            eprintln!("usage: cargo xtask tidy | sbom | load | growth");
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
    let mut breaches: Vec<String> = tidy::check(&tree).iter().map(ToString::to_string).collect();
    match supply::Supply::load() {
        Ok(supply) => breaches.extend(supply.breaches()),
        Err(reason) => breaches.push(reason),
    }
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

fn sbom_command() -> ExitCode {
    match supply::Supply::load() {
        Ok(supply) => {
            println!("{:#}", supply.bill());
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("sbom: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn with_words(name: &str, command: fn(&[String]) -> Result<(), String>) -> ExitCode {
    let words: Vec<String> = std::env::args().skip(2).collect();
    match command(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{name}: {reason}");
            ExitCode::FAILURE
        }
    }
}
