//! Who may let whom in.

use super::{acting, each, kind, new_user, scoped, user};
use kernel::{FaultKind, Role, SiteScope};
use people::{
    NewUser, OwnFields, User, UserState, create_password_link, create_user, edit_own, edit_user,
    set_user_state, users,
};

#[test]
fn a_login_belongs_to_one_user_however_it_is_written() {
    each(|world| {
        user(world, "Mei@Lotus.example", Role::Desk);
        let taken =
            world.write(|tx, ctx| create_user(tx, ctx, new_user("mei@lotus.EXAMPLE", Role::Staff)));
        assert_eq!(taken.expect_err("it is taken").fields[0].field, "login");
        for wrong in ["", "m", "mei chen", &"x".repeat(121)] {
            let new = new_user(wrong, Role::Staff);
            let refused = world.write(move |tx, ctx| create_user(tx, ctx, new));
            assert_eq!(refused.expect_err("it is refused").fields[0].field, "login");
        }
    });
}

#[test]
fn managers_give_roles_below_their_own_where_they_act() {
    each(|world| {
        let site = world.site.id;
        let manager = scoped(world, Role::Manager, &[site]);
        let make = |new: NewUser| {
            world.write_as(manager.clone(), move |tx, ctx| create_user(tx, ctx, new))
        };
        let here = SiteScope::Only(vec![site]);
        for role in [Role::Owner, Role::Manager] {
            let new = NewUser {
                sites: here.clone(),
                ..new_user("chief", role)
            };
            assert_eq!(kind(make(new)), FaultKind::Forbidden);
        }
        assert_eq!(
            kind(make(new_user("all", Role::Desk))),
            FaultKind::Forbidden
        );
        let nowhere = NewUser {
            sites: SiteScope::Only(Vec::new()),
            ..new_user("no", Role::Desk)
        };
        assert_eq!(kind(make(nowhere)), FaultKind::Invalid);
        let made = make(NewUser {
            sites: here.clone(),
            ..new_user("mei", Role::Desk)
        });
        assert_eq!(made.expect("a desk of her own site").sites, here);
        let owner = user(world, "owner", Role::Owner);
        let link = world.write_as(manager, move |tx, ctx| {
            create_password_link(tx, ctx, owner.id)
        });
        assert_eq!(
            kind(link),
            FaultKind::Forbidden,
            "no way to an owner's account"
        );
    });
}

#[test]
fn others_neither_see_nor_make_users() {
    each(|world| {
        for role in [
            Role::Desk,
            Role::Staff,
            Role::Support,
            Role::ReadOnly,
            Role::Guest,
        ] {
            let ctx = world.ctx_of(role);
            assert_eq!(
                kind(world.db.read(|tx| users(tx, &ctx))),
                FaultKind::Forbidden
            );
            let made = world.write_as(ctx, |tx, ctx| {
                create_user(tx, ctx, new_user("x1", Role::Staff))
            });
            assert_eq!(kind(made), FaultKind::Forbidden, "{role:?}");
        }
    });
}

#[test]
fn one_owner_always_remains_even_when_two_leave_at_once() {
    each(|world| {
        let (one, two) = (
            user(world, "one", Role::Owner),
            user(world, "two", Role::Owner),
        );
        let left = std::thread::scope(|scope| {
            let leave = |id| {
                move || {
                    let out = world
                        .write(move |tx, ctx| set_user_state(tx, ctx, id, UserState::Inactive));
                    out.is_ok()
                }
            };
            let running = [scope.spawn(leave(one.id)), scope.spawn(leave(two.id))];
            running.map(|thread| thread.join().expect("it answers"))
        });
        assert_eq!(left.iter().filter(|ok| **ok).count(), 1, "{left:?}");
        let all = world.read(users).expect("they are listed");
        let active = all
            .into_iter()
            .filter(|user| user.state == UserState::Active);
        let last: Vec<User> = active.collect();
        let demoted = User {
            role: Role::Desk,
            ..last[0].clone()
        };
        let refused = world.write(move |tx, ctx| edit_user(tx, ctx, &last[0], &demoted));
        assert_eq!(kind(refused), FaultKind::Conflict);
    });
}

#[test]
fn nobody_keeps_themselves_out() {
    each(|world| {
        user(world, "two", Role::Owner);
        let one = user(world, "one", Role::Owner);
        let refused = world.write_as(acting(world, "one"), move |tx, ctx| {
            set_user_state(tx, ctx, one.id, UserState::Inactive)
        });
        assert_eq!(kind(refused), FaultKind::Conflict);
    });
}

#[test]
fn the_second_of_two_who_change_a_role_is_told() {
    each(|world| {
        let seen = user(world, "mei", Role::Desk);
        let first = User {
            role: Role::Support,
            ..seen.clone()
        };
        let second = User {
            role: Role::Manager,
            ..seen.clone()
        };
        let (one, two) = (seen.clone(), seen);
        world
            .write(move |tx, ctx| edit_user(tx, ctx, &one, &first))
            .expect("the first counts");
        let told = world.write(move |tx, ctx| edit_user(tx, ctx, &two, &second));
        assert_eq!(kind(told), FaultKind::Conflict);
        let now = world.read(users).expect("they are listed");
        assert_eq!(now[0].role, Role::Support);
    });
}

#[test]
fn everybody_changes_their_own_name_and_language() {
    each(|world| {
        user(world, "mei", Role::ReadOnly);
        let ctx = acting(world, "mei");
        world
            .write_as(ctx, |tx, ctx| {
                let fields = OwnFields {
                    name: "陈美".to_owned(),
                    reading: " Chen Mei ".to_owned(),
                    locale: kernel::Locale::ZhCn,
                    single_keys: false,
                };
                edit_own(tx, ctx, &fields)
            })
            .expect("it changes");
        let now = acting(world, "mei");
        assert_eq!(now.locale, kernel::Locale::ZhCn);
        assert!(matches!(now.actor, kernel::Actor::User { name, .. } if name == "陈美"));
    });
}

fn founding(login: &str) -> people::Founding {
    let hours = organisation::DayHours::parse("10:00-20:00").expect("the hours can be read");
    people::Founding {
        name: kernel::Bilingual::new("", "Corner Shop"),
        site_name: kernel::Bilingual::new("", "Corner"),
        zone: "Europe/London".to_owned(),
        currency: "GBP".to_owned(),
        week: organisation::Week::same(&[1, 2, 3, 4, 5], &hours),
        owner_name: "Ada".to_owned(),
        login: login.to_owned(),
        password_hash: "$argon2id$not-used".to_owned(),
        locale: kernel::Locale::En,
    }
}

#[test]
fn a_business_is_founded_with_an_owner_a_site_and_its_hours_or_not_at_all() {
    each(|world| {
        let other = || {
            let org = kernel::Id::from_uuid(kernel::IdSource::system().uuid(world.clock.now()));
            kernel::Ctx { org, ..world.ctx() }
        };
        let opened = world.write_as(other(), |tx, ctx| {
            people::found_business(tx, ctx, founding("ada"))
        });
        let ada = opened.expect("it is founded").signed_in;
        assert_eq!(
            (ada.user.role, ada.user.name.as_str()),
            (Role::Owner, "Ada")
        );
        let ctx = ada.ctx(world.clock.now(), kernel::IdSource::system());
        let monday: kernel::Date = "2026-11-23".parse().expect("a valid date");
        let (sites, spans) = world
            .db
            .read(|tx| {
                let sites = organisation::sites(tx, &ctx)?;
                let spans = organisation::open_spans(tx, &ctx, &sites[0], monday)?;
                Ok((sites, spans))
            })
            .expect("it is there");
        assert_eq!((sites.len(), spans[0].minutes()), (1, 600));
        let again = world.write_as(other(), |tx, ctx| {
            people::found_business(tx, ctx, founding("ADA"))
        });
        assert_eq!(
            again.expect_err("the login is taken").fields[0].field,
            "login"
        );
        let known = world
            .db
            .read(organisation::organisations)
            .expect("they are listed");
        assert_eq!(known.len(), 2, "the refused one left nothing behind");
        let stranger = world.write_as(other(), |tx, ctx| {
            people::commands::found_first_business(tx, ctx, founding("eve"))
        });
        assert_eq!(kind(stranger), FaultKind::Conflict);
    });
}
