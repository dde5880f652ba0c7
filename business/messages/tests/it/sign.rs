//! Signing as whoever carries the mail does, written apart from what is tested.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The signature of a request by the Standard Webhooks scheme.
pub fn signature(secret: &str, id: &str, second: i64, body: &str) -> String {
    let key = secret.strip_prefix("whsec_").expect("a key");
    let key = STANDARD.decode(key).expect("base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any length");
    mac.update(format!("{id}.{second}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}
