//! Languages of the product, and texts kept in both.

use serde::{Deserialize, Serialize};

use crate::text::{self, Arg};

/// A language of the product.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Locale {
    /// Simplified Chinese, `zh-CN`.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English, `en`.
    #[serde(rename = "en")]
    En,
}

impl Locale {
    /// Every language, in the order of menus.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// The BCP 47 tag, as in `lang=`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads a tag such as `zh`, `zh-Hans-CN` or `en-GB`.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::ZhCn),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The other language.
    pub const fn other(self) -> Self {
        match self {
            Self::ZhCn => Self::En,
            Self::En => Self::ZhCn,
        }
    }

    /// The message of a key.
    pub fn t(self, key: &str) -> String {
        text::message::<&str>(self, key, &[])
    }

    /// The message of a key with named arguments.
    pub fn tx(self, key: &str, args: &[(&str, Arg)]) -> String {
        text::message(self, key, args)
    }
}

/// A text a business keeps in both languages; either may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Bilingual {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// A text in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The text in a language, or in the other one where it is empty.
    pub fn get(&self, locale: Locale) -> &str {
        match self.lang_of(locale) {
            Locale::ZhCn => &self.zh,
            Locale::En => &self.en,
        }
    }

    /// The language that [`Bilingual::get`] answers in, for `lang=` on a fallback.
    pub fn lang_of(&self, locale: Locale) -> Locale {
        let wanted = match locale {
            Locale::ZhCn => &self.zh,
            Locale::En => &self.en,
        };
        if wanted.is_empty() && !self.is_empty() {
            locale.other()
        } else {
            locale
        }
    }

    /// Whether there is nothing in either language.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}
