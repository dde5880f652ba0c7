//! The cost of growth: files of a long past to be brought in, and what was measured at each size as
//! a table and a chart. `./bench growth` makes the databases and puts each under load.

mod chart;
mod past;

use std::{fs, path::Path};

use chart::Size;

/// Writes the past, or draws what was measured, as the words of the command line say.
pub fn command(words: &[String]) -> Result<(), String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["customers", file, count] => past::customers(Path::new(file), number(count)?),
        ["orders", file, from, to] => past::orders(Path::new(file), number(from)?..number(to)?),
        ["chart", folder, picture] => draw(Path::new(folder), Path::new(picture)),
        _ => Err(
            "usage: cargo xtask growth customers FILE COUNT | orders FILE FROM TO | \
                  chart FOLDER-OF-FIGURES PICTURE.svg"
                .to_owned(),
        ),
    }
}

fn number(word: &str) -> Result<usize, String> {
    word.parse().map_err(|_| format!("{word} is no number"))
}

/// Reads `ORDERS.tsv` for each size, prints the table and writes the chart.
fn draw(folder: &Path, picture: &Path) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut sizes = Vec::new();
    for entry in fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if path.extension().is_some_and(|kind| kind == "tsv")
            && let Some(orders) = stem.and_then(|stem| stem.parse().ok())
        {
            let text = fs::read_to_string(&path).map_err(told)?;
            sizes.push(Size::read(orders, &text)?);
        }
    }
    sizes.sort_by_key(|size| size.orders);
    if sizes.is_empty() {
        return Err(format!("{} has no figures", folder.display()));
    }
    print!("{}", chart::table(&sizes));
    fs::write(picture, chart::svg(&sizes))
        .map_err(|error| format!("{}: {error}", picture.display()))
}
