//! Settings that explain themselves: what each does, what it would be untouched, who changed it.
use crate::{Field, button, hidden};
use kernel::Locale;
use maud::{Markup, html};

/// Who changed a setting last, and when, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Who it was.
    pub by: String,
    /// When it was, with its date.
    pub at: String,
}

/// One setting being described; give all of a form to [`settings_form`].
#[derive(Clone, Debug, Default)]
pub struct Setting {
    field: Field,
    standard: String,
    is_standard: bool,
    changed: Option<Changed>,
}

/// A setting: the field with its present value, and its effect in one sentence.
pub fn setting(field: Field, effect: impl Into<String>) -> Setting {
    Setting {
        field: field.hint(effect),
        ..Setting::default()
    }
}

impl Setting {
    /// What it is when nobody touched it, in words, and whether it is that now.
    pub fn standard(mut self, words: impl Into<String>, is_standard: bool) -> Setting {
        self.standard = words.into();
        self.is_standard = is_standard;
        self
    }
    /// Who changed it last, if anybody did.
    pub fn changed(mut self, changed: Option<Changed>) -> Setting {
        self.changed = changed;
        self
    }

    fn may_reset(&self) -> bool {
        !self.standard.is_empty() && !self.is_standard
    }

    fn reset_form(&self) -> String {
        format!("reset-{}", self.field.name())
    }

    fn render(&self, locale: Locale) -> Markup {
        html! {
            div class="setting" {
                (self.field)
                p class="setting__f" {
                    @if !self.standard.is_empty() {
                        span { (locale.tx("ui-setting-standard",
                            &[("value", self.standard.as_str().into())])) }
                    }
                    @if let Some(changed) = &self.changed {
                        span { (locale.tx("ui-setting-changed", &[
                            ("name", changed.by.as_str().into()),
                            ("when", changed.at.as_str().into()),
                        ])) }
                    }
                    @if self.may_reset() {
                        (button(locale.t("ui-setting-reset")).ghost().small()
                            .attr("form", self.reset_form())
                            .attr("aria-label", locale.tx("ui-setting-reset-name",
                                &[("name", self.field.label().into())])))
                    }
                }
            }
        }
    }
}

/// A form of settings with one button to save them all. Each setting that was changed has a button
/// that posts `reset=NAME` to the same address instead; `carried` goes with both.
pub fn settings_form(
    locale: Locale,
    action: &str,
    carried: &[(&str, String)],
    settings: &[Setting],
    save: Markup,
) -> Markup {
    html! {
        form class="form" method="post" action=(action) data-once {
            @for (name, value) in carried { (hidden(name, value)) }
            @for setting in settings { (setting.render(locale)) }
            div class="form__f" { (save) }
        }
        // Apart from the form, so that Enter in a field saves and never resets.
        @for setting in settings.iter().filter(|setting| setting.may_reset()) {
            form id=(setting.reset_form()) method="post" action=(action) data-once hidden {
                @for (name, value) in carried { (hidden(name, value)) }
                (hidden("reset", setting.field.name()))
            }
        }
    }
}
