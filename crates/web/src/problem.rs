//! A fault on its way to the user: the one place that knows its HTTP status and its page.

use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{Fault, FaultKind, Locale};
use maud::{Markup, html};
use serde_json::json;

use crate::{Look, Me, Page, again::Kept, reply, trace::RequestId};

/// What a handler answers.
pub type Reply = Result<Response, Problem>;

/// A fault; [`render`] makes the page of it, since only there the language is known.
#[derive(Debug, Clone)]
pub struct Problem(pub Fault);

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

/// The status of a fault.
pub(crate) const fn status(kind: FaultKind) -> StatusCode {
    match kind {
        FaultKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        FaultKind::SignIn => StatusCode::UNAUTHORIZED,
        FaultKind::Forbidden => StatusCode::FORBIDDEN,
        FaultKind::Missing => StatusCode::NOT_FOUND,
        FaultKind::Conflict => StatusCode::CONFLICT,
        FaultKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        FaultKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        FaultKind::Broken => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = status(self.0.kind).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Renders faults, and the router's own refusals, for who asked.
pub(crate) async fn render(look: Look, mut request: Request, next: Next) -> Response {
    let kept = Kept::default();
    request.extensions_mut().insert(kept.clone());
    let id = request.extensions().get::<RequestId>().cloned();
    let is_get = request.method() == axum::http::Method::GET;
    let mut response = next.run(request).await;
    let problem = response.extensions_mut().remove::<Problem>();
    let fault = match (problem, response.status()) {
        (Some(Problem(fault)), _) => fault,
        (None, StatusCode::NOT_FOUND) if bare(&response) => Fault::missing("web-no-page"),
        (None, StatusCode::METHOD_NOT_ALLOWED) => Fault::missing("web-no-page"),
        (None, StatusCode::BAD_REQUEST) if bare(&response) => Fault::missing("web-no-page"),
        (None, StatusCode::SERVICE_UNAVAILABLE) if bare(&response) => {
            Fault::unavailable("web-busy", "the request took too long")
        }
        (None, StatusCode::PAYLOAD_TOO_LARGE) => Fault::conflict("web-too-large").with("max", 1),
        _ => return response,
    };
    if fault.kind == FaultKind::SignIn && is_get && !look.json && !look.fragment {
        return reply::to_sign_in(&look.path);
    }
    let me = response.extensions_mut().remove::<Me>();
    let reference = reference(&fault, id);
    let mut rendered = if look.json {
        as_json(&fault, look.locale, reference.as_deref())
    } else {
        let told = Told {
            reference,
            way: kept.way(&look, &fault, is_get),
        };
        as_page(&look, me.as_ref(), &fault, &told)
    };
    *rendered.status_mut() = status(fault.kind);
    if fault.kind == FaultKind::Unavailable {
        let soon = HeaderValue::from_static("2");
        rendered.headers_mut().insert(header::RETRY_AFTER, soon);
    }
    for cookie in response.headers().get_all(header::SET_COOKIE) {
        rendered
            .headers_mut()
            .append(header::SET_COOKIE, cookie.clone());
    }
    rendered
}

fn bare(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

/// What is our fault goes to the log, where the request's number finds it.
pub(crate) fn reference(fault: &Fault, id: Option<RequestId>) -> Option<String> {
    let detail = fault.detail.as_deref().unwrap_or_default();
    match fault.kind {
        FaultKind::Broken => tracing::error!(detail, "a request failed"),
        FaultKind::Unavailable => tracing::warn!(detail, "a request could not be served"),
        _ => return None,
    }
    id.map(|id| id.0)
}

fn as_json(fault: &Fault, locale: Locale, reference: Option<&str>) -> Response {
    let errors: Vec<_> = fault
        .fields
        .iter()
        .map(|field| json!({ "field": field.field, "detail": field.text.speak(locale) }))
        .collect();
    let status = status(fault.kind);
    let mut body = json!({
        "type": "about:blank",
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": fault.speak(locale),
        "errors": errors,
    });
    if let Some(reference) = reference {
        body["reference"] = reference.into();
    }
    let mut response = Json(body).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Where to begin anew: a guest at the organisation's public page, everybody else at home.
fn home(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let mut parts = path.split('/').skip(1);
    match (parts.next(), parts.next()) {
        (Some("at"), Some(org)) if !org.is_empty() => format!("/at/{org}"),
        _ => "/".to_owned(),
    }
}

/// What a page says beside the fault itself.
struct Told {
    /// Where the log has it.
    reference: Option<String>,
    /// The way to try once more.
    way: Markup,
}

fn as_page(look: &Look, me: Option<&Me>, fault: &Fault, told: &Told) -> Response {
    let look = me.map_or(look, |me| &me.look);
    let words = fault.speak(look.locale);
    let body = html! {
        (ui::note(ui::Tone::Danger, html! {
            p { (words) }
            @for field in fault.fields.iter().filter(|field| field.text != fault.text) {
                p { (field.text.speak(look.locale)) }
            }
            @if let Some(reference) = &told.reference {
                p { (look.locale.tx("web-reference", &[("reference", reference.into())])) }
            }
            (told.way)
        }))
    };
    if look.fragment {
        return reply::html_response(body);
    }
    let title = look.locale.t("web-problem");
    let within = me.and_then(|me| reply::page(me, Page::new(title.clone()), body.clone()).ok());
    within.unwrap_or_else(|| guest_problem(look, title, &body))
}

/// For whom no shell is known: a guest, or an address that leads nowhere.
fn guest_problem(look: &Look, title: String, body: &Markup) -> Response {
    let mut frame = ui::GuestFrame::new(look.locale, title, &look.locale.t("web-product"));
    frame.theme = look.theme;
    let home = home(&look.path);
    frame.home.clone_from(&home);
    frame.back = Some(home.clone());
    reply::html_response(ui::guest_page(
        &frame,
        &html! {
            div class="pad" {
                h1 { (look.locale.t("web-problem")) }
                (body)
                p { a class="cta" href=(home) { (look.locale.t("web-home")) } }
            }
        },
    ))
}
