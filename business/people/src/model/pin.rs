//! PINs: four to six digits, for a computer that people of one shop share.

use super::HashCost;
use super::password::{hash_bytes, password_matches};
use kernel::{Ctx, Fault, Text};

/// Wrong tries after which a PIN opens nothing until its owner sets a new one.
pub const PIN_TRIES: i64 = 5;

/// A PIN that is not the first anybody would guess.
pub struct Pin(String);

impl Pin {
    /// Checks a new PIN.
    pub fn new(text: &str) -> Result<Self, Fault> {
        let refused = |key| Fault::invalid("pin", Text::key(key));
        let digits = text.as_bytes();
        if !(4..=6).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
            return Err(refused("people-pin-digits"));
        }
        let step = i16::from(digits[1]) - i16::from(digits[0]);
        let even = digits
            .windows(2)
            .all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == step);
        if even && (-1..=1).contains(&step) {
            return Err(refused("people-pin-plain"));
        }
        Ok(Self(text.to_owned()))
    }

    /// What to keep.
    pub fn hash(&self, ctx: &Ctx, cost: HashCost) -> Result<String, Fault> {
        hash_bytes(ctx, self.0.as_bytes(), cost)
    }
}

/// Whether a typed PIN is the one behind a hash.
pub fn pin_matches(typed: &str, hash: &str) -> bool {
    password_matches(typed, Some(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_four_to_six_digits_that_are_no_row() {
        for wrong in [
            "",
            "123",
            "1234567",
            "12a4",
            "１２３５",
            "0000",
            "1234",
            "987654",
        ] {
            assert!(Pin::new(wrong).is_err(), "{wrong}");
        }
        for right in ["1235", "24680", "135790", "2580"] {
            assert!(Pin::new(right).is_ok(), "{right}");
        }
    }
}
