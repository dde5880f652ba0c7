//! A computer that several people share: each takes a turn by name and PIN.

use super::{PASSWORD, browser, each, enter, knock, user};
use kernel::Role;
use kernel::ids::UserId;
use testing::{Client, World};

/// The desk's computer, shared, and somebody with the PIN 2580.
struct Desk {
    token: String,
    computer: Client,
    mei: UserId,
}

fn desk(world: &World) -> Desk {
    user(world, "desk", Role::Desk);
    let mei = user(world, "mei", Role::Owner).id;
    let own = knock(world, "mei", PASSWORD, "10.0.0.1").expect("in");
    let own = browser(world, own.token.text());
    assert_eq!(own.post("/settings/pin", "pin=2580").status, 303);
    let opened = knock(world, "desk", PASSWORD, "10.0.0.1").expect("in");
    let token = opened.token.text().to_owned();
    let computer = browser(world, &token);
    let shared = computer.post("/settings/shared", "");
    assert_eq!(shared.location(), "/switch");
    Desk {
        token,
        computer,
        mei,
    }
}

fn take(desk: &Desk, pin: &str) -> u16 {
    let form = format!("user={}&pin={pin}", desk.mei);
    desk.computer.post("/switch", &form).status
}

#[test]
fn a_shared_computer_opens_by_name_and_pin_and_acts_are_that_persons() {
    each(|world| {
        let desk = desk(world);
        assert!(enter(world, &desk.token).is_none(), "locked at once");
        let locked = desk.computer.get("/staff");
        assert_eq!(locked.location(), "/login?next=/staff");
        assert_eq!(
            desk.computer.get("/login?next=/staff").location(),
            "/switch?next=/staff"
        );
        let page = desk.computer.get("/switch?next=/staff");
        assert!(page.says("Chen Mei") && page.says("value=\"/staff\""));
        assert!(
            !page.says(&user_id(world, "desk")),
            "the computer itself takes no turn"
        );
        assert_eq!(take(&desk, "1111"), 422);
        assert_eq!(take(&desk, "2580"), 303);
        let acting = enter(world, &desk.token).expect("open");
        assert_eq!(acting.user, desk.mei);
        let shell = desk.computer.get("/staff");
        assert!(shell.says("data-locks=\"300\""), "{}", shell.body);
        assert!(world.activities().contains(&"user.turn_taken".to_owned()));
    });
}

fn user_id(world: &World, login: &str) -> String {
    let users = world.read(people::users).expect("listed");
    let found = users.into_iter().find(|user| user.login == login);
    found.expect("there").id.to_string()
}

#[test]
fn at_a_shared_computer_one_may_what_both_may_and_never_touch_ones_account() {
    each(|world| {
        let desk = desk(world);
        take(&desk, "2580");
        let acting = enter(world, &desk.token).expect("open");
        let (_, grants) = acting.own_role.expect("limited");
        assert!(grants.has(people::VIEW_STAFF), "the desk may, too");
        assert!(
            !grants.has(people::MANAGE_USERS),
            "the owner may, the desk may not"
        );
        for path in ["/settings", "/settings/code", "/access"] {
            assert_eq!(desk.computer.get(path).status, 403, "{path}");
        }
        assert_eq!(desk.computer.post("/settings/pin", "pin=2581").status, 403);
    });
}

#[test]
fn it_locks_itself_when_nothing_is_done_and_by_hand() {
    each(|world| {
        let desk = desk(world);
        take(&desk, "2580");
        world.set_time("2026-11-21T10:04+08:00");
        let poll = desk.computer.clone().with_header("hx-request", "true");
        assert_eq!(poll.get("/staff").status, 200, "a page that looks for news");
        world.set_time("2026-11-21T10:05+08:00");
        assert!(
            enter(world, &desk.token).is_none(),
            "is no act: it locked itself"
        );
        take(&desk, "2580");
        world.set_time("2026-11-21T10:09+08:00");
        assert_eq!(desk.computer.post("/switch/stay", "").status, 204);
        world.set_time("2026-11-21T10:13+08:00");
        assert!(enter(world, &desk.token).is_some(), "somebody was there");
        assert_eq!(desk.computer.post("/switch/lock", "").location(), "/switch");
        assert!(enter(world, &desk.token).is_none());
    });
}

#[test]
fn a_pin_is_locked_after_five_wrong_tries_until_its_owner_sets_a_new_one() {
    each(|world| {
        let desk = desk(world);
        let tries: Vec<u16> = std::thread::scope(|scope| {
            let running: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| take(&desk, "9911")))
                .collect();
            let joined = running.into_iter();
            joined
                .map(|thread| thread.join().expect("it answers"))
                .collect()
        });
        assert_eq!(tries, [422; 8]);
        assert_eq!(take(&desk, "2580"), 422, "even the right one");
        let page = world
            .client(Role::Owner)
            .get(&format!("/users/{}", desk.mei));
        assert!(page.says("Locked"));
        let own = knock(world, "mei", PASSWORD, "10.0.0.1").expect("the password still opens");
        let own = browser(world, own.token.text());
        assert_eq!(own.post("/settings/pin", "pin=1234").status, 422);
        assert_eq!(own.post("/settings/pin", "pin=8080").status, 303);
        assert_eq!(take(&desk, "8080"), 303);
    });
}

#[test]
fn whoever_is_kept_out_or_loses_the_pin_ends_their_turn() {
    each(|world| {
        let desk = desk(world);
        take(&desk, "2580");
        let path = format!("/users/{}/pin/removal", desk.mei);
        assert_eq!(world.client(Role::Owner).post(&path, "").status, 303);
        assert!(enter(world, &desk.token).is_none());
        assert!(desk.computer.get("/switch").says("Nobody has a PIN yet"));
        let ended = format!("/users/{}/sign-out", user_id(world, "desk"));
        assert_eq!(world.client(Role::Owner).post(&ended, "").status, 303);
        assert_eq!(desk.computer.get("/switch").location(), "/login");
    });
}

#[test]
fn no_other_session_takes_a_turn() {
    each(|world| {
        let desk = desk(world);
        user(world, "lin", Role::Desk);
        let lin = knock(world, "lin", PASSWORD, "10.0.0.1").expect("in");
        let lin = browser(world, lin.token.text());
        let form = format!("user={}&pin=2580", desk.mei);
        assert_ne!(lin.post("/switch", &form).status, 204);
        assert_eq!(lin.get("/switch").location(), "/login");
        assert_eq!(lin.get("/staff").status, 200, "lin is still lin");
        assert_eq!(lin.get("/access").status, 403);
    });
}
