//! Form fields: label, control, hint and error in one part.
use crate::button::{element, push_attributes};
use crate::icon;
use kernel::Locale;
use maud::{Markup, PreEscaped, Render, html};

/// A field being described; drop it into `html!` with parentheses.
#[derive(Clone, Debug, Default)]
pub struct Field {
    name: String,
    label: String,
    value: String,
    control: Control,
    hint: String,
    error: String,
    prefix: String,
    suffix: String,
    note: String,
    id: String,
    attributes: Vec<(String, String)>,
    class: String,
}

#[derive(Clone, Debug)]
pub(crate) enum Control {
    Input(&'static str),
    Area(u8),
    Select(Vec<(String, String)>),
    Check,
    Choices(Vec<(String, String)>, Vec<String>),
    File(String),
}

impl Default for Control {
    fn default() -> Control {
        Control::Input("text")
    }
}

impl Field {
    pub(crate) fn new(name: &str, label: String, control: Control) -> Field {
        Field {
            name: name.into(),
            label,
            control,
            ..Field::default()
        }
    }
    /// What is in it (for a select: the chosen value; for a checkbox: `"1"` when ticked).
    pub fn value(mut self, value: impl ToString) -> Field {
        self.value = value.to_string();
        self
    }
    /// A quiet sentence below.
    pub fn hint(mut self, hint: impl Into<String>) -> Field {
        self.hint = hint.into();
        self
    }
    /// What is wrong with it, when something is.
    pub fn error(mut self, error: Option<impl Into<String>>) -> Field {
        self.error = error.map(Into::into).unwrap_or_default();
        self
    }
    /// Must be filled in.
    pub fn required(self) -> Field {
        self.attr("required", "")
    }
    /// Says beside the label that it may stay empty.
    pub fn optional(mut self, locale: Locale) -> Field {
        self.note = locale.t("ui-optional");
        self
    }
    /// Shown inside the edge before what is typed ("¥").
    pub fn prefix(mut self, prefix: impl Into<String>) -> Field {
        self.prefix = prefix.into();
        self
    }
    /// Shown inside the edge after what is typed ("min").
    pub fn suffix(mut self, suffix: impl Into<String>) -> Field {
        self.suffix = suffix.into();
        self
    }
    /// Grey example text.
    pub fn placeholder(self, text: impl Into<String>) -> Field {
        self.attr("placeholder", text)
    }
    /// Smallest and largest value a number, date or time may have.
    pub fn range(self, min: impl ToString, max: impl ToString) -> Field {
        self.attr("min", min.to_string())
            .attr("max", max.to_string())
    }
    /// The longest text, in characters.
    pub fn max_length(self, characters: usize) -> Field {
        self.attr("maxlength", characters.to_string())
    }
    /// The `autocomplete` purpose ("name", "tel", "off", …).
    pub fn autocomplete(self, purpose: &str) -> Field {
        self.attr("autocomplete", purpose)
    }
    /// Takes the focus when the page opens.
    pub fn autofocus(self) -> Field {
        self.attr("autofocus", "")
    }
    /// Any other attribute of the control; an empty value renders it without one.
    pub fn attr(mut self, name: &str, value: impl Into<String>) -> Field {
        self.attributes.push((name.into(), value.into()));
        self
    }
    /// One more class on the field (`field--s` narrow, `field--w` whole row).
    pub fn class(mut self, class: &str) -> Field {
        self.class.push(' ');
        self.class.push_str(class);
        self
    }
    /// The id of the control, when the name is used twice on one page.
    pub fn id(mut self, id: impl Into<String>) -> Field {
        self.id = id.into();
        self
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    fn control_id(&self) -> String {
        if self.id.is_empty() {
            format!("f-{}", self.name)
        } else {
            self.id.clone()
        }
    }

    fn control_attributes(&self) -> Vec<(String, String)> {
        let id = self.control_id();
        let mut all = vec![
            ("id".to_string(), id.clone()),
            ("name".into(), self.name.clone()),
        ];
        let mut described = Vec::new();
        if !self.hint.is_empty() {
            described.push(format!("{id}-hint"));
        }
        if !self.error.is_empty() {
            described.push(format!("{id}-error"));
            all.push(("aria-invalid".into(), "true".into()));
        }
        if !described.is_empty() {
            all.push(("aria-describedby".into(), described.join(" ")));
        }
        all.extend(self.attributes.iter().cloned());
        all
    }

    fn control(&self) -> Markup {
        let mut all = self.control_attributes();
        let plain = |kind: &str, all: &mut Vec<(String, String)>| {
            all.push(("type".into(), kind.into()));
            void("input", all)
        };
        match &self.control {
            Control::Input(kind) => {
                all.push(("class".into(), input_class(kind).into()));
                if !self.value.is_empty() {
                    all.push(("value".into(), self.value.clone()));
                }
                plain(kind, &mut all)
            }
            Control::File(accept) => {
                all.push(("class".into(), "input".into()));
                all.push(("accept".into(), accept.clone()));
                plain("file", &mut all)
            }
            Control::Check => {
                all.push(("value".into(), "1".into()));
                if !self.value.is_empty() && self.value != "0" && self.value != "false" {
                    all.push(("checked".into(), String::new()));
                }
                plain("checkbox", &mut all)
            }
            Control::Choices(options, chosen) => html! {
                div class="row wrap" {
                    @for (value, text) in options {
                        label class="check" {
                            input type="checkbox" name=(self.name) value=(value)
                                checked[chosen.contains(value)];
                            span { (text) }
                        }
                    }
                }
            },
            Control::Area(rows) => {
                all.push(("class".into(), "input".into()));
                all.push(("rows".into(), rows.to_string()));
                element("textarea", &all, &html! { "\n" (self.value) })
            }
            Control::Select(options) => {
                all.push(("class".into(), "input".into()));
                element("select", &all, &select_options(options, &self.value))
            }
        }
    }

    fn foot(&self) -> Markup {
        let id = self.control_id();
        html! {
            @if !self.hint.is_empty() { span class="hint" id={ (id) "-hint" } { (self.hint) } }
            @if !self.error.is_empty() {
                span class="err" id={ (id) "-error" } { (icon("octagon-alert")) (self.error) }
            }
        }
    }
}

fn input_class(kind: &str) -> &'static str {
    match kind {
        "number" | "date" | "time" | "datetime-local" | "tel" => "input num",
        _ => "input",
    }
}

fn void(tag: &str, attributes: &[(String, String)]) -> Markup {
    let mut out = format!("<{tag}");
    push_attributes(&mut out, attributes);
    out.push('>');
    PreEscaped(out)
}

fn select_options(options: &[(String, String)], chosen: &str) -> Markup {
    html! {
        @for (value, label) in options {
            option value=(value) selected[value == chosen] { (label) }
        }
    }
}

impl Render for Field {
    fn render(&self) -> Markup {
        if matches!(self.control, Control::Check) {
            return html! {
                div class={ "field field--check" (self.class) } {
                    label class="check" { (self.control()) span { (self.label) } }
                    (self.foot())
                }
            };
        }
        if matches!(self.control, Control::Choices(..)) {
            return html! {
                fieldset class={ "field choices" (self.class) } {
                    legend { (self.label) }
                    (self.control())
                    (self.foot())
                }
            };
        }
        html! {
            div class={ "field" (self.class) } {
                label for=(self.control_id()) {
                    (self.label)
                    @if !self.note.is_empty() { span class="field__note" { (self.note) } }
                }
                @if self.prefix.is_empty() && self.suffix.is_empty() {
                    (self.control())
                } @else {
                    span class="affix" {
                        @if !self.prefix.is_empty() { span { (self.prefix) } }
                        (self.control())
                        @if !self.suffix.is_empty() { span { (self.suffix) } }
                    }
                }
                (self.foot())
            }
        }
    }
}

/// The summary above a form that came back: (field name, sentence) pairs; nothing when empty.
///
/// Each sentence links to its field.
pub fn errors(locale: Locale, faults: &[(String, String)]) -> Markup {
    html! {
        @if !faults.is_empty() {
            div class="note errs" data-tone="danger" role="alert" tabindex="-1" data-first-error {
                (icon("octagon-alert"))
                div {
                    b { (locale.tx("ui-errors", &[("count", faults.len().into())])) }
                    ul {
                        @for (field, sentence) in faults {
                            li { a class="link" href={ "#f-" (field) } { (sentence) } }
                        }
                    }
                }
            }
        }
    }
}

/// One sentence about the whole form, above it; nothing when empty.
pub fn form_error(sentence: &str) -> Markup {
    html! {
        @if !sentence.is_empty() {
            div class="note errs" data-tone="danger" role="alert" {
                (icon("octagon-alert")) span { (sentence) }
            }
        }
    }
}
