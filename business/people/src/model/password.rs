//! Passwords: what is good enough, and how they are kept (Argon2id, RFC 9106).

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Ctx, Fault, Text};
use std::sync::{Condvar, Mutex, OnceLock};

/// How much work guessing a password shall cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashCost {
    /// 19 MiB of memory, two passes, one lane: the OWASP recommendation of 2024.
    Full,
    /// Next to nothing; for tests and the demonstration business alone.
    Cheap,
}

impl HashCost {
    fn argon2(self) -> Argon2<'static> {
        let params = match self {
            Self::Full => Params::new(19_456, 2, 1, None),
            Self::Cheap => Params::new(32, 1, 1, None),
        };
        let params = params.expect("these parameters are within the limits of Argon2");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }
}

/// Fewest characters of a password.
pub const LEAST: usize = 10;

/// Most characters of a password; more would only cost time.
pub const MOST: usize = 200;

/// A password somebody chose, long enough and not one everybody tries first.
pub struct Password(String);

/// Openings that guessing programs try first, in lower case.
const COMMON: [&str; 9] = [
    "password",
    "12345678",
    "qwertyuiop",
    "iloveyou",
    "admin1234",
    "welcome123",
    "letmein",
    "1q2w3e4r",
    "woaini1314",
];

impl Password {
    /// Accepts a password, refusing short and common ones at the field `password`.
    pub fn new(text: &str, login: &str) -> Result<Self, Fault> {
        let refuse = |text: Text| Err(Fault::invalid("password", text));
        let length = text.chars().count();
        if length < LEAST {
            return refuse(Text::key("people-password-short").with("least", LEAST));
        }
        if length > MOST {
            return refuse(Text::key("people-password-long").with("most", MOST));
        }
        let lower = text.to_lowercase();
        let name = login.split('@').next().unwrap_or(login).to_lowercase();
        let of_login = name.chars().count() >= 4 && lower.contains(&name);
        let of_one_letter = lower.chars().all(|c| lower.starts_with(c));
        if of_login || of_one_letter || COMMON.iter().any(|common| lower.starts_with(common)) {
            return refuse(Text::key("people-password-common"));
        }
        Ok(Self(text.to_owned()))
    }
}

/// The hash to keep, with salt and parameters inside (PHC format).
pub fn hash_password(ctx: &Ctx, password: &Password, cost: HashCost) -> Result<String, Fault> {
    hash_bytes(ctx, password.0.as_bytes(), cost)
}

/// The hash of a secret that was found good enough.
pub(super) fn hash_bytes(ctx: &Ctx, secret: &[u8], cost: HashCost) -> Result<String, Fault> {
    let _turn = Turn::take();
    let salt = ctx.secret();
    let hash: PasswordHash = cost
        .argon2()
        .hash_password_with_salt(secret, &salt.as_bytes()[..24])
        .map_err(Fault::broken)?;
    Ok(hash.to_string())
}

/// Whether a typed password is the one behind a hash. Without a hash the same work is done for
/// nothing, so that the time of the answer does not tell whether the login exists.
pub fn password_matches(typed: &str, hash: Option<&str>) -> bool {
    let _turn = Turn::take();
    let typed = if typed.len() <= MOST * 4 {
        typed.as_bytes()
    } else {
        &[]
    };
    let known = hash.unwrap_or_else(|| decoy());
    let Ok(parsed) = PasswordHash::new(known) else {
        return false;
    };
    let matches = Argon2::default().verify_password(typed, &parsed).is_ok();
    matches && hash.is_some()
}

/// A hash nobody knows the password of.
fn decoy() -> &'static str {
    static DECOY: OnceLock<String> = OnceLock::new();
    DECOY.get_or_init(|| {
        let hash: Result<PasswordHash, _> = HashCost::Full
            .argon2()
            .hash_password_with_salt(b"decoy", b"no salt for a decoy");
        hash.map_or_else(|_| String::new(), |hash| hash.to_string())
    })
}

/// A turn at hashing. Each costs 19 MiB, so only a few go on at once however many people knock.
struct Turn;

const TURNS: usize = 4;

fn turns() -> &'static (Mutex<usize>, Condvar) {
    static FREE: OnceLock<(Mutex<usize>, Condvar)> = OnceLock::new();
    FREE.get_or_init(|| (Mutex::new(TURNS), Condvar::new()))
}

impl Turn {
    fn take() -> Self {
        let (free, returned) = turns();
        let count = free.lock().expect("nobody panics while counting turns");
        let mut count = returned
            .wait_while(count, |count| *count == 0)
            .expect("nobody panics while counting turns");
        *count -= 1;
        Self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let (free, returned) = turns();
        if let Ok(mut count) = free.lock() {
            *count += 1;
        }
        returned.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, IdSource, Timestamp};

    fn ctx() -> Ctx {
        let ids = IdSource::seeded(1);
        Ctx::system(
            Id::from_uuid(ids.uuid(Timestamp::UNIX_EPOCH)),
            Timestamp::UNIX_EPOCH,
            ids,
        )
    }

    #[test]
    fn short_common_and_telling_passwords_are_refused() {
        for wrong in [
            "too short",
            "Password2026",
            "1234567890",
            "mei.chen-rocks",
            "aaaaaaaaaaaa",
        ] {
            assert!(
                Password::new(wrong, "mei.chen@lotus.example").is_err(),
                "{wrong}"
            );
        }
        assert!(Password::new("correct horse", "mei.chen@lotus.example").is_ok());
        assert!(Password::new("一二三四五六七八九十", "mei").is_ok());
    }

    #[test]
    fn a_hash_knows_its_password_alone() {
        let password = Password::new("correct horse", "mei").unwrap();
        for cost in [HashCost::Cheap, HashCost::Full] {
            let hash = hash_password(&ctx(), &password, cost).unwrap();
            assert!(hash.starts_with("$argon2id$v=19$"));
            assert!(password_matches("correct horse", Some(&hash)));
            assert!(!password_matches("correct house", Some(&hash)));
        }
        assert!(!password_matches("decoy", None));
        assert!(!password_matches("x", Some("not a hash")));
    }
}
