//! Passkeys (Web Authentication, level 3): reading what a browser answers and checking signatures.
//!
//! No attestation is asked for: which make of device keeps the key is nobody's business, and so the
//! browser's own reading of the public key is as good as ours would be.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::ids::PasskeyId;
use kernel::{Fault, Text, Timestamp};
use ring::{digest, signature};
use serde::Deserialize;

/// Algorithms of keys, by their COSE numbers: ES256, EdDSA, RS256.
pub const ALGORITHMS: [i64; 3] = [-7, -8, -257];

const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const HAS_KEY: u8 = 64;
const CREDENTIAL_BYTES_MAX: usize = 1023;

/// A passkey as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Identity.
    pub id: PasskeyId,
    /// What the browser knows it by.
    pub credential: String,
    /// What its owner calls it.
    pub name: String,
    /// The host it was made for.
    pub host: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last opened the door.
    pub used_at: Option<Timestamp>,
}

/// A key that checks signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// COSE number of the algorithm.
    pub algorithm: i64,
    /// The key as `ring` takes it.
    pub bytes: Vec<u8>,
}

/// Where browsers reach the program: what a signature is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The host without its port.
    pub host: String,
    /// Scheme, host and port.
    pub origin: String,
}

impl Place {
    /// The place a `Host` header names; browsers make no passkey for a bare address.
    pub fn of(header: &str, secure: bool) -> Option<Self> {
        let host = header.rsplit_once(':').map_or(header, |(host, _)| host);
        let is_name = host.bytes().any(|byte| byte.is_ascii_alphabetic()) && !host.contains('[');
        let scheme = if secure { "https" } else { "http" };
        is_name.then(|| Self {
            host: host.to_ascii_lowercase(),
            origin: format!("{scheme}://{}", header.to_ascii_lowercase()),
        })
    }
}

/// Bytes as browsers write them.
pub fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

/// The one refusal: what exactly does not fit is of use to nobody honest.
pub fn refused() -> Fault {
    Fault::invalid("passkey", Text::key("people-passkey-refused"))
}

/// What a browser answers, in base 64 as it came.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The credential's id.
    pub credential: String,
    /// What the browser says it signed for.
    pub client_data: String,
    /// What the device says of itself.
    pub device_data: String,
    /// The signature; empty when a key is made.
    pub signature: String,
    /// The new key; empty when one is used.
    pub public_key: String,
    /// COSE number of the new key's algorithm.
    pub algorithm: i64,
}

#[derive(Deserialize)]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    /// Whether the page stood in a frame of another site.
    #[serde(default, rename = "crossOrigin")]
    is_framed: bool,
}

/// An answer whose outer form is right: for this place, by somebody present and verified.
pub struct Checked {
    /// The challenge it answers; whether it is live is for the caller to say.
    pub challenge: String,
    /// How often the device says that the key was used.
    pub counter: i64,
    signed: Vec<u8>,
    device: Vec<u8>,
}

impl Answer {
    /// Checks everything but challenge and signature; `kind` is `webauthn.create` or `.get`.
    pub fn check(&self, kind: &str, place: &Place) -> Result<Checked, Fault> {
        let client = decoded(&self.client_data).ok_or_else(refused)?;
        let said: ClientData = serde_json::from_slice(&client).map_err(|_| refused())?;
        let device = decoded(&self.device_data).ok_or_else(refused)?;
        let (host, rest) = device.split_at_checked(32).ok_or_else(refused)?;
        let (flags, counter) = match rest {
            [flags, a, b, c, d, ..] => (*flags, u32::from_be_bytes([*a, *b, *c, *d])),
            _ => return Err(refused()),
        };
        let expected = digest::digest(&digest::SHA256, place.host.as_bytes());
        let verified = flags & PRESENT != 0 && flags & VERIFIED != 0;
        let ours = said.r#type == kind && said.origin == place.origin && !said.is_framed;
        if !ours || host != expected.as_ref() || !verified {
            return Err(refused());
        }
        let hash = digest::digest(&digest::SHA256, &client);
        Ok(Checked {
            challenge: said.challenge,
            counter: i64::from(counter),
            signed: [&device, hash.as_ref()].concat(),
            device,
        })
    }

    /// The new key, if the device says that it belongs to this credential.
    pub fn new_key(&self, checked: &Checked) -> Result<PublicKey, Fault> {
        let credential = decoded(&self.credential).ok_or_else(refused)?;
        let fits = (1..=CREDENTIAL_BYTES_MAX).contains(&credential.len());
        let (flags, named) = match checked.device.get(32..) {
            // Flags, counter, the make of the device, the length of the id, the id.
            Some([flags, rest @ ..]) if rest.len() >= 22 => (*flags, &rest[20..]),
            _ => return Err(refused()),
        };
        let length = usize::from(u16::from_be_bytes([named[0], named[1]]));
        let same = named.get(2..2 + length) == Some(credential.as_slice());
        if !fits || flags & HAS_KEY == 0 || !same {
            return Err(refused());
        }
        let wrapped = decoded(&self.public_key).ok_or_else(refused)?;
        let bytes = unwrapped(self.algorithm, &wrapped).ok_or_else(refused)?;
        Ok(PublicKey {
            algorithm: self.algorithm,
            bytes,
        })
    }

    /// Whether the signature is the key's.
    pub fn is_signed_by(&self, key: &PublicKey, checked: &Checked) -> bool {
        let algorithm: &dyn signature::VerificationAlgorithm = match key.algorithm {
            -7 => &signature::ECDSA_P256_SHA256_ASN1,
            -8 => &signature::ED25519,
            _ => &signature::RSA_PKCS1_2048_8192_SHA256,
        };
        let Some(signature) = decoded(&self.signature) else {
            return false;
        };
        let key = signature::UnparsedPublicKey::new(algorithm, &key.bytes);
        key.verify(&checked.signed, &signature).is_ok()
    }
}

/// The key within a SubjectPublicKeyInfo: a sequence of the algorithm and a string of bits.
fn unwrapped(algorithm: i64, wrapped: &[u8]) -> Option<Vec<u8>> {
    const SEQUENCE: u8 = 0x30;
    const BITS: u8 = 0x03;
    let (body, _) = part(SEQUENCE, wrapped)?;
    let (_, rest) = part(SEQUENCE, body)?;
    let (bits, _) = part(BITS, rest)?;
    let (unused, key) = bits.split_first()?;
    let fits = match algorithm {
        -7 => key.len() == 65 && key[0] == 4,
        -8 => key.len() == 32,
        -257 => key.len() >= 256,
        _ => false,
    };
    (*unused == 0 && fits).then(|| key.to_vec())
}

/// One part of a DER text with the given tag: its content, and what follows it.
fn part(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (found, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        short @ 0..=127 => (usize::from(*short), rest),
        long => {
            let count = usize::from(long & 127);
            let (digits, rest) = rest.split_at_checked(count)?;
            let number = digits.iter().try_fold(0_usize, |number, digit| {
                number.checked_mul(256)?.checked_add(usize::from(*digit))
            });
            (number?, rest)
        }
    };
    if *found != tag {
        return None;
    }
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

    const CURVE: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];

    /// A device with one key, which signs what it is asked to.
    struct Device(EcdsaKeyPair);

    impl Device {
        fn new() -> Self {
            let random = SystemRandom::new();
            let kind = &ECDSA_P256_SHA256_ASN1_SIGNING;
            let kept = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
            Self(EcdsaKeyPair::from_pkcs8(kind, kept.as_ref(), &random).unwrap())
        }

        fn answer(&self, kind: &str, origin: &str, flags: u8) -> Answer {
            let client = format!(r#"{{"type":"{kind}","challenge":"abc","origin":"{origin}"}}"#);
            let host = digest::digest(&digest::SHA256, b"localhost");
            let mut device = [host.as_ref(), &[flags], &7_u32.to_be_bytes()].concat();
            device.extend([0; 16]);
            device.extend([0, 3, b'k', b'e', b'y']);
            let hash = digest::digest(&digest::SHA256, client.as_bytes());
            let signed = [device.as_slice(), hash.as_ref()].concat();
            let signature = self.0.sign(&SystemRandom::new(), &signed).unwrap();
            let public = [&CURVE, self.0.public_key().as_ref()].concat();
            Answer {
                credential: encoded(b"key"),
                client_data: encoded(client.as_bytes()),
                device_data: encoded(&device),
                signature: encoded(signature.as_ref()),
                public_key: encoded(&public),
                algorithm: -7,
            }
        }
    }

    fn place() -> Place {
        Place::of("localhost:8080", false).unwrap()
    }

    const ORIGIN: &str = "http://localhost:8080";
    const ALL: u8 = PRESENT | VERIFIED | HAS_KEY;

    #[test]
    fn a_key_made_here_checks_what_its_device_signs_here() {
        let device = Device::new();
        let made = device.answer("webauthn.create", ORIGIN, ALL);
        let checked = made.check("webauthn.create", &place()).unwrap();
        let key = made.new_key(&checked).unwrap();
        let used = device.answer("webauthn.get", ORIGIN, ALL);
        let checked = used.check("webauthn.get", &place()).unwrap();
        assert_eq!((checked.challenge.as_str(), checked.counter), ("abc", 7));
        assert!(used.is_signed_by(&key, &checked));
        let other = Device::new().answer("webauthn.get", ORIGIN, ALL);
        let foreign = other.check("webauthn.get", &place()).unwrap();
        assert!(!other.is_signed_by(&key, &foreign));
    }

    #[test]
    fn an_answer_for_another_place_kind_or_nobody_in_particular_is_refused() {
        let device = Device::new();
        for (kind, origin, flags) in [
            ("webauthn.create", ORIGIN, ALL),
            ("webauthn.get", "http://evil.test", ALL),
            ("webauthn.get", "https://localhost:8080", ALL),
            ("webauthn.get", ORIGIN, VERIFIED | HAS_KEY),
            ("webauthn.get", ORIGIN, PRESENT | HAS_KEY),
        ] {
            let answer = device.answer(kind, origin, flags);
            assert!(
                answer.check("webauthn.get", &place()).is_err(),
                "{kind} {origin} {flags}"
            );
        }
        let elsewhere = Place::of("other.test", false).unwrap();
        let answer = device.answer("webauthn.get", "http://other.test", ALL);
        assert!(
            answer.check("webauthn.get", &elsewhere).is_err(),
            "the host's hash differs"
        );
    }

    #[test]
    fn a_new_key_of_another_credential_or_a_broken_one_is_refused() {
        let made = Device::new().answer("webauthn.create", ORIGIN, ALL);
        let checked = made.check("webauthn.create", &place()).unwrap();
        let with = |change: fn(&mut Answer)| {
            let mut answer = made.clone();
            change(&mut answer);
            answer.new_key(&checked)
        };
        assert!(with(|answer| answer.credential = encoded(b"kez")).is_err());
        assert!(with(|answer| answer.credential = String::new()).is_err());
        assert!(with(|answer| answer.public_key = encoded(&[0x30, 0x84, 0xff])).is_err());
        assert!(with(|answer| answer.algorithm = -8).is_err());
        assert!(with(|answer| answer.algorithm = -999).is_err());
    }

    #[test]
    fn only_a_name_is_a_place() {
        assert!(Place::of("127.0.0.1:8080", false).is_none());
        assert!(Place::of("[::1]:8080", false).is_none());
        let shop = Place::of("Lotus.example", true).unwrap();
        assert_eq!(
            (shop.host.as_str(), shop.origin.as_str()),
            ("lotus.example", "https://lotus.example")
        );
    }
}
