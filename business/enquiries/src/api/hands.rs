//! Who answers an enquiry, and what was noted about it, for programs.

use kernel::{
    Ctx, Fault,
    ids::{NoteId, UserId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, example};

use super::{One, Told, act, one};
use crate::{EDIT, VIEW, commands, queries};

/// Every endpoint of owners and notes.
pub(super) fn endpoints() -> Endpoints {
    let notes = "/enquiries/{id}/notes";
    Endpoints::new(
        "enquiries",
        [
            Endpoint::get(
                "/enquiries/{id}/colleagues",
                EDIT,
                "enquiries-api-colleagues",
                colleagues,
            )
            .asks(one),
            Endpoint::post(
                "/enquiries/{id}/hand-over",
                EDIT,
                "enquiries-api-hand-over",
                hand_over,
            )
            .versioned()
            .asks(one)
            .example(|| json!({ "owner": example::USER })),
            Endpoint::get(notes, VIEW, "enquiries-api-notes", list).asks(one),
            Endpoint::post(notes, EDIT, "enquiries-api-note", note)
                .asks(one)
                .example(|| json!({ "text": "Rang back, nobody answered." })),
        ],
    )
}

/// Who answers from now on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct HandOver {
    /// One of the colleagues who may answer; nobody, if not said: whoever answers next takes it.
    owner: Option<UserId>,
}

/// Somebody who may answer.
#[derive(Serialize, JsonSchema)]
struct Colleague {
    id: UserId,
    name: String,
}

#[derive(Serialize, JsonSchema)]
struct Colleagues {
    colleagues: Vec<Colleague>,
}

/// Something to be written down about it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewNote {
    #[schemars(length(min = 1, max = 2000))]
    text: String,
}

/// Something that was written down.
#[derive(Serialize, JsonSchema)]
struct Note {
    id: NoteId,
    at: Moment,
    /// The name of whoever wrote it.
    author: String,
    text: String,
}

/// What was asked, and what was noted since.
#[derive(Serialize, JsonSchema)]
struct Notes {
    /// What was asked, in full.
    text: String,
    notes: Vec<Note>,
}

fn colleagues(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Colleagues, Fault> {
    let inner = &ctx.unscoped();
    let site = queries::enquiry(tx, inner, one.id)?.site;
    inner.require_at(EDIT, site)?;
    let able = commands::colleagues(tx, inner)?.into_iter();
    let colleagues = able.map(|owner| Colleague {
        id: owner.id,
        name: owner.name,
    });
    Ok(Colleagues {
        colleagues: colleagues.collect(),
    })
}

fn hand_over(tx: &mut Tx, ctx: &Ctx, one: One, to: HandOver) -> Result<Told, Fault> {
    let id = one.id;
    act(tx, ctx, one, |tx, ctx, version| {
        commands::hand_over(tx, ctx, id, (version, to.owner))
    })
}

fn list(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Notes, Fault> {
    let inner = &ctx.unscoped();
    let enquiry = queries::enquiry(tx, inner, one.id)?;
    let zone = organisation::site(tx, inner, enquiry.site)?.zone;
    let notes = orders::notes(tx, inner, one.id)?.into_iter();
    let notes = notes.map(|note| Note {
        id: note.id,
        at: Moment::new(note.at, &zone),
        author: note.author,
        text: note.text,
    });
    Ok(Notes {
        notes: notes.collect(),
        text: orders::order(tx, inner, one.id)?.note,
    })
}

fn note(tx: &mut Tx, ctx: &Ctx, one: One, new: NewNote) -> Result<Notes, Fault> {
    let inner = &ctx.unscoped();
    queries::enquiry(tx, inner, one.id)?;
    orders::add_note(tx, inner, one.id, &new.text)?;
    list(tx, ctx, one)
}
