//! A mail under the business's logo, for readers that show it.

use maud::{DOCTYPE, Markup, html};

use crate::{delivery::Letterhead, model::Message};

/// The height at which the logo stands above the words.
const LOGO_HEIGHT: i64 = 40;

/// What a reader of mail shows: the logo, and the words as they are.
pub(crate) fn letter(head: &Letterhead, message: &Message) -> Markup {
    let width = head.width * LOGO_HEIGHT / head.height.max(1);
    html! {
        (DOCTYPE)
        html lang=(message.locale.tag()) {
            head {
                meta charset="utf-8";
                meta name="color-scheme" content="light dark";
                title { (message.subject) }
            }
            body {
                p { img src="cid:logo" alt=(head.business) width=(width) height=(LOGO_HEIGHT); }
                @for paragraph in message.body.split("\n\n") {
                    p { @for line in paragraph.lines() { (words(line)) br; } }
                }
            }
        }
    }
}

/// A line whose addresses can be followed.
fn words(line: &str) -> Markup {
    html! {
        @for (index, word) in line.split(' ').enumerate() {
            @if index > 0 { " " }
            @if word.starts_with("https://") || word.starts_with("http://") {
                a href=(word) { (word) }
            } @else { (word) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_customer_is_called_never_becomes_markup() {
        let line = words("Dear <b>Chen</b>: https://example.com/x?a=1&b=2 till then").into_string();
        assert_eq!(
            line,
            "Dear &lt;b&gt;Chen&lt;/b&gt;: <a href=\"https://example.com/x?a=1&amp;b=2\">\
             https://example.com/x?a=1&amp;b=2</a> till then"
        );
    }
}
