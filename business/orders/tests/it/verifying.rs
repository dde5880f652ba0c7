//! What the schema itself refuses, and what `verify` finds when somebody went around the program.

use testing::{World, each_engine};

use crate::shop::{self, rooms, sound};

/// Runs a statement past every command; whether the database took it.
fn meddle(world: &World, sql: &'static str) -> bool {
    world
        .write(move |tx, ctx| tx.execute(sql, &[ctx.org.into()]))
        .is_ok()
}

fn found(world: &World) -> String {
    let broken = world
        .read(orders::verify::check)
        .expect("it can be checked");
    broken.expect("it is found")
}

#[test]
fn the_table_itself_refuses_a_state_without_its_facts() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        shop.take(world, &shop.walk_in());
        for sql in [
            "update orders set state = 'finished' where org = $1",
            "update orders set state = 'booked' where org = $1",
            "update orders set state = 'held' where org = $1",
            "update orders set state = 'unheard-of' where org = $1",
            "update orders set arrived_at = null where org = $1",
            "update orders set closed_at = 1 where org = $1",
            "update orders set reason = 'why' where org = $1",
            "update orders set started_at = 1 where org = $1",
            "update orders set slot_starts_at = 1 where org = $1",
            "update orders set slot_starts_at = 2, slot_ends_at = 1 where org = $1",
            "update order_steps set state = 'done' where org = $1",
            "update order_steps set state = 'failed' where org = $1",
            "update order_lines set quantity = 0 where org = $1",
        ] {
            assert!(!meddle(world, sql), "{sql}");
        }
        sound(world);
    });
}

#[test]
fn verify_names_the_order_whose_totals_progress_or_story_do_not_agree() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        shop.take(world, &shop.walk_in());
        sound(world);
        assert!(meddle(
            world,
            "update sold_names set name_en = 'Shave' where org = $1"
        ));
        assert_eq!(
            found(world),
            "order R-00001: a search does not find what was sold"
        );
        assert!(meddle(
            world,
            "update sold_names set name_en = 'Cut' where org = $1"
        ));
        assert!(meddle(
            world,
            "update orders set total_minor = total_minor + 1 where org = $1"
        ));
        assert_eq!(
            found(world),
            "order R-00001: its totals are not the sum of its lines"
        );
        assert!(meddle(
            world,
            "update orders set total_minor = total_minor - 1 where org = $1"
        ));
        assert!(meddle(
            world,
            "update orders set steps_total = 9 where org = $1"
        ));
        assert_eq!(
            found(world),
            "order R-00001: its progress is not that of its steps"
        );
        assert!(meddle(
            world,
            "update orders set steps_total = 3, tax_minor = 1 where org = $1"
        ));
        assert_eq!(
            found(world),
            "order R-00001: its tax is not that of its lines"
        );
        assert!(meddle(
            world,
            "update orders set tax_minor = 951, state = 'cancelled', closed_at = 1,
                reason = 'why' where org = $1"
        ));
        assert!(meddle(
            world,
            "update orders set steps_total = 0 where org = $1"
        ));
        assert!(meddle(
            world,
            "update order_steps set state = 'skipped', ended_at = 1 where org = $1"
        ));
        assert_eq!(
            found(world),
            "order R-00001: it is cancelled, but the journal does not tell of order.cancelled"
        );
    });
}
