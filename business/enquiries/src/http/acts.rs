//! What is done to one enquiry.

use kernel::{Ctx, Fault, FaultKind, Text, ids::OrderId};
use store::Tx;
use web::{App, Form, Me, Path, Reply, State, done};

use super::answer;
use crate::{commands, model::Level};

/// Runs a command and goes back to where it was asked for, where a toast says what was done, or
/// that somebody was faster.
async fn act<F>(app: App, me: Me, (id, form): (OrderId, &Form), words: &str, command: F) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx) -> Result<(), Fault> + Send + 'static,
{
    let (ctx, locale) = (me.ctx.clone(), me.look.locale);
    let back = match form.typed("back") {
        "list" => format!(
            "/enquiries?tray={}",
            crate::Tray::parse(form.typed("tray")).as_str()
        ),
        _ => format!("/enquiries/{id}"),
    };
    match app.write(move |tx| command(tx, &ctx)).await {
        Ok(()) => done(&back, &locale.t(words)),
        Err(fault) if fault.kind == FaultKind::Conflict && !me.look.json => {
            done(&back, &fault.speak(locale))
        }
        Err(fault) => Err(fault.into()),
    }
}

type Id = Path<OrderId>;

pub(super) async fn take(State(app): State<App>, me: Me, id: Id, form: Form) -> Reply {
    let Path(id) = id;
    act(
        app,
        me,
        (id, &form),
        "enquiries-told-taken",
        move |tx, ctx| commands::take(tx, ctx, id),
    )
    .await
}

pub(super) async fn hand_over(
    State(app): State<App>,
    me: Me,
    Path(id): Id,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let to = form.optional_id("owner");
    form.done()?;
    let words = match to {
        Some(_) => "enquiries-told-handed",
        None => "enquiries-told-released",
    };
    act(app, me, (id, &form), words, move |tx, ctx| {
        commands::hand_over(tx, ctx, id, (version, to))
    })
    .await
}

pub(super) async fn set_level(
    State(app): State<App>,
    me: Me,
    Path(id): Id,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let level = Level::parse(form.typed("level"));
    if level.is_none() {
        form.wrong("level", Text::key("web-not-choice"));
    }
    form.done()?;
    let level = level.unwrap_or(Level::Normal);
    act(
        app,
        me,
        (id, &form),
        "enquiries-told-level",
        move |tx, ctx| commands::set_level(tx, ctx, id, (version, level)),
    )
    .await
}

pub(super) async fn note(State(app): State<App>, me: Me, Path(id): Id, mut form: Form) -> Reply {
    let text = form.text("text", 1, orders::model::NOTE_CHARS_MAX);
    if let Err(fault) = form.done() {
        return answer(&app, &me, id, (form.typed("text"), Some(&fault))).await;
    }
    act(
        app,
        me,
        (id, &form),
        "enquiries-told-note",
        move |tx, ctx| orders::add_note(tx, ctx, id, &text).map(drop),
    )
    .await
}

pub(super) async fn close(State(app): State<App>, me: Me, Path(id): Id, mut form: Form) -> Reply {
    let outcome = form.text("outcome", 1, crate::model::OUTCOME_CHARS_MAX);
    if let Err(fault) = form.done() {
        return answer(&app, &me, id, (form.typed("outcome"), Some(&fault))).await;
    }
    act(
        app,
        me,
        (id, &form),
        "enquiries-told-closed",
        move |tx, ctx| commands::close(tx, ctx, id, &outcome),
    )
    .await
}

pub(super) async fn reopen(State(app): State<App>, me: Me, Path(id): Id, form: Form) -> Reply {
    act(
        app,
        me,
        (id, &form),
        "enquiries-told-reopened",
        move |tx, ctx| commands::reopen(tx, ctx, id),
    )
    .await
}
