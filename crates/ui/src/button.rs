//! Buttons, links that look like buttons, and one-button forms.
use crate::icon;
use maud::{Markup, Render, html};

/// A button being described; drop it into `html!` with parentheses.
///
/// Without a kind it is the plain bordered button. One primary per view.
#[derive(Clone, Debug, Default)]
pub struct Button {
    label: String,
    icon: String,
    class: String,
    key: String,
    target: Target,
    attributes: Vec<(String, String)>,
    hidden: Vec<(String, String)>,
    icon_only: bool,
    disabled: bool,
}

#[derive(Clone, Debug, Default)]
enum Target {
    #[default]
    Submit,
    Plain,
    Link(String),
    Post(String),
}

/// A submit button of the form around it.
pub fn button(label: impl Into<String>) -> Button {
    Button {
        label: label.into(),
        ..Button::default()
    }
}

/// A link that looks like a button.
pub fn link_button(label: impl Into<String>, href: impl Into<String>) -> Button {
    Button {
        target: Target::Link(href.into()),
        ..button(label)
    }
}

/// A small form of its own that posts to `action` (with [`Button::hidden`] values).
pub fn post_button(label: impl Into<String>, action: impl Into<String>) -> Button {
    Button {
        target: Target::Post(action.into()),
        ..button(label)
    }
}

/// A button that shows only its icon; the label is its name and tooltip.
pub fn icon_button(icon: impl Into<String>, label: impl Into<String>) -> Button {
    button(label).icon(icon).icon_only()
}

impl Button {
    /// The one main action of the view.
    pub fn primary(self) -> Button {
        self.class("btn--primary")
    }
    /// A second action in the brand's soft colour.
    pub fn soft(self) -> Button {
        self.class("btn--soft")
    }
    /// No edge until it is pointed at.
    pub fn ghost(self) -> Button {
        self.class("btn--ghost")
    }
    /// Takes something away.
    pub fn danger(self) -> Button {
        self.class("btn--danger")
    }
    /// 28 px high.
    pub fn small(self) -> Button {
        self.class("btn--s")
    }
    /// 48 px high, for the main action on a phone.
    pub fn large(self) -> Button {
        self.class("btn--l")
    }
    /// As wide as its container.
    pub fn wide(self) -> Button {
        self.class("btn--w")
    }
    /// One more class.
    pub fn class(mut self, class: &str) -> Button {
        self.class.push(' ');
        self.class.push_str(class);
        self
    }
    /// The icon before the label.
    pub fn icon(mut self, name: impl Into<String>) -> Button {
        self.icon = name.into();
        self
    }
    /// Shows only the icon; the label becomes the accessible name and the tooltip.
    pub fn icon_only(mut self) -> Button {
        self.icon_only = true;
        self.class("btn--icon")
    }
    /// The key printed on it, which also presses it (single letters, `/`, `?`).
    pub fn key(mut self, key: impl Into<String>) -> Button {
        self.key = key.into();
        self
    }
    /// Not a submit button: does nothing by itself (opens a dialog, a menu).
    pub fn plain(mut self) -> Button {
        self.target = Target::Plain;
        self
    }
    /// Opens the dialog with this id.
    pub fn opens(self, dialog: &str) -> Button {
        self.plain()
            .attr("command", "show-modal")
            .attr("commandfor", dialog)
    }
    /// Closes the dialog with this id.
    pub fn closes(self, dialog: &str) -> Button {
        self.plain()
            .attr("command", "close")
            .attr("commandfor", dialog)
    }
    /// Sends `name=value` with the form when this button is the one pressed.
    pub fn sends(self, name: &str, value: impl ToString) -> Button {
        self.attr("name", name).attr("value", value.to_string())
    }
    /// A value sent by a [`post_button`].
    pub fn hidden(mut self, name: &str, value: impl ToString) -> Button {
        self.hidden.push((name.into(), value.to_string()));
        self
    }
    /// Any other attribute; an empty value renders it without one.
    pub fn attr(mut self, name: &str, value: impl Into<String>) -> Button {
        self.attributes.push((name.into(), value.into()));
        self
    }
    /// Cannot be pressed now.
    pub fn disabled(mut self, disabled: bool) -> Button {
        self.disabled = disabled;
        self
    }
    /// Shows the spinner.
    pub fn busy(self) -> Button {
        self.class("is-busy").attr("aria-busy", "true")
    }

    fn content(&self) -> Markup {
        html! {
            (icon(&self.icon))
            @if !self.icon_only { span { (self.label) } }
            @if !self.key.is_empty() { kbd aria-hidden="true" { (self.key) } }
        }
    }

    fn all_attributes(&self) -> Vec<(String, String)> {
        let mut all = vec![("class".to_string(), format!("btn{}", self.class))];
        if self.icon_only {
            all.push(("aria-label".into(), self.label.clone()));
            all.push(("title".into(), self.label.clone()));
        }
        if !self.key.is_empty() {
            all.push(("data-key".into(), self.key.to_lowercase()));
            all.push(("aria-keyshortcuts".into(), self.key.clone()));
        }
        match &self.target {
            Target::Link(href) if self.disabled => {
                all.push(("aria-disabled".into(), "true".into()));
                all.push(("data-href".into(), href.clone()));
            }
            Target::Link(href) => all.push(("href".into(), href.clone())),
            Target::Plain => all.push(("type".into(), "button".into())),
            Target::Submit | Target::Post(_) => all.push(("type".into(), "submit".into())),
        }
        if self.disabled && !matches!(self.target, Target::Link(_)) {
            all.push(("disabled".into(), String::new()));
        }
        all.extend(self.attributes.iter().cloned());
        all
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let tag = if matches!(self.target, Target::Link(_)) {
            "a"
        } else {
            "button"
        };
        let element = element(tag, &self.all_attributes(), &self.content());
        match &self.target {
            Target::Post(action) => html! {
                form class="one" method="post" action=(action) data-once {
                    @for (name, value) in &self.hidden {
                        input type="hidden" name=(name) value=(value);
                    }
                    (element)
                }
            },
            _ => element,
        }
    }
}

/// Writes an element whose attributes are only known at run time; values are escaped.
pub(crate) fn element(tag: &str, attributes: &[(String, String)], inner: &Markup) -> Markup {
    let mut out = format!("<{tag}");
    push_attributes(&mut out, attributes);
    out.push('>');
    out.push_str(&inner.0);
    out.push_str(&format!("</{tag}>"));
    maud::PreEscaped(out)
}

/// Writes attributes known at run time; names must be plain attribute names.
pub(crate) fn push_attributes(out: &mut String, attributes: &[(String, String)]) {
    for (name, value) in attributes {
        out.push(' ');
        out.push_str(name);
        if !value.is_empty() {
            out.push_str("=\"");
            out.push_str(&html! { (value) }.0);
            out.push('"');
        }
    }
}
