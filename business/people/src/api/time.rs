//! When somebody works, and when not, for programs.

use kernel::{
    Ctx, Fault, Span, Text, Time, TimeZone,
    ids::{ShiftId, SiteId, StaffId, TimeOffId},
};
use organisation::MinuteSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example};

use super::{One, found, planned};
use crate::{
    EDIT_SHIFTS, VIEW_STAFF, commands,
    model::{self, Change, Reach},
    queries,
};

/// How far apart the ends of what is asked for may be, in days.
const DAYS_MAX: i64 = 400;

/// Every endpoint of working time.
pub(super) fn endpoints() -> Endpoints {
    let month = || {
        json!({
            "id": example::STAFF,
            "from": "2026-11-20T00:00:00+08:00",
            "to": "2026-12-20T00:00:00+08:00",
        })
    };
    let (shifts, off) = ("/staff/{id}/shifts", "/staff/{id}/time-off");
    Endpoints::new(
        "staff",
        [
            Endpoint::get(shifts, VIEW_STAFF, "people-api-shifts", list_shifts).asks(month),
            Endpoint::post(
                "/staff/{id}/shifts/{shift}/hours",
                EDIT_SHIFTS,
                "people-api-shift-hours",
                set_hours,
            )
            .named(&[("hours", "/ends")])
            .asks(one_shift)
            .example(|| json!({ "starts": "10:00", "ends": "18:00", "following": true })),
            Endpoint::post(
                "/staff/{id}/shifts/{shift}/removal",
                EDIT_SHIFTS,
                "people-api-shift-remove",
                remove_shift,
            )
            .asks(one_shift)
            .example(|| json!({})),
            Endpoint::get(off, VIEW_STAFF, "people-api-off", list_off).asks(month),
            Endpoint::post(off, EDIT_SHIFTS, "people-api-off-add", add_off)
                .named(&[("last", "/end")])
                .asks(super::one)
                .example(|| {
                    json!({
                        "start": "2027-01-04T00:00:00+08:00",
                        "end": "2027-01-09T00:00:00+08:00",
                        "reason": "Wedding",
                    })
                }),
            Endpoint::post(
                "/staff/{id}/time-off/{off}",
                EDIT_SHIFTS,
                "people-api-off-remove",
                remove_off,
            )
            .delete()
            .asks(|| json!({ "id": example::STAFF, "off": example::TIME_OFF })),
        ],
    )
}

fn one_shift() -> Value {
    json!({ "id": example::STAFF, "shift": example::SHIFT })
}

/// What lies in a stretch of at most 400 days.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    id: StaffId,
    from: Moment,
    to: Moment,
}

impl Asked {
    fn span(&self) -> Result<Span, Fault> {
        let wrong = || {
            let text = Text::key("people-api-window").with("days", DAYS_MAX);
            Fault::invalid("query:/to", text)
        };
        let span = Span::new(self.from.at, self.to.at).ok_or_else(wrong)?;
        match span.minutes() <= DAYS_MAX * 1440 {
            true => Ok(span),
            false => Err(wrong()),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneShift {
    id: StaffId,
    shift: ShiftId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneOff {
    id: StaffId,
    off: TimeOffId,
}

/// How far a change of a shift goes.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct How {
    /// Also those at the same times of the same weekday in the weeks after.
    #[serde(default)]
    following: bool,
    /// Even where visits that are booked would have nobody.
    #[serde(default)]
    knowing: bool,
}

impl How {
    fn reach(&self) -> Reach {
        match self.following {
            true => Reach::Following,
            false => Reach::One,
        }
    }
}

/// A shift at other times of the clock of its site; an end before the start is on the next day.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct NewHours {
    /// Such as `09:00`.
    #[schemars(length(min = 4, max = 8))]
    starts: String,
    #[schemars(length(min = 4, max = 8))]
    ends: String,
    #[serde(flatten)]
    how: How,
}

/// Time in which somebody does not work, whatever their shifts say.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewOff {
    start: Moment,
    end: Moment,
    /// For colleagues.
    #[serde(default)]
    #[schemars(length(max = 200))]
    reason: String,
    /// Even where visits that are booked would have nobody.
    #[serde(default)]
    knowing: bool,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Shift {
    id: ShiftId,
    site: SiteId,
    start: Moment,
    end: Moment,
}

impl Shift {
    pub(super) fn new(shift: &model::Shift, zone: &TimeZone) -> Self {
        Self {
            id: shift.id,
            site: shift.site,
            start: Moment::new(shift.span.start, zone),
            end: Moment::new(shift.span.end, zone),
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct Shifts {
    shifts: Vec<Shift>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Off {
    id: TimeOffId,
    start: Moment,
    end: Moment,
    reason: String,
}

impl Off {
    pub(super) fn new(off: &model::TimeOff, zone: &TimeZone) -> Self {
        Self {
            id: off.id,
            start: Moment::new(off.span.start, zone),
            end: Moment::new(off.span.end, zone),
            reason: off.reason.clone(),
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct TimeOff {
    time_off: Vec<Off>,
}

/// The clock of the site that somebody is at first.
fn zone_of(tx: &mut Tx, ctx: &Ctx, id: StaffId) -> Result<TimeZone, Fault> {
    let sites = found(tx, ctx, id)?.sites;
    let near = sites.into_iter().find(|site| ctx.sites.includes(*site));
    let site = near.ok_or_else(Fault::forbidden)?;
    Ok(organisation::site(tx, ctx, site)?.zone)
}

fn list_shifts(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Shifts, Fault> {
    let inner = &ctx.unscoped();
    let zone = zone_of(tx, inner, asked.id)?;
    let shifts = queries::shifts_of(tx, inner, asked.id, asked.span()?)?;
    let here = shifts
        .into_iter()
        .filter(|shift| ctx.sites.includes(shift.site));
    Ok(Shifts {
        shifts: here.map(|shift| Shift::new(&shift, &zone)).collect(),
    })
}

fn minute(field: &str, text: &str) -> Result<i64, Fault> {
    let wrong = |_| Fault::invalid(field, Text::key("web-not-time"));
    let time: Time = text.parse().map_err(wrong)?;
    Ok(i64::from(time.hour()) * 60 + i64::from(time.minute()))
}

fn set_hours(tx: &mut Tx, ctx: &Ctx, one: OneShift, new: NewHours) -> Result<Nothing, Fault> {
    let (starts, ends) = (minute("starts", &new.starts)?, minute("ends", &new.ends)?);
    let long = || Fault::invalid("hours", Text::key("people-shift-long"));
    let hours = MinuteSpan::new(starts, ends).ok_or_else(long)?;
    let change = Change::Hours(one.shift, new.how.reach(), hours);
    planned(tx, ctx, one.id, (&change, new.how.knowing))
}

fn remove_shift(tx: &mut Tx, ctx: &Ctx, one: OneShift, how: How) -> Result<Nothing, Fault> {
    let change = Change::Remove(one.shift, how.reach());
    planned(tx, ctx, one.id, (&change, how.knowing))
}

fn list_off(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<TimeOff, Fault> {
    let span = asked.span()?;
    off_in(tx, &ctx.unscoped(), asked.id, span)
}

fn off_in(tx: &mut Tx, ctx: &Ctx, staff: StaffId, span: Span) -> Result<TimeOff, Fault> {
    let zone = zone_of(tx, ctx, staff)?;
    let off = queries::time_off_of(tx, ctx, staff, span)?.into_iter();
    Ok(TimeOff {
        time_off: off.map(|off| Off::new(&off, &zone)).collect(),
    })
}

fn add_off(tx: &mut Tx, ctx: &Ctx, one: One, new: NewOff) -> Result<TimeOff, Fault> {
    let backwards = || Fault::invalid("end", Text::key("people-api-backwards"));
    let span = Span::new(new.start.at, new.end.at).ok_or_else(backwards)?;
    let change = Change::Off(span, new.reason);
    planned(tx, ctx, one.id, (&change, new.knowing))?;
    off_in(tx, &ctx.unscoped(), one.id, span)
}

fn remove_off(tx: &mut Tx, ctx: &Ctx, one: OneOff, _: Nothing) -> Result<Nothing, Fault> {
    commands::remove_time_off(tx, &ctx.unscoped(), one.id, one.off)?;
    Ok(Nothing {})
}
