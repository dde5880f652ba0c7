//! The router of all rooms, and the server.

use std::{future::Future, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::{Fault, Locale, Permission};
use tokio::net::TcpListener;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};
use ui::Theme;

use crate::{
    App, Form, Me, Problem, Reply, Room, Routes, again, crowd, door, fragment, listening, live,
    look, problem, ready, security, see_other, set_cookie, trace,
};

const BODY_BYTES_MAX: usize = 4 << 20;
const REQUEST_SECONDS_MAX: u64 = 60;
/// Whoever sends a body may not fall silent for longer.
const SILENCE_SECONDS_MAX: u64 = 10;
const YEAR_SECONDS: i64 = 31_536_000;

/// The edge's own routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/live", Permission::SIGNED_IN, live::live)
        .post("/site", Permission::SIGNED_IN, choose_site)
        .get("/settings/api", Permission::SIGNED_IN, crate::api::index)
        .get(
            "/settings/api/find",
            Permission::SIGNED_IN,
            crate::api::find,
        )
        .get(
            "/settings/api/{part}",
            Permission::SIGNED_IN,
            crate::api::part,
        )
        .get("/gallery", Permission::SIGNED_IN, gallery)
        .public_post("/language", choose_language)
        .public_post("/theme", choose_theme)
        .merge(crate::install::routes())
}

/// The room of the edge itself: its texts and routes.
pub(crate) fn room() -> Room {
    let (english, chinese) = crate::TEXTS;
    Room::new("web").texts(english, chinese).routes(routes())
}

/// All rooms behind one door.
pub fn router(app: App, rooms: &[Room]) -> Router {
    let edge = room();
    let mut router = Router::new();
    for room in rooms.iter().chain([&edge]) {
        router = router.merge(room.routes.router(&app));
    }
    router
        .route("/assets/{*path}", get(asset))
        .route("/healthz", get(ready::lives))
        .route("/readyz", get(ready::ready))
        .fallback(nothing_here)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(|_| {
            Problem::from(Fault::broken("a handler panicked")).into_response()
        }))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(REQUEST_SECONDS_MAX),
        ))
        .layer(from_fn(again::keep))
        .layer(from_fn_with_state(app.clone(), crowd::admit))
        .layer(from_fn(security::plain_path))
        .layer(from_fn(security::same_site))
        .layer(from_fn(problem::render))
        .layer(from_fn(look::remember_language))
        .layer(from_fn(security::headers))
        .layer(CompressionLayer::new())
        .nest(crate::api::BASE, crate::api::router(&app))
        .layer(RequestBodyTimeoutLayer::new(Duration::from_secs(
            SILENCE_SECONDS_MAX,
        )))
        .layer(from_fn_with_state(app.clone(), trace::request))
        .with_state(app)
}

async fn nothing_here() -> Reply {
    Err(Fault::missing("web-no-page").into())
}

async fn gallery(me: Me) -> Reply {
    fragment(ui::gallery(me.look.locale, me.look.theme))
}

async fn choose_language(State(app): State<App>, form: Form) -> Reply {
    let locale = Locale::parse(form.typed("language")).unwrap_or(Locale::En);
    let cookie = set_cookie("locale", locale.tag(), YEAR_SECONDS, app.config.secure);
    back_with(&form, cookie)
}

async fn choose_theme(State(app): State<App>, form: Form) -> Reply {
    let theme = Theme::parse(form.typed("theme"));
    let cookie = set_cookie("theme", theme.as_str(), YEAR_SECONDS, app.config.secure);
    back_with(&form, cookie)
}

async fn choose_site(State(app): State<App>, me: Me, form: Form) -> Reply {
    let chosen = me
        .sites
        .iter()
        .find(|site| site.id.to_string() == form.typed("site"));
    let site = chosen.ok_or_else(|| Fault::missing("web-no-site"))?;
    let cookie = set_cookie(
        "site",
        &site.id.to_string(),
        YEAR_SECONDS,
        app.config.secure,
    );
    back_with(&form, cookie)
}

fn back_with(form: &Form, cookie: HeaderValue) -> Reply {
    let mut response = see_other(form.typed("back"))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ui::assets::get(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts = |coding: &str| {
        let accepted = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|v| v.to_str().ok());
        accepted.is_some_and(|list| list.split(',').any(|part| part.trim().starts_with(coding)))
    };
    let (bytes, coding) = match (asset.br, asset.gz) {
        (Some(br), _) if accepts("br") => (br, Some("br")),
        (_, Some(gz)) if accepts("gzip") => (gz, Some("gzip")),
        _ => (asset.bytes, None),
    };
    let mut response = Response::new(Body::from(bytes.into_owned()));
    let answer = response.headers_mut();
    answer.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.content_type),
    );
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let kept = if asset.immutable {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    if let Some(coding) = coding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Serves until `stop` resolves, then finishes what is under way.
pub async fn serve(
    listener: TcpListener,
    app: App,
    rooms: &[Room],
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = router(app.clone(), rooms);
    tokio::spawn(listening::sweep(app.clone()));
    let stopping = async move {
        stop.await;
        app.drain();
    };
    door::open(listener, router, stopping).await
}

/// The routes of all rooms and the edge, for the test that walks them.
pub fn all_routes(rooms: &[Room]) -> Vec<crate::RouteInfo> {
    let edge = room();
    rooms
        .iter()
        .chain([&edge])
        .flat_map(|room| {
            let pages = room.routes.infos().cloned();
            pages.chain(room.api.infos()).collect::<Vec<_>>()
        })
        .collect()
}

/// Installs the texts of kernel, store, ui, the edge and all rooms.
pub fn install_texts(rooms: &[Room]) {
    let fixed = [kernel::TEXTS, store::TEXTS, ui::TEXTS, crate::TEXTS];
    let mut sources: Vec<(Locale, &'static str)> = Vec::new();
    for (english, chinese) in fixed {
        sources.extend([(Locale::En, english), (Locale::ZhCn, chinese)]);
    }
    sources.extend(rooms.iter().flat_map(|room| room.texts.clone()));
    kernel::text::install(&sources);
}
