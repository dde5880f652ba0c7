//! Second factors: codes of a phone, recovery codes, and owners who demand them.

use super::{PASSWORD, each, kind, knock, user};
use kernel::{Fault, FaultKind, IdSource, Role};
use people::auth::{Entry, Knock, Knocker, Needs, NextStep, Opened, StepKnock, second_step};
use people::model::{AccessRules, CodeSecret, Outcome, Vault, Way};
use people::{Token, User};
use testing::{Answer, Client, World};

/// A browser of somebody who signed in with the usual password.
fn browser(world: &World, login: &str) -> Client {
    let opened = knock(world, login, PASSWORD, "10.0.0.1").expect("the door opens");
    super::browser(world, opened.token.text())
}

/// The key that a page shows to be typed.
fn shown_secret(page: &Answer) -> CodeSecret {
    let mut parts = page.body.split("name=\"key\"");
    let from = parts
        .nth(1)
        .unwrap_or_else(|| panic!("{} {}", page.status, page.body));
    let value = from.split('>').nth(1).expect("it has a value");
    let letters = value.split('<').next().expect("it ends");
    let letters: String = letters.split_whitespace().collect();
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in letters.bytes() {
        let five = match letter {
            b'A'..=b'Z' => letter - b'A',
            _ => letter - b'2' + 26,
        };
        held = (held << 5) | u32::from(five);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 255).expect("eight bits"));
        }
    }
    CodeSecret::from_bytes(bytes)
}

/// The recovery codes that a page shows once.
fn shown_codes(page: &Answer) -> Vec<String> {
    let parts = page.body.split("<code>").skip(1);
    parts
        .map(|part| part.split('<').next().unwrap_or_default().to_owned())
        .collect()
}

/// Sets up a second factor through the pages; answers the secret and the recovery codes.
fn set_up(world: &World, login: &str) -> (CodeSecret, Vec<String>) {
    let browser = browser(world, login);
    let secret = shown_secret(&browser.get("/settings/code"));
    let code = secret.shown_at(world.clock.now());
    let done = browser.post("/settings/code/confirmation", &format!("code={code}"));
    assert_eq!(done.status, 200, "{}", done.body);
    (secret, shown_codes(&done))
}

fn password(world: &World, login: &str) -> Entry {
    let knock = Knock {
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        by: by(),
    };
    people::auth::sign_in(&world.db, &knock, world.clock.now(), IdSource::system())
        .expect("the password is right")
}

fn by() -> Knocker {
    Knocker {
        address: "10.0.0.1".to_owned(),
        agent: "Firefox/140.0".to_owned(),
    }
}

fn step(world: &World, login: &str) -> NextStep {
    match password(world, login) {
        Entry::Next(step) => step,
        Entry::Open(_) => panic!("a second step was to be asked for"),
    }
}

fn second(world: &World, token: &Token, code: &str) -> Result<Opened, Fault> {
    let vault =
        Vault::new(world.app.config.key.as_ref().map(web::Key::bytes)).expect("there is a key");
    let knock = StepKnock {
        token: token.clone(),
        code: code.to_owned(),
        by: by(),
    };
    second_step(
        &world.db,
        vault,
        &knock,
        (world.clock.now(), IdSource::system()),
    )
}

#[test]
fn with_a_second_factor_a_password_alone_opens_nothing() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let (secret, codes) = set_up(world, "mei");
        assert_eq!(codes.len(), 10);
        world.set_time("2026-11-21T10:01+08:00");
        let step = step(world, "mei");
        assert_eq!(step.needs, Needs::Code);
        assert!(
            super::enter(world, step.token.text()).is_none(),
            "no session yet"
        );
        let wrong = second(world, &step.token, "000000").expect_err("refused");
        assert_eq!(wrong.fields[0].field, "code");
        let code = secret.shown_at(world.clock.now());
        let opened = second(world, &step.token, &code).expect("the door opens");
        assert!(super::enter(world, opened.token.text()).is_some());
        let again = second(world, &step.token, &code);
        assert_eq!(kind(again), FaultKind::Missing, "the step is used up");
    });
}

#[test]
fn the_same_code_is_not_taken_twice_even_from_the_right_phone() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let (secret, _) = set_up(world, "mei");
        let seen = secret.shown_at(world.clock.now());
        let first = step(world, "mei");
        assert_eq!(kind(second(world, &first.token, &seen)), FaultKind::Invalid);
        world.set_time("2026-11-21T10:00:30+08:00");
        let code = secret.shown_at(world.clock.now());
        second(world, &first.token, &code).expect("a fresh one opens");
        let other = step(world, "mei");
        assert_eq!(kind(second(world, &other.token, &code)), FaultKind::Invalid);
    });
}

#[test]
fn of_two_who_type_the_same_code_at_once_one_comes_in() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let (secret, codes) = set_up(world, "mei");
        world.set_time("2026-11-21T10:01+08:00");
        let code = secret.shown_at(world.clock.now());
        for typed in [code.as_str(), codes[0].as_str()] {
            let steps = [(); 4].map(|()| step(world, "mei"));
            let wins = std::thread::scope(|scope| {
                let running = steps
                    .map(|step| scope.spawn(move || second(world, &step.token, typed).is_ok()));
                running
                    .into_iter()
                    .map(|thread| thread.join().expect("it answers"))
                    .filter(|won| *won)
                    .count()
            });
            assert_eq!(wins, 1, "{typed}");
            world.set_time("2026-11-21T12:00+08:00");
        }
    });
}

#[test]
fn a_recovery_code_opens_once_and_is_kept_as_a_hash() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let (_, codes) = set_up(world, "mei");
        let typed = codes[3].to_uppercase();
        let opened = second(world, &step(world, "mei").token, &typed).expect("it opens");
        assert_eq!(opened.signed_in.user.login, "mei");
        let again = second(world, &step(world, "mei").token, &typed);
        assert_eq!(kind(again), FaultKind::Invalid);
        let sql = "select code_hash from recovery_codes order by code_hash limit 20";
        let kept = world.db.read(|tx| tx.all(sql, &[], |row| row.text(0)));
        let kept = kept.expect("they are kept");
        assert!(kept.len() == 10 && kept.iter().all(|hash| !codes.contains(hash)));
    });
}

#[test]
fn the_secret_lies_sealed_in_the_database() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let (secret, _) = set_up(world, "mei");
        let sql = "select sealed from code_secrets order by user_id limit 9";
        let kept = world.db.read(|tx| tx.all(sql, &[], |row| row.bytes(0)));
        let kept = kept.expect("it is kept");
        let found = |sealed: &Vec<u8>| {
            sealed
                .windows(8)
                .any(|part| secret.bytes().starts_with(part))
        };
        assert!(kept.len() == 1 && !kept.iter().any(found));
    });
}

#[test]
fn guessing_codes_has_to_wait_like_guessing_passwords() {
    each(|world| {
        user(world, "mei", Role::Desk);
        set_up(world, "mei");
        let step = step(world, "mei");
        for _ in 0..5 {
            assert_eq!(
                kind(second(world, &step.token, "000000")),
                FaultKind::Invalid
            );
        }
        let waiting = second(world, &step.token, "000000");
        assert_eq!(kind(waiting), FaultKind::TooMany);
        world.set_time("2026-11-21T10:20+08:00");
        let late = second(world, &step.token, "000000");
        assert_eq!(
            kind(late),
            FaultKind::Missing,
            "the password is too long ago"
        );
    });
}

fn demand(world: &World, roles: &[&str]) {
    let wanted = AccessRules {
        factor_roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        ..AccessRules::default()
    };
    world
        .write(move |tx, ctx| people::set_access_rules(tx, ctx, &wanted))
        .expect("it is said");
}

#[test]
fn a_demanded_factor_ends_sessions_without_one_and_is_set_up_at_the_door() {
    each(|world| {
        user(world, "mei", Role::Desk);
        user(world, "lin", Role::Staff);
        let mei = knock(world, "mei", PASSWORD, "10.0.0.1").expect("in");
        let lin = knock(world, "lin", PASSWORD, "10.0.0.1").expect("in");
        demand(world, &["desk"]);
        assert!(
            super::enter(world, mei.token.text()).is_none(),
            "mei has none"
        );
        assert!(
            super::enter(world, lin.token.text()).is_some(),
            "lin needs none"
        );
        let step = step(world, "mei");
        assert_eq!(step.needs, Needs::Setup);
        let door = world
            .nobody()
            .with_header("cookie", &format!("step={}", step.token.text()));
        let page = door.get("/login/setup?next=/staff");
        let secret = shown_secret(&page);
        let wrong = door.post("/login/setup", "code=000000&next=/staff");
        assert!(
            wrong.status == 422 && wrong.says("not right"),
            "{}",
            wrong.body
        );
        let code = secret.shown_at(world.clock.now());
        let done = door.post("/login/setup", &format!("code={code}&next=/staff"));
        assert_eq!(shown_codes(&done).len(), 10);
        assert!(
            done.says("href=\"/staff\""),
            "and on to where they were going"
        );
        let cookie = done.header("set-cookie").expect("a session");
        let token = cookie.split(['=', ';']).nth(1).expect("its token");
        assert!(super::enter(world, token).is_some());
    });
}

#[test]
fn a_link_is_no_way_round_the_second_factor() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        set_up(world, "mei");
        let link = world.write(move |tx, ctx| people::create_password_link(tx, ctx, mei.id));
        let link = link.expect("a link");
        let form = "password=a+brand+new+sentence";
        let path = format!("/set-password/{}", link.text());
        let answer = world.nobody().post(&path, form);
        assert_eq!(answer.location(), "/login/code");
    });
}

#[test]
fn the_owner_takes_a_lost_factor_away_and_managers_cannot() {
    each(|world| {
        let mei: User = user(world, "mei", Role::Desk);
        let browser = browser(world, "mei");
        let secret = shown_secret(&browser.get("/settings/code"));
        let code = secret.shown_at(world.clock.now());
        browser.post("/settings/code/confirmation", &format!("code={code}"));
        assert!(browser.get("/settings").says("Second factor"));
        let path = format!("/users/{}/factors/removal", mei.id);
        assert_eq!(world.client(Role::Manager).post(&path, "").status, 403);
        assert!(matches!(password(world, "mei"), Entry::Next(_)));
        assert_eq!(world.client(Role::Owner).post(&path, "").status, 303);
        assert_eq!(
            browser.get("/settings").status,
            303,
            "signed out everywhere"
        );
        assert!(matches!(password(world, "mei"), Entry::Open(_)));
        let told = "user.second_factor_removed".to_owned();
        assert!(world.activities().contains(&told));
    });
}

#[test]
fn ones_own_factor_is_removed_with_a_code_unless_it_is_demanded() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let browser = browser(world, "mei");
        let secret = shown_secret(&browser.get("/settings/code"));
        let code = |world: &World| format!("code={}", secret.shown_at(world.clock.now()));
        let done = browser.post("/settings/code/confirmation", &code(world));
        let codes = shown_codes(&done);
        world.set_time("2026-11-21T10:01+08:00");
        assert_eq!(
            browser.post("/settings/code/removal", "code=123").status,
            422
        );
        let renewed = browser.post("/settings/code/recovery", &code(world));
        assert!(renewed.status == 200 && shown_codes(&renewed) != codes);
        demand(world, &["desk"]);
        world.set_time("2026-11-21T10:02+08:00");
        let refused = browser.post("/settings/code/removal", &code(world));
        assert_eq!(refused.status, 409);
        let standing = AccessRules {
            version: 1,
            ..AccessRules::default()
        };
        world
            .write(move |tx, ctx| people::set_access_rules(tx, ctx, &standing))
            .expect("nobody needs one any more");
        assert_eq!(
            browser.post("/settings/code/removal", &code(world)).status,
            303
        );
        assert!(matches!(password(world, "mei"), Entry::Open(_)));
    });
}

#[test]
fn who_said_how_people_sign_in_is_told_and_can_be_taken_back() {
    each(|world| {
        let owner = world.client(Role::Owner);
        let page = owner.get("/access");
        assert!(page.says("Default: 5 min") && !page.says("Changed by"));
        let saved = owner.post(
            "/access",
            "version=0&factor_roles=owner&pin_minutes=9&sight_days=90",
        );
        assert_eq!(saved.status, 303, "{}", saved.body);
        let page = owner.get("/access");
        assert!(
            page.says("Changed by") && page.says("21 Nov 2026 10:00"),
            "{}",
            page.body
        );
        for (wrong, said) in [
            ("pin_minutes=99&sight_days=90", "1 to 60"),
            ("pin_minutes=9&sight_days=29", "30"),
            ("pin_minutes=9&sight_days=3651", "3650"),
        ] {
            let refused = owner.post("/access", &format!("version=1&{wrong}"));
            assert_eq!(refused.status, 422, "{wrong}");
            assert!(
                refused.body.replace(',', "").contains(said),
                "{}",
                refused.body
            );
        }
        let late = owner.post("/access", "version=0&pin_minutes=7&sight_days=90");
        assert_eq!(late.status, 409);
        assert_eq!(
            owner.post("/access", "version=1&reset=pin_minutes").status,
            303
        );
        let rules = world
            .read(|tx, ctx| people::access_rules(tx, ctx.org))
            .expect("read");
        assert_eq!((rules.pin_minutes, rules.factor_roles.len()), (5, 1));
        assert_eq!(rules.sight_days, 90, "the others stay");
        let reset = owner.post("/access", "version=2&reset=sight_days");
        assert_eq!(reset.status, 303, "{}", reset.body);
        let rules = world.read(|tx, ctx| people::access_rules(tx, ctx.org));
        assert_eq!(rules.expect("read").sight_days, 365);
        assert_eq!(world.client(Role::Manager).get("/access").status, 403);
    });
}

#[test]
fn tries_are_kept_with_how_from_where_and_how_they_ended() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        let (secret, _) = set_up(world, "mei");
        world.set_time("2026-11-21T10:00:30+08:00");
        assert_eq!(
            kind(knock(world, "mei", "wrong", "10.9.9.9")),
            FaultKind::Invalid
        );
        world.set_time("2026-11-21T10:01+08:00");
        let step = step(world, "mei");
        let code = secret.shown_at(world.clock.now());
        second(world, &step.token, &code).expect("in");
        let tries = world.read(|tx, ctx| people::sign_ins(tx, ctx, Some(mei.id), false, 9));
        let tries = tries.expect("they are kept");
        let told: Vec<(Way, Outcome)> = tries.iter().map(|one| (one.way, one.outcome)).collect();
        assert_eq!(told.len(), 4);
        assert!(told.contains(&(Way::Code, Outcome::In)));
        assert!(told.contains(&(Way::Password, Outcome::Next)));
        assert_eq!(tries[2].outcome, Outcome::Wrong);
        assert_eq!(tries[2].address, "10.9.9.9");
        let failed = world.read(|tx, ctx| people::sign_ins(tx, ctx, None, true, 9));
        assert!(
            failed
                .expect("kept")
                .iter()
                .all(|one| one.outcome != Outcome::In)
        );
    });
}
