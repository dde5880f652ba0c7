//! Cells of a table: dates and amounts, as people write them.

use clap::ValueEnum;
use lifetime::Day;

/// The order of year, month and day in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// Year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// What a date can be, by its own look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Looks {
    pub ymd: bool,
    pub dmy: bool,
    pub mdy: bool,
}

impl Looks {
    /// What a cell can be.
    pub(super) fn of(text: &str) -> Self {
        let is = |order| day(text, order).is_some();
        Self {
            ymd: is(Order::Ymd),
            dmy: is(Order::Dmy),
            mdy: is(Order::Mdy),
        }
    }

    pub(super) fn any(self) -> bool {
        self.ymd || self.dmy || self.mdy
    }
}

/// The day of a cell: 1997-01-31, 1997/1/31, 1997.01.31, 19970131, 1997年1月31日 or, with another
/// order, 31.01.1997 and 1/31/1997; a time of day after it is left out.
pub(super) fn day(text: &str, order: Order) -> Option<Day> {
    let date = text.split(['T', ' ']).next()?;
    if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |from: usize, to: usize| date[from..to].parse().ok();
        return match order {
            Order::Ymd => Day::new(part(0, 4)?, part(4, 6)?, part(6, 8)?),
            Order::Dmy | Order::Mdy => None,
        };
    }
    let mut parts = date.split(['-', '/', '.', '年', '月', '日']);
    let parts = [parts.next()?, parts.next()?, parts.next()?]
        .into_iter()
        .chain(parts);
    let mut numbers = [(0, 0); 3];
    let mut count = 0;
    for part in parts.filter(|part| !part.is_empty()) {
        let digits = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let slot = numbers.get_mut(count).filter(|_| digits)?;
        *slot = (part.parse().ok()?, part.len());
        count += 1;
    }
    let [a, b, c] = numbers;
    let (year, month, day) = match order {
        Order::Ymd => (a, b, c),
        Order::Dmy => (c, b, a),
        Order::Mdy => (c, a, b),
    };
    // Two digits could be any century.
    (count == 3 && year.1 == 4).then(|| Day::new(year.0, month.0, day.0))?
}

/// An amount: 12.50, 1,234.50, 12,50, with or without a sign of currency.
pub(super) fn amount(text: &str) -> Option<f64> {
    let signs = ['$', '€', '£', '¥', '￥', '元', ' ', '\u{a0}'];
    let plain = text.trim_matches(|mark| signs.contains(&mark));
    let commas = plain.matches(',').count();
    let after = plain.rsplit(',').next().map_or(0, str::len);
    let number = if commas == 1 && after <= 2 && !plain.contains('.') {
        plain.replace(',', ".")
    } else if commas > 0 && groups_of_three(plain) {
        plain.replace(',', "")
    } else {
        plain.to_owned()
    };
    let begins_well = number.starts_with(|c: char| c.is_ascii_digit() || "-+.".contains(c));
    number
        .parse::<f64>()
        .ok()
        .filter(|value| begins_well && value.is_finite())
}

/// Whether commas stand before groups of three digits.
fn groups_of_three(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or(text);
    let mut groups = whole.split(',').skip(1);
    groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()))
}
