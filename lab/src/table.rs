//! Figures as a table for eyes.

use serde_json::Value;

/// Nested figures, one a line, with their path and their value in columns.
pub(crate) fn nested(figures: &Value) -> String {
    let mut rows = Vec::new();
    walk(figures, String::new(), &mut rows);
    let width = rows.iter().map(|(name, _)| name.chars().count()).max();
    let width = width.unwrap_or(0);
    let lines: Vec<String> = rows
        .into_iter()
        .map(|(name, value)| format!("{name:<width$}  {value}"))
        .collect();
    lines.join("\n")
}

fn walk(value: &Value, name: String, rows: &mut Vec<(String, String)>) {
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
        Value::String(text) => rows.push((name, text.clone())),
        Value::Number(number) => rows.push((name, rounded(number))),
        other => rows.push((name, other.to_string())),
    }
}

/// Six significant digits: more than anybody compares by eye.
fn rounded(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => {
            let digits = 5 - float.abs().log10().floor().clamp(-4.0, 5.0) as i32;
            let small = float != 0.0 && float.abs() < 1e-4;
            if small {
                format!("{float:.5e}")
            } else {
                format!("{float:.*}", digits.max(0) as usize)
            }
        }
        _ => number.to_string(),
    }
}
