//! Enumerations whose values have a word in the database and a name on the screen.

/// Gives an enumeration its words in tables, forms and addresses, and its names in both languages:
/// `words!(Kind { WalkIn => "walk_in", "orders-kind-walk-in"; })`.
#[macro_export]
macro_rules! words {
    ($noun:ident { $($variant:ident => $word:literal, $key:literal;)* }) => {
        impl $noun {
            /// Every value, in the order of menus.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word kept in the database, in forms and in addresses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// Reads the word back.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }

            /// The name people read.
            pub fn label(self, locale: $crate::Locale) -> String {
                match self { $(Self::$variant => locale.t($key)),* }
            }
        }
    };
}
