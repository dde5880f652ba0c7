//! Stops with one clear line when the built front end is missing.
use std::path::Path;

fn main() {
    let dist = Path::new("../../front/dist");
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo:rerun-if-changed={}", dist.display());
    }
    if !dist.join(".vite/manifest.json").is_file() {
        println!(
            "cargo:rerun-if-changed={}",
            dist.join(".vite/manifest.json").display()
        );
        eprintln!("run: cd front && npm ci --ignore-scripts && npm run build");
        std::process::exit(1);
    }
}
