//! Photos and files, for programs: the same endpoints for each kind of thing that has some.

use kernel::{Ctx, Fault, Id, TimeZone, ids::FileId};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use store::Tx;
use web::{
    App,
    api::{Bytes, Endpoint, Endpoints, Fetched, Moment, Nothing, Readying, Rest, Takes, words},
};

use crate::{
    Shelf,
    commands::{self, Target},
    http::{content_type, disposition, upload::prepared},
    model::{CAPTION_CHARS_MAX, FILE_BYTES_MAX, File, MEDIA_TYPES, OwnerKind, Size},
    queries,
    shelf::Reached,
    storage::{Key, Place},
};

/// What may be sent where photos and files stand; what it is, its first bytes decide.
const FILES: [&str; 6] = [
    "image/jpeg",
    "image/png",
    "image/webp",
    "application/octet-stream",
    "application/pdf",
    "text/plain",
];
/// What may be sent where one picture stands.
const PICTURES: [&str; 4] = [FILES[0], FILES[1], FILES[2], FILES[3]];

/// Endpoints for the files of a kind of thing: `tag` is what its endpoints stand under, `one` the
/// ids that stand in examples.
pub fn endpoints(shelf: Shelf, tag: &'static str, one: fn() -> Value) -> Endpoints {
    match (shelf.home.contains("{id}"), shelf.kind) {
        (false, _) => of::<Own, Own>(shelf, tag, one),
        (true, OwnerKind::Order) => of::<Whose, OfOrder>(shelf, tag, one),
        (true, _) => of::<Whose, Whose>(shelf, tag, one),
    }
}

/// What in an address says whose file is meant.
trait Owner: DeserializeOwned + JsonSchema + Send + 'static {
    fn target(&self, shelf: Shelf, ctx: &Ctx) -> Target;
}

/// The organisation's own.
#[derive(Deserialize, JsonSchema)]
struct Own {}

#[derive(Deserialize, JsonSchema)]
struct Whose {
    id: Id<()>,
}

#[derive(Deserialize, JsonSchema)]
struct OfOrder {
    id: Id<()>,
    /// The step of the order that the file belongs to; the whole order, if not said.
    step: Option<Id<()>>,
}

fn target(shelf: Shelf, owner: impl ToString, part: Option<Id<()>>) -> Target {
    Target {
        shelf,
        owner: owner.to_string(),
        part: part.map(|part| part.to_string()),
    }
}

impl Owner for Own {
    fn target(&self, shelf: Shelf, ctx: &Ctx) -> Target {
        target(shelf, ctx.org, None)
    }
}

impl Owner for Whose {
    fn target(&self, shelf: Shelf, _: &Ctx) -> Target {
        target(shelf, self.id, None)
    }
}

impl Owner for OfOrder {
    fn target(&self, shelf: Shelf, _: &Ctx) -> Target {
        target(shelf, self.id, self.step)
    }
}

#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Asked<O> {
    #[serde(flatten)]
    whose: O,
    /// Those too that were removed and can be put back.
    removed: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Named<O> {
    #[serde(flatten)]
    whose: O,
    /// What the file is called; its ending becomes that of what it is.
    #[schemars(length(max = 200))]
    name: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct One<O> {
    #[serde(flatten)]
    whose: O,
    file: FileId,
}

fn sizes(_: &mut SchemaGenerator) -> Schema {
    words(Size::ALL.map(Size::as_str))
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    words(MEDIA_TYPES)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct OfSize<O> {
    #[serde(flatten)]
    whose: O,
    file: FileId,
    /// How large a picture is to be: its longer side has up to 320, 1,024 or 2,048 pixels; `full`,
    /// if not said.
    #[serde(default)]
    #[schemars(schema_with = "sizes")]
    size: Option<String>,
}

/// What stands beneath a file.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCaption {
    #[schemars(length(max = CAPTION_CHARS_MAX))]
    caption: String,
}

/// One size of a file.
#[derive(Serialize, JsonSchema)]
struct Copied {
    #[schemars(schema_with = "sizes")]
    size: &'static str,
    /// In pixels; 0 for what is no picture.
    width: i64,
    height: i64,
    bytes: i64,
}

/// A photo or a file.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: FileId,
    /// The step of the order it belongs to.
    step: Option<String>,
    #[schemars(schema_with = "kinds")]
    media_type: &'static str,
    name: String,
    caption: String,
    added_at: Moment,
    /// By whom; empty for the program itself.
    added_by: String,
    /// When it was removed; for a day it can be put back.
    removed_at: Option<Moment>,
    /// The sizes it is kept in, small first; a small picture has fewer.
    sizes: Vec<Copied>,
    /// Counts changes of the caption.
    version: i64,
}

fn told(file: File, zone: &TimeZone) -> Told {
    let sizes = file.copies.into_iter().map(|copy| Copied {
        size: copy.size.as_str(),
        width: copy.width,
        height: copy.height,
        bytes: copy.bytes,
    });
    Told {
        id: file.id,
        step: file.part,
        media_type: file.media_type,
        name: file.name,
        caption: file.caption,
        added_at: Moment::new(file.added, zone),
        added_by: file.added_by,
        removed_at: file.removed.map(|at| Moment::new(at, zone)),
        sizes: sizes.collect(),
        version: file.version,
    }
}

/// The photos and files of a thing, oldest first.
#[derive(Serialize, JsonSchema)]
struct List {
    files: Vec<Told>,
}

fn of<O: Owner, U: Owner>(shelf: Shelf, tag: &'static str, one: fn() -> Value) -> Endpoints {
    let reads = reading::<O>(shelf).map(|read| match shelf.seen {
        // Whoever looks at what is a customer's is written down.
        Some(_) => read.traced(),
        None => read,
    });
    let all = reads
        .into_iter()
        .chain(writing::<O>(shelf))
        .chain([adding::<U>(shelf)]);
    Endpoints::new(tag, all.map(|endpoint| endpoint.asks(one))).of(tag)
}

fn at(shelf: Shelf, rest: &str) -> String {
    format!("{}/files{rest}", shelf.home)
}

fn reading<O: Owner>(shelf: Shelf) -> [Endpoint; 3] {
    let list = move |tx: &mut Tx, ctx: &Ctx, asked: Asked<O>| {
        let target = asked.whose.target(shelf, ctx);
        list(tx, ctx, &target, asked.removed.unwrap_or(false))
    };
    let show = move |tx: &mut Tx, ctx: &Ctx, asked: One<O>| {
        let target = asked.whose.target(shelf, ctx);
        one(tx, ctx, &target, asked.file)
    };
    let content = move |app: &App, tx: &mut Tx, ctx: &Ctx, asked: OfSize<O>| {
        let target = asked.whose.target(shelf, ctx);
        let size = asked.size.as_deref().and_then(Size::parse);
        fetched(app, tx, (ctx, &target), (asked.file, size))
    };
    let kinds = &MEDIA_TYPES;
    let path = at(shelf, "/{file}/content");
    [
        Endpoint::get(at(shelf, ""), shelf.view, "files-api-list", list),
        Endpoint::get(at(shelf, "/{file}"), shelf.view, "files-api-show", show),
        Endpoint::download(path, shelf.view, "files-api-content", kinds, content),
    ]
}

fn adding<U: Owner>(shelf: Shelf) -> Endpoint {
    let may = move |tx: &mut Tx, ctx: &Ctx, asked: Named<U>| {
        let target = asked.whose.target(shelf, ctx);
        let ctx = &ctx.unscoped();
        shelf.reach(tx, ctx, &target.owner, true).map(drop)
    };
    let ready = move |app: App, ctx: Ctx, asked: Named<U>, bytes: Bytes| -> Readying<Told> {
        let target = asked.whose.target(shelf, &ctx);
        let name = asked.name.unwrap_or_else(|| "file".to_owned());
        Box::pin(readied(app, ctx.unscoped(), target, (name, bytes)))
    };
    let path = at(shelf, "");
    let takes = Takes {
        media_types: match shelf.holds.is_one() {
            true => &PICTURES,
            false => &FILES,
        },
        bytes_max: FILE_BYTES_MAX,
    };
    Endpoint::upload(path, shelf.edit, "files-api-add", takes, (may, ready))
        .creates()
        .named(&[("files", "")])
}

fn writing<O: Owner>(shelf: Shelf) -> [Endpoint; 3] {
    let caption = move |tx: &mut Tx, ctx: &Ctx, asked: One<O>, new: NewCaption| {
        let (target, inner) = (asked.whose.target(shelf, ctx), &ctx.unscoped());
        let known = one(tx, inner, &target, asked.file)?;
        tx.seen(known.id, known.version)?;
        let caption = (known.version, new.caption.as_str());
        commands::caption(tx, inner, &target, known.id, caption)?;
        one(tx, inner, &target, known.id)
    };
    let remove = move |tx: &mut Tx, ctx: &Ctx, asked: One<O>, _: Nothing| {
        let target = asked.whose.target(shelf, ctx);
        commands::remove(tx, &ctx.unscoped(), &target, asked.file)?;
        Ok(Nothing {})
    };
    let put_back = move |tx: &mut Tx, ctx: &Ctx, asked: One<O>, _: Nothing| {
        let (target, inner) = (asked.whose.target(shelf, ctx), &ctx.unscoped());
        commands::put_back(tx, inner, &target, asked.file)?;
        one(tx, inner, &target, asked.file)
    };
    let [file, removal, back] =
        ["", "/removal", "/return"].map(|act| at(shelf, &format!("/{{file}}{act}")));
    let edit = shelf.edit;
    [
        Endpoint::post(file, edit, "files-api-caption", caption)
            .patch()
            .versioned_by("file")
            .example(|| json!({ "caption": "Before the repair" })),
        Endpoint::post(removal, edit, "files-api-remove", remove),
        Endpoint::post(back, edit, "files-api-return", put_back).example(|| json!({})),
    ]
}

/// Finds a thing for a program that may see its files, and writes down that they are seen.
fn reached(tx: &mut Tx, ctx: &Ctx, target: &Target) -> Result<Reached, Fault> {
    let (shelf, ctx) = (target.shelf, &ctx.unscoped());
    let reached = shelf.reach(tx, ctx, &target.owner, false)?;
    if let Some(site) = reached.site {
        ctx.require_at(shelf.view, site)?;
    }
    if let (Some(customer), Some(seen)) = (reached.customer, shelf.seen) {
        (seen.by_program)(tx, ctx, customer)?;
    }
    Ok(reached)
}

fn list(tx: &mut Tx, ctx: &Ctx, target: &Target, removed: bool) -> Result<List, Fault> {
    let zone = reached(tx, ctx, target)?.zone;
    let files = queries::files_of(tx, ctx, target.shelf.kind, &target.owner)?;
    let wanted = files
        .into_iter()
        .filter(|file| removed || file.removed.is_none());
    Ok(List {
        files: wanted.map(|file| told(file, &zone)).collect(),
    })
}

fn found(tx: &mut Tx, ctx: &Ctx, target: &Target, id: FileId) -> Result<File, Fault> {
    queries::file(tx, ctx, (target.shelf.kind, &target.owner), id)
}

fn one(tx: &mut Tx, ctx: &Ctx, target: &Target, id: FileId) -> Result<Told, Fault> {
    let zone = reached(tx, ctx, target)?.zone;
    Ok(told(found(tx, ctx, target, id)?, &zone))
}

fn fetched(
    app: &App,
    tx: &mut Tx,
    (ctx, target): (&Ctx, &Target),
    (id, size): (FileId, Option<Size>),
) -> Result<Fetched, Fault> {
    reached(tx, ctx, target)?;
    let file = found(tx, ctx, target, id)?;
    let copy = file.copy(size.unwrap_or(Size::Full));
    let copy = copy.ok_or_else(|| Fault::broken(format!("file {id} has no copy")))?;
    let (place, org, now) = (Place::of(app)?, ctx.org, ctx.now);
    let hash = copy.hash.clone();
    let kept = hash.clone();
    Ok(Fetched {
        media_type: content_type(file.media_type),
        disposition: disposition(&file),
        hash,
        read: Box::new(move || {
            let bytes = place.get(Key { org, hash: &kept }, now)?;
            bytes.ok_or_else(|| Fault::broken(format!("file {id} is missing or altered")))
        }),
    })
}

/// Makes a file ready and puts it in place, so that the call need only tell of it.
async fn readied(
    app: App,
    ctx: Ctx,
    target: Target,
    (name, bytes): (String, Bytes),
) -> Result<Rest<Told>, Fault> {
    let place = Place::of(&app)?;
    let file = prepared(&app, name, bytes.into()).await?;
    let (db, to) = (app.db.clone(), target.clone());
    let files = app
        .blocking(move || {
            let files = vec![file];
            commands::put(&db, &place, &ctx, &to, &files).map_err(of_query)?;
            Ok(files)
        })
        .await?;
    Ok(Box::new(move |tx, ctx| {
        let ctx = &ctx.unscoped();
        let added = commands::add(tx, ctx, &target, &files)?;
        let id = added
            .first()
            .ok_or_else(|| Fault::broken("no file was added"))?;
        one(tx, ctx, &target, *id)
    }))
}

/// The step stands behind the question mark, not in the bytes.
fn of_query(mut fault: Fault) -> Fault {
    for wrong in &mut fault.fields {
        if wrong.field == "part" {
            wrong.field = "query:/step".to_owned();
        }
    }
    fault
}
