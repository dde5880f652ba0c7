//! The day calendar: columns of people or rooms, blocks by the minute.
use crate::icon;
use maud::{Markup, html};

/// A column's head.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Id of the person or resource; blocks dropped here are given to it.
    pub id: String,
    /// Short name.
    pub name: String,
    /// [`crate::avatar`], or an icon for a room.
    pub mark: Markup,
    /// Share of the working time that is booked, 0.0 to 1.0.
    pub used: f64,
    /// Whether blocks may be dropped here: given to this person, on this day.
    pub takes: bool,
    /// Whether blocks may be moved within the column, and stay with whoever has them (rooms).
    pub keeps: bool,
    /// The day of the column, when the columns are days.
    pub date: String,
    /// Where the head leads; empty for nowhere.
    pub href: String,
    /// Whether the column is today's, when the columns are days.
    pub today: bool,
}

/// How a block stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockState {
    /// Still to come.
    #[default]
    Ahead,
    /// Being carried out.
    Serving,
    /// Being carried out and past its end.
    Over,
    /// Finished.
    Done,
}

/// An order in the calendar. Minutes count from the top of the axis.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// Id of the order.
    pub order: String,
    /// What tells this block from others of the same order; empty where there is one.
    pub key: String,
    /// Which part of a visit it is, from 1; empty where the visit is one.
    pub part: String,
    /// Who has it, when it may be moved within a column that is not theirs.
    pub staff: String,
    /// Version the page saw, sent with a move.
    pub version: i64,
    /// Where Enter leads.
    pub href: String,
    /// Family code.
    pub family: String,
    /// First minute.
    pub from: i64,
    /// Minute after the last.
    pub to: i64,
    /// Customer.
    pub name: String,
    /// Service.
    pub service: String,
    /// "09:30–11:00".
    pub time: String,
    /// Where it stands.
    pub state: BlockState,
    /// Icon in the corner, empty for none.
    pub mark: String,
    /// Lane and number of lanes when blocks overlap: (0, 1) alone, (0, 2) left half.
    pub lane: (u8, u8),
    /// Whether it covers the foot of the lane before instead of standing beside it.
    pub cascades: bool,
    /// Whether it can be dragged.
    pub moves: bool,
}

/// Something in a column that is not an order.
#[derive(Clone, Debug)]
pub enum Block {
    /// Clean-up after a service: from, to.
    Buffer(i64, i64),
    /// Away: from, to, icon, words.
    Away(i64, i64, String, String),
}

fn at(from: i64, to: i64) -> String {
    format!("--s:{from};--e:{to}")
}

/// Shares over nine tenths are worth a look.
fn use_tone(used: f64) -> &'static str {
    if used >= 0.9 { "warn" } else { "brand" }
}

/// The sticky row of heads; `zone` is "GMT+8".
pub fn calendar_head(zone: &str, columns: &[Column]) -> Markup {
    html! {
        div class="cal__head" {
            span class="tz" { (zone) }
            @for column in columns {
                div class="ch" {
                    (column.mark)
                    div class="grow" {
                        @if column.href.is_empty() { b class="trunc" { (column.name) } }
                        @else {
                            a class="ch__a" href=(column.href)
                                aria-current=[column.today.then_some("date")] {
                                b class="trunc" { (column.name) }
                            }
                        }
                        span class="ch__u" {
                            span class="meter" data-tone=(use_tone(column.used)) {
                                i style={ (format!("width:{:.0}%", column.used * 100.0)) } {}
                            }
                            small class="num" { (format!("{:.0}%", column.used * 100.0)) }
                        }
                    }
                }
            }
        }
    }
}

/// The hours down the side: `first` hour of the day, `hours` of them, and the present when it shows
/// (minute from the top, words).
pub fn calendar_axis(first: i64, hours: i64, now: Option<(i64, String)>) -> Markup {
    html! {
        div class="axis" style={ "--hours:" (hours) } {
            @for hour in 0..=hours {
                span style={ "--s:" (hour * 60) } { (format!("{:02}:00", (first + hour) % 24)) }
            }
            @if let Some((minute, words)) = &now {
                b class="nowt" style={ "--s:" (minute) } { (words) }
            }
        }
    }
}

/// The axis and the columns below the head; `now` draws the red line (minute from the top).
pub fn calendar_body(axis: Markup, columns: Markup, now: Option<i64>) -> Markup {
    html! {
        div class="cal__body" {
            (axis) (columns)
            @if let Some(minute) = now { i class="nowl" style={ "--s:" (minute) } {} }
        }
    }
}

/// One column: what is not an order, then the orders.
pub fn calendar_column(column: &Column, blocks: &[Block], events: &[Event]) -> Markup {
    html! {
        div class="cc" data-staff=[column.takes.then_some(&column.id)] data-keeps[column.keeps]
            data-date=[Some(&column.date).filter(|date| !date.is_empty())] data-name=(column.name) {
            @for block in blocks {
                @match block {
                    Block::Buffer(from, to) => div class="buf" style=(at(*from, *to)) {},
                    Block::Away(from, to, name, words) => {
                        div class="blk" style=(at(*from, *to)) { (icon(name)) (words) }
                    }
                }
            }
            @for event in events { (event_block(event)) }
        }
    }
}

/// One order in a column; Enter opens it, the calendar island drags it.
pub fn event_block(event: &Event) -> Markup {
    let (state, mark) = match event.state {
        BlockState::Ahead => ("", ""),
        BlockState::Serving => (" in", "play"),
        BlockState::Over => (" in over", ""),
        BlockState::Done => (" done", "check"),
    };
    let (lane, lanes) = event.lane;
    html! {
        a class={ "ev fam" (state) @if event.cascades { " laps" } }
            data-f=(event.family) href=(event.href)
            id={ "ev-" (event.order) (event.key) } data-order=(event.order)
            data-of=[Some(&event.staff).filter(|staff| !staff.is_empty())]
            data-part=[Some(&event.part).filter(|part| !part.is_empty())]
            data-version=(event.version)
            data-moves[event.moves] draggable="false"
            style={ (at(event.from, event.to)) ";--l:" (lane) ";--k:" (lanes.max(1)) } {
            b class="trunc" { (icon(mark)) (event.name) }
            span class="trunc" { (event.service) }
            time { (event.time) }
            @if event.state == BlockState::Over { em { (icon("triangle-alert")) } }
            @else if !event.mark.is_empty() { em { (icon(&event.mark)) } }
        }
    }
}
