//! Who is asking: somebody signed in, with context, sites and shell.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{
    Actor, Bilingual, Channel, Ctx, Fault, FaultKind, IdSource, Permission, TimeZone,
    ids::{SessionId, SiteId},
};

use crate::{
    App, GuestOrganisation, Look, Menu, Problem, Shared, SignedIn, SiteChoice, cookie_of, trace,
};

/// The cookie that holds the session token.
pub(crate) const SESSION_COOKIE: &str = "session";

/// Somebody signed in who may come in by this route.
#[derive(Clone)]
pub struct Me {
    /// The context of commands and queries.
    pub ctx: Ctx,
    /// Language, light and path.
    pub look: Look,
    /// The organisation.
    pub organisation: GuestOrganisation,
    /// The sites this person may choose.
    pub sites: Vec<SiteChoice>,
    /// The site chosen in the shell, if the organisation has any.
    pub site: Option<SiteChoice>,
    /// The session; `None` for a token.
    pub session: Option<SessionId>,
    /// Whether single keys do something.
    pub keys: bool,
    /// What the last command did, to be shown once.
    pub toast: Option<String>,
    /// On a shared computer: whose it is, and when it locks itself.
    pub shared: Option<Shared>,
    /// How the person's name is read, in Latin letters; may be empty.
    pub(crate) reading: String,
    /// What the role is called, where the business made it itself.
    pub(crate) own_role: Option<Bilingual>,
    pub(crate) menu: Arc<Vec<Menu>>,
    pub(crate) below: Arc<Vec<(&'static str, &'static str)>>,
}

impl Me {
    /// The chosen site; refuses where there is none yet.
    pub fn site(&self) -> Result<&SiteChoice, Fault> {
        self.site
            .as_ref()
            .ok_or_else(|| Fault::missing("web-no-site"))
    }

    /// The zone of the chosen site; UTC where there is none yet.
    pub fn zone(&self) -> TimeZone {
        self.site
            .as_ref()
            .map_or(TimeZone::UTC, |site| site.zone.clone())
    }

    /// The zone of one of this person's sites, or of the chosen one.
    pub fn zone_of(&self, id: SiteId) -> TimeZone {
        self.site_of(id)
            .map_or_else(|| self.zone(), |site| site.zone.clone())
    }

    /// A site of this person by id.
    pub fn site_of(&self, id: SiteId) -> Option<&SiteChoice> {
        self.sites.iter().find(|site| site.id == id)
    }
}

/// The session token or API token of a request, and whether it is an API token.
pub(crate) fn credential(headers: &HeaderMap) -> Option<(String, bool)> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    match bearer {
        Some(token) => Some((token.trim().to_owned(), true)),
        None => cookie_of(headers, SESSION_COOKIE).map(|token| (token, false)),
    }
}

/// Who holds the credential of a request, without its counting as a use.
async fn holder(headers: &HeaderMap, app: &App) -> Result<Option<SignedIn>, Fault> {
    let Some((token, _)) = credential(headers) else {
        return Ok(None);
    };
    let (now, authenticate) = (app.clock.now(), app.hooks.authenticate);
    app.glance(move |tx| authenticate(tx, &token, now)).await
}

async fn signed_in(parts: &Parts, app: &App) -> Result<Option<(SignedIn, bool)>, Fault> {
    let Some((token, by_bearer)) = credential(&parts.headers) else {
        return Ok(None);
    };
    let Some(who) = holder(&parts.headers, app).await? else {
        return Ok(None);
    };
    if who.use_is_due && (who.shared.is_none() || is_act(parts)) {
        let (now, note_use) = (app.clock.now(), app.hooks.note_use);
        match app.write(move |tx| note_use(tx, &token, now)).await {
            // Where nothing can be written for the moment, reading goes on.
            Err(fault) if fault.kind == FaultKind::Unavailable => {
                tracing::warn!(%fault, "the use of a session could not be noted");
            }
            noted => noted?,
        }
    }
    Ok(Some((who, by_bearer)))
}

/// Whether somebody did something, rather than a page looking for news by itself: only that keeps
/// a shared computer from locking itself.
fn is_act(parts: &Parts) -> bool {
    let mode = parts.headers.get("sec-fetch-mode");
    let navigates = mode.is_none_or(|mode| mode == "navigate");
    let looks = parts.headers.contains_key("hx-request") || parts.uri.path() == "/live";
    parts.method != axum::http::Method::GET || (navigates && !looks)
}

pub(crate) fn context(who: &SignedIn, look: &Look, app: &App, by_bearer: bool) -> Ctx {
    let name = who.name.clone();
    Ctx {
        actor: Actor::User {
            id: who.user,
            staff: who.staff,
            name,
        },
        locale: look.locale,
        channel: if by_bearer {
            Channel::Api
        } else {
            Channel::Desk
        },
        role: who.role,
        grants: who.own_role.as_ref().map(|(_, grants)| grants.clone()),
        sites: who.sites.clone(),
        scopes: who.scopes.clone(),
        ..Ctx::system(who.org, app.clock.now(), IdSource::system())
    }
}

/// Stands before the handlers of every route that is not public: finds out who is asking and
/// refuses who lacks the route's permission.
pub(crate) async fn guard(
    State((app, permission)): State<(App, Permission)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    match entering(&parts, &app, permission).await {
        Ok(me) => {
            trace::about(me.ctx.org);
            parts.extensions.insert(me.clone());
            let mut response = next.run(Request::from_parts(parts, body)).await;
            let failed = response.status().is_client_error() || response.status().is_server_error();
            if failed {
                // What went wrong is told within the shell they work in.
                response.extensions_mut().insert(me);
            }
            response
        }
        Err(fault) => Problem::from(fault).into_response(),
    }
}

async fn entering(parts: &Parts, app: &App, permission: Permission) -> Result<Me, Fault> {
    let Some((who, by_bearer)) = signed_in(parts, app).await? else {
        return Err(Fault::sign_in());
    };
    let mut look = Look::of(parts);
    if !look.chosen
        && let Some(locale) = who.locale
    {
        look.locale = locale;
    }
    let ctx = context(&who, &look, app, by_bearer);
    ctx.require(permission)?;
    let (shell, asked) = (app.hooks.shell, ctx.clone());
    let (organisation, sites) = app.glance(move |tx| shell(tx, &asked)).await?;
    let chosen = cookie_of(&parts.headers, "site").and_then(|id| SiteId::parse(&id));
    let site = sites
        .iter()
        .find(|site| Some(site.id) == chosen)
        .or(sites.first())
        .cloned();
    Ok(Me {
        ctx,
        look,
        organisation,
        sites,
        site,
        session: who.session,
        keys: who.keys,
        toast: cookie_of(&parts.headers, "toast"),
        shared: who.shared,
        reading: who.reading,
        own_role: who.own_role.map(|(name, _)| name),
        menu: app.menu.clone(),
        below: app.below.clone(),
    })
}

/// Whom the guard let in; nobody on a public route.
impl FromRequestParts<App> for Me {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let me = parts.extensions.get::<Self>().cloned();
        me.ok_or_else(|| Fault::sign_in().into())
    }
}

/// Somebody signed in, or nobody: for pages such as the log-in.
pub struct Anyone(pub Option<SignedIn>);

impl FromRequestParts<App> for Anyone {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Ok(Self(signed_in(parts, app).await?.map(|(who, _)| who)))
    }
}
