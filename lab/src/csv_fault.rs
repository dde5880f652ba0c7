//! What is wrong with a CSV file, in words for whoever typed the command.

/// The line and what is allowed there.
pub(crate) fn unreadable(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!("line {line}: {len} columns, the header has {expected_len}")
        }
        csv::ErrorKind::Utf8 { pos, .. } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!("line {line}: not UTF-8; save the file as CSV UTF-8")
        }
        _ => error.to_string(),
    }
}
