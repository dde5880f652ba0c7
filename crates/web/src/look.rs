//! In which language and light a page is shown.

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use kernel::Locale;
use ui::Theme;

use crate::{cookie_of, set_cookie};

const YEAR_SECONDS: i64 = 31_536_000;

/// Language and light, from cookie, link or browser.
#[derive(Debug, Clone)]
pub struct Look {
    /// The language.
    pub locale: Locale,
    /// Whether somebody chose it, rather than the browser's settings.
    pub chosen: bool,
    /// The light.
    pub theme: Theme,
    /// The path and query of this page, to come back to.
    pub path: String,
    /// Whether only the body is wanted (an htmx request).
    pub fragment: bool,
    /// Whether the answer is read by a program.
    pub json: bool,
    /// The release this person has read of.
    pub news_seen: Option<String>,
}

impl Look {
    /// For a program, which sees no page.
    pub(crate) fn of_program(locale: Locale) -> Self {
        Self {
            locale,
            chosen: true,
            theme: Theme::parse(""),
            path: String::new(),
            fragment: false,
            json: true,
            news_seen: None,
        }
    }

    pub(crate) fn of(parts: &Parts) -> Self {
        let headers = &parts.headers;
        let by_link = parts.uri.query().and_then(language_of_query);
        let by_cookie = cookie_of(headers, "locale").and_then(|tag| Locale::parse(&tag));
        let chosen = by_link.or(by_cookie);
        let path = parts
            .uri
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned();
        Self {
            locale: chosen.or_else(|| by_browser(headers)).unwrap_or(Locale::En),
            chosen: chosen.is_some(),
            theme: Theme::parse(&cookie_of(headers, "theme").unwrap_or_default()),
            path,
            fragment: headers.contains_key("hx-request"),
            json: accepts_json(headers),
            news_seen: cookie_of(headers, crate::NEWS_COOKIE),
        }
    }
}

fn language_of_query(query: &str) -> Option<Locale> {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))
        .and_then(Locale::parse)
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("json") && !accept.contains("html"))
}

pub(crate) fn by_browser(headers: &HeaderMap) -> Option<Locale> {
    let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    list.split(',')
        .find_map(|entry| Locale::parse(entry.split(';').next()?.trim()))
}

impl<S: Sync> FromRequestParts<S> for Look {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts))
    }
}

/// Remembers the language a link asked for.
pub(crate) async fn remember_language(request: Request, next: Next) -> Response {
    let asked = request.uri().query().and_then(language_of_query);
    let mut response = next.run(request).await;
    if let Some(locale) = asked {
        let cookie = set_cookie("locale", locale.tag(), YEAR_SECONDS, false);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
