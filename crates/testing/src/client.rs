//! A browser without a screen: it sends requests straight into the router.

use std::future::poll_fn;

use kernel::Locale;
use tower::ServiceExt;
use web::axum::{
    Router,
    body::{Body, HttpBody, to_bytes},
    http::{HeaderMap, Method, Request, header},
};

const ANSWER_BYTES_MAX: usize = 16 << 20;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status, as a number.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as text.
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Where a redirect leads; empty for anything else.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    }

    /// Whether the body has these words.
    pub fn says(&self, words: &str) -> bool {
        self.body.contains(words)
    }

    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// A browser with its cookies.
#[derive(Clone)]
pub struct Client {
    router: Router,
    session: Option<String>,
    locale: Locale,
    headers: Vec<(String, String)>,
}

impl Client {
    pub(crate) const fn new(router: Router, session: Option<String>) -> Self {
        Self {
            router,
            session,
            locale: Locale::En,
            headers: Vec::new(),
        }
    }

    /// The same browser in another language.
    #[must_use]
    pub fn in_locale(mut self, locale: Locale) -> Self {
        self.locale = locale;
        self
    }

    /// The same browser with one more header on every request.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Opens a page.
    pub fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Vec::new())
    }

    /// Opens a page and counts its bytes without keeping them: for answers of any length.
    ///
    /// # Panics
    /// When the answer breaks off.
    pub fn drain(&self, path: &str) -> u64 {
        let mut request = Request::builder()
            .uri(path)
            .header(header::HOST, "shop.test");
        if let Some(token) = &self.session {
            request = request.header(header::COOKIE, format!("session={token}"));
        }
        let request = request
            .body(Body::empty())
            .expect("a test sends a valid request");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        runtime.block_on(async {
            let answer = self
                .router
                .clone()
                .oneshot(request)
                .await
                .expect("it always answers");
            assert!(answer.status().is_success(), "{}", answer.status());
            let mut body = Box::pin(answer.into_body());
            let mut bytes = 0;
            while let Some(frame) = poll_fn(|waker| body.as_mut().poll_frame(waker)).await {
                let frame = frame.expect("the answer does not break off");
                bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
            }
            bytes
        })
    }

    /// Sends a form: `client.post("/orders", "note=hello")`.
    pub fn post(&self, path: &str, form: &str) -> Answer {
        let kind = Some("application/x-www-form-urlencoded");
        self.send(Method::POST, path, kind, form.as_bytes().to_vec())
    }

    /// Sends files as a browser does that chose them in a form.
    pub fn upload(&self, path: &str, files: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let kind = Some("multipart/form-data; boundary=edge");
        self.send(Method::POST, path, kind, body)
    }

    /// Sends JSON, as programs do.
    pub fn json(&self, method: Method, path: &str, body: &str) -> Answer {
        let body = body.as_bytes().to_vec();
        self.send(method, path, Some("application/json"), body)
    }

    /// Sends a body of any kind.
    ///
    /// # Panics
    /// When the request is malformed or the router does not answer.
    pub fn send(&self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let mut cookies = vec![format!("locale={}", self.locale.tag())];
        cookies.extend(self.session.iter().map(|token| format!("session={token}")));
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "shop.test")
            .header(header::COOKIE, cookies.join("; "));
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request
            .body(Body::from(body))
            .expect("a test sends a valid request");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        runtime.block_on(async {
            let response = self
                .router
                .clone()
                .oneshot(request)
                .await
                .expect("it always answers");
            let status = response.status().as_u16();
            let headers = response.headers().clone();
            let bytes = to_bytes(response.into_body(), ANSWER_BYTES_MAX).await;
            let bytes = bytes.expect("the answer is bounded");
            Answer {
                status,
                headers,
                body: String::from_utf8_lossy(&bytes).into_owned(),
                bytes: bytes.to_vec(),
            }
        })
    }
}
