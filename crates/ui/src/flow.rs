//! A service on its way: step dots, the step track, the promise bar.
use crate::{Tone, icon};
use kernel::Locale;
use maud::{Markup, html};

/// Who sees a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Frontstage: the customer sees it.
    Yes,
    /// Backstage: the customer does not.
    No,
    /// The customer does it.
    Customer,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Finished.
    Done,
    /// Running now.
    Now,
    /// Still to come.
    Next,
    /// Left out.
    Skipped,
    /// Failed; work on it starts again.
    Failed,
}

/// One step of the track.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where it stands.
    pub state: StepState,
    /// Icon of a step that is not done.
    pub icon: String,
    /// Its name.
    pub name: String,
    /// Minutes it took or has taken so far.
    pub observed: Option<i64>,
    /// Minutes it should take.
    pub standard: Option<i64>,
    /// Who does it.
    pub who: String,
    /// Who sees it.
    pub seen: Seen,
}

impl Step {
    fn state(&self) -> &'static str {
        match self.state {
            StepState::Done => "done",
            StepState::Now => "now",
            StepState::Next => "next",
            StepState::Skipped => "skipped",
            StepState::Failed => "failed",
        }
    }

    fn shape(&self) -> &str {
        match self.state {
            StepState::Done => "check",
            StepState::Skipped => "minus",
            StepState::Failed => "triangle-alert",
            StepState::Now | StepState::Next if self.icon.is_empty() => "circle",
            StepState::Now | StepState::Next => &self.icon,
        }
    }

    fn late(&self) -> Option<&'static str> {
        let (observed, standard) = (self.observed?, self.standard?);
        match () {
            () if observed * 10 > standard * 15 => Some("bad"),
            () if observed > standard => Some("warnt"),
            () => None,
        }
    }

    fn minutes(&self, locale: Locale) -> Markup {
        let observed = self
            .observed
            .map_or("–".to_string(), |minutes| minutes.to_string());
        let standard = self.standard.map(|minutes| {
            let words = locale.tx("ui-minutes", &[("minutes", minutes.into())]);
            format!(" / {words}")
        });
        html! {
            p class={ "num " (self.late().unwrap_or_default()) } {
                (observed)
                @if let Some(standard) = standard { span class="muted" { (standard) } }
            }
        }
    }

    fn eye(&self, locale: Locale) -> Markup {
        let (name, key) = match self.seen {
            Seen::Yes => ("eye", locale.t("ui-seen")),
            Seen::No => ("eye-off", locale.t("ui-unseen")),
            Seen::Customer => ("user", locale.t("ui-by-customer")),
        };
        html! { small class="trunc" title=(key) { (icon(name)) (self.who) } }
    }
}

/// The step track of an order; `label` names the list.
pub fn step_track(locale: Locale, label: &str, steps: &[Step]) -> Markup {
    html! {
        ol class="stps" tabindex="0" aria-label=(label) {
            @for step in steps {
                li class="stp" data-s=(step.state())
                    aria-current=[(step.state == StepState::Now).then_some("step")] {
                    div class="stp__l" { span class="stp__i" { (icon(step.shape())) } }
                    b class="trunc" title=(step.name) { (step.name) }
                    (step.minutes(locale))
                    (step.eye(locale))
                }
            }
        }
    }
}

/// Dots of a card: `done` of `total` steps are finished, the next one runs when `running`.
pub fn step_dots(locale: Locale, done: usize, running: bool, total: usize) -> Markup {
    let at = (done + usize::from(running)).min(total);
    let words = locale.tx(
        "ui-step-of",
        &[("done", at.into()), ("total", total.into())],
    );
    html! {
        div class="steps" role="img" aria-label=(words) {
            @for index in 0..total {
                @if index < done { i class="d" {} }
                @else if index == done && running { i class="c" {} }
                @else { i {} }
            }
        }
    }
}

/// The bar from the start of an order to its promise. Shares run 0.0 to 1.0 along the bar.
#[derive(Clone, Debug)]
pub struct Promise {
    /// Where now is, and its time.
    pub now: (f64, String),
    /// Where the forecast ends, and its time; `None` when finished.
    pub forecast: Option<(f64, String)>,
    /// Where the promise is, and its time.
    pub promised: (f64, String),
    /// How it stands: tone and sentence ("13 min ahead of promise").
    pub verdict: (Tone, String),
    /// A quiet sentence beside it.
    pub detail: String,
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0)
}

/// Two labels closer together than this share of the bar would lie on each other.
const LABEL_SHARE: f64 = 0.13;

/// The promise bar below a step track.
pub fn promise_bar(locale: Locale, promise: &Promise) -> Markup {
    let now = promise.now.0;
    let ends = promise.forecast.as_ref().map(|(at, _)| *at);
    let near = |at: f64| (at - promise.promised.0).abs() < LABEL_SHARE;
    // The promise is always told, then the forecast, then the present, which every clock tells.
    let says_forecast = ends.is_some_and(|at| !near(at));
    let says_now = !near(now) && !ends.is_some_and(|at| (at - now).abs() < LABEL_SHARE);
    let word = |key: &str, time: &str| locale.tx(key, &[("time", time.into())]);
    html! {
        div class="promise" {
            div class="promise__bar" aria-hidden="true" {
                i class="a" style={ "width:" (percent(now)) } {}
                @if let Some((at, time)) = &promise.forecast {
                    i class="f" data-tone=[(*at > promise.promised.0).then_some("danger")]
                        style={ "left:" (percent(now)) ";width:" (percent(at - now)) } {}
                    b class="fc" style={ "left:" (percent(*at)) } {
                        @if says_forecast { span { (word("ui-forecast", time)) } }
                    }
                }
                b class="nowm" style={ "left:" (percent(now)) } {
                    @if says_now { span { (promise.now.1) } }
                }
                b class="pr" style={ "left:" (percent(promise.promised.0)) } {
                    span { (promise.promised.1) }
                }
            }
            p class="sm" {
                span class="promise__v" data-tone=(promise.verdict.0.as_str()) {
                    (icon(promise.verdict.0.icon())) b { (promise.verdict.1) }
                }
                span class="muted" { (promise.detail) }
            }
        }
    }
}
