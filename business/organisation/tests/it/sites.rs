//! Sites and the business itself.

use super::{kind, scoped};
use kernel::{Bilingual, Ctx, FaultKind, Id, IdSource, Role};
use organisation::{
    NewOrganisation, SiteFields, SiteState, create_organisation, create_site, edit_organisation,
    edit_site, set_site_state, set_week, shell, site, site_by_slug, sites,
};
use testing::each_engine;

fn fields(name: &str) -> SiteFields {
    SiteFields::new(Bilingual::new("", name), "Europe/Berlin", "EUR")
}

/// Makes one field of a site wrong.
type Spoil = fn(&mut SiteFields);

#[test]
fn the_second_of_two_editors_is_told_and_nothing_is_overwritten() {
    each_engine(&[], |world| {
        let (id, seen) = (world.site.id, world.site.version);
        let first = world.write(move |tx, ctx| edit_site(tx, ctx, id, seen, fields("First")));
        assert_eq!(first.expect("the first edit counts").version, seen + 1);
        let second = world.write(move |tx, ctx| edit_site(tx, ctx, id, seen, fields("Second")));
        assert_eq!(kind(second), FaultKind::Conflict);
        let hours =
            world.write(move |tx, ctx| set_week(tx, ctx, id, seen, &organisation::Week::default()));
        assert_eq!(kind(hours), FaultKind::Conflict);
        let now = world
            .read(|tx, ctx| site(tx, ctx, id))
            .expect("the site is there");
        assert_eq!(now.name.en, "First");
        let changes = world
            .activities()
            .into_iter()
            .filter(|a| a == "site.changed");
        assert_eq!(changes.count(), 1);
    });
}

#[test]
fn only_owner_and_manager_edit_sites_and_only_theirs() {
    each_engine(&[], |world| {
        let id = world.site.id;
        for role in [
            Role::Desk,
            Role::Staff,
            Role::Support,
            Role::ReadOnly,
            Role::Guest,
        ] {
            let ctx = world.ctx_of(role);
            let refused = world.write_as(ctx.clone(), move |tx, ctx| {
                edit_site(tx, ctx, id, 1, fields("Mine"))
            });
            assert_eq!(kind(refused), FaultKind::Forbidden, "{role:?}");
            let refused = world.write_as(ctx, |tx, ctx| create_site(tx, ctx, fields("Mine")));
            assert_eq!(kind(refused), FaultKind::Forbidden, "{role:?}");
        }
        let elsewhere = scoped(world, Role::Manager, &[]);
        let refused = world.write_as(elsewhere.clone(), move |tx, ctx| {
            set_site_state(tx, ctx, id, 1, SiteState::Closed)
        });
        assert_eq!(kind(refused), FaultKind::Forbidden);
        let seen = world
            .db
            .read(|tx| sites(tx, &elsewhere))
            .expect("it answers");
        assert!(seen.is_empty());
        let manager = world.ctx_of(Role::Manager);
        let refused = world.write_as(manager, |tx, ctx| {
            let before = organisation::organisation(tx, ctx.org)?;
            let wanted = organisation::Organisation {
                name: Bilingual::new("", "Mine"),
                ..before
            };
            edit_organisation(tx, ctx, &wanted)
        });
        assert_eq!(kind(refused), FaultKind::Forbidden);
    });
}

#[test]
fn another_organisations_site_does_not_exist() {
    each_engine(&[], |world| {
        let other: Ctx = Ctx {
            org: Id::from_uuid(IdSource::seeded(9).uuid(world.clock.now())),
            ..world.ctx()
        };
        let id = world.site.id;
        let missing = world.db.read(|tx| site(tx, &other, id));
        assert_eq!(kind(missing), FaultKind::Missing);
        let missing = world.write_as(other, move |tx, ctx| {
            edit_site(tx, ctx, id, 1, fields("Theirs"))
        });
        assert_eq!(kind(missing), FaultKind::Missing);
    });
}

#[test]
fn a_web_name_is_unique_and_made_when_none_is_given() {
    each_engine(&[], |world| {
        let two = world.write(|tx, ctx| {
            let first = create_site(tx, ctx, fields("Old Town"))?;
            Ok((first, create_site(tx, ctx, fields("Old Town"))?))
        });
        let (first, second) = two.expect("both are made");
        assert_eq!(
            (first.slug.as_str(), second.slug.as_str()),
            ("old-town", "old-town-2")
        );
        let found = world.read(|tx, ctx| site_by_slug(tx, ctx, "old-town-2"));
        assert_eq!(
            found.expect("it answers").map(|site| site.id),
            Some(second.id)
        );
        let taken = world.write(move |tx, ctx| {
            let slug = Some("old-town".to_owned());
            edit_site(
                tx,
                ctx,
                second.id,
                1,
                SiteFields {
                    slug,
                    ..fields("Old Town")
                },
            )
        });
        assert_eq!(taken.expect_err("it is taken").fields[0].field, "slug");
        let elsewhere = world.write(|tx, ctx| {
            let ids = IdSource::system();
            let other = Ctx {
                org: Id::from_uuid(ids.uuid(ctx.now)),
                ..ctx.clone()
            };
            let name = Bilingual::new("莲花", "Lotus");
            create_organisation(
                tx,
                &other,
                NewOrganisation {
                    name,
                    slug: None,
                    brand: None,
                },
            )
        });
        assert_eq!(elsewhere.expect("a second business fits").slug, "lotus-2");
    });
}

#[test]
fn what_cannot_be_is_refused_at_its_field() {
    each_engine(&[], |world| {
        let wrong: [(&str, Spoil); 9] = [
            ("name_zh", |f| f.name = Bilingual::new(" ", "")),
            ("zone", |f| f.zone = "Mars/Base".to_owned()),
            ("zone", |f| f.zone = "../etc/passwd".to_owned()),
            ("currency", |f| f.currency = "bitcoin".to_owned()),
            ("address", |f| f.address = "x".repeat(201)),
            ("phone", |f| f.phone = "1\u{0}2".to_owned()),
            ("notice_minutes", |f| f.notice_minutes = -1),
            ("horizon_days", |f| f.horizon_days = 0),
            ("slug", |f| f.slug = Some("Ünder Score".to_owned())),
        ];
        for (field, spoil) in wrong {
            let mut typed = fields("Harbour");
            spoil(&mut typed);
            let refused = world.write(move |tx, ctx| create_site(tx, ctx, typed));
            assert_eq!(refused.expect_err("it is refused").fields[0].field, field);
        }
        let all = world.read(sites).expect("it answers");
        assert_eq!(all.len(), 1);
    });
}

#[test]
fn a_site_given_up_leaves_the_shell_but_not_the_history() {
    each_engine(&[], |world| {
        let (id, version) = (world.site.id, world.site.version);
        let closed =
            world.write(move |tx, ctx| set_site_state(tx, ctx, id, version, SiteState::Closed));
        closed.expect("it is given up");
        let (_, choices) = world.read(shell).expect("the shell answers");
        assert!(choices.is_empty());
        assert_eq!(world.read(sites).expect("it answers").len(), 1);
        assert!(world.activities().contains(&"site.closed".to_owned()));
    });
}
