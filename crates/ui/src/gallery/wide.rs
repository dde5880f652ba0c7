//! What needs the whole width: figures, the step track, the calendar.
use super::sample::Words;
use crate::{
    Block, BlockState, Column, Event, Promise, Seen, Step, StepState, Tone, avatar, calendar_axis,
    calendar_body, calendar_column, calendar_head, promise_bar, stat, stats, step_track,
};
use kernel::Locale;
use maud::{Markup, html};

pub(super) fn all(locale: Locale, words: &Words) -> Markup {
    html! {
        div class="stack" {
            (stats(words.today, figures(words)))
            section class="card flow" aria-label=(words.headings[13]) {
                (step_track(locale, words.headings[13], &track(words)))
                (promise_bar(locale, &promise(words)))
            }
            div class="card" { (day(words)) }
        }
    }
}

fn figures(words: &Words) -> Markup {
    html! {
        (stat(words.headings[10], "6", "", words.queue[1], Tone::Neutral))
        (stat(words.headings[11], "7", "/ 9", words.work[2], Tone::Neutral))
        (stat(words.badges[0], "87", "%", words.badges[2], Tone::Warn))
        (stat(words.table[3], "¥14,260", "", words.badges[3], Tone::Danger))
    }
}

fn track(words: &Words) -> Vec<Step> {
    let states = [
        (StepState::Done, Some(6), Seen::Yes),
        (StepState::Done, Some(18), Seen::No),
        (StepState::Failed, Some(31), Seen::Customer),
        (StepState::Now, Some(34), Seen::No),
        (StepState::Next, None, Seen::Yes),
    ];
    let step = |(name, (state, observed, seen)): (&&str, (StepState, Option<i64>, Seen))| Step {
        state,
        icon: "wrench".into(),
        name: name.to_string(),
        observed,
        standard: Some(20),
        who: words.work[1].into(),
        seen,
    };
    words.steps.iter().zip(states).map(step).collect()
}

fn promise(words: &Words) -> Promise {
    let [verdict, detail] = words.promise;
    Promise {
        now: (0.715, "14:36".into()),
        forecast: Some((0.895, "15:07".into())),
        promised: (0.97, "15:20".into()),
        verdict: (Tone::Ok, verdict.into()),
        detail: detail.into(),
    }
}

fn day(words: &Words) -> Markup {
    let states = [
        BlockState::Done,
        BlockState::Over,
        BlockState::Serving,
        BlockState::Ahead,
    ];
    let columns: Vec<Column> = (0..states.len()).map(|at| column(at, words)).collect();
    let cells = html! {
        @for (at, column) in columns.iter().enumerate() {
            (calendar_column(column, &blocks(at, words), &[event(at, words, states[at])]))
        }
    };
    let axis = calendar_axis(13, 3, Some((96, "14:36".into())));
    html! {
        div class="cal" {
            div class="cal__scroll" role="region" tabindex="0" aria-label=(words.calendar)
                data-island="calendar" data-date="2026-11-21" data-open="780" data-step="15"
                style={ "--hh:67px;--n:" (columns.len()) } {
                (calendar_head("GMT+8", &columns))
                (calendar_body(axis, cells, Some(96)))
            }
        }
    }
}

fn column(at: usize, words: &Words) -> Column {
    let name = words.names[at];
    Column {
        id: format!("g-{at}"),
        name: name.into(),
        mark: avatar(name, at as i64),
        used: 0.64 + at as f64 * 0.1,
        takes: true,
        ..Column::default()
    }
}

fn blocks(at: usize, words: &Words) -> Vec<Block> {
    match at {
        0 => vec![Block::Away(
            120,
            150,
            "coffee".into(),
            words.buttons[6].into(),
        )],
        1 => vec![Block::Buffer(115, 130)],
        _ => Vec::new(),
    }
}

fn event(at: usize, words: &Words, state: BlockState) -> Event {
    let from = 30 + at as i64 * 15;
    Event {
        order: format!("g-{at}"),
        version: 1,
        href: "/gallery".into(),
        family: ["hair", "spa", "repair", "colour"][at].into(),
        from,
        to: from + 70,
        name: words.names[at].into(),
        service: words.work[0].into(),
        time: "13:30–14:40".into(),
        state,
        mark: "star".into(),
        lane: (0, 1),
        cascades: false,
        moves: state == BlockState::Ahead,
        ..Event::default()
    }
}
