//! The catalogue of messages (Fluent), installed once at start.

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::Locale;

/// A named argument of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Words.
    Text(String),
    /// A whole number; messages choose their plural by it.
    Number(i64),
}

macro_rules! arg_from {
    ($($from:ty => $make:expr;)*) => {
        $(impl From<$from> for Arg {
            fn from(value: $from) -> Self {
                ($make)(value)
            }
        })*
    };
}

arg_from! {
    &str => |value: &str| Self::Text(value.to_owned());
    String => Self::Text;
    &String => |value: &String| Self::Text(value.clone());
    i64 => Self::Number;
    i32 => |value: i32| Self::Number(i64::from(value));
    u32 => |value: u32| Self::Number(i64::from(value));
    usize => |value: usize| Self::Number(i64::try_from(value).unwrap_or(i64::MAX));
}

/// A message not yet spoken in any language: a key and its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The key in the catalogue.
    pub key: &'static str,
    /// Its named arguments.
    pub args: Vec<(&'static str, Arg)>,
}

impl Text {
    /// A message without arguments.
    pub const fn key(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }

    /// Adds a named argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The message in a language.
    pub fn speak(&self, locale: Locale) -> String {
        message(locale, self.key, &self.args)
    }
}

struct Catalogue {
    chinese: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
}

static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();

/// Installs the texts of the program; the first call wins.
///
/// # Panics
/// When a source is not valid Fluent or a key comes twice: a fault of the build, found by any test.
pub fn install(sources: &[(Locale, &'static str)]) {
    CATALOGUE.get_or_init(|| Catalogue {
        chinese: bundle(Locale::ZhCn, sources),
        english: bundle(Locale::En, sources),
    });
}

fn bundle(locale: Locale, sources: &[(Locale, &'static str)]) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = locale.tag().parse().expect("our tags are valid");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for (_, source) in sources.iter().filter(|(of, _)| *of == locale) {
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("texts are valid Fluent: {errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("each text key is defined once: {errors:?}");
        }
    }
    bundle
}

pub(crate) fn message<N: AsRef<str>>(locale: Locale, key: &str, args: &[(N, Arg)]) -> String {
    let Some(catalogue) = CATALOGUE.get() else {
        return key.to_owned();
    };
    let bundle = match locale {
        Locale::ZhCn => &catalogue.chinese,
        Locale::En => &catalogue.english,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        let value = match value {
            Arg::Text(text) => FluentValue::from(text.as_str()),
            Arg::Number(number) => FluentValue::from(*number),
        };
        values.set(name.as_ref().to_owned(), value);
    }
    bundle
        .format_pattern(pattern, Some(&values), &mut Vec::new())
        .into_owned()
}
