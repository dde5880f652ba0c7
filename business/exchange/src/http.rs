//! Routes of imports.

use std::collections::BTreeMap;

use kernel::{Fault, FaultKind, Id};
use web::{App, Cell, Column, Export, Form, Me, Page, Path, Query, Reply, Routes, State as Of};

use crate::{
    ARCHIVE, IMPORT,
    archive::{self, ArchiveId},
    columns,
    grid::{BYTES_MAX, Row},
    imports::{
        self, Import, ImportId, Refusal, Told, Upload, all, grid_of, import, kept_things, label,
        refusals,
    },
    model::What,
    pages::{ArchivesPage, ListPage, OnePage, archives_page, list_page, one_page, what_label},
};

/// Room for the other fields of the form beside the file.
const FORM_BYTES: usize = 64 << 10;
/// Imports on one page.
const ROWS: i64 = 30;
/// Rows of the file that are shown.
const FIRST_ROWS: usize = 5;
/// Refusals that are shown; the file has all.
const REFUSALS: i64 = 100;

/// Every route.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/imports", IMPORT, list)
        .upload("/imports", IMPORT, BYTES_MAX + FORM_BYTES, create)
        .get("/imports/samples/{what}", IMPORT, sample)
        .get("/imports/{id}", IMPORT, show)
        .get("/imports/{id}/refused", IMPORT, refused)
        .post("/imports/{id}/columns", IMPORT, choose)
        .post("/imports/{id}/check", IMPORT, check)
        .post("/imports/{id}/intake", IMPORT, run)
        .post("/imports/{id}/stop", IMPORT, stop)
        .post("/imports/{id}/undoing", IMPORT, undo)
        .get("/archives", ARCHIVE, archives)
        .post("/archives", ARCHIVE, ask_archive)
        .get("/archives/{id}/file", ARCHIVE, fetch_archive)
}

fn sites(me: &Me) -> Vec<(String, String)> {
    let sites = me.sites.iter();
    let sites = sites.map(|site| (site.slug.clone(), site.name.get(me.look.locale).to_owned()));
    match me.sites.len() {
        0 | 1 => Vec::new(),
        _ => sites.collect(),
    }
}

async fn list(Of(app): Of<App>, me: Me, asked: Query) -> Reply {
    if let Some(format) = web::wanted(&asked) {
        let rows = pages_of(me.ctx.clone());
        return web::export(&app, &me, format, history(&me), rows).await;
    }
    answer(&app, &me, &asked, None).await
}

/// The imports, the newest first, so many a call.
fn pages_of(ctx: kernel::Ctx) -> impl FnMut(&mut store::Tx) -> Result<Vec<Import>, Fault> {
    let mut after = None;
    move |tx| {
        let found = all(tx, &ctx, after, web::EXPORT_ROWS)?;
        after = found.last().map(|last| (last.created, last.id)).or(after);
        Ok(found)
    }
}

fn history(me: &Me) -> Export<Import> {
    let (locale, zone) = (me.look.locale, me.zone());
    let count = |key: &str, value: fn(&Import) -> i64| Column::new(locale.t(key), value);
    Export {
        name: "imports",
        columns: vec![
            Column::new(locale.t("exchange-file"), |one: &Import| one.name.clone()),
            Column::new(locale.t("exchange-kind"), move |one: &Import| {
                what_label(locale, one.what)
            }),
            Column::new(locale.t("exchange-state-head"), move |one: &Import| {
                one.state.label(locale)
            }),
            count("exchange-rows", |one| one.units),
            count("exchange-new-rows", |one| one.rows_new),
            count("exchange-changed", |one| one.rows_changed),
            count("exchange-same", |one| one.rows_same),
            count("exchange-refused", |one| one.rows_refused),
            Column::new(locale.t("exchange-when"), move |one: &Import| {
                one.created.to_zoned(zone.clone()).datetime()
            }),
            Column::new(locale.t("exchange-who"), |one: &Import| {
                one.asked_name.clone()
            }),
        ],
    }
}

async fn answer(app: &App, me: &Me, asked: &web::Fields, fault: Option<Fault>) -> Reply {
    let after = asked.typed("before").split_once('.').and_then(|(at, id)| {
        let at = kernel::Timestamp::from_microsecond(at.parse().ok()?).ok()?;
        Some((at, Id::parse(id)?))
    });
    let ctx = me.ctx.clone();
    let mut found = app.read(move |tx| all(tx, &ctx, after, ROWS + 1)).await?;
    let limit = usize::try_from(ROWS).unwrap_or(0);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more);
    let next = next.map(|last| {
        format!(
            "/imports?before={}.{}",
            last.created.as_microsecond(),
            last.id
        )
    });
    let locale = me.look.locale;
    let body = list_page(&ListPage {
        locale,
        zone: me.zone(),
        imports: &found,
        next,
        sites: sites(me),
        typed: asked,
        may_archive: me.ctx.may(ARCHIVE),
        fault: fault.as_ref(),
    });
    let page = Page::new(locale.t("exchange-menu")).exports();
    match fault {
        None => web::page(me, page, body),
        Some(_) => web::unprocessable(me, page, body),
    }
}

async fn create(Of(app): Of<App>, me: Me, form: Form) -> Reply {
    match taken(&app, &me, form.clone()).await {
        Ok(id) => web::see_other(&format!("/imports/{id}")),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            answer(&app, &me, &form, Some(fault)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn taken(app: &App, me: &Me, mut form: Form) -> Result<ImportId, Fault> {
    let kinds = What::ALL.map(What::as_str);
    let what = What::parse(&form.choice("what", &kinds)).unwrap_or(What::Customers);
    let site = form.optional_text("site", 60);
    let file = form.files("file").next().cloned();
    if file.is_none() {
        form.wrong("file", kernel::Text::key("exchange-file-needed"));
    }
    form.done()?;
    let file = file.ok_or_else(Fault::stale)?;
    let upload = Upload {
        what,
        site,
        name: file.name.clone(),
        bytes: file.bytes.to_vec(),
    };
    let (db, ctx) = (app.db.clone(), me.ctx.clone());
    app.blocking(move || {
        let grid = upload.grid()?;
        db.write(move |tx| imports::upload(tx, &ctx, upload, &grid))
    })
    .await
}

async fn sample(Of(app): Of<App>, me: Me, Path(what): Path<String>, asked: Query) -> Reply {
    let what = What::parse(&what).ok_or_else(|| Fault::missing("exchange-import-missing"))?;
    let format = web::wanted(&asked).unwrap_or(web::Format::Csv);
    let (db, ctx) = (app.db.clone(), me.ctx.clone());
    let fields = app
        .blocking(move || crate::import::own_fields(&db, &ctx, what))
        .await?;
    let (columns, rows) = imports::sample(what, &fields, me.look.locale);
    let list = Export {
        name: "sample",
        columns,
    };
    web::export(&app, &me, format, list, web::at_once(move |_| Ok(rows))).await
}

struct Loaded {
    import: Import,
    first: Vec<Row>,
    offered: Vec<(String, bool)>,
    labels: Vec<fields::Field>,
    refusals: Vec<Refusal>,
    kept: Vec<Told>,
    /// How many things the import made or changed, while it is taken back.
    things: i64,
}

async fn load(app: &App, me: &Me, id: ImportId) -> Result<Loaded, Fault> {
    let ctx = me.ctx.clone();
    app.read(move |tx| {
        let import = import(tx, &ctx, id)?;
        let fields = match import.what.subject() {
            Some(subject) => fields::defined(tx, &ctx, subject)?,
            None => Vec::new(),
        };
        // A forgotten file shows no rows; everything else is still known. While it is worked on,
        // the page asks often and shows none either.
        let grid = match import.state.is_at_work() {
            true => Vec::new(),
            false => match grid_of(tx, &ctx, id) {
                Ok(grid) => grid.rows,
                Err(fault) if fault.kind == FaultKind::Conflict => Vec::new(),
                Err(fault) => return Err(fault),
            },
        };
        Ok(Loaded {
            first: grid.into_iter().take(FIRST_ROWS).collect(),
            offered: columns::offered(import.what, &fields),
            labels: fields,
            refusals: refusals(tx, &ctx, id, (0, REFUSALS))?,
            kept: kept_things(tx, &ctx, id, REFUSALS)?,
            things: match import.state {
                imports::State::Undoing => imports::things(tx, &ctx, id)?,
                _ => 0,
            },
            import,
        })
    })
    .await
}

async fn show(Of(app): Of<App>, me: Me, Path(id): Path<ImportId>) -> Reply {
    let loaded = load(&app, &me, id).await?;
    let chosen = loaded.import.columns.clone();
    shown(&me, &loaded, &chosen, None)
}

fn shown(me: &Me, loaded: &Loaded, chosen: &[String], fault: Option<&Fault>) -> Reply {
    let locale = me.look.locale;
    let name = |name: &String| {
        let own = name.strip_prefix("field:");
        let own = own.and_then(|key| loaded.labels.iter().find(|field| field.key == key));
        own.map_or_else(
            || label(locale, name),
            |field| field.label(locale).to_owned(),
        )
    };
    let offered: Vec<(String, String, bool)> = loaded
        .offered
        .iter()
        .map(|(column, needed)| (column.clone(), name(column), *needed))
        .collect();
    let body = one_page(&OnePage {
        locale,
        import: &loaded.import,
        first: &loaded.first,
        offered: &offered,
        chosen,
        sites: sites(me),
        refusals: &loaded.refusals,
        kept: &loaded.kept,
        things: loaded.things,
        fault,
    });
    let page = Page::new(loaded.import.name.clone()).subtitle(locale.t("exchange-menu"));
    match fault {
        None => web::page(me, page, body),
        Some(_) => web::unprocessable(me, page, body),
    }
}

/// Chooses the columns and begins to try the rows.
async fn choose(Of(app): Of<App>, me: Me, Path(id): Path<ImportId>, mut form: Form) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let site = form.optional_text("site", 60);
    form.done()?;
    let loaded = load(&app, &me, id).await?;
    let columns: Vec<String> = (0..loaded.import.header.len())
        .map(|at| form.typed(&format!("column-{at}")).to_owned())
        .collect();
    let (ctx, chosen) = (me.ctx.clone(), columns.clone());
    let done = app
        .write(move |tx| {
            imports::choose_columns(tx, &ctx, (id, version), site, &chosen)?;
            imports::check(tx, &ctx, id)
        })
        .await;
    match done {
        Ok(()) => web::see_other(&format!("/imports/{id}")),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            shown(&me, &loaded, &columns, Some(&fault))
        }
        Err(fault) => Err(fault.into()),
    }
}

type Act = fn(&mut store::Tx, &kernel::Ctx, ImportId) -> Result<(), Fault>;

async fn act(app: &App, me: &Me, id: ImportId, act: Act) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| act(tx, &ctx, id)).await?;
    web::see_other(&format!("/imports/{id}"))
}

async fn check(Of(app): Of<App>, me: Me, Path(id): Path<ImportId>) -> Reply {
    act(&app, &me, id, imports::check).await
}

async fn run(Of(app): Of<App>, me: Me, Path(id): Path<ImportId>) -> Reply {
    act(&app, &me, id, imports::run).await
}

async fn stop(Of(app): Of<App>, me: Me, Path(id): Path<ImportId>) -> Reply {
    act(&app, &me, id, imports::stop).await
}

async fn undo(Of(app): Of<App>, me: Me, Path(id): Path<ImportId>) -> Reply {
    act(&app, &me, id, imports::undo).await
}

/// A refused row as it stood in the file, with the reasons.
type Refused = (Row, String);

/// The rows that were refused, to be mended and brought again.
async fn refused(Of(app): Of<App>, me: Me, Path(id): Path<ImportId>, asked: Query) -> Reply {
    let format = web::wanted(&asked).unwrap_or(web::Format::Csv);
    let locale = me.look.locale;
    let ctx = me.ctx.clone();
    let (header, rows) = app
        .read(move |tx| {
            import(tx, &ctx, id)?;
            let grid = grid_of(tx, &ctx, id)?;
            let mut reasons: BTreeMap<i64, Vec<String>> = BTreeMap::new();
            for one in refusals(tx, &ctx, id, (0, i64::MAX))? {
                let words = match one.heading.as_str() {
                    "" => one.reason(locale).to_owned(),
                    heading => format!("{heading}: {}", one.reason(locale)),
                };
                reasons.entry(one.row).or_default().push(words);
            }
            let of_row = |row: Row| {
                let number = i64::try_from(row.number).ok()?;
                let reasons = reasons.get(&number)?;
                Some((row, reasons.join(" ")))
            };
            let rows: Vec<Refused> = grid.rows.into_iter().filter_map(of_row).collect();
            Ok((grid.header, rows))
        })
        .await?;
    let cells = header.into_iter().enumerate().map(|(at, heading)| {
        Column::new(heading, move |(row, _): &Refused| {
            row.cells
                .get(at)
                .map_or(Cell::Empty, |cell| sheets::undefused(cell).into())
        })
    });
    let mut columns: Vec<Column<Refused>> = cells.collect();
    columns.push(Column::new(
        locale.t("exchange-reason"),
        |(_, reason): &Refused| reason.clone(),
    ));
    let list = Export {
        name: "refused",
        columns,
    };
    web::export(&app, &me, format, list, web::at_once(move |_| Ok(rows))).await
}

async fn archives(Of(app): Of<App>, me: Me) -> Reply {
    let ctx = me.ctx.clone();
    let found = app.read(move |tx| archive::archives(tx, &ctx)).await?;
    let body = archives_page(&ArchivesPage {
        locale: me.look.locale,
        zone: me.zone(),
        now: me.ctx.now,
        archives: &found,
    });
    web::page(&me, Page::new(me.look.locale.t("exchange-archive")), body)
}

async fn ask_archive(Of(app): Of<App>, me: Me) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| archive::ask(tx, &ctx)).await?;
    web::see_other("/archives")
}

async fn fetch_archive(Of(app): Of<App>, me: Me, Path(id): Path<ArchiveId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| archive::taken(tx, &ctx, id)).await?;
    people::seen(&app, &me.ctx, people::Sight::export("archive", 0)).await?;
    let (ctx, mut position) = (me.ctx.clone(), 0);
    let body = web::body_of(&app, move |tx| {
        let part = archive::part_of(tx, &ctx, (id, position))?;
        position += 1;
        Ok(part)
    });
    let day = me.ctx.now.to_zoned(me.zone()).date();
    let name = format!("{}-{day}.zip", me.organisation.slug);
    Ok(web::download(body, "application/zip", &name))
}
