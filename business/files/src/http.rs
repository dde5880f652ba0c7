//! The addresses of a shelf: look, add, describe, remove, put back; and the bytes themselves.

pub(crate) mod upload;

use std::collections::HashMap;

use kernel::{Fault, FaultKind, ids::FileId};
use maud::Markup;
use store::Tx;
use web::{
    App, Form, Me, Page, Path, Reply, Routes, State as Of,
    axum::{
        body::Body,
        extract::Request,
        http::{HeaderMap, HeaderValue, StatusCode, header},
    },
};

use crate::{
    commands::{self, Target},
    model::{CAPTION_CHARS_MAX, File, Size},
    pages::{self, ShelfView},
    queries,
    shelf::{Reached, Shelf},
    storage::{Key, Place},
};

/// What is in an address: the owner's id, the file's, the size.
type Names = Path<HashMap<String, String>>;

/// The routes of one kind of thing's files.
pub fn routes(shelf: Shelf) -> Routes {
    let at = |rest: &str| format!("{}/files{rest}", shelf.home);
    Routes::new()
        .get(
            &at(""),
            shelf.view,
            move |app: Of<App>, me: Me, names: Names| show(shelf, app, me, names),
        )
        .post(
            &at(""),
            shelf.edit,
            move |app: Of<App>, me: Me, names: Names, request: Request| {
                add(shelf, app, me, names, request)
            },
        )
        .get(
            &at("/{file}/{size}"),
            shelf.view,
            move |app: Of<App>, me: Me, names: Names, headers: HeaderMap| {
                bytes(shelf, app, me, names, headers)
            },
        )
        .post(
            &at("/{file}/caption"),
            shelf.edit,
            move |app: Of<App>, me: Me, names: Names, form: Form| {
                caption(shelf, app, me, names, form)
            },
        )
        .post(
            &at("/{file}/removal"),
            shelf.edit,
            move |app: Of<App>, me: Me, names: Names, form: Form| {
                turn(shelf, app, me, (names, form), true)
            },
        )
        .post(
            &at("/{file}/return"),
            shelf.edit,
            move |app: Of<App>, me: Me, names: Names, form: Form| {
                turn(shelf, app, me, (names, form), false)
            },
        )
}

fn target(shelf: Shelf, me: &Me, names: &Names) -> Target {
    let named = names.0.get("id").cloned();
    Target {
        shelf,
        owner: named.unwrap_or_else(|| me.ctx.org.to_string()),
        part: None,
    }
}

fn file_id(names: &Names) -> Result<FileId, Fault> {
    let named = names.0.get("file").and_then(|id| FileId::parse(id));
    named.ok_or_else(|| Fault::missing("files-missing"))
}

async fn look(app: &App, me: &Me, target: &Target) -> Result<(Reached, Vec<File>), Fault> {
    let (ctx, to) = (me.ctx.clone(), target.clone());
    app.read(move |tx| {
        let reached = to.shelf.reach(tx, &ctx, &to.owner, false)?;
        let files = queries::files_of(tx, &ctx, to.shelf.kind, &to.owner)?;
        Ok((reached, files))
    })
    .await
}

/// The shelf of one thing as a card of its page, for whoever looks.
pub fn shown(tx: &mut Tx, me: &Me, shelf: Shelf, owner: &str) -> Result<Markup, Fault> {
    let reached = shelf.reach(tx, &me.ctx, owner, false)?;
    let files = queries::files_of(tx, &me.ctx, shelf.kind, owner)?;
    let target = Target {
        shelf,
        owner: owner.to_owned(),
        part: None,
    };
    Ok(pages::card(&ShelfView::new(me, &target, &reached, &files)))
}

async fn show(shelf: Shelf, Of(app): Of<App>, me: Me, names: Names) -> Reply {
    let target = target(shelf, &me, &names);
    let (reached, files) = look(&app, &me, &target).await?;
    let view = ShelfView::new(&me, &target, &reached, &files);
    if me.look.fragment {
        return web::fragment(pages::card(&view));
    }
    let page = Page::new(me.look.locale.t(shelf.holds.title())).subtitle(reached.title.clone());
    web::page(&me, page, pages::page(&view, &reached, None))
}

async fn add(shelf: Shelf, Of(app): Of<App>, me: Me, names: Names, request: Request) -> Reply {
    let target = target(shelf, &me, &names);
    // Whoever may not is told before a byte is read.
    let (ctx, to) = (me.ctx.clone(), target.clone());
    let reached = app
        .read(move |tx| to.shelf.reach(tx, &ctx, &to.owner, true))
        .await?;
    match upload::take(&app, &me, target.clone(), request).await {
        Ok(_) if me.look.json => web::no_content(),
        Ok(added) => {
            let words = [("count", added.into())];
            web::done(&reached.home, &me.look.locale.tx("files-added", &words))
        }
        Err(fault) if me.look.json || fault.kind != FaultKind::Invalid => Err(fault.into()),
        Err(fault) => {
            let (reached, files) = look(&app, &me, &target).await?;
            let view = ShelfView::new(&me, &target, &reached, &files);
            let page =
                Page::new(me.look.locale.t(shelf.holds.title())).subtitle(reached.title.clone());
            web::unprocessable(&me, page, pages::page(&view, &reached, Some(&fault)))
        }
    }
}

async fn bytes(shelf: Shelf, Of(app): Of<App>, me: Me, names: Names, headers: HeaderMap) -> Reply {
    let (target, id) = (target(shelf, &me, &names), file_id(&names)?);
    let size = names.0.get("size").and_then(|word| Size::parse(word));
    let size = size.ok_or_else(|| Fault::missing("files-missing"))?;
    let ctx = me.ctx.clone();
    let (reached, file) = app
        .read(move |tx| {
            let reached = target.shelf.reach(tx, &ctx, &target.owner, false)?;
            let of = (target.shelf.kind, target.owner.as_str());
            Ok((reached, queries::file(tx, &ctx, of, id)?))
        })
        .await?;
    if let (Some(customer), Some(seen)) = (reached.customer, shelf.seen) {
        (seen.on_page)(app.clone(), me.ctx.clone(), customer).await?;
    }
    send(&app, &me.ctx, &headers, &file, size).await
}

/// Sends the bytes of a file to somebody who may see it: pictures to be shown, anything else to
/// be saved.
pub async fn send(
    app: &App,
    ctx: &kernel::Ctx,
    headers: &HeaderMap,
    file: &File,
    size: Size,
) -> Reply {
    let copy = file.copy(size);
    let copy = copy.ok_or_else(|| Fault::broken(format!("file {} has no copy", file.id)))?;
    let tag = format!("\"{}\"", copy.hash);
    let known = headers.get(header::IF_NONE_MATCH);
    let mut response = web::Response::new(Body::empty());
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        let (place, org, now) = (Place::of(app)?, ctx.org, ctx.now);
        let hash = copy.hash.clone();
        let key_of = move || place.get(Key { org, hash: &hash }, now);
        let bytes = app.blocking(key_of).await?;
        let bytes = bytes
            .ok_or_else(|| Fault::broken(format!("file {} is missing or altered", file.id)))?;
        *response.body_mut() = Body::from(bytes);
    }
    let answer = response.headers_mut();
    let kind = content_type(file.media_type);
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let nosniff = HeaderValue::from_static("nosniff");
    answer.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    let kept = HeaderValue::from_static("private, max-age=3600");
    answer.insert(header::CACHE_CONTROL, kept);
    for (name, text) in [
        (header::ETAG, tag),
        (header::CONTENT_DISPOSITION, disposition(file)),
    ] {
        answer.insert(name, HeaderValue::from_str(&text).map_err(Fault::broken)?);
    }
    Ok(response)
}

/// A media type with the letters its text is in.
pub(crate) fn content_type(media_type: &'static str) -> &'static str {
    match media_type {
        "text/plain" => "text/plain; charset=utf-8",
        known => known,
    }
}

/// How a browser is to take a file, and what to call it when it is saved.
pub(crate) fn disposition(file: &File) -> String {
    let way = if file.is_picture() {
        "inline"
    } else {
        "attachment"
    };
    let mut name = String::new();
    for byte in file.name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                name.push(char::from(byte));
            }
            byte => name.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("{way}; filename*=UTF-8''{name}")
}

async fn caption(shelf: Shelf, Of(app): Of<App>, me: Me, names: Names, mut form: Form) -> Reply {
    let (target, id) = (target(shelf, &me, &names), file_id(&names)?);
    let version = form.int("version", 1, i64::MAX);
    let words = form
        .optional_text("caption", CAPTION_CHARS_MAX)
        .unwrap_or_default();
    form.done()?;
    let (ctx, to) = (me.ctx.clone(), target.clone());
    app.write(move |tx| commands::caption(tx, &ctx, &to, id, (version, &words)))
        .await?;
    back(&app, &me, &target, "files-captioned").await
}

async fn turn(
    shelf: Shelf,
    Of(app): Of<App>,
    me: Me,
    (names, _): (Names, Form),
    away: bool,
) -> Reply {
    let (target, id) = (target(shelf, &me, &names), file_id(&names)?);
    let (ctx, to) = (me.ctx.clone(), target.clone());
    app.write(move |tx| {
        if away {
            commands::remove(tx, &ctx, &to, id)
        } else {
            commands::put_back(tx, &ctx, &to, id)
        }
    })
    .await?;
    let words = if away {
        "files-removed"
    } else {
        "files-put-back"
    };
    back(&app, &me, &target, words).await
}

async fn back(app: &App, me: &Me, target: &Target, words: &'static str) -> Reply {
    let (ctx, to) = (me.ctx.clone(), target.clone());
    let reached = app
        .read(move |tx| to.shelf.reach(tx, &ctx, &to.owner, false))
        .await?;
    web::done(&reached.home, &me.look.locale.t(words))
}
