//! Sessions, links and tokens.

use super::{PASSWORD, acting, by_link, each, enter, kind, knock, user};
use kernel::{Ctx, FaultKind, Role};
use people::auth::{PasswordChange, by_session, by_token, change_password, sign_out};
use people::{
    HashCost, Token, TokenKind, UserState, create_api_token, create_password_link,
    revoke_api_token, revoke_other_sessions, revoke_session, sessions, set_user_state,
};
use testing::World;

fn is_live(world: &World, token: &Token) -> bool {
    enter(world, token.text()).is_some()
}

#[test]
fn a_session_ends_twelve_hours_after_its_last_use() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let token = knock(world, "mei", PASSWORD, "10.0.0.1")
            .expect("the door opens")
            .token;
        world.set_time("2026-11-21T21:59:00+08:00");
        assert!(is_live(world, &token), "and this use keeps it alive");
        world.set_time("2026-11-22T09:58:59+08:00");
        assert!(is_live(world, &token));
        world.set_time("2026-11-22T21:59:00+08:00");
        assert!(!is_live(world, &token));
    });
}

#[test]
fn a_session_ends_after_thirty_days_however_much_it_is_used() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let token = knock(world, "mei", PASSWORD, "10.0.0.1")
            .expect("the door opens")
            .token;
        for day in 0..60_i64 {
            let hours = kernel::Timestamp::from_second(
                testing::at("2026-11-21T10:00+08:00").as_second() + day * 11 * 3600,
            );
            world.clock.set(hours.expect("the day exists"));
            assert!(is_live(world, &token), "{day}");
        }
        world.set_time("2026-12-21T10:00:00+08:00");
        assert!(!is_live(world, &token));
    });
}

#[test]
fn use_is_noted_at_most_once_a_minute() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let token = knock(world, "mei", PASSWORD, "10.0.0.1")
            .expect("the door opens")
            .token;
        let due = |at: &str| {
            let found = world
                .db
                .read(|tx| by_session(tx, token.text(), testing::at(at)));
            found.expect("the door answers").map(|(_, due)| due)
        };
        assert_eq!(due("2026-11-21T10:00:59+08:00"), Some(false));
        assert_eq!(due("2026-11-21T10:01:00+08:00"), Some(true));
    });
}

#[test]
fn signing_out_ends_the_session_and_nonsense_opens_nothing() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let token = knock(world, "mei", PASSWORD, "10.0.0.1")
            .expect("the door opens")
            .token;
        let text = token.text().to_owned();
        world
            .write(move |tx, _| {
                sign_out(tx, &text)?;
                sign_out(tx, &text)
            })
            .expect("signing out twice is no fault");
        assert!(!is_live(world, &token));
        for nonsense in ["", "sts_", "stw_x", "'; drop table sessions; --"] {
            assert!(enter(world, nonsense).is_none());
        }
    });
}

#[test]
fn somebody_kept_out_is_signed_out_at_once() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        let token = knock(world, "mei", PASSWORD, "10.0.0.1")
            .expect("the door opens")
            .token;
        let state = move |state| {
            world
                .write(move |tx, ctx| set_user_state(tx, ctx, mei.id, state))
                .expect("it changes");
        };
        state(UserState::Inactive);
        assert!(!is_live(world, &token));
        assert_eq!(
            kind(knock(world, "mei", PASSWORD, "10.0.0.1")),
            FaultKind::Invalid
        );
        state(UserState::Active);
        assert!(!is_live(world, &token), "the old session stays ended");
        assert!(knock(world, "mei", PASSWORD, "10.0.0.1").is_ok());
    });
}

#[test]
fn one_sees_and_ends_ones_own_sessions_only() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        let lin = user(world, "lin", Role::Desk);
        let first = knock(world, "mei", PASSWORD, "10.0.0.1").expect("the door opens");
        let second = knock(world, "mei", PASSWORD, "10.0.0.2").expect("the door opens");
        let third = knock(world, "mei", PASSWORD, "10.0.0.3").expect("the door opens");
        let (ctx, other) = (acting(world, "mei"), acting(world, "lin"));
        let listed = world
            .db
            .read(|tx| sessions(tx, &ctx, mei.id))
            .expect("they are listed");
        assert_eq!(listed.len(), 4);
        let peek = world.db.read(|tx| sessions(tx, &ctx, lin.id));
        assert_eq!(kind(peek), FaultKind::Forbidden);
        let id = first.signed_in.session.expect("it is a browser");
        world
            .write_as(other, move |tx, ctx| revoke_session(tx, ctx, id))
            .expect("no fault");
        assert!(
            is_live(world, &first.token),
            "another's session is not hers to end"
        );
        world
            .write_as(ctx.clone(), move |tx, ctx| revoke_session(tx, ctx, id))
            .expect("ended");
        assert!(!is_live(world, &first.token));
        let keep = second.signed_in.session.expect("it is a browser");
        let ended = world.write_as(ctx, move |tx, ctx| revoke_other_sessions(tx, ctx, keep));
        assert_eq!(ended.expect("they end"), 2);
        assert!(is_live(world, &second.token) && !is_live(world, &third.token));
    });
}

#[test]
fn a_link_sets_a_password_once() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        let old = knock(world, "mei", PASSWORD, "10.0.0.1")
            .expect("the door opens")
            .token;
        let link = world.write(move |tx, ctx| create_password_link(tx, ctx, mei.id));
        let link = link.expect("a link is made");
        let set = |password: &str| by_link(world, &link, password);
        assert_eq!(
            kind(set("short")),
            FaultKind::Invalid,
            "and the link is not used up"
        );
        let opened = set("a brand new sentence").expect("the password is set");
        assert!(is_live(world, &opened.token) && !is_live(world, &old));
        assert_eq!(kind(set("yet another sentence")), FaultKind::Missing);
        assert!(knock(world, "mei", "a brand new sentence", "10.0.0.1").is_ok());
        assert_eq!(
            kind(knock(world, "mei", PASSWORD, "10.0.0.1")),
            FaultKind::Invalid
        );
    });
}

#[test]
fn of_two_who_use_a_link_at_once_one_wins() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        let link = world.write(move |tx, ctx| create_password_link(tx, ctx, mei.id));
        let link = link.expect("a link is made");
        let wins = std::thread::scope(|scope| {
            let go = |n: usize| {
                let link = &link;
                let password = format!("sentence number {n}");
                move || by_link(world, link, &password).is_ok()
            };
            let running: Vec<_> = (0..6).map(|n| scope.spawn(go(n))).collect();
            let joined = running
                .into_iter()
                .map(|thread| thread.join().expect("it answers"));
            joined.filter(|won| *won).count()
        });
        assert_eq!(wins, 1);
    });
}

#[test]
fn a_link_is_good_for_a_day_and_a_newer_one_replaces_it() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        let make = || world.write(move |tx, ctx| create_password_link(tx, ctx, mei.id));
        let (first, second) = (make().expect("made"), make().expect("made"));
        let set = |link: &Token| by_link(world, link, "a brand new sentence");
        assert_eq!(kind(set(&first)), FaultKind::Missing);
        world.set_time("2026-11-22T10:00:00+08:00");
        assert_eq!(kind(set(&second)), FaultKind::Missing);
    });
}

#[test]
fn ones_own_password_changes_with_the_old_one_and_ends_the_other_sessions() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let here = knock(world, "mei", PASSWORD, "10.0.0.1").expect("the door opens");
        let there = knock(world, "mei", PASSWORD, "10.0.0.2").expect("the door opens");
        let ctx = acting(world, "mei");
        let change = |old: &str, new: &str| {
            let change = PasswordChange {
                old,
                new,
                cost: HashCost::Cheap,
            };
            change_password(&world.db, &ctx, here.signed_in.session, change)
        };
        let wrong = change("not my password", "a brand new sentence").expect_err("refused");
        assert_eq!(wrong.fields[0].field, "old_password");
        let weak = change(PASSWORD, "password123").expect_err("refused");
        assert_eq!(weak.fields[0].field, "password");
        change(PASSWORD, "a brand new sentence").expect("it changes");
        assert!(is_live(world, &here.token) && !is_live(world, &there.token));
    });
}

#[test]
fn a_programs_token_is_limited_to_its_scopes_and_to_its_makers_role() {
    each(|world| {
        let owner = user(world, "owner", Role::Owner);
        let scopes = vec!["staff.view".to_owned()];
        let token = world
            .write(move |tx, ctx| create_api_token(tx, ctx, owner.id, "Website", &scopes))
            .expect("a token is made");
        assert!(Token::parse(token.text(), TokenKind::Session).is_none());
        let found = world
            .db
            .read(|tx| by_token(tx, token.text(), world.clock.now()));
        let (program, _) = found.expect("the door answers").expect("it opens");
        let ctx: Ctx = program.ctx(world.clock.now(), kernel::IdSource::system());
        assert!(ctx.may(people::VIEW_STAFF) && !ctx.may(people::EDIT_STAFF));
        let listed = world.read(people::api_tokens).expect("they are listed");
        let id = listed[0].id;
        world
            .write(move |tx, ctx| revoke_api_token(tx, ctx, id))
            .expect("it is revoked");
        assert!(!is_live(world, &token));
    });
}

#[test]
fn only_the_owner_gives_tokens() {
    each(|world| {
        let mei = user(world, "mei", Role::Manager);
        for role in [
            Role::Manager,
            Role::Desk,
            Role::Staff,
            Role::Support,
            Role::ReadOnly,
        ] {
            let made = world.write_as(world.ctx_of(role), move |tx, ctx| {
                create_api_token(tx, ctx, mei.id, "x", &["staff.view".to_owned()])
            });
            assert_eq!(kind(made), FaultKind::Forbidden, "{role:?}");
        }
    });
}

#[test]
fn no_secret_is_kept_as_it_is_shown() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        let opened = knock(world, "mei", PASSWORD, "10.0.0.1").expect("the door opens");
        let link = world.write(move |tx, ctx| create_password_link(tx, ctx, mei.id));
        let link = link.expect("a link is made");
        for (sql, secret) in [
            (
                "select token_hash from sessions order by id limit 9",
                opened.token.text(),
            ),
            (
                "select token_hash from password_links order by user_id limit 9",
                link.text(),
            ),
            (
                "select password_hash from users order by id limit 9",
                PASSWORD,
            ),
        ] {
            let kept = world.db.read(|tx| tx.all(sql, &[], |row| row.text(0)));
            assert!(
                kept.expect("it is kept")
                    .iter()
                    .all(|kept| !kept.contains(secret))
            );
        }
    });
}
