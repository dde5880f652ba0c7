//! What the front desk sees of lines: how they are now, how they are set up, the poster.

use kernel::{Locale, TimeZone, Timestamp, format};
use people::Staff;
use ui::{Markup, Tone, html};

use crate::model::{Turn, TurnState};
use crate::queries::{Counter, Line};

/// A line as it is now.
#[derive(Debug, Clone)]
pub struct LineNow {
    /// The line.
    pub line: Line,
    /// How many stand in it.
    pub standing: usize,
    /// How many are away and come back.
    pub away: usize,
    /// The wait for whoever joins now, in words.
    pub wait: String,
    /// Whether its own hours hold the present moment.
    pub is_within_hours: bool,
    /// The next numbers.
    pub next: Vec<String>,
}

/// Somebody on shift, in the order of turns.
#[derive(Debug, Clone)]
pub struct TurnNow {
    /// The turn.
    pub turn: Turn,
    /// Who.
    pub member: Staff,
    /// The number they will probably take next, and when, in words.
    pub next: Option<(String, String)>,
}

/// A counter as it is now.
#[derive(Debug, Clone)]
pub struct CounterNow {
    /// The counter.
    pub counter: Counter,
    /// Who sits there.
    pub staff: Option<Staff>,
    /// What they do, when on shift.
    pub turn: Option<TurnNow>,
}

/// What the page about the present shows.
#[derive(Debug, Clone)]
pub struct NowView {
    /// The lines.
    pub lines: Vec<LineNow>,
    /// The counters.
    pub counters: Vec<CounterNow>,
    /// Who is on shift, in the order of turns.
    pub turns: Vec<TurnNow>,
    /// Who works at the site.
    pub staff: Vec<Staff>,
    /// The site's zone.
    pub zone: TimeZone,
    /// Whether the viewer may call and open.
    pub may_serve: bool,
    /// Whether the viewer may set up.
    pub may_edit: bool,
}

/// The pages about queues, as tabs.
pub(crate) fn tabs(locale: Locale, active: &str, may_edit: bool, may_link: bool) -> Markup {
    let tab = |key: &str, path: &str| ui::Tab::new(locale.t(key), path, path == active);
    let mut tabs = vec![
        tab("queue-tab-now", "/queue"),
        tab("queue-tab-waits", "/queue/waits"),
        tab("queue-tab-rules", "/queue/rules"),
    ];
    if may_edit {
        tabs.push(tab("queue-tab-lines", "/queue/lines"));
        tabs.push(tab("queue-tab-counters", "/queue/counters"));
    }
    if may_link {
        tabs.push(tab("queue-tab-devices", "/queue/devices"));
    }
    ui::tabs(&locale.t("queue-tabs"), &tabs)
}

/// The page about the present.
pub fn now_page(locale: Locale, view: &NowView, may_link: bool) -> Markup {
    ui::stack(html! {
        (tabs(locale, "/queue", view.may_edit, may_link))
        (now(locale, view))
    })
}

/// Lines, counters and turns; one fragment, kept fresh by itself.
pub fn now(locale: Locale, view: &NowView) -> Markup {
    html! {
        div id="queue-now" class="stack" data-live="order ticket line counter staff"
            data-live-src="/queue/now" data-poll="60" {
            (lines(locale, view))
            @if !view.counters.is_empty() { (counters(locale, view)) }
            (turns(locale, view))
        }
    }
}

fn lines(locale: Locale, view: &NowView) -> Markup {
    let heads = [
        ui::head(locale.t("queue-waits-line")),
        ui::head(locale.t("queue-now-state")),
        ui::head(locale.t("queue-now-standing")).number(),
        ui::head(locale.t("queue-now-next")).drop(1),
        ui::head(locale.t("queue-now-wait")).number(),
        ui::head(locale.t("queue-device-action")),
    ];
    let rows: Vec<ui::Row> = view
        .lines
        .iter()
        .map(|now| line_row(locale, view, now))
        .collect();
    let actions = html! {
        @if view.may_serve {
            (ui::post_button(locale.t("queue-call-next"), "/queue/next").primary().small()
                .icon("bell").hidden("back", "queue"))
        }
    };
    ui::card(
        &locale.t("queue-tab-lines"),
        actions,
        html! {
            @if rows.is_empty() {
                (ui::empty("ticket", &locale.t("queue-lines-none"),
                    &locale.t("queue-lines-none-text"), html! {
                        @if view.may_edit {
                            (ui::link_button(locale.t("queue-line-new"), "/queue/lines"))
                        }
                    }))
            } @else { (ui::stacking_table(&heads, &rows)) }
        },
    )
}

fn line_row(locale: Locale, view: &NowView, now: &LineNow) -> ui::Row {
    let line = &now.line;
    let state = match (line.is_open, now.is_within_hours) {
        (true, true) => ui::badge(Tone::Ok, "circle-check", &locale.t("queue-line-open")),
        (true, false) => ui::badge(Tone::Neutral, "clock", &hours(line)),
        (false, _) => ui::badge(Tone::Neutral, "pause", &locale.t("queue-line-closed-badge")),
    };
    let standing = match line.standing_max {
        Some(max) => format!("{} / {max}", now.standing),
        None => now.standing.to_string(),
    };
    let count = i64::try_from(now.standing).unwrap_or(i64::MAX);
    let full = line.standing_max.is_some_and(|max| count >= max);
    ui::row(vec![
        html! { b { (line.code) } " · " (line.name.get(locale)) },
        state,
        html! {
            span class="num" { (standing) }
            @if full { " " (ui::badge(Tone::Warn, "users", &locale.t("queue-now-full"))) }
            @if now.away > 0 {
                " " span class="muted sm" {
                    (locale.tx("queue-now-away", &[("count", now.away.into())]))
                }
            }
        },
        html! { span class="num muted" { (now.next.join(" · ")) } },
        html! { (now.wait) },
        html! {
            @if view.may_serve {
                @if line.is_open {
                    (ui::post_button(locale.t("queue-line-stop"),
                        format!("/queue/lines/{}/closing", line.code)).small())
                } @else {
                    (ui::post_button(locale.t("queue-line-start"),
                        format!("/queue/lines/{}/opening", line.code)).small())
                }
            }
        },
    ])
}

/// A line's own hours: `11:30–14:00`.
fn hours(line: &Line) -> String {
    let clock = |minute: i64| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
    let opens = line.opens_minute.map(clock).unwrap_or_default();
    let closes = line.closes_minute.map(clock).unwrap_or_default();
    format!("{opens}–{closes}")
}

fn clock(zone: &TimeZone, at: Timestamp) -> String {
    format::time(at.to_zoned(zone.clone()).time())
}

fn turn_badge(locale: Locale, zone: &TimeZone, turn: &Turn) -> Markup {
    let left = |minutes: i64| [("minutes", format::minutes(locale, minutes.max(0)).into())];
    match turn.state {
        TurnState::Free => ui::badge(Tone::Ok, "circle-check", &locale.t("queue-turn-free")),
        TurnState::Serving { minutes_left } => ui::badge(
            Tone::Info,
            "play",
            &locale.tx("queue-turn-serving", &left(minutes_left)),
        ),
        TurnState::Booked { minutes_left } => ui::badge(
            Tone::Neutral,
            "calendar",
            &locale.tx("queue-turn-booked", &left(minutes_left)),
        ),
        TurnState::Break { until, .. } => ui::badge(
            Tone::Warn,
            "coffee",
            &locale.tx("queue-turn-break", &[("time", clock(zone, until).into())]),
        ),
    }
}

fn break_button(locale: Locale, turn: &Turn) -> Markup {
    let path = |noun: &str| format!("/queue/staff/{}/{noun}", turn.staff);
    match turn.state {
        TurnState::Break { .. } => html! {
            (ui::post_button(locale.t("queue-resume"), path("return")).small().icon("play")
                .hidden("back", "queue"))
        },
        _ => html! {
            (ui::post_button(locale.t("queue-pause"), path("break")).small().icon("coffee")
                .hidden("back", "queue"))
        },
    }
}

fn counters(locale: Locale, view: &NowView) -> Markup {
    let heads = [
        ui::head(locale.t("queue-counter")),
        ui::head(locale.t("queue-counter-who")),
        ui::head(locale.t("queue-now-state")),
        ui::head(locale.t("queue-device-action")),
    ];
    let rows: Vec<ui::Row> = view
        .counters
        .iter()
        .map(|now| counter_row(locale, view, now))
        .collect();
    ui::card(
        &locale.t("queue-tab-counters"),
        html! {},
        ui::stacking_table(&heads, &rows),
    )
}

fn counter_row(locale: Locale, view: &NowView, now: &CounterNow) -> ui::Row {
    let counter = &now.counter;
    let name = counter.name.get(locale);
    let nobody = (String::new(), locale.t("queue-counter-nobody"));
    let people = view.staff.iter();
    let people = people.map(|member| (member.id.to_string(), member.shown(locale).to_owned()));
    let people: Vec<(String, String)> = std::iter::once(nobody).chain(people).collect();
    let chosen = counter.staff.map(|id| id.to_string()).unwrap_or_default();
    ui::row(vec![
        html! {
            b { (name) }
            @if !counter.lines.is_empty() {
                " " span class="muted sm" { (counter.lines.join(" · ")) }
            }
        },
        html! {
            @if view.may_serve {
                form class="row" method="post" action={ "/queue/counters/" (counter.id) "/staff" }
                    data-submit {
                    (ui::select_field("staff", locale.tx("queue-counter-staff",
                        &[("name", name.into())]), people).value(chosen)
                        .id(format!("staff-{}", counter.id)).class("field--bare"))
                    noscript { (ui::button(locale.t("queue-line-save")).small()) }
                }
            } @else if let Some(member) = &now.staff { (member.shown(locale)) }
        },
        html! {
            @match &now.turn {
                Some(now) => (turn_badge(locale, &view.zone, &now.turn)),
                None => span class="muted" { "–" },
            }
        },
        html! {
            @if view.may_serve && counter.staff.is_some() {
                span class="row" {
                    (ui::post_button(locale.t("queue-call-next"),
                        format!("/queue/counters/{}/next", counter.id)).small().icon("bell")
                        .hidden("back", "queue"))
                    @if let Some(now) = &now.turn { (break_button(locale, &now.turn)) }
                }
            }
        },
    ])
}

fn turns(locale: Locale, view: &NowView) -> Markup {
    let heads = [
        ui::head(locale.t("queue-turn-place")).number(),
        ui::head(locale.t("queue-counter-who")),
        ui::head(locale.t("queue-now-state")),
        ui::head(locale.t("queue-turn-count")).number().drop(1),
        ui::head(locale.t("queue-turn-last")).drop(1),
        ui::head(locale.t("queue-turn-next")),
        ui::head(locale.t("queue-device-action")),
    ];
    let rows: Vec<ui::Row> = view
        .turns
        .iter()
        .enumerate()
        .map(|(index, now)| turn_row(locale, view, index + 1, now))
        .collect();
    let why = html! { span class="muted sm only-wide" { (locale.t("queue-turn-why")) } };
    ui::card(
        &locale.t("queue-turns-title"),
        why,
        html! {
            @if rows.is_empty() {
                (ui::empty("users", &locale.t("queue-turns-none"),
                    &locale.t("queue-turns-none-text"), html! {
                        @if view.may_edit {
                            (ui::link_button(locale.t("queue-turns-plan"), "/staff/week"))
                        }
                    }))
            } @else { (ui::stacking_table(&heads, &rows)) }
        },
    )
}

fn turn_row(locale: Locale, view: &NowView, place: usize, now: &TurnNow) -> ui::Row {
    let name = now.member.shown(locale);
    ui::row(vec![
        html! { b class="num" { (place) } },
        html! { span class="row" { (ui::avatar_small(name, now.member.colour)) (name) } },
        turn_badge(locale, &view.zone, &now.turn),
        html! { (now.turn.count) },
        html! {
            @match now.turn.last {
                Some(at) => span class="num" { (clock(&view.zone, at)) },
                None => span class="muted" { (locale.t("queue-turn-none-yet")) },
            }
        },
        html! {
            @match &now.next {
                Some((number, wait)) => {
                    b class="num" { (number) } " " span class="muted sm" { (wait) }
                },
                None => span class="muted" { "–" },
            }
        },
        html! { @if view.may_serve { (break_button(locale, &now.turn)) } },
    ])
}

/// What the page that sets up lines shows.
#[derive(Debug, Clone, Default)]
pub struct SetupView {
    /// The lines.
    pub lines: Vec<Line>,
    /// The families a line may serve: code and name.
    pub families: Vec<(String, String)>,
    /// What is wrong with the sent form.
    pub faults: Vec<(String, String)>,
    /// The form that was sent: its line (empty for a new one) and what was typed.
    pub typed: Option<(String, Vec<(String, String)>)>,
}

impl SetupView {
    /// What was typed into a field of a line's form, when that form was sent.
    fn typed(&self, code: &str, field: &str) -> Option<String> {
        let (_, values) = self.typed.as_ref().filter(|(sent, _)| sent == code)?;
        let found = values.iter().find(|(name, _)| name == field);
        Some(found.map_or_else(String::new, |(_, value)| value.clone()))
    }

    fn fault(&self, code: &str, field: &str) -> Option<String> {
        self.typed.as_ref().filter(|(sent, _)| sent == code)?;
        let found = self.faults.iter().find(|(name, _)| name == field);
        found.map(|(_, words)| words.clone())
    }
}

/// Lines as they are set up.
pub fn setup(locale: Locale, view: &SetupView) -> Markup {
    ui::stack(html! {
        (tabs(locale, "/queue/lines", true, true))
        (ui::errors(locale, &view.faults))
        @for line in &view.lines { (line_card(locale, view, line)) }
        (new_line(locale, view))
    })
}

fn line_card(locale: Locale, view: &SetupView, line: &Line) -> Markup {
    let title = format!("{} · {}", line.code, line.name.get(locale));
    ui::card(
        &title,
        html! {},
        html! {
            form method="post" action={ "/queue/lines/" (line.code) } class="form" data-once {
                (ui::hidden("version", line.version))
                (line_fields(locale, view, Some(line)))
                div class="form__f" { (ui::button(locale.t("queue-line-save")).small()) }
            }
        },
    )
}

fn line_fields(locale: Locale, view: &SetupView, line: Option<&Line>) -> Markup {
    let code = line.map_or("", |line| line.code.as_str());
    let clock = |minute: Option<i64>| {
        minute.map(|minute| format!("{:02}:{:02}", minute / 60 % 24, minute % 60))
    };
    let kept = |field: &str| match (field, line) {
        ("name_zh", Some(line)) => line.name.zh.clone(),
        ("name_en", Some(line)) => line.name.en.clone(),
        ("opens", Some(line)) => clock(line.opens_minute).unwrap_or_default(),
        ("closes", Some(line)) => clock(line.closes_minute).unwrap_or_default(),
        ("standing_max", Some(line)) => line
            .standing_max
            .map(|max| max.to_string())
            .unwrap_or_default(),
        _ => String::new(),
    };
    let value = |field: &str| view.typed(code, field).unwrap_or_else(|| kept(field));
    let fault = |field: &str| view.fault(code, field);
    let id = |field: &str| format!("{field}-{}", if code.is_empty() { "new" } else { code });
    let served = line.map(|line| line.families.clone()).unwrap_or_default();
    html! {
        div class="form__g" {
            (ui::text_field("name_zh", locale.t("queue-line-name-zh")).value(value("name_zh"))
                .max_length(40).id(id("name-zh")).error(fault("name_zh")))
            (ui::text_field("name_en", locale.t("queue-line-name-en")).value(value("name_en"))
                .max_length(40).id(id("name-en")).error(fault("name_en")))
            (ui::time_field("opens", locale.t("queue-line-opens")).value(value("opens"))
                .optional(locale).hint(locale.t("queue-line-opens-hint")).id(id("opens"))
                .error(fault("opens")))
            (ui::time_field("closes", locale.t("queue-line-closes")).value(value("closes"))
                .optional(locale).id(id("closes")).error(fault("closes")))
            (ui::number_field("standing_max", locale.t("queue-line-max"))
                .value(value("standing_max")).range(1, 500).optional(locale)
                .hint(locale.t("queue-line-max-hint")).id(id("max"))
                .error(fault("standing_max")))
        }
        (ui::choices("families", &locale.t("queue-line-families"), &view.families, &served, None))
        p class="hint" { (locale.t("queue-line-families-hint")) }
        (ui::checkbox("open", locale.t("queue-line-gives-out"), line.is_none_or(|l| l.is_open))
            .id(id("open")))
    }
}

fn new_line(locale: Locale, view: &SetupView) -> Markup {
    let typed = |field: &str| view.typed("", field).unwrap_or_default();
    ui::disclosure(
        &locale.t("queue-line-new"),
        view.typed.as_ref().is_some_and(|(code, _)| code.is_empty()),
        html! {
            form method="post" action="/queue/lines" class="form" data-once {
                (ui::text_field("code", locale.t("queue-line-code")).max_length(2)
                    .value(typed("code")).error(view.fault("", "code"))
                    .hint(locale.t("queue-line-code-hint")).class("field--s").required())
                (line_fields(locale, view, None))
                div class="form__f" { (ui::button(locale.t("queue-line-add")).primary().small()) }
            }
        },
    )
}

/// The poster customers scan: site, code, address.
pub fn poster(locale: Locale, site: &str, address: &str, code: Markup) -> Markup {
    html! {
        div class="poster" {
            h2 { (site) }
            p { (locale.t("queue-poster-text")) }
            div class="poster__code" role="img" aria-label=(locale.t("queue-poster-code")) {
                (code)
            }
            p class="num sm muted" { (address) }
        }
    }
}

/// Leads to the poster.
pub(crate) fn poster_button(locale: Locale) -> Markup {
    html! { (ui::link_button(locale.t("queue-poster-open"), "/queue/qr").icon("qr-code")) }
}

/// Leads to the lines.
pub(crate) fn lines_button(locale: Locale) -> Markup {
    html! { (ui::link_button(locale.t("queue-lines-title"), "/queue").icon("list")) }
}
