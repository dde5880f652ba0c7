//! Codes that a phone's camera reads.

use kernel::Fault;
use ui::Markup;
use web::App;
use web::axum::http::{HeaderMap, header};

/// An address drawn as a code, black on white in any light.
pub fn code_drawing(address: &str) -> Result<Markup, Fault> {
    Ok(ui::qr(address))
}

/// The address of an organisation's public pages, as this browser reaches us.
pub fn public_base(app: &App, headers: &HeaderMap, slug: &str) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let scheme = if app.config.secure { "https" } else { "http" };
    format!("{scheme}://{}/at/{slug}", host.unwrap_or("localhost"))
}
