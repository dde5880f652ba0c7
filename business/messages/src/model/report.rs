//! What whoever carries the mail reports about a letter that was taken.

use customers::Why;
use kernel::ids::MessageId;
use serde_json::Value;

/// The longest reason kept, in characters.
const REASON_CHARS_MAX: usize = 300;

/// A letter came back, or its reader complained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    /// Which of the two.
    pub why: Why,
    /// The message, where it is named.
    pub message: Option<MessageId>,
    /// The addresses, where they are named.
    pub addresses: Vec<String>,
    /// What the other side said.
    pub reason: String,
}

impl Report {
    /// Reads a report: `type` ends with `bounced` or `complained`, and `data` names the message
    /// (`message_id`) or the address (`to` or `email`). `None` for news of another kind, and for a
    /// mailbox that is only full or busy: whoever carries the mail tries again by itself.
    pub(crate) fn read(body: &Value) -> Option<Self> {
        let kind = body["type"].as_str()?;
        let why = match kind.rsplit('.').next()? {
            "bounced" => Why::Bounced,
            "complained" => Why::Complained,
            _ => return None,
        };
        let data = &body["data"];
        let bounce = data["bounce"]["type"].as_str().unwrap_or_default();
        if matches!(
            bounce.to_ascii_lowercase().as_str(),
            "transient" | "temporary" | "soft"
        ) {
            return None;
        }
        let named = [&data["to"], &data["email"]];
        let addresses = named.into_iter().flat_map(texts).map(str::to_owned);
        let reasons = [&data["reason"], &data["bounce"]["message"]];
        let reason = reasons.into_iter().flat_map(texts).next();
        Some(Self {
            why,
            message: data["message_id"].as_str().and_then(message_id),
            addresses: addresses.take(20).collect(),
            reason: printable(reason.unwrap_or(why.as_str())),
        })
    }
}

/// One text, or each of a list.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text.as_str()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The message of `<id@host>`, as its letter was called.
fn message_id(text: &str) -> Option<MessageId> {
    let inside = text.trim().trim_start_matches('<').trim_end_matches('>');
    MessageId::parse(inside.split('@').next()?)
}

fn printable(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(REASON_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_read_as_carriers_write_them() {
        let read = |text: &str| Report::read(&serde_json::from_str(text).expect("JSON"));
        let id = "019aa1b2-0000-7000-8000-000000000001";
        let data = format!(r#"{{"message_id":"<{id}@x.example>","reason":"no\nsuch"}}"#);
        let ours = read(&format!(r#"{{"type":"mail.bounced","data":{data}}}"#));
        let ours = ours.expect("a report");
        assert_eq!(ours.message, MessageId::parse(id));
        assert_eq!((ours.why, ours.reason.as_str()), (Why::Bounced, "no such"));
        let data = r#"{"to":["a@x.example"],"bounce":{"type":"Permanent"}}"#;
        let theirs = read(&format!(r#"{{"type":"email.complained","data":{data}}}"#));
        let theirs = theirs.expect("a report");
        assert_eq!(theirs.addresses, ["a@x.example"]);
        assert_eq!(
            (theirs.why, theirs.reason.as_str()),
            (Why::Complained, "complained")
        );
    }

    #[test]
    fn other_news_and_a_full_mailbox_are_no_report() {
        for text in [
            r#"{"type":"email.delivered","data":{"to":"a@x.example"}}"#,
            r#"{"type":"email.bounced","data":{"to":"a@x.example","bounce":{"type":"Transient"}}}"#,
            r#"{"type":7}"#,
            "[]",
        ] {
            assert_eq!(
                Report::read(&serde_json::from_str(text).expect("JSON")),
                None,
                "{text}"
            );
        }
    }
}
