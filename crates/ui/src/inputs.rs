//! One constructor for each kind of field.
use crate::field::{Control, Field};
use maud::{Markup, Render, html};

fn field(name: &str, label: impl Into<String>, control: Control) -> Field {
    Field::new(name, label.into(), control)
}

/// One line of text.
pub fn text_field(name: &str, label: impl Into<String>) -> Field {
    field(name, label, Control::Input("text"))
}

/// Several lines of text.
pub fn text_area(name: &str, label: impl Into<String>, rows: u8) -> Field {
    field(name, label, Control::Area(rows))
}

/// A whole number.
pub fn number_field(name: &str, label: impl Into<String>) -> Field {
    field(name, label, Control::Input("number")).attr("inputmode", "numeric")
}

/// An amount in whole units with decimals ("380" or "380.50"), after the currency's symbol.
pub fn money_field(name: &str, label: impl Into<String>, symbol: &str) -> Field {
    field(name, label, Control::Input("text"))
        .attr("inputmode", "decimal")
        .prefix(symbol)
}

/// A date; the value is `YYYY-MM-DD`.
pub fn date_field(name: &str, label: impl Into<String>) -> Field {
    field(name, label, Control::Input("date"))
}

/// A time of day; the value is `HH:MM`.
pub fn time_field(name: &str, label: impl Into<String>) -> Field {
    field(name, label, Control::Input("time"))
}

/// A local date and time; the value is `YYYY-MM-DDTHH:MM`.
pub fn datetime_field(name: &str, label: impl Into<String>) -> Field {
    field(name, label, Control::Input("datetime-local"))
}

/// A telephone number.
pub fn phone_field(name: &str, label: impl Into<String>) -> Field {
    field(name, label, Control::Input("tel"))
        .attr("inputmode", "tel")
        .autocomplete("tel")
}

/// An e-mail address.
pub fn email_field(name: &str, label: impl Into<String>) -> Field {
    field(name, label, Control::Input("email")).autocomplete("email")
}

/// A password; `autocomplete` is "current-password" or "new-password".
pub fn password_field(name: &str, label: impl Into<String>, autocomplete: &str) -> Field {
    field(name, label, Control::Input("password")).autocomplete(autocomplete)
}

/// A search box.
pub fn search_field(name: &str, label: impl Into<String>) -> Field {
    field(name, label, Control::Input("search")).autocomplete("off")
}

/// A file; `accept` as in HTML (".csv,.xlsx").
pub fn file_field(name: &str, label: impl Into<String>, accept: &str) -> Field {
    field(name, label, Control::File(accept.into()))
}

/// One of several (value, label) pairs, owned or borrowed.
pub fn select_field<C: Choice>(
    name: &str,
    label: impl Into<String>,
    options: impl IntoIterator<Item = C>,
) -> Field {
    let pairs = options.into_iter().map(Choice::pair).collect();
    field(name, label, Control::Select(pairs))
}

/// A value and its label.
pub trait Choice {
    /// The value sent, and the words shown.
    fn pair(self) -> (String, String);
}

impl<V: ToString, L: ToString> Choice for (V, L) {
    fn pair(self) -> (String, String) {
        (self.0.to_string(), self.1.to_string())
    }
}

impl<V: ToString, L: ToString> Choice for &(V, L) {
    fn pair(self) -> (String, String) {
        (self.0.to_string(), self.1.to_string())
    }
}

/// A tick box that sends `name=1`.
pub fn checkbox(name: &str, label: impl Into<String>, ticked: bool) -> Field {
    field(name, label, Control::Check).value(if ticked { "1" } else { "" })
}

/// A value the person does not see.
pub fn hidden(name: &str, value: impl ToString) -> Markup {
    html! { input type="hidden" name=(name) value=(value.to_string()); }
}

/// Several tick boxes under one name; `chosen` are the ticked values. Sends one value each.
pub fn choices_field(
    name: &str,
    label: impl Into<String>,
    options: &[(String, String)],
    chosen: &[String],
) -> Field {
    field(
        name,
        label,
        Control::Choices(options.to_vec(), chosen.to_vec()),
    )
}

/// [`choices_field`] with what is wrong with it.
pub fn choices(
    name: &str,
    label: &str,
    options: &[(String, String)],
    chosen: &[String],
    error: Option<&str>,
) -> Markup {
    choices_field(name, label, options, chosen)
        .error(error)
        .render()
}

/// A segmented choice of one value inside a form.
pub fn radios(name: &str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    html! {
        fieldset class="field" {
            legend { (label) }
            div class="seg" {
                @for (value, text) in options {
                    label { input type="radio" name=(name) value=(value) checked[value == chosen];
                        span { (text) } }
                }
            }
        }
    }
}
