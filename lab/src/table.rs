//! Figures as a table for eyes.

use serde_json::Value;

/// Nested figures, one a line, with their path and their value in columns.
pub(crate) fn nested(figures: &Value) -> String {
    let mut rows = Vec::new();
    walk(figures, String::new(), &mut rows);
    columns(&rows)
}

fn walk(value: &Value, name: String, rows: &mut Vec<[String; 2]>) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                let inner = if name.is_empty() {
                    key.clone()
                } else {
                    format!("{name}.{key}")
                };
                walk(field, inner, rows);
            }
        }
        Value::String(text) => rows.push([name, text.clone()]),
        Value::Number(number) => rows.push([name, rounded(number)]),
        other => rows.push([name, other.to_string()]),
    }
}

/// Rows of texts under each other, each column as wide as its widest text.
pub(crate) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..N).map(|column| width(column).unwrap_or(0)).collect();
    let lines = rows.iter().map(|row| {
        let padded = row
            .iter()
            .zip(&widths)
            .map(|(text, &width)| format!("{text:<width$}"));
        padded
            .collect::<Vec<String>>()
            .join("  ")
            .trim_end()
            .to_owned()
    });
    lines.collect::<Vec<String>>().join("\n")
}

fn rounded(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => digits(float),
        _ => number.to_string(),
    }
}

/// Six significant digits: more than anybody compares by eye.
pub(crate) fn digits(float: f64) -> String {
    if float == 0.0 {
        return "0".to_owned();
    }
    if float.abs() < 1e-4 {
        return format!("{float:.5e}");
    }
    let magnitude = float.abs().log10().floor();
    let places = (5.0 - magnitude).clamp(0.0, 9.0);
    format!("{float:.*}", places as usize)
}
