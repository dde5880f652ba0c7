//! Roles that a business makes itself, and regions that somebody may act in.

use super::{PASSWORD, acting, each, kind, knock, new_user, user};
use kernel::ids::RoleId;
use kernel::{Bilingual, Ctx, Fault, FaultKind, IdSource, Role, SiteScope};
use organisation::{GroupFields, SiteFields};
use people::{NewUser, OwnRole, RoleFields, User};
use testing::World;

fn fields(name: &str, permissions: &[&str]) -> RoleFields {
    RoleFields {
        name: Bilingual::new("", name),
        base: Role::Desk,
        permissions: permissions.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn make(world: &World, ctx: Ctx, name: &str, permissions: &[&str]) -> Result<OwnRole, Fault> {
    let fields = fields(name, permissions);
    world.write_as(ctx, move |tx, ctx| people::create_role(tx, ctx, &fields))
}

/// An account of a role of the business's own, with the usual password.
fn holder(world: &World, login: &str, role: RoleId) -> User {
    let made = user(world, login, Role::Desk);
    give(world, world.ctx(), &made, Some(role)).expect("the role is given");
    made
}

fn give(world: &World, ctx: Ctx, user: &User, role: Option<RoleId>) -> Result<(), Fault> {
    let seen = world.read(|tx, ctx| people::user(tx, ctx, user.id))?;
    world.write_as(ctx, move |tx, ctx| {
        let own_role = match role {
            Some(id) => Some(people::role(tx, ctx, id)?.into()),
            None => None,
        };
        let wanted = User {
            own_role,
            ..seen.clone()
        };
        people::edit_user(tx, ctx, &seen, &wanted)
    })
}

#[test]
fn a_role_of_its_own_may_exactly_what_was_chosen() {
    each(|world| {
        let made = make(
            world,
            world.ctx(),
            "Planner",
            &["staff.view", "shifts.edit"],
        );
        let role = made.expect("the role is made");
        holder(world, "pia", role.id);
        let ctx = acting(world, "pia");
        assert!(ctx.may(people::EDIT_SHIFTS) && ctx.may(people::VIEW_STAFF));
        assert!(!ctx.may(people::EDIT_STAFF) && !ctx.may(people::MANAGE_USERS));
        assert!(ctx.may(kernel::Permission::OWN_ACCOUNT));
        assert!(world.activities().contains(&"role.created".to_owned()));
    });
}

#[test]
fn changing_a_role_counts_for_those_who_are_signed_in() {
    each(|world| {
        let role = make(world, world.ctx(), "Planner", &["staff.view"]).expect("made");
        holder(world, "pia", role.id);
        let opened = knock(world, "pia", PASSWORD, "10.0.0.1").expect("the door opens");
        let more = fields("Planner", &["staff.view", "staff.edit"]);
        let (id, version) = (role.id, role.version);
        world
            .write(move |tx, ctx| people::edit_role(tx, ctx, id, version, &more))
            .expect("it changes");
        let now = super::enter(world, opened.token.text()).expect("still in");
        let (_, grants) = now.own_role.expect("a role of its own");
        assert!(grants.has(people::EDIT_STAFF));
        let late = fields("Other", &["staff.view"]);
        let stale = world.write(move |tx, ctx| people::edit_role(tx, ctx, id, version, &late));
        assert_eq!(kind(stale), FaultKind::Conflict);
    });
}

#[test]
fn nobody_gives_what_he_has_not() {
    each(|world| {
        let maker = ["roles.manage", "users.manage", "staff.view"];
        let role = make(world, world.ctx(), "Recruiter", &maker).expect("made");
        holder(world, "rita", role.id);
        let ctx = acting(world, "rita");
        let beyond = make(world, ctx.clone(), "More", &["staff.view", "staff.edit"]);
        let fault = beyond.expect_err("it is refused");
        assert_eq!(fault.fields[0].field, "permissions");
        let within = make(world, ctx.clone(), "Reader", &["staff.view"]).expect("made");
        let strong = make(world, world.ctx(), "Strong", &["shifts.edit"]).expect("made");
        let mei = user(world, "mei", Role::ReadOnly);
        let too_much = give(world, ctx.clone(), &mei, Some(strong.id));
        assert_eq!(kind(too_much), FaultKind::Forbidden);
        holder(world, "lin", within.id);
        let lin = world.read(people::users).expect("listed");
        let lin = lin
            .into_iter()
            .find(|one| one.login == "lin")
            .expect("there");
        assert_eq!(
            kind(give(world, ctx.clone(), &lin, Some(strong.id))),
            FaultKind::Forbidden
        );
        let id = strong.id;
        let removed = world.write_as(ctx, move |tx, ctx| people::remove_role(tx, ctx, id));
        assert_eq!(kind(removed), FaultKind::Forbidden);
    });
}

#[test]
fn a_role_in_use_stays_and_one_that_nobody_has_goes() {
    each(|world| {
        let role = make(world, world.ctx(), "Planner", &["staff.view"]).expect("made");
        let pia = holder(world, "pia", role.id);
        let id = role.id;
        let remove = || world.write(move |tx, ctx| people::remove_role(tx, ctx, id));
        let fault = remove().expect_err("it is in use");
        assert_eq!(fault.kind, FaultKind::Conflict);
        assert!(
            fault
                .speak(kernel::Locale::En)
                .contains("One account has this role")
        );
        give(world, world.ctx(), &pia, None).expect("another role");
        remove().expect("it goes");
        assert_eq!(world.read(people::roles).expect("listed"), []);
    });
}

#[test]
fn of_giving_a_role_and_removing_it_at_once_one_wins() {
    each(|world| {
        for round in 0..4 {
            let name = format!("Planner {round}");
            let role = make(world, world.ctx(), &name, &["staff.view"]).expect("made");
            let login = format!("pia-{round}");
            let pia = user(world, &login, Role::Desk);
            let id = role.id;
            let (given, removed) = std::thread::scope(|scope| {
                let give = scope.spawn(|| give(world, world.ctx(), &pia, Some(id)).is_ok());
                let remove = scope.spawn(|| {
                    world
                        .write(move |tx, ctx| people::remove_role(tx, ctx, id))
                        .is_ok()
                });
                (
                    give.join().expect("it answers"),
                    remove.join().expect("it answers"),
                )
            });
            assert!(given != removed, "given {given}, removed {removed}");
            let left = world.read(|tx, ctx| people::user(tx, ctx, pia.id));
            assert_eq!(left.expect("there").own_role.is_some(), given);
        }
    });
}

#[test]
fn bad_roles_are_refused_with_their_field() {
    each(|world| {
        make(world, world.ctx(), "Planner", &["staff.view"]).expect("made");
        for (name, permissions, field) in [
            ("", vec!["staff.view"], "name_en"),
            ("Planner", vec!["staff.view"], "name_en"),
            ("Empty", vec![], "permissions"),
            ("Odd", vec!["staff.fly"], "permissions"),
        ] {
            let fault = make(world, world.ctx(), name, &permissions).expect_err("refused");
            assert_eq!(fault.fields[0].field, field, "{name}");
        }
        let manager = make(world, world.ctx_of(Role::Manager), "Mine", &["staff.view"]);
        assert_eq!(kind(manager), FaultKind::Forbidden);
    });
}

#[test]
fn whoever_acts_in_a_region_acts_at_the_sites_that_join_it_later() {
    each(|world| {
        let site = world.site.id;
        let (north, annex) = world
            .write(move |tx, ctx| {
                let region = |name: &str, parent| GroupFields {
                    name: Bilingual::new("", name),
                    parent,
                };
                let north = organisation::create_group(tx, ctx, region("North", None))?;
                let city = organisation::create_group(tx, ctx, region("City", Some(north.id)))?;
                organisation::place_site(tx, ctx, site, Some(city.id))?;
                let new = SiteFields::new(Bilingual::new("", "Annex"), "Asia/Shanghai", "CNY");
                let annex = organisation::create_site(tx, ctx, new)?;
                Ok((north.id, annex.id))
            })
            .expect("a region with a site");
        let new = NewUser {
            sites: SiteScope::Only(Vec::new()),
            groups: vec![north],
            ..new_user("nora", Role::Manager)
        };
        let made = world.write(move |tx, ctx| {
            let user = people::create_user(tx, ctx, new)?;
            people::open_session(tx, ctx, user.id)
        });
        let token = made.expect("she comes in");
        let sites = || super::enter(world, &token).expect("she is in").sites;
        assert_eq!(sites(), SiteScope::Only(vec![site]));
        world
            .write(move |tx, ctx| organisation::place_site(tx, ctx, annex, Some(north)))
            .expect("the annex joins");
        let SiteScope::Only(mut both) = sites() else {
            panic!("a region is not everything");
        };
        both.sort_unstable();
        let mut expected = vec![site, annex];
        expected.sort_unstable();
        assert_eq!(both, expected);
        let nora = super::enter(world, &token).expect("in");
        let ctx = Ctx {
            sites: nora.sites,
            ..Ctx::system(world.org, world.clock.now(), IdSource::system())
        };
        let ctx = Ctx {
            role: Role::Manager,
            ..ctx
        };
        let everywhere = world.write_as(ctx, |tx, ctx| {
            people::create_user(tx, ctx, new_user("all", Role::Desk))
        });
        assert_eq!(kind(everywhere), FaultKind::Forbidden);
    });
}
