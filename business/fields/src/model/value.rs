//! Values: read strictly from what was typed, shown, put into cells and JSON.

use std::collections::BTreeMap;

use kernel::{Currency, Date, Locale, Money, Text, format};
use serde_json::{Value as Json, json};
use sheets::Cell;

use super::{Field, FieldId, Kind, LONG_CHARS_MAX, NUMBER_MAX, TEXT_CHARS_MAX};

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text, short or long.
    Words(String),
    /// A whole number, or a decimal in its smallest unit.
    Number(i64),
    /// An amount.
    Money(Money),
    /// A day.
    Day(Date),
    /// Yes or no.
    Flag(bool),
    /// The key of what was chosen.
    Pick(String),
    /// The keys of all that was chosen, in the order of the field.
    Picks(Vec<String>),
}

/// The values of one object by field.
pub type Values = BTreeMap<FieldId, Value>;

/// Whether a word is among those of a text in any language.
fn among(key: &str, word: &str) -> bool {
    let said = |locale: Locale| locale.t(key).split(' ').any(|known| known == word);
    Locale::ALL.into_iter().any(said)
}

impl Field {
    /// Reads what was typed into a form or stands in the cell of a file; an empty text is no
    /// value. The refusal names the field and says what is allowed.
    pub fn read(&self, typed: &[String], currency: Currency) -> Result<Option<Value>, Text> {
        let first = typed.first().map_or("", |text| text.trim());
        if self.kind == Kind::Choices {
            return self.read_picks(typed);
        }
        if first.is_empty() {
            return Ok(None);
        }
        let value = match self.kind {
            Kind::Text => self.read_words(first, TEXT_CHARS_MAX)?,
            Kind::LongText => self.read_words(first, LONG_CHARS_MAX)?,
            Kind::Whole | Kind::Decimal => self.read_number(first)?,
            Kind::Money => self.read_money(first, currency)?,
            Kind::Date => self.read_day(first)?,
            Kind::Flag => Value::Flag(self.read_flag(first)?),
            Kind::Choice | Kind::Choices => Value::Pick(self.read_pick(first)?),
        };
        Ok(Some(value))
    }

    fn read_words(&self, typed: &str, most: i64) -> Result<Value, Text> {
        let strange = |c: char| c.is_control() && c != '\n' && c != '\t';
        if typed.chars().any(strange) || (self.kind == Kind::Text && typed.contains('\n')) {
            return Err(Text::key("web-control-characters"));
        }
        let length = i64::try_from(typed.chars().count()).unwrap_or(i64::MAX);
        let most = self.most.unwrap_or(most).min(most);
        if length > most {
            return Err(Text::key("web-too-long").with("max", most));
        }
        match self.least.filter(|least| length < *least) {
            Some(least) => Err(Text::key("web-too-short").with("min", least)),
            None => Ok(Value::Words(typed.to_owned())),
        }
    }

    fn read_number(&self, typed: &str) -> Result<Value, Text> {
        let number = scaled(typed, self.decimals).filter(|n| n.abs() <= NUMBER_MAX);
        let number = number.ok_or_else(|| match self.kind {
            Kind::Whole => Text::key("fields-whole-wrong"),
            _ => Text::key("fields-decimal-wrong").with("digits", i64::from(self.decimals)),
        })?;
        self.within(number, &|n| plain(n, self.decimals))?;
        Ok(Value::Number(number))
    }

    fn read_money(&self, typed: &str, currency: Currency) -> Result<Value, Text> {
        let (typed, currency) = with_code(typed, currency);
        let digits = typed.trim_start_matches(['¥', '￥', '$', '€', '£']);
        let money = Money::parse(digits, currency).filter(|m| (0..=NUMBER_MAX).contains(&m.minor));
        let money = money.ok_or_else(|| Text::key("web-not-money"))?;
        self.within(money.minor, &|n| {
            format::money_input(&Money::new(n, currency))
        })?;
        Ok(Value::Money(money))
    }

    fn read_day(&self, typed: &str) -> Result<Value, Text> {
        let plain = typed.replace(['/', '年', '月'], "-").replace('日', "");
        let day = plain.split([' ', 'T']).next().and_then(padded);
        let day = day.filter(|day: &Date| (1900..2200).contains(&day.year()));
        let day = day.ok_or_else(|| Text::key("web-not-date"))?;
        self.within(days_of(day), &|n| {
            day_of(n).map_or(String::new(), |day| day.to_string())
        })?;
        Ok(Value::Day(day))
    }

    fn read_flag(&self, typed: &str) -> Result<bool, Text> {
        let lower = typed.to_lowercase();
        if lower == "1" || among("fields-words-yes", &lower) {
            return Ok(true);
        }
        match lower == "0" || among("fields-words-no", &lower) {
            true => Ok(false),
            false => Err(Text::key("fields-flag-wrong")),
        }
    }

    fn read_pick(&self, typed: &str) -> Result<String, Text> {
        let lower = typed.trim().to_lowercase();
        let named = |text: &str| !text.is_empty() && text.to_lowercase() == lower;
        let found = self
            .picks
            .iter()
            .find(|pick| named(&pick.key) || named(&pick.zh) || named(&pick.en));
        match found {
            Some(pick) => Ok(pick.key.clone()),
            None => {
                let offered = self.picks.iter().filter(|pick| pick.offered);
                let allowed: Vec<String> = offered.map(|pick| pick.both()).collect();
                let text = Text::key("fields-pick-wrong").with("value", typed);
                Err(text.with("allowed", allowed.join(", ")))
            }
        }
    }

    fn read_picks(&self, typed: &[String]) -> Result<Option<Value>, Text> {
        let parts = typed
            .iter()
            .flat_map(|text| text.split([',', ';', '，', '；', '、', '\n']));
        let mut chosen = Vec::new();
        for part in parts.filter(|part| !part.trim().is_empty()) {
            chosen.push(self.read_pick(part)?);
        }
        let keys = self.picks.iter().map(|pick| &pick.key);
        let sorted: Vec<String> = keys.filter(|key| chosen.contains(key)).cloned().collect();
        Ok((!sorted.is_empty()).then_some(Value::Picks(sorted)))
    }

    fn within(&self, number: i64, shown: &dyn Fn(i64) -> String) -> Result<(), Text> {
        let too_small = self.least.is_some_and(|least| number < least);
        let too_large = self.most.is_some_and(|most| number > most);
        if !too_small && !too_large {
            return Ok(());
        }
        Err(match (self.least, self.most) {
            (Some(least), Some(most)) => Text::key("fields-between")
                .with("least", shown(least))
                .with("most", shown(most)),
            (Some(least), None) => Text::key("fields-at-least").with("least", shown(least)),
            (_, most) => {
                Text::key("fields-at-most").with("most", most.map_or(String::new(), shown))
            }
        })
    }

    /// A value as it would be typed; several chosen ones are several texts.
    pub fn typed(&self, value: &Value) -> Vec<String> {
        match value {
            Value::Picks(keys) => keys.clone(),
            Value::Money(money) => vec![format::money_input(money)],
            Value::Flag(flag) => vec![if *flag { "1" } else { "0" }.to_owned()],
            Value::Number(number) => vec![plain(*number, self.decimals)],
            Value::Day(day) => vec![day.to_string()],
            Value::Words(text) | Value::Pick(text) => vec![text.clone()],
        }
    }

    /// A value as people read it.
    pub fn shown(&self, value: &Value, locale: Locale) -> String {
        let pick = |key: &String| {
            let found = self.picks.iter().find(|pick| &pick.key == key);
            found
                .map_or(key.as_str(), |pick| pick.label(locale))
                .to_owned()
        };
        match value {
            Value::Words(text) => text.clone(),
            Value::Number(number) => plain(*number, self.decimals),
            Value::Money(money) => format::money_exact(money),
            Value::Day(day) => format::date_year(locale, *day),
            Value::Flag(true) => locale.t("fields-yes"),
            Value::Flag(false) => locale.t("fields-no"),
            Value::Pick(key) => pick(key),
            Value::Picks(keys) => {
                let names: Vec<String> = keys.iter().map(pick).collect();
                names.join(locale.t("fields-comma").as_str())
            }
        }
    }

    /// A value as the cell of a file, which [`Field::read`] reads again.
    pub fn cell(&self, value: Option<&Value>, locale: Locale) -> Cell {
        match value {
            None => Cell::Empty,
            Some(Value::Number(number)) => Cell::Decimal(*number, self.decimals),
            Some(Value::Money(money)) => Cell::Money(*money),
            Some(Value::Day(day)) => Cell::Date(*day),
            Some(value @ Value::Picks(_)) => {
                let names = self.shown(value, locale);
                Cell::from(names.replace(locale.t("fields-comma").as_str(), "; "))
            }
            Some(value) => Cell::from(self.shown(value, locale)),
        }
    }

    /// A value as the API gives it.
    pub fn json(&self, value: &Value) -> Json {
        match value {
            Value::Words(text) | Value::Pick(text) => json!(text),
            Value::Number(number) if self.decimals == 0 => json!(number),
            Value::Number(number) => json!(plain(*number, self.decimals)),
            Value::Money(money) => json!({
                "amount": format::money_input(money),
                "currency": money.currency.code(),
            }),
            Value::Day(day) => json!(day.to_string()),
            Value::Flag(flag) => json!(flag),
            Value::Picks(keys) => json!(keys),
        }
    }
}

/// A JSON value as it would be typed; `None` for what no field takes.
pub(crate) fn typed_of_json(value: &Json) -> Option<Vec<String>> {
    Some(match value {
        Json::Null => Vec::new(),
        Json::Bool(flag) => vec![flag.to_string()],
        Json::Number(number) => vec![number.to_string()],
        Json::String(text) => vec![text.clone()],
        Json::Array(parts) => {
            let texts = parts.iter().map(|part| part.as_str().map(str::to_owned));
            texts.collect::<Option<_>>()?
        }
        Json::Object(parts) => {
            let amount = parts.get("amount")?.as_str()?;
            let currency = parts.get("currency").and_then(Json::as_str);
            vec![format!("{amount} {}", currency.unwrap_or_default())]
        }
    })
}

/// `12.50 EUR` names its own currency; anything else is in the usual one.
fn with_code(typed: &str, usual: Currency) -> (&str, Currency) {
    let named = typed.rsplit_once(' ');
    let code = named.and_then(|(amount, code)| Some((amount, Currency::parse(code.trim())?)));
    code.map_or((typed, usual), |(amount, currency)| {
        (amount.trim(), currency)
    })
}

fn padded(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim_end_matches('-').split('-').collect();
    let [year, month, day] = parts.try_into().ok()?;
    let year = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A number in units of so many digits after the point, without rounding.
pub(crate) fn scaled(typed: &str, decimals: u8) -> Option<i64> {
    let text = typed.trim().replace([',', '\u{a0}', ' '], "");
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.to_owned()),
        None => (false, text),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    let rest = rest.trim_end_matches('0');
    let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let places = usize::from(decimals);
    if whole.is_empty() || !all(whole) || !all(rest) || rest.len() > places || whole.len() > 16 {
        return None;
    }
    let number: i64 = format!("{whole}{rest:0<places$}").parse().ok()?;
    Some(if negative { -number } else { number })
}

/// A number in units of so many digits after the point, as it is written.
pub(crate) fn plain(number: i64, decimals: u8) -> String {
    let places = usize::from(decimals);
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    let sign = if number < 0 { "-" } else { "" };
    match places {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest}"),
    }
}

/// A day as days since 1970.
pub(crate) fn days_of(day: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    day.since(epoch)
        .map_or(0, |span| i64::from(span.get_days()))
}

/// A day from days since 1970.
pub(crate) fn day_of(days: i64) -> Option<Date> {
    let epoch = Date::constant(1970, 1, 1);
    let at = epoch.to_datetime(kernel::Time::midnight());
    let zoned = kernel::TimeZone::UTC.to_timestamp(at).ok()?;
    let moved = zoned.as_second().checked_add(days.checked_mul(86_400)?)?;
    let moved = kernel::Timestamp::from_second(moved).ok()?;
    Some(moved.to_zoned(kernel::TimeZone::UTC).date())
}
