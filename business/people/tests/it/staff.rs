//! Who serves, and what they can do.

use super::{each, hire, kind, scoped, user};
use kernel::{Bilingual, FaultKind, Role};
use organisation::{SiteFields, create_site};
use people::{
    StaffFields, create_staff, edit_staff, save_skill, set_staff_active, set_staff_user, staff,
    staff_at, staff_member,
};

#[test]
fn staff_have_sites_and_skills_and_are_sorted_by_reading() {
    each(|world| {
        let site = world.site.id;
        let made = world.write(move |tx, ctx| {
            save_skill(tx, ctx, "colour", &Bilingual::new("染发", "Hair colour"))?;
            let second = create_site(
                tx,
                ctx,
                SiteFields::new(Bilingual::new("", "Old Town"), "Europe/Berlin", "EUR"),
            )?
            .id;
            let person = |name: &str, reading: &str, sites| StaffFields {
                name: name.to_owned(),
                reading: reading.to_owned(),
                sites,
                skills: vec!["colour".to_owned()],
                external_id: Some(name.to_owned()),
            };
            create_staff(tx, ctx, person("周苏音", "Zhou Suyin", vec![second, site]))?;
            create_staff(tx, ctx, person("陈雨桐", "Chen Yutong", vec![site]))?;
            Ok(second)
        });
        let second = made.expect("they are taken on");
        let here = world
            .read(|tx, ctx| staff_at(tx, ctx, site))
            .expect("they are listed");
        let names: Vec<_> = here.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["陈雨桐", "周苏音"]);
        assert_eq!(here[1].sites, [second, site], "the home site comes first");
        assert!(here[0].can(&["colour".to_owned()]) && !here[0].can(&["massage".to_owned()]));
        let there = world
            .read(|tx, ctx| staff_at(tx, ctx, second))
            .expect("they are listed");
        assert_eq!(there.len(), 1);
    });
}

#[test]
fn what_cannot_be_is_refused_at_its_field() {
    each(|world| {
        let site = world.site.id;
        let good = || StaffFields {
            name: "Mei".to_owned(),
            sites: vec![site],
            ..StaffFields::default()
        };
        for (field, fields) in [
            (
                "name",
                StaffFields {
                    name: "  ".to_owned(),
                    ..good()
                },
            ),
            (
                "name",
                StaffFields {
                    name: "x".repeat(81),
                    ..good()
                },
            ),
            (
                "reading",
                StaffFields {
                    reading: "x\n".repeat(3),
                    ..good()
                },
            ),
            (
                "sites",
                StaffFields {
                    sites: Vec::new(),
                    ..good()
                },
            ),
            (
                "skills",
                StaffFields {
                    skills: vec!["flying".to_owned()],
                    ..good()
                },
            ),
        ] {
            let refused = world.write(move |tx, ctx| create_staff(tx, ctx, fields));
            assert_eq!(refused.expect_err("it is refused").fields[0].field, field);
        }
        for code in ["", "Hair Colour", "x\u{e9}", &"x".repeat(41)] {
            let code = code.to_owned();
            let refused =
                world.write(move |tx, ctx| save_skill(tx, ctx, &code, &Bilingual::new("", "Hair")));
            assert_eq!(
                refused.expect_err("it is refused").fields[0].field,
                "skill_code"
            );
        }
        assert!(world.read(staff).expect("they are listed").is_empty());
    });
}

#[test]
fn the_same_key_of_another_program_is_not_taken_on_twice() {
    each(|world| {
        let site = world.site.id;
        let hire = || {
            world.write(move |tx, ctx| {
                let (name, external_id) = ("Mei".to_owned(), Some("E-1".to_owned()));
                let sites = vec![site];
                create_staff(
                    tx,
                    ctx,
                    StaffFields {
                        name,
                        sites,
                        external_id,
                        ..Default::default()
                    },
                )
            })
        };
        hire().expect("the first is taken on");
        assert_eq!(
            hire().expect_err("the second is not").fields[0].field,
            "external_id"
        );
    });
}

#[test]
fn the_second_of_two_editors_is_told_and_the_first_edit_stays() {
    each(|world| {
        let mei = hire(world, "Mei");
        let edit = |name: &str| {
            let fields = StaffFields {
                name: name.to_owned(),
                sites: mei.sites.clone(),
                ..StaffFields::default()
            };
            let (id, version) = (mei.id, mei.version);
            world.write(move |tx, ctx| edit_staff(tx, ctx, id, version, fields))
        };
        edit("Mei One").expect("the first edit counts");
        assert_eq!(kind(edit("Mei Two")), FaultKind::Conflict);
        let now = world
            .read(|tx, ctx| staff_member(tx, ctx, mei.id))
            .expect("she is there");
        assert_eq!(now.name, "Mei One");
    });
}

#[test]
fn only_managers_of_their_site_change_staff() {
    each(|world| {
        let mei = hire(world, "Mei");
        let fields = StaffFields {
            name: "Mine".to_owned(),
            sites: mei.sites.clone(),
            ..StaffFields::default()
        };
        for ctx in [
            world.ctx_of(Role::Desk),
            world.ctx_of(Role::Staff),
            world.ctx_of(Role::ReadOnly),
            scoped(world, Role::Manager, &[]),
        ] {
            let (id, fields) = (mei.id, fields.clone());
            let refused = world.write_as(ctx, move |tx, ctx| edit_staff(tx, ctx, id, 1, fields));
            assert_eq!(kind(refused), FaultKind::Forbidden);
        }
    });
}

#[test]
fn a_manager_of_one_site_does_not_take_somebody_off_another() {
    each(|world| {
        let site = world.site.id;
        let made = world.write(move |tx, ctx| {
            let fields = SiteFields::new(Bilingual::new("", "Old Town"), "Europe/Berlin", "EUR");
            let other = create_site(tx, ctx, fields)?.id;
            let (name, sites) = ("Mei".to_owned(), vec![site, other]);
            Ok((
                create_staff(
                    tx,
                    ctx,
                    StaffFields {
                        name,
                        sites,
                        ..Default::default()
                    },
                )?,
                other,
            ))
        });
        let (mei, other) = made.expect("she is taken on");
        let manager = scoped(world, Role::Manager, &[site]);
        let (name, sites) = ("Mei".to_owned(), vec![site]);
        let edited = world.write_as(manager, move |tx, ctx| {
            let fields = StaffFields {
                name,
                sites,
                ..StaffFields::default()
            };
            edit_staff(tx, ctx, mei.id, mei.version, fields)
        });
        assert_eq!(edited.expect("it is hers to edit").sites, [site, other]);
    });
}

#[test]
fn somebody_who_left_is_not_offered_but_keeps_their_name() {
    each(|world| {
        let mei = hire(world, "Mei");
        let site = world.site.id;
        world
            .write(move |tx, ctx| set_staff_active(tx, ctx, mei.id, false))
            .expect("she leaves");
        let here = world
            .read(|tx, ctx| staff_at(tx, ctx, site))
            .expect("they are listed");
        assert!(here.is_empty());
        assert_eq!(world.read(staff).expect("they are listed").len(), 1);
    });
}

#[test]
fn a_user_is_at_most_one_member_of_staff() {
    each(|world| {
        let (mei, lin) = (hire(world, "Mei"), hire(world, "Lin"));
        let account = user(world, "mei", Role::Staff);
        let staff_of = |staff| {
            world
                .write(move |tx, ctx| set_staff_user(tx, ctx, staff, Some(account.id)))
                .expect("they are joined");
        };
        staff_of(mei.id);
        staff_of(lin.id);
        let mei = world
            .read(|tx, ctx| staff_member(tx, ctx, mei.id))
            .expect("she is there");
        assert_eq!(mei.user, None);
        assert_eq!(super::acting(world, "mei").staff(), Some(lin.id));
    });
}

#[test]
fn a_manager_does_not_give_an_owners_account_to_somebody() {
    each(|world| {
        let mei = hire(world, "Mei").id;
        let owner = user(world, "owner", Role::Owner).id;
        let refused = world.write_as(world.ctx_of(Role::Manager), move |tx, ctx| {
            set_staff_user(tx, ctx, mei, Some(owner))
        });
        assert_eq!(kind(refused), FaultKind::Forbidden);
    });
}

#[test]
fn a_portrait_stands_on_the_page_the_list_and_the_week() {
    each(|world| {
        let person = hire(world, "周苏音");
        let manager = world.client(Role::Manager);
        let path = format!("/staff/{}/files", person.id);
        let me = testing::picture(40, 40, 1);
        assert_eq!(
            world
                .client(Role::Desk)
                .upload(&path, &[("me.png", &me)])
                .status,
            403
        );
        assert!(!manager.get("/staff").says("<img"));
        let kept = manager.upload(&path, &[("me.png", &me)]);
        assert_eq!(kept.status, 303, "{}", kept.body);
        for page in [kept.location(), "/staff", "/staff/week"] {
            assert!(manager.get(page).says(&format!("src=\"{path}/")), "{page}");
        }
        let elsewhere = scoped(world, Role::Manager, &[]);
        let reached = world.write_as(elsewhere, move |tx, ctx| {
            let target = files::Target {
                shelf: people::PORTRAIT,
                owner: person.id.to_string(),
                part: None,
            };
            let portrait = people::portraits(tx, ctx)?.of(person.id);
            files::remove(tx, ctx, &target, portrait.expect("there is one"))
        });
        assert_eq!(
            kind(reached),
            FaultKind::Missing,
            "another site's manager leaves it alone"
        );
    });
}
