//! Regions: sites in groups, and groups within groups.

use super::kind;
use kernel::ids::SiteGroupId;
use kernel::{Bilingual, Fault, FaultKind, Role};
use organisation::{GroupFields, SiteGroup};
use testing::{World, each_engine};

fn region(name: &str, parent: Option<SiteGroupId>) -> GroupFields {
    GroupFields {
        name: Bilingual::new("", name),
        parent,
    }
}

fn make(world: &World, name: &str, parent: Option<SiteGroupId>) -> Result<SiteGroup, Fault> {
    let fields = region(name, parent);
    world.write(move |tx, ctx| organisation::create_group(tx, ctx, fields))
}

fn move_to(world: &World, group: &SiteGroup, parent: Option<SiteGroupId>) -> Result<(), Fault> {
    let (id, version) = (group.id, group.version);
    let fields = region("Moved", parent);
    world.write(move |tx, ctx| organisation::edit_group(tx, ctx, id, version, fields))
}

#[test]
fn a_region_lies_neither_within_itself_nor_too_deep() {
    each_engine(&[organisation::room()], |world| {
        let north = make(world, "North", None).expect("made");
        let city = make(world, "City", Some(north.id)).expect("made");
        for parent in [north.id, city.id] {
            let circle = move_to(world, &north, Some(parent)).expect_err("refused");
            assert_eq!(circle.fields[0].field, "parent");
        }
        let mut last = city;
        for depth in 3..=5 {
            last = make(world, &format!("Level {depth}"), Some(last.id)).expect("made");
        }
        let deep = make(world, "Level 6", Some(last.id)).expect_err("too deep");
        assert_eq!(deep.fields[0].field, "parent");
        let other = make(world, "Other", None).expect("made");
        let deep = move_to(world, &north, Some(other.id)).expect_err("its parts go too deep");
        assert_eq!(deep.fields[0].field, "parent");
    });
}

#[test]
fn of_two_who_put_regions_into_one_another_one_is_refused() {
    each_engine(&[organisation::room()], |world| {
        let first = make(world, "First", None).expect("made");
        let second = make(world, "Second", None).expect("made");
        let wins = std::thread::scope(|scope| {
            let a = scope.spawn(|| move_to(world, &first, Some(second.id)).is_ok());
            let b = scope.spawn(|| move_to(world, &second, Some(first.id)).is_ok());
            [a, b]
                .into_iter()
                .map(|thread| thread.join().expect("it answers"))
                .filter(|won| *won)
                .count()
        });
        assert_eq!(wins, 1);
    });
}

#[test]
fn what_was_in_a_removed_region_moves_to_the_one_above() {
    each_engine(&[organisation::room()], |world| {
        let north = make(world, "North", None).expect("made");
        let city = make(world, "City", Some(north.id)).expect("made");
        let (site, id) = (world.site.id, city.id);
        world
            .write(move |tx, ctx| {
                organisation::place_site(tx, ctx, site, Some(id))?;
                organisation::remove_group(tx, ctx, id)
            })
            .expect("it goes");
        let now = world.read(|tx, ctx| organisation::site(tx, ctx, site));
        assert_eq!(now.expect("there").group, Some(north.id));
        let under = world.read(|tx, ctx| organisation::sites_under(tx, ctx.org, &[north.id]));
        assert_eq!(under.expect("read"), [site]);
    });
}

#[test]
fn only_the_owner_rearranges_regions() {
    each_engine(&[organisation::room()], |world| {
        for role in [Role::Manager, Role::Desk, Role::Staff, Role::ReadOnly] {
            let made = world.write_as(world.ctx_of(role), |tx, ctx| {
                organisation::create_group(tx, ctx, region("Mine", None))
            });
            assert_eq!(kind(made), FaultKind::Forbidden, "{role:?}");
        }
    });
}
