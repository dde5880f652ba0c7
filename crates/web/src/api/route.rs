//! The routes of programs: no cookies, no pages; every refusal is a problem by RFC 9457.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::from_fn,
    response::Response,
    routing::any,
};
use kernel::{Fault, Locale};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
};

use super::{
    DOCUMENT_PATH,
    answer::{Refusal, refuse},
    bytes::take,
    call::{Call, JSON, bounded},
    endpoint::Endpoint,
    limit::{CALLS_A_MINUTE, Limiter},
    perform::perform,
};
use crate::{App, look::by_browser, security};

const REQUEST_SECONDS_MAX: u64 = 60;

/// What one path does, by method; whether it takes many at once.
type Tasks = Arc<Vec<(Endpoint, bool)>>;

/// The router below [`super::BASE`].
pub(crate) fn router(app: &App) -> Router<App> {
    let quota = app.config.api_calls_a_minute.unwrap_or(CALLS_A_MINUTE);
    let limiter = Arc::new(Limiter::new(quota));
    let mut paths: BTreeMap<String, Vec<(Endpoint, bool)>> = BTreeMap::new();
    for endpoint in app.api.endpoints() {
        let tasks = paths.entry(endpoint.path.to_string()).or_default();
        tasks.push((endpoint.clone(), false));
        if endpoint.bulk {
            let batch = format!("{}/batch", endpoint.path);
            paths
                .entry(batch)
                .or_default()
                .push((endpoint.clone(), true));
        }
    }
    let mut router = Router::new().route(DOCUMENT_PATH, any(document));
    for (path, tasks) in paths {
        let (tasks, limiter): (Tasks, _) = (Arc::new(tasks), limiter.clone());
        let handler = move |State(app): State<App>, params: RawPathParams, request: Request| {
            serve(app, limiter.clone(), tasks.clone(), params, request)
        };
        router = router.route(&path, any(handler));
    }
    router
        .fallback(nothing_here)
        .layer(CatchPanicLayer::custom(|_| {
            let fault = Fault::broken("an endpoint panicked");
            refuse(&fault.into(), Locale::En, &[], None)
        }))
        .layer(from_fn(security::headers))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(REQUEST_SECONDS_MAX),
        ))
        .layer(CompressionLayer::new())
}

fn locale_of(headers: &HeaderMap) -> Locale {
    by_browser(headers).unwrap_or(Locale::En)
}

async fn nothing_here(headers: HeaderMap) -> Response {
    let fault = Fault::missing("web-api-no-path");
    refuse(&fault.into(), locale_of(&headers), &[], None)
}

fn not_allowed(allowed: &str, headers: &HeaderMap) -> Response {
    let fault = Fault::conflict("web-api-method").with("allowed", allowed);
    let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, fault);
    let mut response = refuse(&refusal, locale_of(headers), &[], None);
    if let Ok(allowed) = HeaderValue::from_str(allowed) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

async fn document(State(app): State<App>, method: Method, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return not_allowed("GET, HEAD", &headers);
    }
    let body = app.api.document(locale_of(&headers)).to_string();
    let mut response = Response::new(body.into());
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    let kept = HeaderValue::from_static("no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    response
}

async fn serve(
    app: App,
    limiter: Arc<Limiter>,
    tasks: Tasks,
    params: RawPathParams,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let wanted = match parts.method {
        Method::HEAD => &Method::GET,
        ref method => method,
    };
    let Some(place) = tasks.iter().position(|(task, _)| task.method == *wanted) else {
        let methods = tasks.iter().map(|(task, _)| task.method.as_str());
        let allowed: Vec<&str> = methods.collect();
        return not_allowed(&allowed.join(", "), &parts.headers);
    };
    let (endpoint, _) = &tasks[place];
    let named = endpoint.named;
    let refused = |refusal| refuse(&refusal, locale_of(&parts.headers), named, None);
    let mut call = match Call::read(endpoint, &parts, &params) {
        Ok(call) => call,
        Err(refusal) => return refused(refusal),
    };
    let done = match &endpoint.upload {
        Some(upload) => {
            let task = (endpoint.clone(), upload.clone());
            take(&app, limiter, task, (call, &parts.headers, body)).await
        }
        None => {
            if endpoint.body.is_some() {
                call.body = match bounded(&parts.headers, body, JSON).await {
                    Ok(body) => body,
                    Err(refusal) => return refused(refusal),
                };
            }
            let worker = app.clone();
            app.blocking(move || {
                let (endpoint, many) = &tasks[place];
                Ok(perform(&worker, &limiter, (endpoint, *many), &call))
            })
            .await
        }
    };
    match done {
        Ok(outcome) => match outcome.result {
            Ok(found) => found.response(outcome.left),
            Err(refusal) => refuse(&refusal, outcome.locale, named, outcome.left),
        },
        Err(fault) => refused(fault.into()),
    }
}
