//! Signing in: who is let in, who is told what, and how often one may try.

use super::{PASSWORD, each, kind, knock, user};
use kernel::{FaultKind, Role};
use people::UserState;
use std::time::Instant;
use testing::World;

fn refusal(world: &World, login: &str, password: &str) -> String {
    let fault = knock(world, login, password, "10.0.0.9").expect_err("the door stays shut");
    format!("{:?} {}", fault.kind, fault.speak(kernel::Locale::En))
}

#[test]
fn a_login_is_found_however_it_is_typed() {
    each(|world| {
        user(world, "Mei@Lotus.example", Role::Desk);
        for typed in ["Mei@Lotus.example", " mei@lotus.EXAMPLE "] {
            let opened = knock(world, typed, PASSWORD, "10.0.0.1").expect("the door opens");
            assert_eq!(opened.signed_in.user.login, "Mei@Lotus.example");
        }
        assert!(world.activities().contains(&"user.signed_in".to_owned()));
    });
}

#[test]
fn unknown_login_wrong_password_and_no_password_get_the_same_answer() {
    each(|world| {
        let gone = user(world, "gone", Role::Desk);
        user(world, "mei", Role::Desk);
        let fresh = super::new_user("fresh", Role::Desk);
        world
            .write(move |tx, ctx| {
                people::create_user(tx, ctx, fresh)?;
                people::set_user_state(tx, ctx, gone.id, UserState::Inactive)
            })
            .expect("accounts are set up");
        let wrong = refusal(world, "mei", "not her password");
        assert!(wrong.starts_with("Invalid Login or password is not right"));
        for (login, password) in [
            ("nobody", PASSWORD),
            ("gone", PASSWORD),
            ("fresh", ""),
            ("", ""),
        ] {
            assert_eq!(refusal(world, login, password), wrong, "{login}");
        }
    });
}

#[test]
fn an_unknown_login_costs_the_work_of_a_wrong_password() {
    let time = |hash: Option<&str>| {
        let from = Instant::now();
        for _ in 0..5 {
            people::model::password_matches("a wrong password", hash);
        }
        from.elapsed().as_secs_f64()
    };
    let ctx = kernel::Ctx::system(
        kernel::Id::from_uuid(kernel::id::NIL),
        kernel::Timestamp::UNIX_EPOCH,
        kernel::IdSource::seeded(1),
    );
    let password = people::Password::new(PASSWORD, "mei").expect("it is good enough");
    let hash = people::hash_password(&ctx, &password, people::HashCost::Full).expect("it hashes");
    time(None);
    let (unknown, wrong) = (time(None), time(Some(&hash)));
    assert!(
        (0.3..3.0).contains(&(unknown / wrong)),
        "{unknown} against {wrong}"
    );
}

#[test]
fn after_five_wrong_guesses_a_login_has_to_wait_ever_longer_and_opens_again() {
    each(|world| {
        user(world, "mei", Role::Desk);
        for _ in 0..5 {
            assert_eq!(
                kind(knock(world, "mei", "a wrong guess", "10.0.0.1")),
                FaultKind::Invalid
            );
        }
        let waiting = knock(world, "MEI", PASSWORD, "10.0.0.2");
        let fault = waiting.expect_err("even the right password has to wait");
        assert_eq!(fault.kind, FaultKind::TooMany);
        assert!(
            fault
                .speak(kernel::Locale::En)
                .contains("Wait 1 second and")
        );
        world.set_time("2026-11-21T10:00:02+08:00");
        assert_eq!(
            kind(knock(world, "mei", "a wrong guess", "10.0.0.1")),
            FaultKind::Invalid
        );
        world.set_time("2026-11-21T10:00:03+08:00");
        assert_eq!(
            kind(knock(world, "mei", PASSWORD, "10.0.0.1")),
            FaultKind::TooMany
        );
        world.set_time("2026-11-21T10:00:04+08:00");
        assert!(knock(world, "mei", PASSWORD, "10.0.0.1").is_ok());
        assert!(
            knock(world, "mei", PASSWORD, "10.0.0.1").is_ok(),
            "a right one wipes the slate"
        );
    });
}

#[test]
fn an_unknown_login_has_to_wait_like_a_known_one() {
    each(|world| {
        for _ in 0..5 {
            assert_eq!(
                kind(knock(world, "nobody", "a guess", "10.0.0.1")),
                FaultKind::Invalid
            );
        }
        assert_eq!(
            kind(knock(world, "nobody", "a guess", "10.0.0.1")),
            FaultKind::TooMany
        );
    });
}

#[test]
fn colleagues_behind_the_address_of_a_forgetful_one_still_come_in() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let five_typos = |number: usize| {
            let login = format!("typist-{number}");
            user(world, &login, Role::Staff);
            for _ in 0..5 {
                assert_eq!(
                    kind(knock(world, &login, "x", "203.0.113.7")),
                    FaultKind::Invalid
                );
            }
        };
        (0..18).for_each(five_typos);
        for _ in 0..30 {
            let opened = knock(world, "mei", PASSWORD, "203.0.113.7");
            assert!(opened.is_ok(), "right ones do not count");
        }
        (18..20).for_each(five_typos);
        assert_eq!(
            kind(knock(world, "mei", PASSWORD, "203.0.113.7")),
            FaultKind::TooMany
        );
        assert!(
            knock(world, "mei", PASSWORD, "203.0.113.8").is_ok(),
            "others are not held up"
        );
        world.set_time("2026-11-21T10:10:00+08:00");
        assert!(knock(world, "mei", PASSWORD, "203.0.113.7").is_ok());
    });
}

#[test]
fn guesses_made_at_once_are_all_counted() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let outcomes: Vec<FaultKind> = std::thread::scope(|scope| {
            let guess = || kind(knock(world, "mei", "a wrong guess", "10.0.0.1"));
            let running: Vec<_> = (0..12).map(|_| scope.spawn(guess)).collect();
            running
                .into_iter()
                .map(|thread| thread.join().expect("it answers"))
                .collect()
        });
        let checked = outcomes
            .iter()
            .filter(|kind| **kind == FaultKind::Invalid)
            .count();
        assert_eq!(checked, 5, "{outcomes:?}");
    });
}
