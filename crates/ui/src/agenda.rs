//! One person's day as a list by time, for a narrow screen, and the days beside it.
use crate::{Tone, badge, icon};
use maud::{Markup, html};

/// A day of the strip above an agenda.
#[derive(Clone, Debug, Default)]
pub struct StripDay {
    /// "Mon".
    pub weekday: String,
    /// "23".
    pub day: String,
    /// Where it leads.
    pub href: String,
    /// The whole date, for those who listen.
    pub label: String,
    /// How full it is, 0 to 3.
    pub load: u8,
    /// Whether it is the one shown.
    pub shown: bool,
    /// Whether it is today.
    pub today: bool,
}

/// Seven days to choose from.
pub fn day_strip(label: &str, days: &[StripDay]) -> Markup {
    html! {
        nav class="strip" aria-label=(label) {
            @for day in days {
                a href=(day.href) data-load=(day.load)
                    data-today[day.today] aria-current=[day.shown.then_some("date")] {
                    small { (day.weekday) } b { (day.day) } i {}
                    span class="vh" { (day.label) }
                }
            }
        }
    }
}

/// A line of an agenda.
#[derive(Clone, Debug)]
pub enum AgendaLine {
    /// Something to do.
    Visit(AgendaVisit),
    /// Time that is not for work: from, icon, words.
    Away(String, String, String),
    /// Free time: from, words, where to book it (empty for nowhere).
    Free(String, String, String),
    /// The present: the time and its words.
    Now(String, String),
}

/// A visit in an agenda.
#[derive(Clone, Debug, Default)]
pub struct AgendaVisit {
    /// What tells it from the others in the page.
    pub id: String,
    /// "09:30".
    pub from: String,
    /// How long, "45′".
    pub minutes: String,
    /// Where it leads.
    pub href: String,
    /// Family code.
    pub family: String,
    /// Customer.
    pub name: String,
    /// Service, and where.
    pub service: String,
    /// A badge: tone, icon, words.
    pub badge: Option<(Tone, String, String)>,
    /// Whether it is over.
    pub done: bool,
}

/// A day as a list.
pub fn agenda(id: &str, lines: &[AgendaLine]) -> Markup {
    html! { ol class="djs agenda" id=(id) { @for line in lines { (agenda_line(line)) } } }
}

fn agenda_line(line: &AgendaLine) -> Markup {
    match line {
        AgendaLine::Visit(visit) => html! {
            li class="dj" id={ "ag-" (visit.id) } {
                time { b { (visit.from) } (visit.minutes) }
                a class={ "dj__c fam" @if visit.done { " is-done" } } data-f=(visit.family)
                    href=(visit.href) {
                    b { (visit.name) }
                    p { (visit.service) }
                    @if let Some((tone, name, words)) = &visit.badge {
                        (badge(*tone, name, words))
                    }
                }
            }
        },
        AgendaLine::Away(from, name, words) => html! {
            li class="dj is-brk" {
                time { b { (from) } }
                div class="dj__c" { p { (icon(name)) " " (words) } }
            }
        },
        AgendaLine::Free(from, words, href) => html! {
            li class="dj is-brk" {
                time { b { (from) } }
                div class="dj__c" {
                    @if href.is_empty() { p { (words) } }
                    @else { a class="link sm" href=(href) { (icon("plus")) " " (words) } }
                }
            }
        },
        AgendaLine::Now(time, words) => html! {
            li class="agnow" { time { (time) } span { (words) } }
        },
    }
}
