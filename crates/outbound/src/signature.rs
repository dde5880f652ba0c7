//! Signed requests by the Standard Webhooks scheme, out and in.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Ctx, Timestamp};
use sha2::Sha256;

/// Seconds by which the clock of whoever signs may differ from ours.
const SECONDS_OFF_MAX: i64 = 300;

/// A new key of 192 random bits as the scheme writes it: `whsec_` and base64.
pub fn new_secret(ctx: &Ctx) -> String {
    let bits: Vec<u8> = (0..3).flat_map(|_| ctx.ids.bits().to_be_bytes()).collect();
    format!("whsec_{}", STANDARD.encode(bits))
}

/// `v1,` and base64 of HMAC-SHA256 over id, second and body, keyed with what follows `whsec_`
/// (symmetric signatures).
pub fn signature(secret: &str, id: &str, second: i64, body: &str) -> Option<String> {
    let sum = keyed(secret, id, second, body)?.finalize().into_bytes();
    Some(format!("v1,{}", STANDARD.encode(sum)))
}

fn keyed(secret: &str, id: &str, second: i64, body: &str) -> Option<Hmac<Sha256>> {
    let key = STANDARD.decode(secret.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{second}.{body}").as_bytes());
    Some(mac)
}

/// What the heads of a signed request say.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// The request's own identity, the same when it is sent again.
    pub id: &'a str,
    /// When it was signed, in seconds.
    pub second: i64,
    /// Signatures with spaces between: while a key changes there are two.
    pub signatures: &'a str,
}

impl Signed<'_> {
    /// Whether one of the signatures is right, and fresh.
    pub fn is_genuine(&self, secret: &str, body: &str, now: Timestamp) -> bool {
        if (now.as_second() - self.second).abs() > SECONDS_OFF_MAX {
            return false;
        }
        self.signatures.split(' ').any(|signature| {
            let sum = signature.strip_prefix("v1,");
            let sum = sum.and_then(|sum| STANDARD.decode(sum).ok());
            let mac = keyed(secret, self.id, self.second, body);
            mac.zip(sum)
                .is_some_and(|(mac, sum)| mac.verify_slice(&sum).is_ok())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const BODY: &str = r#"{"test": 2432232314}"#;
    // The example of the Standard Webhooks specification's reference libraries.
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    #[test]
    fn a_signature_is_the_one_of_the_scheme() {
        let signed = signature(SECRET, ID, 1_614_265_330, BODY);
        assert_eq!(signed.as_deref(), Some(SIGNATURE));
        assert_eq!(signature("plain", "1", 0, BODY), None);
    }

    #[test]
    fn only_a_fresh_request_with_a_right_signature_is_genuine() {
        let signed = Signed {
            id: ID,
            second: 1_614_265_330,
            signatures: &format!("v1,AAAA {SIGNATURE}"),
        };
        let at = |second| Timestamp::from_second(second).expect("an instant");
        assert!(signed.is_genuine(SECRET, BODY, at(1_614_265_330)));
        assert!(signed.is_genuine(SECRET, BODY, at(1_614_265_630)));
        assert!(
            !signed.is_genuine(SECRET, BODY, at(1_614_265_631)),
            "too old"
        );
        assert!(
            !signed.is_genuine(SECRET, BODY, at(1_614_265_029)),
            "of the future"
        );
        assert!(!signed.is_genuine(SECRET, "{}", at(1_614_265_330)));
        let other = Signed {
            id: "msg_2",
            ..signed
        };
        assert!(!other.is_genuine(SECRET, BODY, at(1_614_265_330)));
        let bare = Signed {
            signatures: "",
            ..signed
        };
        assert!(!bare.is_genuine(SECRET, BODY, at(1_614_265_330)));
    }
}
