//! How near the approximations come to exact chains.

use queueing::approximation::{RELATIVE_ERRORS, mean_wait};
use queueing::erlang::Queue;

use crate::chain::{self, Phases};

fn exact(servers: u32, rate: f64, squared_cv: f64) -> f64 {
    let (servers, busy) = (servers as usize, rate / f64::from(servers));
    let levels = servers + (40.0 / (1.0 - busy)) as usize;
    match squared_cv {
        0.0 => chain::mean_wait_constant(servers, rate, levels),
        0.5 => chain::mean_wait(servers, rate, Phases::erlang_2(), levels),
        more => chain::mean_wait(servers, rate, Phases::hyper(more), levels),
    }
}

#[test]
fn the_chains_agree_with_the_formulas_where_there_are_some() {
    // Pollaczek and Khinchine for one server.
    for squared_cv in [0.0, 0.5, 2.0, 4.0] {
        let known = 0.8 / 0.2 * (1.0 + squared_cv) / 2.0;
        let found = exact(1, 0.8, squared_cv);
        assert!(
            (found - known).abs() < 1e-6 * known,
            "{squared_cv}: {found} is not {known}"
        );
    }
}

#[test]
fn approximations_stay_within_the_error_they_state() {
    let mut worst = [0.0_f64; RELATIVE_ERRORS.len()];
    for servers in [2_u32, 5, 10] {
        for busy in [0.5, 0.7, 0.8, 0.95] {
            let rate = busy * f64::from(servers);
            let queue = Queue::new(servers, rate, 1.0).expect("a queue");
            for squared_cv in [0.0, 0.5, 2.0, 4.0, 9.0] {
                let known = exact(servers, rate, squared_cv);
                let near = mean_wait(&queue, squared_cv).expect("a number");
                let near = near.expect("below capacity");
                let error = (near.mean_wait / known - 1.0).abs();
                let stated = near.relative_error.expect("it was measured");
                assert!(
                    error <= stated,
                    "c {servers} busy {busy} cv² {squared_cv}: {error}"
                );
                let kind = RELATIVE_ERRORS
                    .iter()
                    .position(|(most, _)| squared_cv <= *most);
                let kind = &mut worst[kind.expect("it was measured")];
                *kind = kind.max(error);
            }
        }
    }
    for (found, (_, stated)) in worst.into_iter().zip(RELATIVE_ERRORS) {
        assert!(
            found > 0.75 * stated,
            "{found}: {stated} is needlessly large"
        );
    }
}

#[test]
fn one_server_and_exponential_service_are_exact() {
    let queue = Queue::new(1, 0.7, 1.0).expect("a queue");
    let wait = mean_wait(&queue, 0.25)
        .expect("a number")
        .expect("below capacity");
    assert!((wait.mean_wait - 0.7 / 0.3 * 0.625).abs() < 1e-12);
    assert_eq!(wait.relative_error, Some(0.0));
    let queue = Queue::new(7, 6.0, 1.0).expect("a queue");
    let wait = mean_wait(&queue, 1.0)
        .expect("a number")
        .expect("below capacity");
    let known = queue.delay().expect("below capacity").mean_wait;
    assert!((wait.mean_wait - known).abs() < 1e-12 * known);
    assert_eq!(
        mean_wait(&Queue::new(2, 3.0, 1.0).expect("a queue"), 1.0),
        Ok(None)
    );
}
