//! What holds for every queue.

use proptest::prelude::*;
use queueing::erlang::Queue;
use queueing::staffing::{Demand, Target, arrival_rate_for, servers_for};

fn queue(servers: u32, load: f64) -> Queue {
    Queue::new(servers, load, 1.0).expect("a queue")
}

fn near(found: f64, known: f64, tolerance: f64) -> bool {
    (found - known).abs() <= tolerance * known.abs().max(f64::MIN_POSITIVE)
}

proptest! {
    #[test]
    fn who_may_wait_meets_busy_servers_more_often_than_who_is_turned_away(
        servers in 1_u32..400, share in 0.01_f64..0.999,
    ) {
        let queue = queue(servers, share * f64::from(servers));
        let (loss, delay) = (queue.loss(), queue.delay().expect("below capacity"));
        let leaving = queue.impatience(1.0).expect("it adds up");
        prop_assert!(loss.p_block <= leaving.p_wait * (1.0 + 1e-12));
        prop_assert!(leaving.p_wait <= delay.p_wait * (1.0 + 1e-12));
        prop_assert!(delay.p_wait <= 1.0);
    }

    #[test]
    fn one_server_more_never_makes_anything_worse(servers in 1_u32..300, load in 0.1_f64..300.0) {
        let (few, more) = (queue(servers, load), queue(servers + 1, load));
        prop_assert!(more.loss().p_block <= few.loss().p_block);
        if let Some(delay) = few.delay() {
            let better = more.delay().expect("still below capacity");
            prop_assert!(better.mean_wait <= delay.mean_wait && better.p_wait <= delay.p_wait);
        }
        let (few, more) = (few.impatience(0.5), more.impatience(0.5));
        let (few, more) = (few.expect("it adds up"), more.expect("it adds up"));
        prop_assert!(more.p_abandon <= few.p_abandon * (1.0 + 1e-12));
        prop_assert!(more.mean_queue <= few.mean_queue * (1.0 + 1e-12));
    }

    #[test]
    fn what_arrives_is_served_or_leaves(
        servers in 1_u32..200, load in 0.1_f64..400.0, patience in 0.01_f64..20.0,
    ) {
        let queue = queue(servers, load);
        let seen = queue.impatience(patience).expect("it adds up");
        let served = seen.occupancy * f64::from(servers) / load;
        prop_assert!(near(served + seen.p_abandon, 1.0, 1e-10));
        let at_once = queue.impatience_within(patience, 0.0).expect("it adds up");
        prop_assert!(near(at_once.p_offered_wait_beyond, seen.p_wait, 1e-9));
        let ever = queue.impatience_within(patience, 1e3).expect("it adds up");
        prop_assert!(near(ever.p_answered, 1.0 - seen.p_abandon, 1e-8));
    }

    #[test]
    fn very_patient_customers_wait_as_those_who_never_leave(
        servers in 1_u32..60, share in 0.1_f64..0.9,
    ) {
        let queue = queue(servers, share * f64::from(servers));
        let (patient, seen) = (queue.delay().expect("below"), queue.impatience(1e-9));
        let seen = seen.expect("it adds up");
        prop_assert!(near(seen.p_wait, patient.p_wait, 1e-5));
        prop_assert!(near(seen.mean_wait_all, patient.mean_wait, 1e-5));
        let within = queue.impatience_within(1e-9, 0.3).expect("it adds up");
        prop_assert!(near(within.p_answered, patient.p_wait_within(0.3), 1e-5));
    }

    #[test]
    fn the_servers_found_are_the_fewest_that_keep_the_promise(
        load in 0.2_f64..500.0, share in 0.02_f64..0.98,
    ) {
        let demand = Demand { arrival_rate: load, service_rate: 1.0, patience_rate: None };
        let target = Target::Answered { share, within: 0.2 };
        let servers = servers_for(&demand, target).expect("there are some");
        let keeps = |servers| {
            let delay = queue(servers, load).delay();
            delay.is_some_and(|delay| delay.p_wait_within(0.2) >= share)
        };
        prop_assert!(keeps(servers));
        prop_assert!(servers == 1 || !keeps(servers - 1));
        let rate = arrival_rate_for(servers, &demand, target).expect("a promise");
        prop_assert!(rate.is_some_and(|rate| rate >= load * (1.0 - 1e-9)));
    }
}

/// When customers leave as fast as they are served, the number inside is that of a queue with
/// servers without end: Poisson, whose tail can be summed directly.
#[test]
fn ten_thousand_servers_lose_no_digits() {
    for (servers, load) in [(10_000_u32, 9_900.0), (10_000, 10_050.0), (10_000, 9_000.0)] {
        let queue = queue(servers, load);
        let (mut weight, mut tail, mut length) = (1.0, 0.0, 0.0);
        for j in 0..3_000 {
            tail += weight;
            length += f64::from(j) * weight;
            weight *= load / f64::from(servers + j + 1);
        }
        let (mut weight, mut head) = (1.0, 0.0);
        for n in (1..=servers).rev() {
            weight *= f64::from(n) / load;
            head += weight;
        }
        let seen = queue.impatience(1.0).expect("it adds up");
        assert!(
            near(seen.p_wait, tail / (head + tail), 1e-9),
            "{load}: {}",
            seen.p_wait
        );
        assert!(near(seen.mean_queue, length / (head + tail), 1e-9));
        let blocked = 1.0 / (1.0 + head);
        assert!(near(queue.loss().p_block, blocked, 1e-9));
    }
}

#[test]
fn ten_thousand_servers_answer_within_a_wait() {
    let queue = queue(10_000, 10_050.0);
    let mut last = 0.0;
    for wait in [0.0, 0.001, 0.01, 0.1, 0.5, 1.0] {
        let within = queue.impatience_within(0.5, wait).expect("it adds up");
        assert!(within.p_answered >= last, "longer waits answer more");
        assert!(within.p_answered + within.p_wait_beyond_all <= 1.0 + 1e-9);
        last = within.p_answered;
    }
    let seen = queue.impatience(0.5).expect("it adds up");
    assert!(near(last, 1.0 - seen.p_abandon, 1e-9));
}

#[test]
fn extremes_are_answered_or_refused_and_never_a_nan() {
    for (servers, arrival, service, patience) in [
        (1, 1e-12, 1.0, 1.0),
        (1, 1e6, 1.0, 1.0),
        (10_000, 1e-3, 1.0, 0.1),
        (1_000_000, 999_000.0, 1.0, 0.5),
        (3, 2.999_999_9, 1.0, 1e-6),
        (5, 4.0, 1.0, 1e6),
    ] {
        let queue = Queue::new(servers, arrival, service).expect("a queue");
        let loss = queue.loss();
        assert!(loss.p_block.is_finite() && loss.carried_load.is_finite());
        let seen = queue.impatience(patience).expect("it adds up");
        let figures = [
            seen.p_wait,
            seen.p_abandon,
            seen.mean_wait_all,
            seen.mean_wait_served,
            seen.mean_queue,
            seen.occupancy,
            seen.p_empty,
        ];
        assert!(
            figures.iter().all(|f| f.is_finite() && *f >= 0.0),
            "{seen:?}"
        );
        for wait in [0.0, 1e-9, 1e3, 1e300] {
            let within = queue.impatience_within(patience, wait).expect("it adds up");
            assert!(
                (0.0..=1.0 + 1e-12).contains(&within.p_answered),
                "{within:?}"
            );
            assert!(
                (0.0..=1.0).contains(&within.p_offered_wait_beyond),
                "{within:?}"
            );
        }
        assert!(seen.p_wait <= 1.0 && seen.p_abandon <= 1.0 && seen.occupancy <= 1.0 + 1e-12);
    }
    let rare = Queue::new(1, 1e-12, 1.0).expect("a queue").impatience(1.0);
    assert!(near(rare.expect("it adds up").mean_queue, 0.5e-24, 1e-9));
    assert!(
        Queue::new(1, 1e12, 1.0)
            .expect("a queue")
            .impatience(1e-3)
            .is_err()
    );
}

#[test]
fn what_no_queue_can_have_is_named() {
    let words =
        |refused: Result<Queue, queueing::Unusable>| refused.expect_err("refused").to_string();
    assert_eq!(
        words(Queue::new(0, 1.0, 1.0)),
        "the number of servers is 0; give a whole number from 1 to 1000000"
    );
    assert_eq!(
        words(Queue::new(1, -1.0, 1.0)),
        "the arrival rate is -1; give a finite number above 0"
    );
    assert_eq!(
        words(Queue::new(1, 1.0, f64::NAN)),
        "the service rate is NaN; give a finite number above 0"
    );
    let queue = queue(2, 1.0);
    assert!(queue.impatience(0.0).is_err() && queue.impatience(f64::NAN).is_err());
    assert!(queue.impatience_within(1.0, -0.1).is_err());
    let demand = Demand {
        arrival_rate: 5.0,
        service_rate: 1.0,
        patience_rate: None,
    };
    assert!(
        servers_for(&demand, Target::Abandoned(0.05)).is_err(),
        "the patient never leave"
    );
    assert!(servers_for(&demand, Target::Waiting(1.5)).is_err());
}

#[test]
fn staff_for_the_example_that_everybody_quotes() {
    // Garnett, Mandelbaum and Reiman 2002: 48 calls a minute of 1 minute, patience 2 minutes.
    let demand = Demand {
        arrival_rate: 48.0,
        service_rate: 1.0,
        patience_rate: Some(0.5),
    };
    let servers = servers_for(&demand, Target::Abandoned(0.031)).expect("there are some");
    assert_eq!(servers, 50);
    let patient = Demand {
        patience_rate: None,
        ..demand
    };
    let promise = Target::Answered {
        share: 0.8,
        within: 1.0 / 3.0,
    };
    assert_eq!(servers_for(&patient, promise).expect("there are some"), 52);
}
