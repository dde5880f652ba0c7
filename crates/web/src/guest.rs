//! A customer on a public page.

use axum::{
    RequestPartsExt,
    extract::{FromRequestParts, Path},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::{Ctx, Fault};
use std::collections::HashMap;

use crate::{App, GuestOrganisation, Look, Problem, trace};

/// Whoever opened a public page of an organisation: `/at/{org}/…`.
#[derive(Clone)]
pub struct Guest {
    /// The context of commands and queries.
    pub ctx: Ctx,
    /// Language, light and path.
    pub look: Look,
    /// The organisation.
    pub organisation: GuestOrganisation,
}

impl Guest {
    /// A public path of this organisation: `guest.path("riverside")` is `/at/lotus/riverside`.
    pub fn path(&self, rest: &str) -> String {
        format!("/at/{}/{rest}", self.organisation.slug)
    }
}

/// On to the same page under the name that the business has now.
fn moved(path: &str, from: &str, to: &str) -> Response {
    let path = path.replacen(&format!("/at/{from}"), &format!("/at/{to}"), 1);
    match HeaderValue::from_str(&path) {
        Ok(place) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, place)]).into_response(),
        Err(_) => Problem::from(Fault::missing("web-no-page")).into_response(),
    }
}

impl FromRequestParts<App> for Guest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let none = || Problem::from(Fault::missing("web-no-page")).into_response();
        let path = parts
            .extract::<Path<HashMap<String, String>>>()
            .await
            .map_err(|_| none())?;
        let slug = path.get("org").cloned().ok_or_else(none)?;
        let look = Look::of(parts);
        let (find, asked) = (app.hooks.guest, slug.clone());
        let found = app.glance(move |tx| find(tx, &asked)).await;
        let found = found.map_err(|fault| Problem::from(fault).into_response())?;
        let organisation = found.ok_or_else(none)?;
        if organisation.slug != slug && parts.method == Method::GET {
            return Err(moved(&look.path, &slug, &organisation.slug));
        }
        trace::about(organisation.org);
        let ctx = Ctx::guest(organisation.org, app.clock.now(), look.locale);
        Ok(Self {
            ctx,
            look,
            organisation,
        })
    }
}
