//! What was typed into a form that could not be taken: kept, so that the page which says so can
//! send it once more.

use std::sync::{Arc, OnceLock};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderName, Method, header},
    middleware::Next,
    response::Response,
};
use futures_util::stream;
use kernel::{Fault, FaultKind};
use maud::{Markup, html};

use crate::{Fields, Look};

/// A longer form is not kept.
const KEPT_BYTES_MAX: usize = 64 << 10;
/// A form with a field whose name has one of these is not kept: secrets stay off pages.
const SECRETS: [&str; 5] = ["password", "pin", "code", "secret", "token"];

/// The body of a form on its way in, for whoever says that it could not be taken.
#[derive(Clone, Default)]
pub(crate) struct Kept(Arc<OnceLock<Bytes>>);

/// Reads a form before it is worked on, and keeps what it says.
pub(crate) async fn keep(request: Request, next: Next) -> Response {
    let kept = request.extensions().get::<Kept>().cloned();
    let Some(kept) = kept.filter(|_| is_short_form(&request)) else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let body = match to_bytes(body, KEPT_BYTES_MAX).await {
        Ok(bytes) => {
            let _ = kept.0.set(bytes.clone());
            Body::from(bytes)
        }
        // Whoever reads it finds it broken off, as it is.
        Err(error) => Body::from_stream(stream::iter([Err::<Bytes, _>(error)])),
    };
    next.run(Request::from_parts(parts, body)).await
}

fn is_short_form(request: &Request) -> bool {
    let text = |name: HeaderName| {
        let value = request.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    // Every browser says how long a form is.
    let length = text(header::CONTENT_LENGTH).parse();
    request.method() == Method::POST
        && text(header::CONTENT_TYPE).starts_with("application/x-www-form-urlencoded")
        && length.is_ok_and(|length: usize| length <= KEPT_BYTES_MAX)
}

/// Whether the same, sent once more, may well be taken.
fn passes(fault: &Fault) -> bool {
    let by_kind = matches!(fault.kind, FaultKind::Unavailable | FaultKind::Broken);
    by_kind || fault.text.key == "store-busy"
}

impl Kept {
    /// The way to try the same once more; nothing where that would not help.
    pub(crate) fn way(&self, look: &Look, fault: &Fault, is_get: bool) -> Markup {
        let signs_in = fault.kind == FaultKind::SignIn && !is_get;
        if !passes(fault) && !signs_in {
            return html! {};
        }
        let again = look.locale.t("web-again");
        if is_get {
            return html! {
                p { (ui::link_button(again, look.path.as_str()).primary().icon("refresh-cw")) }
            };
        }
        let Some(fields) = self.fields() else {
            return html! {};
        };
        html! {
            @if signs_in {
                p { (look.locale.t("web-again-signed-in")) " "
                    a class="link" href="/login" target="_blank" rel="noopener" {
                        (look.locale.t("web-again-sign-in"))
                    }
                }
            } @else { p { (look.locale.t("web-again-kept")) } }
            form method="post" action=(look.path) {
                @for (name, value) in fields.values() { (ui::hidden(name, value)) }
                (ui::button(again).primary().icon("refresh-cw"))
            }
        }
    }

    fn fields(&self) -> Option<Fields> {
        let text = std::str::from_utf8(self.0.get()?).ok()?;
        let fields = Fields::parse(text)?;
        let is_secret = |name: &str| SECRETS.iter().any(|secret| name.contains(secret));
        let open = fields.values().iter().all(|(name, _)| !is_secret(name));
        open.then_some(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(form: &'static str) -> Kept {
        let kept = Kept::default();
        let _ = kept.0.set(Bytes::from_static(form.as_bytes()));
        kept
    }

    #[test]
    fn a_secret_is_never_written_back_to_a_page() {
        let names = |kept: Kept| kept.fields().map(|fields| fields.values().len());
        assert_eq!(names(kept("name=Ada&note=a%26b")), Some(2));
        for secret in ["login=a&password=b", "user=1&pin=1234", "code=123456"] {
            assert_eq!(names(kept(secret)), None, "{secret}");
        }
        assert_eq!(names(Kept::default()), None);
    }
}
