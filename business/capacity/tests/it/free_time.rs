//! Free time as a pure function: hours, shifts, skills, buffers, notice and clocks that jump.

use capacity::model::{
    Busy, Need, Person, Picture, Place, Quanta, Rules, WhyNot, evaluate, nearest, slots,
};
use kernel::{Channel, Date, Id, Span, TimeZone, Timestamp, ids::ResourceId, ids::StaffId};

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn span(from: &str, to: &str) -> Span {
    Span::new(at(from), at(to)).expect("forwards")
}

fn staff(number: u128) -> StaffId {
    format!("00000000-0000-7000-8000-{number:012}")
        .parse()
        .expect("an id")
}

fn thing(number: u128) -> ResourceId {
    Id::parse(&format!("00000000-0000-7000-8000-{number:012}")).expect("an id")
}

fn person(number: u128, work: &[Span]) -> Person {
    Person {
        id: staff(number),
        skills: vec!["cut".to_owned()],
        work: work.to_vec(),
        busy: Busy::default(),
        stints: Vec::new(),
    }
}

fn cut() -> Need {
    Need {
        minutes: 50,
        before_minutes: 0,
        after_minutes: 10,
        skills: vec!["cut".to_owned()],
        kinds: Vec::new(),
    }
}

fn online(now: &str) -> Rules {
    Rules::of(Channel::Online, at(now), 60, 30)
}

const DAY: (&str, &str) = ("2026-11-26T02:00:00Z", "2026-11-26T13:00:00Z");

fn day() -> Picture {
    let open = span(DAY.0, DAY.1);
    Picture {
        open: vec![open],
        people: vec![person(1, &[open])],
        places: Vec::new(),
        ..Picture::default()
    }
}

fn starts(picture: &Picture, need: &Need, rules: &Rules, window: Span) -> Vec<String> {
    slots(picture, need, None, rules, window)
        .iter()
        .map(|slot| slot.start.to_string())
        .collect()
}

#[test]
fn the_last_start_still_ends_before_closing_while_clean_up_may_follow() {
    let rules = online("2026-11-25T02:00:00Z");
    let found = starts(&day(), &cut(), &rules, span(DAY.0, DAY.1));
    assert_eq!(
        found.first().map(String::as_str),
        Some("2026-11-26T02:00:00Z")
    );
    assert_eq!(
        found.last().map(String::as_str),
        Some("2026-11-26T12:00:00Z")
    );
    assert_eq!(found.len(), 41);
}

#[test]
fn clean_up_keeps_the_next_visit_away_but_not_the_one_after_it() {
    let mut picture = day();
    let taken = Quanta::covering(span("2026-11-26T05:00:00Z", "2026-11-26T06:00:00Z"));
    picture.people[0].busy = Busy::new(vec![taken]);
    let rules = online("2026-11-25T02:00:00Z");
    let ask = |text| evaluate(&picture, &cut(), None, at(text), &rules).err();
    assert_eq!(ask("2026-11-26T04:00:00Z"), None);
    assert_eq!(ask("2026-11-26T04:15:00Z"), Some(WhyNot::StaffBusy));
    assert_eq!(ask("2026-11-26T05:45:00Z"), Some(WhyNot::StaffBusy));
    assert_eq!(ask("2026-11-26T06:00:00Z"), None);
}

#[test]
fn each_refusal_gives_its_own_reason() {
    let picture = day();
    let rules = online("2026-11-26T03:00:00Z");
    let ask = |picture: &Picture, need: &Need, who, text| {
        evaluate(picture, need, who, at(text), &rules).err()
    };
    assert_eq!(
        ask(&picture, &cut(), None, "2026-11-26T02:00:00Z"),
        Some(WhyNot::Past)
    );
    assert_eq!(
        ask(&picture, &cut(), None, "2026-11-26T03:45:00Z"),
        Some(WhyNot::Notice(60))
    );
    assert_eq!(
        ask(&picture, &cut(), None, "2026-11-26T04:05:00Z"),
        Some(WhyNot::OffStep)
    );
    assert_eq!(
        ask(&picture, &cut(), None, "2026-11-26T04:00:00.5Z"),
        Some(WhyNot::OffStep)
    );
    assert_eq!(
        ask(&picture, &cut(), None, "2027-11-26T04:00:00Z"),
        Some(WhyNot::Horizon(30))
    );
    assert_eq!(
        ask(&picture, &cut(), None, "2026-11-26T12:15:00Z"),
        Some(WhyNot::Closed)
    );
    let stranger = Some(staff(9));
    assert_eq!(
        ask(&picture, &cut(), stranger, "2026-11-26T05:00:00Z"),
        Some(WhyNot::SkillMissing)
    );
}

#[test]
fn people_and_rooms_give_their_own_reasons() {
    let mut picture = day();
    let rules = online("2026-11-26T03:00:00Z");
    let ask = |picture: &Picture, need: &Need, who, text| {
        evaluate(picture, need, who, at(text), &rules).err()
    };
    picture.people[0].work = vec![span("2026-11-26T02:00:00Z", "2026-11-26T05:30:00Z")];
    assert_eq!(
        ask(&picture, &cut(), None, "2026-11-26T05:00:00Z"),
        Some(WhyNot::NoShift)
    );
    let colour = Need {
        skills: vec!["cut".to_owned(), "colour".to_owned()],
        ..cut()
    };
    assert_eq!(
        ask(&picture, &colour, None, "2026-11-26T04:00:00Z"),
        Some(WhyNot::SkillMissing)
    );
    let spa = Need {
        kinds: vec!["room".to_owned()],
        ..cut()
    };
    let none = WhyNot::ResourceMissing("room".to_owned());
    assert_eq!(
        ask(&picture, &spa, None, "2026-11-26T04:00:00Z"),
        Some(none)
    );
    let busy = Busy::new(vec![Quanta::covering(span(DAY.0, DAY.1))]);
    picture.places = vec![Place {
        id: thing(1),
        kind: "room".to_owned(),
        busy,
    }];
    let taken = WhyNot::ResourceBusy("room".to_owned());
    assert_eq!(
        ask(&picture, &spa, None, "2026-11-26T04:00:00Z"),
        Some(taken)
    );
    let endless = Need {
        minutes: 24 * 60 + 1,
        ..cut()
    };
    assert_eq!(
        ask(&picture, &endless, None, "2026-11-26T04:00:00Z"),
        Some(WhyNot::Length)
    );
}

#[test]
fn a_shift_and_opening_hours_across_midnight_are_one_stretch() {
    let night = span("2026-11-26T13:00:00Z", "2026-11-26T20:00:00Z");
    let picture = Picture {
        open: vec![night],
        people: vec![person(1, &[night])],
        places: vec![],
        ..Picture::default()
    };
    let rules = online("2026-11-25T02:00:00Z");
    let found = starts(&picture, &cut(), &rules, night);
    // 23:30 in Shanghai ends at 00:20 the next day.
    assert!(found.contains(&"2026-11-26T15:30:00Z".to_owned()));
    assert_eq!(found.len(), 25);
}

/// The instants of one local day from `from` to `to` o'clock in Berlin.
fn berlin(day: Date, from: i8, to: i8) -> Span {
    let zone = TimeZone::get("Europe/Berlin").expect("bundled");
    let clock = |hour| {
        day.at(hour, 0, 0, 0)
            .to_zoned(zone.clone())
            .expect("near")
            .timestamp()
    };
    Span::new(clock(from), clock(to)).expect("forwards")
}

#[test]
fn the_days_on_which_clocks_jump_have_23_and_25_hours_of_starts() {
    let quarter = Need {
        minutes: 15,
        after_minutes: 0,
        ..cut()
    };
    let count = |month, day| {
        let open = berlin(Date::constant(2026, month, day), 0, 6);
        let picture = Picture {
            open: vec![open],
            people: vec![person(1, &[open])],
            places: vec![],
            ..Picture::default()
        };
        let rules = Rules {
            latest: Timestamp::MAX,
            ..online("2026-01-01T00:00:00Z")
        };
        starts(&picture, &quarter, &rules, open).len()
    };
    assert_eq!(count(3, 28), 24);
    assert_eq!(count(3, 29), 20, "02:00 to 03:00 does not exist");
    assert_eq!(count(10, 25), 28, "02:00 to 03:00 comes twice");
}

#[test]
fn notice_that_lands_on_the_jump_is_counted_in_real_hours() {
    // 00:30 in Berlin, half an hour before the clocks jump from 02:00 to 03:00 begins to matter.
    let open = berlin(Date::constant(2026, 3, 29), 0, 9);
    let picture = Picture {
        open: vec![open],
        people: vec![person(1, &[open])],
        places: vec![],
        ..Picture::default()
    };
    let rules = Rules::of(Channel::Online, at("2026-03-28T23:30:00Z"), 120, 30);
    let found = starts(&picture, &cut(), &rules, open);
    assert_eq!(
        found.first().map(String::as_str),
        Some("2026-03-29T01:30:00Z")
    );
}

#[test]
fn the_nearest_times_come_in_order_of_the_day() {
    let rules = online("2026-11-25T02:00:00Z");
    let found = slots(&day(), &cut(), None, &rules, span(DAY.0, DAY.1));
    let near: Vec<_> = nearest(found, at("2026-11-26T05:10:00Z"), 3)
        .iter()
        .map(|slot| slot.start.to_string())
        .collect();
    assert_eq!(
        near,
        [
            "2026-11-26T05:00:00Z",
            "2026-11-26T05:15:00Z",
            "2026-11-26T05:30:00Z"
        ]
    );
}

#[test]
fn the_desk_ignores_notice_but_not_what_is_taken() {
    let picture = day();
    let rules = Rules::of(Channel::Desk, at("2026-11-26T04:02:00Z"), 60, 30);
    let ask = |text| evaluate(&picture, &cut(), None, at(text), &rules).err();
    assert_eq!(ask("2026-11-26T04:00:00Z"), None);
    assert_eq!(ask("2026-11-26T04:05:00Z"), None);
    assert_eq!(ask("2026-11-26T04:07:00Z"), Some(WhyNot::OffStep));
    assert_eq!(ask("2026-11-25T04:00:00Z"), Some(WhyNot::Past));
}

#[test]
fn the_ends_of_the_calendar_are_refused_without_panic() {
    for instant in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH] {
        let rules = online("2026-11-26T04:02:00Z");
        assert!(evaluate(&day(), &cut(), None, instant, &rules).is_err());
        assert!(cut().times(Timestamp::MAX).is_none());
    }
}
