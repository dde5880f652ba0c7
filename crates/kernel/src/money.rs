//! Money in whole minor units; no fraction is ever lost.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// The currencies of ISO 4217 that people pay with.
const IN_USE: &str = "
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
    BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW
    KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD
    NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
    SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED
    VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW";

impl Currency {
    /// Chinese yuan.
    pub const CNY: Self = Self(*b"CNY");
    /// Euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads the code of a currency that is in use, by ISO 4217.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        let mut known = IN_USE.split_ascii_whitespace();
        known.any(|known| known == code).then_some(Self(bytes))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency holds three ASCII letters")
    }

    /// Digits after the point, by ISO 4217.
    pub fn decimals(&self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// The usual sign, or the code and a no-break space.
    pub fn symbol(&self) -> String {
        match &self.0 {
            b"CNY" | b"JPY" => "¥".to_owned(),
            b"EUR" => "€".to_owned(),
            b"GBP" => "£".to_owned(),
            b"USD" => "$".to_owned(),
            b"HKD" => "HK$".to_owned(),
            b"TWD" => "NT$".to_owned(),
            b"SGD" => "S$".to_owned(),
            _ => format!("{}\u{a0}", self.code()),
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("not a currency code")
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An amount: minor units (cents, fen) of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Whole minor units; negative for what is given back.
    pub minor: i64,
    /// What they are units of.
    pub currency: Currency,
}

impl Money {
    /// The largest amount accepted anywhere: 10 billion minor units.
    pub const MINOR_MAX: i64 = 10_000_000_000;

    /// An amount of minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The sum; `None` across currencies or beyond the range of integers.
    pub fn plus(self, other: Self) -> Option<Self> {
        let same = self.currency == other.currency;
        let minor = self.minor.checked_add(other.minor)?;
        same.then_some(Self { minor, ..self })
    }

    /// The amount so many times; `None` beyond the range of integers.
    pub fn times(self, quantity: i64) -> Option<Self> {
        Some(Self {
            minor: self.minor.checked_mul(quantity)?,
            ..self
        })
    }

    /// The tax contained in this gross amount, at a rate in permille, rounded half up.
    pub fn tax_within(self, tax_permille: i64) -> Self {
        let numerator = i128::from(self.minor) * i128::from(tax_permille);
        let denominator = i128::from(1000 + tax_permille);
        let tax = (2 * numerator + denominator).div_euclid(2 * denominator);
        Self {
            minor: i64::try_from(tax).unwrap_or(self.minor),
            ..self
        }
    }

    /// Reads `1680`, `1,680.5` or `1680.50`; `None` for anything else or too many decimals.
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        let text = text.trim().replace([',', '\u{a0}', ' '], "");
        let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (-1, rest),
            None => (1, text.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let decimals = currency.decimals() as usize;
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || fraction.len() > decimals || !plain(whole) || !plain(fraction) {
            return None;
        }
        let minor: i64 = format!("{whole}{fraction:0<decimals$}").parse().ok()?;
        (minor <= Self::MINOR_MAX).then_some(Self {
            minor: sign * minor,
            currency,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_to_the_cent_or_not_at_all() {
        let cny = |text| Money::parse(text, Currency::CNY).map(|money| money.minor);
        assert_eq!(cny("1,680"), Some(168_000));
        assert_eq!(cny("0.5"), Some(50));
        assert_eq!(cny("-3.25"), Some(-325));
        assert_eq!(cny("1.005"), None);
        assert_eq!(cny("12 yuan"), None);
        assert_eq!(cny("99999999999"), None);
        assert_eq!(
            Money::parse("5", Currency::parse("JPY").unwrap())
                .unwrap()
                .minor,
            5
        );
    }

    #[test]
    fn contained_tax_is_rounded_half_up() {
        assert_eq!(Money::new(10_600, Currency::CNY).tax_within(60).minor, 600);
        assert_eq!(Money::new(100, Currency::CNY).tax_within(60).minor, 6);
        assert_eq!(Money::new(0, Currency::CNY).tax_within(60).minor, 0);
    }
}
