//! Codes of a second factor (RFC 6238: SHA-1, six digits, half a minute), and recovery codes.

use kernel::{Ctx, Timestamp};
use ring::hmac;

const STEP_SECONDS: i64 = 30;
const SECRET_BYTES: usize = 20;

/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;

/// The secret that the phone and the program share.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeSecret(Vec<u8>);

impl CodeSecret {
    /// A new secret of 160 bits.
    pub fn new(ctx: &Ctx) -> Self {
        let bits = [(); 3].map(|()| ctx.ids.bits().to_le_bytes());
        Self(bits.concat()[..SECRET_BYTES].to_vec())
    }

    /// A secret that was kept.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// What to keep, sealed.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The key to type where no camera can see the picture: base 32 in groups of four.
    pub fn text(&self) -> String {
        let letters: Vec<char> = self.base32().chars().collect();
        let groups = letters.chunks(4).map(|group| group.iter().collect());
        groups.collect::<Vec<String>>().join(" ")
    }

    fn base32(&self) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
        for byte in &self.0 {
            held = (held << 8) | u32::from(*byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
            }
        }
        text
    }

    /// The address that an authenticator reads from the picture.
    pub fn address(&self, business: &str, login: &str) -> String {
        let (business, login) = (escaped(business), escaped(login));
        let secret = self.base32();
        format!("otpauth://totp/{business}:{login}?secret={secret}&issuer={business}")
    }

    /// The code of a half minute.
    fn code(&self, step: i64) -> u32 {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let tag = tag.as_ref();
        let offset = usize::from(tag[tag.len() - 1] & 15);
        let word = [
            tag[offset],
            tag[offset + 1],
            tag[offset + 2],
            tag[offset + 3],
        ];
        (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000
    }

    /// The half minute whose code was typed, if it is this one or a neighbour and later than the
    /// last one used: a code works once, even for who watched it being typed.
    pub fn step_of(&self, typed: &str, now: Timestamp, last_step: i64) -> Option<i64> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let typed: u32 = digits.parse().ok().filter(|_| digits.len() == 6)?;
        let this = now.as_second().div_euclid(STEP_SECONDS);
        let steps = [this, this - 1, this + 1].into_iter();
        let mut fresh = steps.filter(|step| *step > last_step);
        fresh.find(|step| self.code(*step) == typed)
    }

    /// The code of a moment, as the phone shows it.
    pub fn shown_at(&self, now: Timestamp) -> String {
        format!("{:06}", self.code(now.as_second().div_euclid(STEP_SECONDS)))
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'@' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// New recovery codes of 80 bits each, to be shown once.
pub fn recovery_codes(ctx: &Ctx) -> Vec<String> {
    let code = || {
        let letters: Vec<char> = ctx.secret().chars().take(16).collect();
        let groups = letters.chunks(4).map(|group| group.iter().collect());
        groups.collect::<Vec<String>>().join("-")
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

/// What is kept of a recovery code, however it is typed. It is as random as a key, so a plain hash
/// is enough.
pub fn recovery_hash(typed: &str) -> String {
    let plain: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    blake3::hash(plain.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, IdSource};

    fn secret() -> CodeSecret {
        CodeSecret::from_bytes(b"12345678901234567890".to_vec())
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, SHA-1, the last six of its eight digits.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(secret().shown_at(at(second)), code);
        }
        assert_eq!(secret().text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }

    #[test]
    fn a_code_works_for_its_half_minute_and_the_neighbours_and_once() {
        let (secret, now) = (secret(), at(1_111_111_109));
        let code = secret.shown_at(now);
        let step = secret.step_of(&code, now, 0).unwrap();
        assert_eq!(secret.step_of(&code, at(1_111_111_139), 0), Some(step));
        assert_eq!(secret.step_of(&code, at(1_111_111_170), 0), None);
        assert_eq!(secret.step_of(&code, now, step), None, "used already");
        assert_eq!(secret.step_of("081 804", now, 0), Some(step));
        for wrong in ["", "81804", "081805", "abcdef", "０８１８０４", "0818040"] {
            assert_eq!(secret.step_of(wrong, now, 0), None, "{wrong}");
        }
    }

    #[test]
    fn recovery_codes_differ_and_are_found_however_they_are_typed() {
        let ids = IdSource::seeded(1);
        let ctx = Ctx::system(Id::from_uuid(kernel::id::NIL), at(0), ids);
        let codes = recovery_codes(&ctx);
        let mut different = codes.clone();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), RECOVERY_CODES);
        assert_eq!(codes[0].len(), 19);
        let typed = format!(" {} ", codes[0].replace('-', "").to_uppercase());
        assert_eq!(recovery_hash(&typed), recovery_hash(&codes[0]));
    }

    #[test]
    fn the_address_for_an_authenticator_is_escaped() {
        let address = secret().address("莲花 & Co", "liu.yan");
        assert!(
            address.starts_with("otpauth://totp/%E8%8E%B2%E8%8A%B1%20%26%20Co:liu.yan?secret=")
        );
    }
}
