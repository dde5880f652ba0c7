//! What staff ask for and what is decided, for programs.

use kernel::{
    Ctx, Fault, Span, Text,
    ids::{RequestId, ShiftId, SiteId, StaffId},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example, words};

use crate::{
    EDIT_SHIFTS, VIEW_STAFF,
    commands::requests::{self, Decision, NewRequest},
    http,
    model::{Effect, Request, RequestState, Wish},
    queries,
};

/// What was decided last: so much of it.
const DECIDED_MAX: i64 = 100;

/// Every endpoint of requests.
pub(super) fn endpoints() -> Endpoints {
    Endpoints::new("staff requests", asking().into_iter().chain(deciding()))
}

/// What is asked for, by the member of staff that the token's user is.
fn asking() -> [Endpoint; 6] {
    let act = |path, words, run: fn(&mut Tx, &Ctx, One, Nothing) -> Result<Told, Fault>| {
        Endpoint::post(path, VIEW_STAFF, words, run)
            .versioned()
            .asks(one)
            .example(|| json!({}))
    };
    [
        Endpoint::get("/requests", VIEW_STAFF, "people-api-requests", list_own),
        Endpoint::post(
            "/requests/time-off",
            VIEW_STAFF,
            "people-api-request-off",
            ask_off,
        )
        .named(&[("first", "/end")])
        .example(|| {
            json!({
                "start": "2027-02-01T00:00:00+08:00",
                "end": "2027-02-03T00:00:00+08:00",
                "reason": "Dentist",
            })
        }),
        Endpoint::post(
            "/requests/shifts/{shift}",
            VIEW_STAFF,
            "people-api-request-shift",
            ask_shift,
        )
        .named(&[("other", "/to")])
        .asks(|| json!({ "shift": example::SHIFT }))
        .example(|| json!({ "to": example::COLLEAGUE, "reason": "Wedding" })),
        act(
            "/requests/{id}/agreement",
            "people-api-request-agree",
            agree,
        ),
        act(
            "/requests/{id}/refusal",
            "people-api-request-refuse",
            refuse,
        ),
        act(
            "/requests/{id}/withdrawal",
            "people-api-request-withdraw",
            withdraw,
        ),
    ]
}

/// What whoever plans sees and decides.
fn deciding() -> [Endpoint; 4] {
    [
        Endpoint::get(
            "/staff/requests",
            EDIT_SHIFTS,
            "people-api-requests-all",
            list_all,
        ),
        Endpoint::get(
            "/staff/requests/{id}",
            EDIT_SHIFTS,
            "people-api-request",
            show,
        )
        .asks(one),
        Endpoint::post(
            "/staff/requests/{id}/approval",
            EDIT_SHIFTS,
            "people-api-request-approve",
            approve,
        )
        .versioned()
        .asks(one)
        .example(|| json!({ "word": "Enjoy it" })),
        Endpoint::post(
            "/staff/requests/{id}/rejection",
            EDIT_SHIFTS,
            "people-api-request-decline",
            decline,
        )
        .versioned()
        .asks(one)
        .example(|| json!({ "word": "We are too few that day." })),
    ]
}

fn one() -> Value {
    json!({ "id": example::REQUEST })
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    words(["off", "give", "swap"])
}

fn states(_: &mut SchemaGenerator) -> Schema {
    words(RequestState::ALL.map(RequestState::as_str))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: RequestId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneShift {
    shift: ShiftId,
}

/// Time off that somebody wishes.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WishedOff {
    start: Moment,
    end: Moment,
    /// For whoever decides.
    #[serde(default)]
    #[schemars(length(max = 200))]
    reason: String,
}

/// A shift that somebody wishes to give away, or to swap.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WishedShift {
    /// The colleague who would take it.
    to: StaffId,
    /// Their shift that would come back; none, if it is given away.
    swap_for: Option<ShiftId>,
    /// For the colleague and whoever decides.
    #[serde(default)]
    #[schemars(length(max = 200))]
    reason: String,
}

/// A request is granted, and done.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Approval {
    /// A word to whoever asked.
    #[serde(default)]
    #[schemars(length(max = 200))]
    word: String,
    /// The most visits that may be left with nobody: as many as `leaves` names.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000))]
    leaves_max: usize,
}

/// A request is declined.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rejection {
    /// A word to whoever asked.
    #[serde(default)]
    #[schemars(length(max = 200))]
    word: String,
}

/// What somebody asked for.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: RequestId,
    /// Who asks.
    staff: StaffId,
    /// Time off, or a shift that is given away or swapped.
    #[schemars(schema_with = "kinds")]
    kind: &'static str,
    /// The time off, or the shift as it was when they asked.
    start: Moment,
    end: Moment,
    /// The shift.
    shift: Option<ShiftId>,
    /// The colleague who would take it.
    other: Option<StaffId>,
    /// The colleague's shift that would come back.
    other_shift: Option<ShiftId>,
    reason: String,
    /// `asked` waits for the colleague, `open` for whoever plans.
    #[schemars(schema_with = "states")]
    state: &'static str,
    /// A word from whoever decided; may be empty.
    word: String,
    /// The name of whoever decided; empty until then.
    decided_by: String,
    asked_at: Moment,
    version: i64,
}

#[derive(Serialize, JsonSchema)]
struct List {
    requests: Vec<Told>,
}

/// Who else works while somebody is away.
#[derive(Serialize, JsonSchema)]
struct Cover {
    site: SiteId,
    start: Moment,
    end: Moment,
    /// The fewest others at any moment of it.
    others: usize,
}

/// A request, and what granting it would do.
#[derive(Serialize, JsonSchema)]
struct Weighed {
    #[serde(flatten)]
    request: Told,
    /// The numbers of the visits that would have nobody.
    leaves: Vec<String>,
    /// For each stretch of work that falls away, who else is there then.
    cover: Vec<Cover>,
    /// Why it cannot be granted, if so.
    hindrance: Option<String>,
}

/// What nobody has decided, the earliest first, and what was decided last.
#[derive(Serialize, JsonSchema)]
struct Desk {
    open: Vec<Weighed>,
    decided: Vec<Told>,
}

fn told(tx: &mut Tx, ctx: &Ctx, request: Request) -> Result<Told, Fault> {
    let person = queries::staff_member(tx, ctx, request.staff)?;
    let zone = http::home_of(tx, ctx, &person)?.zone;
    let (shift, other_shift) = match request.wish {
        Wish::Off => (None, None),
        Wish::Give(shift, _) => (Some(shift), None),
        Wish::Swap(shift, _, theirs) => (Some(shift), Some(theirs)),
    };
    Ok(Told {
        id: request.id,
        staff: request.staff,
        kind: request.wish.as_str(),
        start: Moment::new(request.span.start, &zone),
        end: Moment::new(request.span.end, &zone),
        shift,
        other: request.wish.other(),
        other_shift,
        reason: request.reason,
        state: request.state.as_str(),
        word: request.word,
        decided_by: request.decided_by,
        asked_at: Moment::new(request.asked_at, &zone),
        version: request.version,
    })
}

fn weighed(tx: &mut Tx, ctx: &Ctx, request: Request) -> Result<Weighed, Fault> {
    let effect = match request.state.is_over() {
        true => Effect::default(),
        false => requests::effect(tx, ctx, &request)?,
    };
    let request = told(tx, ctx, request)?;
    let cover = effect.cover.into_iter().map(|cover| Cover {
        site: cover.site,
        start: request.start.beside(cover.span.start),
        end: request.end.beside(cover.span.end),
        others: cover.others,
    });
    Ok(Weighed {
        cover: cover.collect(),
        leaves: effect.lost.into_iter().map(|visit| visit.code).collect(),
        hindrance: effect.hindrance.map(|fault| fault.speak(ctx.locale)),
        request,
    })
}

fn own(ctx: &Ctx) -> Result<StaffId, Fault> {
    ctx.staff()
        .ok_or_else(|| Fault::conflict("people-request-not-staff"))
}

fn list_own(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<List, Fault> {
    let ctx = &ctx.unscoped();
    let mut list = Vec::new();
    if let Some(staff) = ctx.staff() {
        for request in queries::requests_of(tx, ctx, staff)? {
            list.push(told(tx, ctx, request)?);
        }
    }
    Ok(List { requests: list })
}

fn ask_off(tx: &mut Tx, ctx: &Ctx, _: Nothing, wished: WishedOff) -> Result<Told, Fault> {
    let backwards = || Fault::invalid("end", Text::key("people-api-backwards"));
    let new = NewRequest {
        wish: Wish::Off,
        span: Span::new(wished.start.at, wished.end.at).ok_or_else(backwards)?,
        reason: wished.reason,
    };
    ask(tx, ctx, new)
}

fn ask_shift(tx: &mut Tx, ctx: &Ctx, of: OneShift, wished: WishedShift) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let gone = || Fault::missing("people-request-shift-gone");
    let shift = queries::shift(tx, inner, own(inner)?, of.shift)?.ok_or_else(gone)?;
    let new = NewRequest {
        wish: match wished.swap_for {
            None => Wish::Give(of.shift, wished.to),
            Some(theirs) => Wish::Swap(of.shift, wished.to, theirs),
        },
        span: shift.span,
        reason: wished.reason,
    };
    ask(tx, ctx, new)
}

fn ask(tx: &mut Tx, ctx: &Ctx, new: NewRequest) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let asked = requests::ask(tx, ctx, new)?;
    told(tx, ctx, asked)
}

fn agree(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let agreed = requests::answer(tx, ctx, one.id, true)?;
    told(tx, ctx, agreed)
}

fn refuse(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let refused = requests::answer(tx, ctx, one.id, false)?;
    told(tx, ctx, refused)
}

fn withdraw(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let withdrawn = requests::withdraw(tx, ctx, one.id)?;
    told(tx, ctx, withdrawn)
}

/// Whether whoever asks works within reach of whoever plans.
fn is_in_reach(tx: &mut Tx, ctx: &Ctx, request: &Request) -> Result<bool, Fault> {
    let person = queries::staff_member(tx, ctx, request.staff)?;
    Ok(super::is_in_reach(ctx, &person))
}

fn list_all(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Desk, Fault> {
    let ctx = &ctx.unscoped();
    let (waiting, over) = queries::requests(tx, ctx, DECIDED_MAX)?;
    let (mut open, mut decided) = (Vec::new(), Vec::new());
    for request in waiting {
        if is_in_reach(tx, ctx, &request)? {
            open.push(weighed(tx, ctx, request)?);
        }
    }
    for request in over {
        if is_in_reach(tx, ctx, &request)? {
            decided.push(told(tx, ctx, request)?);
        }
    }
    Ok(Desk { open, decided })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Weighed, Fault> {
    let ctx = &ctx.unscoped();
    let request = queries::request(tx, ctx, one.id)?;
    match is_in_reach(tx, ctx, &request)? {
        true => weighed(tx, ctx, request),
        false => Err(Fault::forbidden()),
    }
}

fn approve(tx: &mut Tx, ctx: &Ctx, one: One, how: Approval) -> Result<Told, Fault> {
    let decision = Decision {
        request: one.id,
        grants: true,
        word: how.word,
        known: how.leaves_max,
    };
    decide(tx, ctx, &decision)
}

fn decline(tx: &mut Tx, ctx: &Ctx, one: One, how: Rejection) -> Result<Told, Fault> {
    let decision = Decision {
        request: one.id,
        grants: false,
        word: how.word,
        known: 0,
    };
    decide(tx, ctx, &decision)
}

fn decide(tx: &mut Tx, ctx: &Ctx, decision: &Decision) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let decided = requests::decide(tx, ctx, decision)?;
    told(tx, ctx, decided)
}
