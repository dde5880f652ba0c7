//! Shifts and time off of one member of staff.

use super::plan::planned;
use super::staff::{answer, home_of};
use crate::{Change, NewShift, commands, queries};
use kernel::ids::{SiteId, StaffId, TimeOffId};
use kernel::{Date, Fault, Span, Text, Time};
use organisation::{MinuteSpan, instant_clipped};
use web::{App, Form, Me, Path, Reply, State};

pub(super) fn minute(time: Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

pub async fn add_shifts(
    State(app): State<App>,
    me: Me,
    Path(staff): Path<StaffId>,
    mut form: Form,
) -> Reply {
    let ctx = me.ctx.clone();
    let added = match typed_shift(&mut form, staff) {
        Ok(new) => {
            app.write(move |tx| commands::add_shifts(tx, &ctx, &new))
                .await
        }
        Err(fault) => Err(fault),
    };
    answer(
        &app,
        &me,
        staff,
        added.map(|_| "people-shift-added"),
        ("shift", &form),
    )
    .await
}

fn typed_shift(form: &mut Form, staff: StaffId) -> Result<NewShift, Fault> {
    let site: SiteId = form.id("site");
    let date = form.date("date");
    let (starts, ends) = (minute(form.time("starts")), minute(form.time("ends")));
    let until = form.optional_date("until");
    form.done()?;
    let hours = MinuteSpan::new(starts, ends)
        .ok_or_else(|| Fault::invalid("hours", Text::key("people-shift-long")))?;
    Ok(NewShift {
        staff,
        site,
        date,
        hours,
        until,
    })
}

pub async fn add_time_off(
    State(app): State<App>,
    me: Me,
    Path(staff): Path<StaffId>,
    mut form: Form,
) -> Reply {
    let ctx = me.ctx.clone();
    let change = match typed_off(&mut form) {
        Ok(off) => {
            app.read(move |tx| {
                let person = queries::staff_member(tx, &ctx, staff)?;
                let zone = home_of(tx, &ctx, &person)?.zone;
                let starts = instant_clipped(&zone, off.first, off.from);
                let span = Span::new(starts, instant_clipped(&zone, off.last, off.to))
                    .ok_or_else(|| Fault::invalid("last", Text::key("people-off-backwards")))?;
                Ok(Change::Off(span, off.reason))
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    let done = "people-time-off-added";
    planned(&app, &me, staff, change, (done, "off", &form)).await
}

/// Time off as typed: days, and minutes from midnight of the first and of the last.
struct TypedOff {
    first: Date,
    last: Date,
    from: i64,
    to: i64,
    reason: String,
}

fn typed_off(form: &mut Form) -> Result<TypedOff, Fault> {
    let first = form.date("first");
    let off = TypedOff {
        first,
        last: form.optional_date("last").unwrap_or(first),
        from: form.optional_time("off_from").map_or(0, minute),
        to: form.optional_time("off_to").map_or(1440, minute),
        reason: form.text("reason", 0, 200),
    };
    form.done()?;
    Ok(off)
}

pub async fn remove_time_off(
    State(app): State<App>,
    me: Me,
    Path((staff, id)): Path<(StaffId, TimeOffId)>,
    form: Form,
) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::remove_time_off(tx, &ctx, staff, id))
        .await?;
    answer(
        &app,
        &me,
        staff,
        Ok("people-time-off-removed"),
        ("off", &form),
    )
    .await
}
