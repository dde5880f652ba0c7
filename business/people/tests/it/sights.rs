//! Who saw what of a customer: kept once a quarter of an hour, for owners, for a year.

use super::{each, kind, user};
use kernel::ids::CustomerId;
use kernel::{Actor, Ctx, FaultKind, Role, Timestamp};
use people::{Seen, Sight, SightFilter, SightKind, User, keep_sight, sights};
use testing::World;

fn acting(world: &World, user: &User) -> Ctx {
    Ctx {
        actor: Actor::User {
            id: user.id,
            staff: None,
            name: user.name.clone(),
        },
        ..world.ctx_of(user.role)
    }
}

fn see(world: &World, user: &User, sight: Sight) {
    let ctx = acting(world, user);
    world
        .write_as(ctx, move |tx, ctx| keep_sight(tx, ctx, &sight))
        .expect("it is kept");
}

fn kept(world: &World, customer: Option<CustomerId>) -> Vec<Seen> {
    let filter = SightFilter {
        customer,
        user: None,
        kind: None,
        from: Timestamp::UNIX_EPOCH,
        to: Timestamp::MAX,
    };
    world
        .read(|tx, ctx| sights(tx, ctx, &filter, 100))
        .expect("owners may read it")
}

#[test]
fn seeing_a_customer_again_within_a_quarter_of_an_hour_counts_up_one_row() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        let customer: CustomerId = world.ctx().id();
        see(world, &mei, Sight::page(customer));
        world.set_time("2026-11-21T10:05+08:00");
        see(world, &mei, Sight::page(customer));
        let rows = kept(world, Some(customer));
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].user, rows[0].times), (mei.id, 2));
        assert_eq!(rows[0].last_at, world.clock.now());
        world.set_time("2026-11-21T10:15+08:00");
        see(world, &mei, Sight::page(customer));
        assert_eq!(kept(world, Some(customer)).len(), 2, "a new quarter begins");
    });
}

#[test]
fn a_list_a_search_and_an_export_are_told_for_the_customers_in_them() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        let [first, second, third]: [CustomerId; 3] = [(); 3].map(|()| world.ctx().id());
        see(world, &mei, Sight::list([first, second]));
        see(world, &mei, Sight::search([second]));
        see(world, &mei, Sight::export("customers", 412));
        see(world, &mei, Sight::list([]));
        let kinds = |customer| -> Vec<SightKind> {
            let mut kinds: Vec<SightKind> =
                kept(world, customer).iter().map(|seen| seen.kind).collect();
            kinds.sort_by_key(|kind| kind.as_str());
            kinds
        };
        assert_eq!(kinds(Some(first)), [SightKind::Export, SightKind::List]);
        assert_eq!(
            kinds(Some(second)),
            [SightKind::Export, SightKind::List, SightKind::Search]
        );
        assert_eq!(kinds(Some(third)), [SightKind::Export]);
        let export = kept(world, None);
        assert!(export.iter().any(|seen| seen.count == 412));
    });
}

#[test]
fn only_those_who_may_read_it_do_and_guests_leave_no_trace() {
    each(|world| {
        let customer: CustomerId = world.ctx().id();
        let guest = world.guest_ctx();
        world
            .write_as(guest, move |tx, ctx| {
                keep_sight(tx, ctx, &Sight::page(customer))
            })
            .expect("nothing is kept");
        assert!(kept(world, None).is_empty());
        for role in [Role::Manager, Role::Desk, Role::Staff, Role::ReadOnly] {
            let ctx = world.ctx_of(role);
            let filter = SightFilter {
                customer: None,
                user: None,
                kind: None,
                from: Timestamp::UNIX_EPOCH,
                to: Timestamp::MAX,
            };
            let read = world.db.read(|tx| sights(tx, &ctx, &filter, 9));
            assert_eq!(kind(read), FaultKind::Forbidden, "{role:?}");
        }
    });
}

fn forget(world: &World) {
    for job in people::room().jobs {
        world
            .write(move |tx, ctx| (job.run)(tx, ctx))
            .expect("the job runs");
    }
}

#[test]
fn sights_are_forgotten_after_a_year() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        see(world, &mei, Sight::page(world.ctx().id()));
        world.set_time("2027-11-20T10:00+08:00");
        forget(world);
        assert_eq!(kept(world, None).len(), 1);
        world.set_time("2027-11-22T10:00+08:00");
        forget(world);
        assert_eq!(kept(world, None), []);
    });
}

#[test]
fn a_business_says_for_how_long_sights_are_kept() {
    each(|world| {
        let mei = user(world, "mei", Role::Desk);
        see(world, &mei, Sight::page(world.ctx().id()));
        let wanted = people::model::AccessRules {
            sight_days: 90,
            ..Default::default()
        };
        let said = world.write(move |tx, ctx| people::set_access_rules(tx, ctx, &wanted));
        said.expect("it is said");
        world.set_time("2027-02-18T10:00+08:00");
        forget(world);
        assert_eq!(kept(world, None).len(), 1);
        world.set_time("2027-02-20T10:00+08:00");
        forget(world);
        assert_eq!(kept(world, None), []);
    });
}
