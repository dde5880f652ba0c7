//! What holds for every model.

use proptest::prelude::*;
use simulate::distribution::Distribution;
use simulate::model::{Arrivals, Kind, Rate, Room, Span, Step};
use simulate::{Model, Results, Study, compare, json, simulate};

use crate::shop::{self, line, poisson, team, to, work};

fn salon() -> Model {
    json::read(shop::SALON).expect("the example is a model")
}

fn mean(results: &Results, group: &str, figure: &str) -> f64 {
    let group = results.group(group).expect("the group");
    group.figure(figure).expect("the figure").mean
}

fn once(model: &Model, seed: u64) -> Results {
    let study = Study {
        replications: 1,
        seed,
        ..Study::default()
    };
    simulate(model, &study).expect("the model can be played")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whoever_comes_is_accounted_for(seed in any::<u64>(), stylists in 1_u32..6) {
        let mut model = salon();
        model.staff[1].count = stylists;
        let results = once(&model, seed);
        for group in ["booked", "walk-in"] {
            let of = |figure| mean(&results, group, figure);
            let ended = of("turned_away") + of("balked") + of("abandoned") + of("served");
            prop_assert_eq!(of("arrived"), ended + of("unfinished"));
        }
        for section in results.staff.iter().chain(&results.rooms) {
            let share = section.figure("occupancy").expect("the figure").mean;
            prop_assert!((0.0..=1.3).contains(&share), "{} {share}", section.name);
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_figures(seed in any::<u64>()) {
        prop_assert_eq!(once(&salon(), seed), once(&salon(), seed));
        let other = mean(&once(&salon(), seed.wrapping_add(1)), "walk-in", "visit_mean");
        prop_assert!(mean(&once(&salon(), seed), "walk-in", "visit_mean") != other);
    }

    #[test]
    fn one_server_more_makes_nobody_wait_longer_with_the_same_luck(
        seed in any::<u64>(), servers in 1_u32..6, share in 0.3_f64..1.2,
    ) {
        let minutes = Distribution::LogNormal { mean: 5.0, cv: 0.8 };
        let rate = share * f64::from(servers) / 5.0;
        let few = line(servers, rate, minutes.clone(), 2_000.0);
        let more = line(servers + 1, rate, minutes, 2_000.0);
        let study = Study { replications: 2, seed, ..Study::default() };
        let gain = compare(&few, &more, &study).expect("both can be played");
        prop_assert!(mean(&gain, "all", "wait_mean_all") <= 1e-9);
        prop_assert_eq!(mean(&gain, "all", "arrived"), 0.0);
    }

    #[test]
    fn the_queue_is_what_arrives_times_what_it_waits(
        seed in any::<u64>(), servers in 1_u32..5, share in 0.2_f64..0.9,
    ) {
        let rate = share * f64::from(servers);
        let minutes = Distribution::Exponential { mean: 1.0 };
        let mut model = line(servers, rate, minutes, 3_000.0);
        model.warm_up_minutes = 0.0;
        let results = once(&model, seed);
        let queue = results.step("serve").expect("the step").figure("queue_mean");
        let waited = mean(&results, "all", "wait_mean") * mean(&results, "all", "arrived");
        let queue = queue.expect("the figure").mean;
        // Those who still wait at the end are in the queue, but have no wait yet.
        prop_assert!((queue - waited / 3_000.0).abs() < 0.05 + 0.1 * queue);
    }
}

#[test]
fn common_luck_makes_the_difference_of_two_models_surer() {
    let minutes = Distribution::LogNormal { mean: 5.0, cv: 0.8 };
    let few = line(5, 0.85, minutes.clone(), 2_000.0);
    let more = line(6, 0.85, minutes, 2_000.0);
    let study = Study {
        replications: 50,
        ..Study::default()
    };
    let half = |results: &Results| {
        let wait = results.group("all").expect("the group").figure("wait_mean");
        wait.expect("the figure")
            .half_width
            .expect("many replications")
    };
    let paired = half(&compare(&few, &more, &study).expect("both can be played"));
    let alone = half(&simulate(&few, &study).expect("a model"));
    let other = half(&simulate(&more, &study).expect("a model"));
    let independent = alone.hypot(other);
    assert!(
        paired < 0.95 * independent,
        "{paired} against {independent}"
    );
    let model = line(5, 0.85, Distribution::Constant(4.0), 500.0);
    let same = compare(&model, &model, &study).expect("a model");
    assert_eq!(half(&same), 0.0);
}

#[test]
fn a_visit_goes_on_when_its_slowest_branch_has_come() {
    let branches = vec!["quick".to_owned(), "slow".to_owned()];
    let both = Step {
        name: "both".into(),
        kind: Kind::Parallel { branches },
        next: to("last"),
    };
    let mut model = line(1, 0.01, Distribution::Constant(1.0), 10_000.0);
    model.steps = vec![
        both,
        work("quick", Distribution::Constant(2.0), to("join")),
        work("slow", Distribution::Constant(9.0), to("join")),
        work("last", Distribution::Constant(1.0), to("end")),
    ];
    model.staff = vec![team("quick", 1), team("slow", 1), team("last", 1)];
    model.customers = vec![poisson("both", 0.001)];
    model.customers[0].arrivals = Arrivals::At(vec![100.0, 200.0, 300.0]);
    model.warm_up_minutes = 0.0;
    let results = once(&model, 1);
    assert_eq!(mean(&results, "all", "visit_mean"), 10.0);
    assert_eq!(mean(&results, "all", "served"), 3.0);
    assert_eq!(mean(&results, "all", "share_waited"), 0.0);
}

#[test]
fn who_has_priority_waits_less_and_the_others_pay_for_it() {
    let mut model = line(1, 0.4, Distribution::Exponential { mean: 1.0 }, 50_000.0);
    let mut second = poisson("serve", 0.4);
    second.name = "later".to_owned();
    second.priority = 5;
    model.customers.push(second);
    let results = once(&model, 1);
    // Cobham 1954: with rates 0.4 and 0.4 of mean 1, W = 0.8/(1 − 0.4) and 0.8/(0.6 · 0.2).
    let (first, later) = (
        mean(&results, "all", "wait_mean"),
        mean(&results, "later", "wait_mean"),
    );
    assert!((first - 0.8 / 0.6).abs() < 0.1, "{first}");
    assert!((later - 0.8 / 0.12).abs() < 0.7, "{later}");
}

#[test]
fn a_room_is_as_good_a_bottleneck_as_a_person() {
    let mut model = line(9, 0.8, Distribution::Exponential { mean: 1.0 }, 50_000.0);
    if let Kind::Work { rooms, .. } = &mut model.steps[0].kind {
        rooms.push("chair".to_owned());
    }
    model.rooms = vec![Room {
        name: "chair".to_owned(),
        count: 1,
    }];
    let results = once(&model, 1);
    let wait = mean(&results, "all", "wait_mean");
    assert!(
        (wait - 4.0).abs() < 0.4,
        "M/M/1 at 0.8 waits 4, here {wait}"
    );
    let chair = results.room("chair").expect("the room").figure("occupancy");
    assert!((chair.expect("the figure").mean - 0.8).abs() < 0.02);
}

#[test]
fn shifts_opening_and_rates_follow_the_clock_and_begin_again() {
    let mut model = line(1, 0.0, Distribution::Constant(1.0), 4_320.0);
    model.warm_up_minutes = 0.0;
    model.cycle_minutes = Some(1_440.0);
    let nine_to_five = Span {
        from_minute: 540.0,
        until_minute: 1_020.0,
    };
    model.opening = vec![nine_to_five];
    model.staff[0].shifts = vec![nine_to_five];
    let rate = |from_minute, per_hour| Rate {
        from_minute,
        per_hour,
    };
    let rates = vec![rate(0.0, 6.0), rate(600.0, 12.0), rate(660.0, 0.0)];
    model.customers[0].arrivals = Arrivals::Poisson(rates);
    let study = Study {
        replications: 200,
        ..Study::default()
    };
    let results = simulate(&model, &study).expect("a model");
    // Three days of 6 an hour for ten hours and 12 for one; the door is closed for nine hours.
    assert!((mean(&results, "all", "arrived") - 216.0).abs() < 3.0);
    assert!((mean(&results, "all", "turned_away") - 162.0).abs() < 3.0);
    let busy = results.team("serve").expect("the team").figure("occupancy");
    let known = 54.0 / (3.0 * 480.0);
    assert!((busy.expect("the figure").mean - known).abs() < 0.05 * known);
}

#[test]
fn work_waits_for_the_shift_and_is_finished_after_it() {
    let mut model = line(1, 0.0, Distribution::Constant(30.0), 300.0);
    model.warm_up_minutes = 0.0;
    model.run_on = true;
    model.staff[0].shifts = vec![Span {
        from_minute: 60.0,
        until_minute: 70.0,
    }];
    model.customers[0].arrivals = Arrivals::At(vec![10.0, 20.0]);
    let results = once(&model, 1);
    assert_eq!(mean(&results, "all", "served"), 1.0);
    assert_eq!(mean(&results, "all", "unfinished"), 1.0);
    assert_eq!(mean(&results, "all", "wait_mean"), 50.0);
    assert_eq!(mean(&results, "all", "visit_mean"), 80.0);
}

#[test]
fn the_least_skilled_who_can_do_it_are_taken_first() {
    let mut model = line(1, 0.0, Distribution::Constant(10.0), 100.0);
    model.warm_up_minutes = 0.0;
    let mut versatile = team("serve", 1);
    versatile.name = "versatile".to_owned();
    versatile.skills.push("other".to_owned());
    model.staff.insert(0, versatile);
    model.customers[0].arrivals = Arrivals::At(vec![10.0, 30.0, 50.0]);
    let results = once(&model, 1);
    let used = |name| {
        let team = results.team(name).expect("the team");
        team.figure("used_mean").expect("the figure").mean
    };
    assert_eq!((used("versatile"), used("serve")), (0.0, 0.3));
}

#[test]
fn appointments_are_missed_and_late_as_often_as_told() {
    let mut model = line(50, 0.0, Distribution::Constant(1.0), 10_000.0);
    model.warm_up_minutes = 0.0;
    model.customers[0].arrivals = Arrivals::Bookings {
        at_minutes: (0..9_000).map(f64::from).collect(),
        no_show: 0.2,
        lateness: Distribution::Normal { mean: 3.0, sd: 5.0 },
    };
    let results = once(&model, 1);
    assert!((mean(&results, "all", "no_show") - 1_800.0).abs() < 120.0);
    let (came, missed) = (
        mean(&results, "all", "arrived"),
        mean(&results, "all", "no_show"),
    );
    assert_eq!(came + missed, 9_000.0);
}
