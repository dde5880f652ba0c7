//! The network address a request came from.

use std::{convert::Infallible, net::SocketAddr};

use web::{
    App,
    axum::{
        extract::{ConnectInfo, FromRequestParts},
        http::request::Parts,
    },
};

/// The address that holds count against; empty where the server does not know it.
pub(super) struct Address(pub(super) String);

impl FromRequestParts<App> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // The proxy in front appends the address it saw, so only the last entry cannot be made up.
        let forwarded = parts.headers.get("x-forwarded-for");
        let forwarded = forwarded.and_then(|value| value.to_str().ok());
        let last = forwarded
            .and_then(|list| list.rsplit(',').next())
            .map(str::trim);
        if let Some(last) = last.filter(|text| app.config.behind_proxy && !text.is_empty()) {
            return Ok(Self(last.chars().take(64).collect()));
        }
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, app).await;
        let ip = peer.map(|ConnectInfo(peer)| peer.ip().to_string());
        Ok(Self(ip.unwrap_or_default()))
    }
}
