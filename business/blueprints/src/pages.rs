//! What is seen of blueprints.

mod bpmn;
mod canvas;
mod compare;
mod geometry;
mod inspector;
mod list;
mod outline;
mod overview;
mod sop;
mod step_form;
mod view;
mod ways;

pub use bpmn::{ImportView, diagram, import_form, imported};
pub use list::{CardView, NewView, list, list_actions, new_form};
pub use sop::{SopView, actions as sop_actions, page as sop_page};
pub use view::{BlueprintView, actions, page};

use kernel::{Bilingual, Locale};
use maud::{Markup, html};

use crate::model::Verdict;

/// A text of the business in the reader's language, marked when it is in the other one.
fn words(locale: Locale, text: &Bilingual) -> Markup {
    let lang = text.lang_of(locale);
    html! {
        @if lang == locale { (text.get(locale)) } @else { (ui::lang_run(lang, text.get(locale))) }
    }
}

const fn tone(verdict: Verdict) -> ui::Tone {
    match verdict {
        Verdict::Faster => ui::Tone::Info,
        Verdict::Met => ui::Tone::Ok,
        Verdict::Slower => ui::Tone::Warn,
        Verdict::MuchSlower => ui::Tone::Danger,
    }
}
