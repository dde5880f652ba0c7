//! Passkeys through the pages, with a device made of software that signs what it is asked to.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::Role;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use testing::{Answer, Client, World};

use super::{PASSWORD, each, knock, user};

const HOST: &str = "shop.test";
const ORIGIN: &str = "http://shop.test";
/// Somebody is present and was verified; the answer holds a key.
const FLAGS: u8 = 1 | 4 | 64;
/// What stands before the point of a P-256 key in a SubjectPublicKeyInfo.
const CURVE: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// A device with one key.
struct Device(EcdsaKeyPair);

/// What a device says besides the signature.
#[derive(Clone, Copy)]
struct Says {
    origin: &'static str,
    host: &'static str,
    flags: u8,
    counter: u32,
    more: &'static str,
}

const HONEST: Says = Says {
    origin: ORIGIN,
    host: HOST,
    flags: FLAGS,
    counter: 0,
    more: "",
};

impl Device {
    fn new() -> Self {
        let (kind, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
        let kept = EcdsaKeyPair::generate_pkcs8(kind, &random).expect("a key is made");
        let pair = EcdsaKeyPair::from_pkcs8(kind, kept.as_ref(), &random);
        Self(pair.expect("it is a key"))
    }

    /// The form that a browser sends.
    fn answer(&self, kind: &str, challenge: &str, says: Says) -> String {
        let (origin, more) = (says.origin, says.more);
        let client = format!(
            r#"{{"type":"webauthn.{kind}","challenge":"{challenge}","origin":"{origin}"{more}}}"#
        );
        let host = digest(&SHA256, says.host.as_bytes());
        let mut device = [host.as_ref(), &[says.flags], &says.counter.to_be_bytes()].concat();
        device.extend([0; 16]);
        device.extend([0, 3, b'k', b'e', b'y']);
        let hash = digest(&SHA256, client.as_bytes());
        let signed = [device.as_slice(), hash.as_ref()].concat();
        let signature = self.0.sign(&SystemRandom::new(), &signed).expect("signed");
        let public = [&CURVE, self.0.public_key().as_ref()].concat();
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        format!(
            "passkey_name=Phone&credential={}&client_data={}&device_data={}&signature={}\
             &public_key={}&algorithm=-7",
            text(b"key"),
            text(client.as_bytes()),
            text(&device),
            text(signature.as_ref()),
            text(&public)
        )
    }
}

fn challenge(asked: &Answer) -> String {
    assert_eq!(asked.status, 200, "{}", asked.body);
    let options: serde_json::Value = serde_json::from_str(&asked.body).expect("it is JSON");
    let challenge = options["challenge"].as_str();
    challenge.expect("there is one").to_owned()
}

/// A browser of somebody signed in with a password, at the name of the place.
fn at_home(world: &World, login: &str) -> Client {
    let opened = knock(world, login, PASSWORD, "10.0.0.1").expect("the door opens");
    super::browser(world, opened.token.text())
}

fn door(world: &World) -> Client {
    world.nobody()
}

fn asked(door: &Client) -> String {
    challenge(&door.post("/login/passkey/request", ""))
}

/// A device whose passkey opens the door for somebody.
fn registered(world: &World, login: &str) -> Device {
    let (home, device) = (at_home(world, login), Device::new());
    let fresh = challenge(&home.post("/settings/passkeys/request", ""));
    let made = home.post(
        "/settings/passkeys",
        &device.answer("create", &fresh, HONEST),
    );
    assert_eq!(made.status, 303, "{}", made.body);
    device
}

fn opens(door: &Client, form: &str) -> bool {
    let answer = door.post("/login/passkey", form);
    let session = answer
        .header("set-cookie")
        .is_some_and(|c| c.contains("session"));
    assert_eq!(
        session,
        answer.status == 303,
        "{} {}",
        answer.status,
        answer.body
    );
    session
}

#[test]
fn a_passkey_opens_the_door_and_each_challenge_once() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let device = registered(world, "mei");
        let door = door(world);
        let form = device.answer("get", &asked(&door), HONEST);
        assert!(opens(&door, &form));
        assert!(!opens(&door, &form), "the same answer again");
        let never = device.answer("get", "bm9ib2R5IGFza2VkIHRoaXM", HONEST);
        assert!(!opens(&door, &never), "a challenge that nobody gave");
        let old = asked(&door);
        world.set_time("2026-11-21T10:06+08:00");
        assert!(
            !opens(&door, &device.answer("get", &old, HONEST)),
            "five minutes are over"
        );
    });
}

#[test]
fn an_answer_that_is_not_wholly_right_opens_nothing_and_uses_its_challenge_up() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let device = registered(world, "mei");
        let door = door(world);
        for (what, says) in [
            (
                "another site's page",
                Says {
                    origin: "http://evil.example",
                    ..HONEST
                },
            ),
            (
                "another scheme",
                Says {
                    origin: "https://shop.test",
                    ..HONEST
                },
            ),
            (
                "another place's key",
                Says {
                    host: "evil.example",
                    ..HONEST
                },
            ),
            (
                "nobody verified",
                Says {
                    flags: 1 | 64,
                    ..HONEST
                },
            ),
            (
                "nobody present",
                Says {
                    flags: 4 | 64,
                    ..HONEST
                },
            ),
            (
                "within a frame of another site",
                Says {
                    more: r#","crossOrigin":true"#,
                    ..HONEST
                },
            ),
        ] {
            let form = device.answer("get", &asked(&door), says);
            assert!(!opens(&door, &form), "{what}");
        }
        let created = device.answer("create", &asked(&door), HONEST);
        assert!(!opens(&door, &created), "an answer to something else");
        let fresh = asked(&door);
        let forged = Device::new().answer("get", &fresh, HONEST);
        assert!(!opens(&door, &forged), "another key");
        let late = device.answer("get", &fresh, HONEST);
        assert!(!opens(&door, &late), "the challenge was answered already");
    });
}

#[test]
fn a_count_that_does_not_grow_means_a_copied_key() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let device = registered(world, "mei");
        let door = door(world);
        let with = |counter| {
            let says = Says { counter, ..HONEST };
            opens(&door, &device.answer("get", &asked(&door), says))
        };
        assert!(with(5));
        assert!(!with(5), "as often as before");
        assert!(!with(4));
        assert!(!with(0), "a device that counted does not stop");
        assert!(with(6));
    });
}

#[test]
fn guesses_at_a_passkey_have_to_wait() {
    each(|world| {
        user(world, "mei", Role::Desk);
        registered(world, "mei");
        let door = door(world);
        let guess = || {
            let form = Device::new().answer("get", &asked(&door), HONEST);
            door.post("/login/passkey", &form).status
        };
        let answers: Vec<u16> = (0..8).map(|_| guess()).collect();
        assert_eq!(answers[..5], [422; 5], "{answers:?}");
        assert_eq!(answers[7], 429, "{answers:?}");
    });
}

#[test]
fn a_removed_passkey_or_a_person_who_left_stays_outside() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        let device = registered(world, "mei");
        let door = door(world);
        let id = mei.id;
        let gone = world
            .write(move |tx, ctx| people::set_user_state(tx, ctx, id, people::UserState::Inactive));
        gone.expect("she leaves");
        assert!(!opens(&door, &device.answer("get", &asked(&door), HONEST)));
    });
}
