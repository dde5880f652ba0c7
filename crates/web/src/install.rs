//! What makes a page an app on a phone: the manifest, the service worker, the page without a line.

use axum::http::{HeaderValue, header};
use kernel::Locale;
use serde_json::{Value, json};

use crate::{Look, Reply, Routes, reply};

/// The routes of an app that is installed.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .public_get("/service-worker.js", worker)
        .public_get("/manifest.en.webmanifest", english)
        .public_get("/manifest.zh-CN.webmanifest", chinese)
        .public_get("/offline", offline)
}

/// The service worker stands at the root, since it may only answer for pages below itself. It is
/// asked for anew each time, so that a new version is found.
async fn worker() -> Reply {
    let script = ui::assets::get("service-worker.js").map(|asset| asset.bytes.into_owned());
    let mut response = reply::bytes(
        "text/javascript; charset=utf-8",
        script.unwrap_or_default(),
        None,
    )?;
    let kept = HeaderValue::from_static("no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    Ok(response)
}

async fn english() -> Reply {
    manifest(Locale::En)
}

async fn chinese() -> Reply {
    manifest(Locale::ZhCn)
}

fn manifest(locale: Locale) -> Reply {
    let content = describe(locale).to_string().into_bytes();
    let mut response = reply::bytes("application/manifest+json", content, None)?;
    let day = HeaderValue::from_static("public, max-age=86400");
    response.headers_mut().insert(header::CACHE_CONTROL, day);
    Ok(response)
}

fn describe(locale: Locale) -> Value {
    let icon = |file: &str, size: &str, purpose: &str| {
        let kind = if size == "any" {
            "image/svg+xml"
        } else {
            "image/png"
        };
        json!({ "src": ui::assets::url(file), "sizes": size, "type": kind, "purpose": purpose })
    };
    let shortcut = |key: &str, url: &str| json!({ "name": locale.t(key), "url": url });
    json!({
        "id": "/",
        "name": locale.t("web-app-name"),
        "short_name": locale.t("web-product"),
        "description": locale.t("web-app-description"),
        "lang": locale.tag(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": ui::CANVAS.0,
        "theme_color": ui::CANVAS.0,
        "icons": [
            icon("icon.svg", "any", "any"),
            icon("icon-192.png", "192x192", "any"),
            icon("icon-512.png", "512x512", "any"),
            icon("icon-maskable-192.png", "192x192", "maskable"),
            icon("icon-maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            shortcut("web-app-my-day", "/my-day"),
            shortcut("web-app-today", "/today"),
        ],
    })
}

/// What the service worker shows in the place of a page that could not be loaded. Nobody's name
/// is in it, so it may be kept on any device.
async fn offline(look: Look) -> Reply {
    let words = |key: &str| look.locale.t(key);
    let title = words("web-offline");
    let mut frame = ui::GuestFrame::new(look.locale, title.clone(), &words("web-product"));
    frame.theme = look.theme;
    let ways = maud::html! {
        div class="row wrap" data-offline-page {
            (ui::link_button(words("web-offline-again"), "").primary().icon("refresh-cw"))
            (ui::link_button(words("web-app-my-day"), "/my-day").icon("smartphone")
                .attr("data-offline-day", "").attr("hidden", ""))
        }
    };
    reply::fragment(ui::guest_empty_page(
        &frame,
        &title,
        &words("web-offline-text"),
        ways,
    ))
}
