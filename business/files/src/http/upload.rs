//! Taking files in: read as they come, stopped at the limit, made ready one by one.

use kernel::{Fault, Text};
use tokio::sync::Semaphore;
use web::{
    App, Me,
    axum::{
        body::Body,
        extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::Field},
        http::header,
    },
};

use crate::{
    commands::{self, Target},
    model::{FILE_BYTES_MAX, FILES_MAX, REQUEST_BYTES_MAX},
    picture::{self, Prepared},
    storage::Place,
};

/// Pictures that are unpacked at the same time: each may need hundreds of megabytes.
static UNPACKED: Semaphore = Semaphore::const_new(2);

/// Reads the files of a request and keeps them, all or none; answers how many.
pub(super) async fn take(
    app: &App,
    me: &Me,
    mut target: Target,
    mut request: Request,
) -> Result<i64, Fault> {
    let place = Place::of(app)?;
    if announced(&request).is_some_and(|bytes| bytes > REQUEST_BYTES_MAX) {
        return Err(Fault::invalid("files", request_too_large()));
    }
    DefaultBodyLimit::max(REQUEST_BYTES_MAX).apply(&mut request);
    let (part, files) = read(app, request).await?;
    target.part = part;
    let added = i64::try_from(files.len()).map_err(Fault::broken)?;
    let (db, ctx) = (app.db.clone(), me.ctx.clone());
    app.blocking(move || commands::keep(&db, &place, &ctx, &target, files))
        .await?;
    Ok(added)
}

fn announced(request: &Request<Body>) -> Option<usize> {
    let length = request.headers().get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

fn request_too_large() -> Text {
    Text::key("files-request-large")
        .with("max", FILE_BYTES_MAX >> 20)
        .with("together", REQUEST_BYTES_MAX >> 20)
}

async fn read(app: &App, request: Request) -> Result<(Option<String>, Vec<Prepared>), Fault> {
    let broken_off = |_| Fault::invalid("files", request_too_large());
    let mut fields = Multipart::from_request(request, app)
        .await
        .map_err(|_| Fault::invalid("files", Text::key("files-needed")))?;
    let (mut part, mut files) = (None, Vec::new());
    while let Some(mut field) = fields.next_field().await.map_err(broken_off)? {
        if field.name() == Some("part") {
            let text = field.text().await.map_err(broken_off)?;
            part = Some(text).filter(|text| !text.is_empty());
            continue;
        }
        let Some(name) = field.file_name().map(str::to_owned) else {
            continue;
        };
        let bytes = whole(&name, &mut field).await?;
        if bytes.is_empty() && name.is_empty() {
            continue;
        }
        if files.len() == FILES_MAX {
            return Err(Fault::conflict("files-many").with("max", FILES_MAX));
        }
        files.push(prepared(app, name, bytes).await?);
    }
    if files.is_empty() {
        return Err(Fault::invalid("files", Text::key("files-needed")));
    }
    Ok((part, files))
}

/// The bytes of one file; reading stops where it becomes too large.
async fn whole(name: &str, field: &mut Field<'_>) -> Result<Vec<u8>, Fault> {
    let broken_off = |_| Fault::invalid("files", request_too_large());
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken_off)? {
        if bytes.len() + chunk.len() > FILE_BYTES_MAX {
            let text = picture::too_large().with("name", picture::clean_shown(name));
            return Err(Fault::invalid("files", text));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Makes one file ready, when its turn comes.
pub(crate) async fn prepared(app: &App, name: String, bytes: Vec<u8>) -> Result<Prepared, Fault> {
    let _permit = UNPACKED.acquire().await.map_err(Fault::broken)?;
    app.blocking(move || picture::prepare(&name, bytes)).await
}
