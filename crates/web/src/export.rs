//! A list as a file: its own page with `format=csv` or `format=xlsx` in the address, so that the
//! filter and the permission are those of the page. Rows are read and written a page at a time.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::Response,
};
use futures_util::{Stream, stream};
use kernel::Fault;
use maud::Markup;
use sheets::{Cell, Column, Format, Workbook};
use store::{Event, Tx};

use crate::{App, Fields, Me, Reply};

/// The field of an address that asks for a file instead of the page.
pub const FORMAT: &str = "format";

/// How many rows one read gives; also the `limit` that lists are asked with.
pub const EXPORT_ROWS: i64 = 1000;

const CHUNK_BYTES: usize = 64 << 10;

/// In which form the list is asked for as a file, if it is.
pub fn wanted(asked: &Fields) -> Option<Format> {
    Format::parse(asked.typed(FORMAT))
}

/// What the file is called, before the day, and what its rows have.
pub struct Export<T> {
    /// The list's name in the address and in the journal: `customers`.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<Column<T>>,
}

/// The list as a file. `next` gives the rows after those it gave before, none at the end; each of
/// its calls is a read of its own, so that a slow download holds nothing in the database. The fact
/// that the list was taken along is in the journal before the first row is.
pub async fn export<T, F>(app: &App, me: &Me, format: Format, list: Export<T>, next: F) -> Reply
where
    T: Send + 'static,
    F: FnMut(&mut Tx) -> Result<Vec<T>, Fault> + Send + 'static,
{
    let (ctx, name) = (me.ctx.clone(), list.name);
    app.write(move |tx| {
        let event = Event::new("list.exported").object("list", name, "subject");
        tx.record(&ctx, event.attr("format", format.as_str()));
        Ok(())
    })
    .await?;
    let day = me.ctx.now.to_zoned(me.zone()).date();
    let body = match format {
        Format::Csv => Body::from_stream(csv(app.clone(), list.columns, next)),
        Format::Xlsx => Body::from_stream(xlsx(app.clone(), list.columns, next)),
    };
    Ok(download(
        body,
        format.media_type(),
        &format!("{name}-{day}.{}", format.as_str()),
    ))
}

/// A list short enough to be read in one go, as [`export`] asks for it.
pub fn at_once<T>(
    all: impl FnOnce(&mut Tx) -> Result<Vec<T>, Fault>,
) -> impl FnMut(&mut Tx) -> Result<Vec<T>, Fault> {
    let mut all = Some(all);
    move |tx| all.take().map_or_else(|| Ok(Vec::new()), |all| all(tx))
}

/// A body read piece by piece, each in a read of its own, until there is none.
pub fn body_of<F>(app: &App, next: F) -> Body
where
    F: FnMut(&mut Tx) -> Result<Option<Vec<u8>>, Fault> + Send + 'static,
{
    let begin = (app.clone(), next);
    Body::from_stream(stream::try_unfold(begin, |(app, mut next)| async move {
        let reader = app.clone();
        let step = app.blocking(move || {
            let piece = reader.db.read(&mut next)?;
            Ok(piece.map(|piece| (Bytes::from(piece), (reader, next))))
        });
        step.await.map_err(|fault| failed(&fault))
    }))
}

/// A body that the browser keeps as a file of this name, which is plain ASCII.
pub fn download(body: Body, media_type: &'static str, name: &str) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    let kept = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    if let Ok(kept) = kept {
        headers.insert(header::CONTENT_DISPOSITION, kept);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

fn failed(fault: &Fault) -> io::Error {
    tracing::error!(%fault, "a list could not be written to its end");
    io::Error::other("the list broke off")
}

struct Csv<T, F> {
    app: App,
    columns: Vec<Column<T>>,
    next: F,
    begun: bool,
}

fn csv<T, F>(app: App, columns: Vec<Column<T>>, next: F) -> impl Stream<Item = io::Result<Bytes>>
where
    T: Send + 'static,
    F: FnMut(&mut Tx) -> Result<Vec<T>, Fault> + Send + 'static,
{
    let begin = Csv {
        app,
        columns,
        next,
        begun: false,
    };
    stream::try_unfold(begin, |csv| async move {
        let app = csv.app.clone();
        let step = app.blocking(move || csv.step()).await;
        step.map_err(|fault| failed(&fault))
    })
}

impl<T, F: FnMut(&mut Tx) -> Result<Vec<T>, Fault>> Csv<T, F> {
    /// The next rows as text; the heading goes before the first.
    fn step(mut self) -> Result<Option<(Bytes, Self)>, Fault> {
        let rows = self.app.db.read(|tx| (self.next)(tx))?;
        if rows.is_empty() && self.begun {
            return Ok(None);
        }
        let mut out = Vec::new();
        if !self.begun {
            out.extend(sheets::MARK);
            sheets::line(&mut out, &sheets::headings(&self.columns));
            self.begun = true;
        }
        for row in &rows {
            sheets::line(&mut out, &sheets::cells(&self.columns, row));
        }
        Ok(Some((Bytes::from(out), self)))
    }
}

/// A workbook is only whole when its last row is written: it grows in a file without a name, and
/// is sent from there.
fn xlsx<T, F>(app: App, columns: Vec<Column<T>>, next: F) -> impl Stream<Item = io::Result<Bytes>>
where
    T: Send + 'static,
    F: FnMut(&mut Tx) -> Result<Vec<T>, Fault> + Send + 'static,
{
    enum Stage<T, F> {
        Ahead(Vec<Column<T>>, F),
        Written(File),
    }
    let begin = (app, Stage::Ahead(columns, next));
    stream::try_unfold(begin, |(app, stage)| async move {
        let reader = app.clone();
        let step = app.blocking(move || {
            let mut file = match stage {
                Stage::Ahead(columns, next) => workbook(&reader, &columns, next)?,
                Stage::Written(file) => file,
            };
            let chunk = chunk(&mut file).map_err(Fault::broken)?;
            Ok(chunk.map(|chunk| (chunk, (reader, Stage::Written(file)))))
        });
        step.await.map_err(|fault| failed(&fault))
    })
}

fn workbook<T>(
    app: &App,
    columns: &[Column<T>],
    mut next: impl FnMut(&mut Tx) -> Result<Vec<T>, Fault>,
) -> Result<File, Fault> {
    let headings: Vec<Cell> = sheets::headings(columns);
    let mut book = Workbook::new(headings)?;
    loop {
        let rows = app.db.read(&mut next)?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            book.row(&sheets::cells(columns, row))?;
        }
    }
    let mut file = tempfile::tempfile().map_err(Fault::broken)?;
    book.finish(&mut file)?;
    file.seek(SeekFrom::Start(0)).map_err(Fault::broken)?;
    Ok(file)
}

fn chunk(file: &mut File) -> io::Result<Option<Bytes>> {
    let mut chunk = Vec::with_capacity(CHUNK_BYTES);
    file.take(CHUNK_BYTES as u64).read_to_end(&mut chunk)?;
    Ok((!chunk.is_empty()).then(|| chunk.into()))
}

/// The menu of a list's page from which it is taken along.
pub(crate) fn menu(me: &Me) -> Markup {
    let locale = me.look.locale;
    let item = |format: Format, icon: &str, label: String| {
        ui::Item::Link(icon.to_owned(), label, file_address(&me.look.path, format))
    };
    let items = [
        item(Format::Csv, "file-text", locale.t("web-export-csv")),
        item(
            Format::Xlsx,
            "file-spreadsheet",
            locale.t("web-export-xlsx"),
        ),
    ];
    ui::drop_menu("download", &locale.t("web-export"), &items)
}

/// The address of a page as the address of its file, from the first row on.
fn file_address(path: &str, format: Format) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !pair.is_empty() && !PLACES.contains(&name)
    });
    let pairs: Vec<String> = kept
        .map(str::to_owned)
        .chain([format!("{FORMAT}={}", format.as_str())])
        .collect();
    format!("{path}?{}", pairs.join("&"))
}

/// What only says which page of a list is shown.
const PLACES: [&str; 5] = [FORMAT, "after", "before", "id", "name"];
