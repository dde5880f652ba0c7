//! A customer on a public page.

use axum::{
    RequestPartsExt,
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use kernel::{Ctx, Fault};
use std::collections::HashMap;

use crate::{App, GuestOrganisation, Look, Problem};

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

impl FromRequestParts<App> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let none = || Problem::from(Fault::missing("web-no-page"));
        let path = parts
            .extract::<Path<HashMap<String, String>>>()
            .await
            .map_err(|_| none())?;
        let slug = path.get("org").cloned().ok_or_else(none)?;
        let look = Look::of(parts);
        let find = app.hooks.guest;
        let organisation = app
            .read(move |tx| find(tx, &slug))
            .await?
            .ok_or_else(none)?;
        let ctx = Ctx::guest(organisation.org, app.clock.now(), look.locale);
        Ok(Self {
            ctx,
            look,
            organisation,
        })
    }
}
