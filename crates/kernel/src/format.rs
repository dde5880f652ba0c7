//! How dates, durations, money and phone numbers are written, in both languages.

use jiff::civil::{Date, Time, Weekday};

use crate::{Locale, Money};

/// The name to show a reader first: as given in Chinese, by its reading in English where it has
/// one. Names are data and never translated.
pub const fn name<'a>(locale: Locale, name: &'a str, reading: &'a str) -> &'a str {
    match locale {
        Locale::En if !reading.is_empty() => reading,
        Locale::En | Locale::ZhCn => name,
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The short name of a weekday: `Sat`, `周六`.
pub const fn weekday(locale: Locale, day: Weekday) -> &'static str {
    match (locale, day) {
        (Locale::En, Weekday::Monday) => "Mon",
        (Locale::En, Weekday::Tuesday) => "Tue",
        (Locale::En, Weekday::Wednesday) => "Wed",
        (Locale::En, Weekday::Thursday) => "Thu",
        (Locale::En, Weekday::Friday) => "Fri",
        (Locale::En, Weekday::Saturday) => "Sat",
        (Locale::En, Weekday::Sunday) => "Sun",
        (Locale::ZhCn, Weekday::Monday) => "周一",
        (Locale::ZhCn, Weekday::Tuesday) => "周二",
        (Locale::ZhCn, Weekday::Wednesday) => "周三",
        (Locale::ZhCn, Weekday::Thursday) => "周四",
        (Locale::ZhCn, Weekday::Friday) => "周五",
        (Locale::ZhCn, Weekday::Saturday) => "周六",
        (Locale::ZhCn, Weekday::Sunday) => "周日",
    }
}

fn month_name(date: Date) -> &'static str {
    let index = usize::try_from(date.month() - 1).expect("months count from 1");
    MONTHS[index]
}

/// `Sat 21 Nov`, `11月21日 周六`.
pub fn date(locale: Locale, date: Date) -> String {
    let day_name = weekday(locale, date.weekday());
    match locale {
        Locale::En => format!("{day_name} {} {}", date.day(), month_name(date)),
        Locale::ZhCn => format!("{}月{}日 {day_name}", date.month(), date.day()),
    }
}

/// `21 Nov 2026`, `2026年11月21日`.
pub fn date_year(locale: Locale, date: Date) -> String {
    match locale {
        Locale::En => format!("{} {} {}", date.day(), month_name(date), date.year()),
        Locale::ZhCn => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// `November 2026`, `2026年11月`: the head of a month.
pub fn month(locale: Locale, date: Date) -> String {
    match locale {
        Locale::En => format!("{} {}", month_name(date), date.year()),
        Locale::ZhCn => format!("{}年{}月", date.year(), date.month()),
    }
}

/// `14:36`, in both languages.
pub fn time(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `35 min`, `1 h 25 min`; `35 分钟`, `1 小时 25 分`.
pub fn minutes(locale: Locale, minutes: i64) -> String {
    let sign = if minutes < 0 { "\u{2212}" } else { "" };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    match (locale, hours, rest) {
        (Locale::En, 0, rest) => format!("{sign}{rest} min"),
        (Locale::En, hours, 0) => format!("{sign}{hours} h"),
        (Locale::En, hours, rest) => format!("{sign}{hours} h {rest} min"),
        (Locale::ZhCn, 0, rest) => format!("{sign}{rest} 分钟"),
        (Locale::ZhCn, hours, 0) => format!("{sign}{hours} 小时"),
        (Locale::ZhCn, hours, rest) => format!("{sign}{hours} 小时 {rest} 分"),
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A whole number with thousands separated: `12,480`.
pub fn number(number: i64) -> String {
    let sign = if number < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}", grouped(number.unsigned_abs()))
}

fn amount(money: &Money, with_cents: bool) -> String {
    let decimals = money.currency.decimals();
    let unit = 10_u64.pow(decimals);
    let minor = money.minor.unsigned_abs();
    let sign = if money.minor < 0 { "\u{2212}" } else { "" };
    let whole = grouped(minor / unit);
    let symbol = money.currency.symbol();
    if with_cents && decimals > 0 {
        let width = decimals as usize;
        format!("{sign}{symbol}{whole}.{:0width$}", minor % unit)
    } else {
        format!("{sign}{symbol}{whole}")
    }
}

/// `¥1,680` for summaries; cents appear only when there are any.
pub fn money(money: &Money) -> String {
    let cents = money.minor % 10_i64.pow(money.currency.decimals()) != 0;
    amount(money, cents)
}

/// `¥1,680.00` for lines, receipts and totals.
pub fn money_exact(money: &Money) -> String {
    amount(money, true)
}

/// A plain amount for an input field: `1680.00`.
pub fn money_input(money: &Money) -> String {
    let decimals = money.currency.decimals() as usize;
    let unit = 10_u64.pow(money.currency.decimals());
    let minor = money.minor.unsigned_abs();
    let sign = if money.minor < 0 { "-" } else { "" };
    if decimals == 0 {
        format!("{sign}{minor}")
    } else {
        format!("{sign}{}.{:0decimals$}", minor / unit, minor % unit)
    }
}

/// A phone number with its middle hidden: `138 •••• 2047`.
pub fn phone_masked(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 7 {
        return "••••".to_owned();
    }
    let head: String = digits[..3].iter().collect();
    let tail: String = digits[digits.len() - 4..].iter().collect();
    format!("{head} •••• {tail}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;
    use crate::Currency;

    #[test]
    fn figures_read_as_the_design_says() {
        let saturday = day(2026, 11, 21);
        assert_eq!(date(Locale::En, saturday), "Sat 21 Nov");
        assert_eq!(date(Locale::ZhCn, saturday), "11月21日 周六");
        assert_eq!(minutes(Locale::En, 85), "1 h 25 min");
        assert_eq!(minutes(Locale::ZhCn, 85), "1 小时 25 分");
        assert_eq!(money(&Money::new(168_000, Currency::CNY)), "¥1,680");
        assert_eq!(
            money_exact(&Money::new(-10_000, Currency::CNY)),
            "\u{2212}¥100.00"
        );
        assert_eq!(phone_masked("13812342047"), "138 •••• 2047");
    }
}
