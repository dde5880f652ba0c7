//! What a design must be, checked without a database.

use blueprints::{
    Body, Condition, END, Edit, Lane, Move, PHASES_MAX, STEPS_MAX, Split, StepFields, Verdict,
    verdict,
};
use kernel::{Bilingual, Fault, FaultKind, Locale};
use proptest::prelude::*;

fn change(body: Body, key: &str, with: impl FnOnce(&mut StepFields)) -> Result<Body, Fault> {
    let mut fields = StepFields::from(body.step(key).expect("the step is there").clone());
    with(&mut fields);
    let edit = Edit::ChangeStep {
        key: key.to_owned(),
        fields: Box::new(fields),
    };
    body.apply(edit).map(|(body, _)| body)
}

fn keys(body: &Body) -> Vec<&str> {
    body.steps.iter().map(|step| step.key.as_str()).collect()
}

fn moved(body: Body, key: &str, to: Move) -> Body {
    let edit = Edit::MoveStep {
        key: key.to_owned(),
        to,
    };
    body.apply(edit).expect("a move is always possible").0
}

#[test]
fn the_starter_can_be_published_and_its_work_is_what_staff_do() {
    let body = Body::starter();
    assert_eq!(body.check_publishable(Locale::En), Ok(()));
    let work: Vec<&str> = body
        .work_steps()
        .iter()
        .map(|step| step.key.as_str())
        .collect();
    assert_eq!(work, ["greet", "serve", "payment"]);
    assert_eq!(body.minutes(), 37);
}

#[test]
fn an_automatic_step_is_nobodys_work() {
    let body = change(Body::starter(), "greet", |step| step.automatic = true).unwrap();
    assert_eq!(body.work_steps().len(), 2);
}

#[test]
fn a_link_to_nowhere_or_to_itself_is_refused() {
    for link in ["nowhere", "serve"] {
        let refused = change(Body::starter(), "serve", |step| {
            step.links = vec![link.to_owned()]
        });
        assert_eq!(refused.unwrap_err().fields[0].field, "links", "{link}");
    }
}

#[test]
fn a_step_no_way_leads_to_cannot_be_published() {
    let skip = |step: &mut StepFields| step.links = vec!["pays".to_owned()];
    let body = change(Body::starter(), "greet", skip).unwrap();
    let refused = body.check_publishable(Locale::En).unwrap_err();
    assert_eq!(refused.text.key, "blueprints-unreachable");
    assert_eq!(refused.kind, FaultKind::Conflict);
}

#[test]
fn a_circle_needs_an_exit() {
    let back = |links: &[&str]| {
        let links: Vec<String> = links.iter().map(|link| (*link).to_owned()).collect();
        change(Body::starter(), "payment", |step| step.links = links).unwrap()
    };
    let circle = back(&["serve"]).check_publishable(Locale::En);
    assert_eq!(circle.unwrap_err().text.key, "blueprints-trapped");
    let rework = change(Body::starter(), "serve", |step| {
        step.links = vec!["receives".to_owned(), "pays".to_owned()];
    });
    assert_eq!(rework.unwrap().check_publishable(Locale::En), Ok(()));
}

/// The starter with two parts behind "greet" that meet at "pays".
fn side_by_side(with: impl FnOnce(&mut StepFields)) -> Result<Body, Fault> {
    let body = Body::starter();
    let (body, _) = body.apply(Edit::LinkStep {
        key: "greet".to_owned(),
        to: "serve".to_owned(),
        cut: false,
    })?;
    let body = change(body, "greet", |greet| greet.split = Split::Parallel)?;
    let body = change(body, "receives", |receives| {
        receives.links = vec!["pays".to_owned()]
    })?;
    change(body, "serve", with)
}

#[test]
fn parts_at_the_same_time_meet_again_in_one_step() {
    let good = side_by_side(|_| {}).unwrap();
    assert_eq!(good.step("greet").unwrap().links, ["receives", "serve"]);
    assert_eq!(good.check_publishable(Locale::En), Ok(()));
    let loose = |links: &[&str]| {
        let links: Vec<String> = links.iter().map(|link| (*link).to_owned()).collect();
        let body = side_by_side(|serve| serve.links = links).unwrap();
        body.check_publishable(Locale::En).unwrap_err()
    };
    let fault = loose(&["receives", "pays"]);
    assert_eq!(fault.text.key, "blueprints-parallel-loose");
    assert_eq!(loose(&["receives"]), fault, "one part leads into the other");
    assert_eq!(loose(&["arrives", "pays"]), fault, "a part leads back out");
}

#[test]
fn a_way_is_added_beside_the_silent_one_and_cut_again() {
    let link = |body: Body, to: &str, cut| {
        let (key, to) = ("payment".to_owned(), to.to_owned());
        body.apply(Edit::LinkStep { key, to, cut })
            .map(|(body, _)| body)
    };
    let again = link(Body::starter(), "serve", false).unwrap();
    assert_eq!(again.step("payment").unwrap().links, [END, "serve"]);
    assert_eq!(
        again.check_publishable(Locale::En),
        Ok(()),
        "the circle has an exit"
    );
    let round = link(again, END, true).unwrap();
    let fault = round.check_publishable(Locale::En).unwrap_err();
    assert_eq!(fault.text.key, "blueprints-trapped");
    assert!(link(Body::starter(), "nowhere", false).is_err());
}

#[test]
fn what_is_said_of_a_way_goes_with_it() {
    let when = |to: &str| Condition {
        to: to.to_owned(),
        when: Bilingual::new("", "colour is new"),
    };
    let body = change(Body::starter(), "greet", |greet| {
        greet.links = vec!["serve".to_owned(), "receives".to_owned()];
        greet.question = Bilingual::new("", "New colour?");
        greet.conditions = vec![when("serve"), when("pays")];
    });
    let body = body.unwrap();
    let greet = body.step("greet").unwrap();
    assert_eq!(greet.conditions, [when("serve")]);
    let (body, _) = body
        .apply(Edit::RemoveStep {
            key: "serve".to_owned(),
        })
        .unwrap();
    let greet = body.step("greet").unwrap();
    assert_eq!(
        (greet.conditions.len(), greet.question.is_empty()),
        (0, true)
    );
}

#[test]
fn without_work_there_is_nothing_to_publish() {
    let mut body = Body::starter();
    for key in ["greet", "serve", "payment"] {
        body = change(body, key, |step| step.lane = Lane::Support).unwrap();
    }
    let refused = body.check_publishable(Locale::En).unwrap_err();
    assert_eq!(refused.text.key, "blueprints-no-work");
}

#[test]
fn removing_a_step_takes_the_links_to_it_along() {
    let linked = change(Body::starter(), "greet", |step| {
        step.links = vec!["serve".to_owned()]
    });
    let edit = Edit::RemoveStep {
        key: "serve".to_owned(),
    };
    let (body, _) = linked.unwrap().apply(edit).unwrap();
    assert_eq!(body.step("greet").unwrap().links, Vec::<String>::new());
    assert_eq!(body.step("serve"), None);
}

#[test]
fn steps_move_between_phases_lanes_and_places() {
    let body = moved(Body::starter(), "serve", Move::Left);
    assert_eq!(body.step("serve").unwrap().phase, "arrive");
    assert_eq!(
        keys(&body),
        ["arrives", "greet", "serve", "receives", "pays", "payment"]
    );
    let body = moved(body, "serve", Move::Down);
    assert_eq!(body.step("serve").unwrap().lane, Lane::Backstage);
    let body = moved(body, "serve", Move::Earlier);
    assert_eq!(keys(&body)[..3], ["arrives", "serve", "greet"]);
    let body = moved(moved(body, "serve", Move::Earlier), "serve", Move::Earlier);
    assert_eq!(
        keys(&body)[0],
        "serve",
        "the first step of all stays the first"
    );
}

#[test]
fn a_step_is_dropped_into_a_cell_before_another_or_behind_all() {
    let place = |body: Body, lane: Lane, before: Option<&str>| {
        let edit = Edit::PlaceStep {
            key: "greet".to_owned(),
            phase: "pay".to_owned(),
            lane,
            before: before.map(str::to_owned),
        };
        body.apply(edit).expect("there is such a cell").0
    };
    let before = place(Body::starter(), Lane::Frontstage, Some("payment"));
    assert_eq!(
        keys(&before),
        ["arrives", "receives", "serve", "pays", "greet", "payment"]
    );
    let behind = place(before, Lane::Frontstage, None);
    assert_eq!(
        keys(&behind),
        ["arrives", "receives", "serve", "pays", "payment", "greet"]
    );
    let alone = place(behind, Lane::Backstage, Some("payment"));
    assert_eq!(
        alone.step("greet").map(|step| step.lane),
        Some(Lane::Backstage)
    );
}

#[test]
fn a_phase_with_steps_is_not_removed() {
    let remove = |key: &str| Edit::RemovePhase {
        key: key.to_owned(),
    };
    let refused = Body::starter().apply(remove("pay")).unwrap_err();
    assert_eq!(refused.text.key, "blueprints-phase-not-empty");
    let mut body = Body::starter();
    for key in ["pays", "payment"] {
        body = moved(body, key, Move::Left);
    }
    assert_eq!(body.apply(remove("pay")).unwrap().0.phases.len(), 2);
}

#[test]
fn steps_and_phases_are_bounded() {
    let mut body = Body::starter();
    let name = || Bilingual::new("", "Step");
    let add = || Edit::AddStep {
        phase: "serve".into(),
        lane: Lane::Backstage,
        name: name(),
    };
    while body.steps.len() < STEPS_MAX {
        body = body.apply(add()).unwrap().0;
    }
    assert_eq!(
        body.clone().apply(add()).unwrap_err().text.key,
        "blueprints-steps-max"
    );
    while body.phases.len() < PHASES_MAX {
        body = body.apply(Edit::AddPhase { name: name() }).unwrap().0;
    }
    let refused = body.apply(Edit::AddPhase { name: name() }).unwrap_err();
    assert_eq!(refused.text.key, "blueprints-phases-range");
}

#[test]
fn what_is_too_long_names_its_field() {
    let long = "x".repeat(61);
    let refused = change(Body::starter(), "serve", |step| step.name.en = long);
    assert_eq!(refused.unwrap_err().fields[0].field, "name_zh");
    let refused = change(Body::starter(), "serve", |step| {
        step.minutes_standard = Some(-1)
    });
    assert_eq!(refused.unwrap_err().fields[0].field, "minutes");
}

#[test]
fn the_verdict_allows_a_minute_and_calls_a_quarter_over_much_slower() {
    assert_eq!(verdict(3, 4), Verdict::Met);
    assert_eq!(verdict(35, 32), Verdict::Faster);
    assert_eq!(verdict(40, 43), Verdict::Slower);
    assert_eq!(verdict(8, 13), Verdict::MuchSlower);
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let key = prop::sample::select(vec!["arrives", "greet", "serve", "pays", "step", "step-2"]);
    let phase = prop::sample::select(vec!["arrive", "serve", "pay", "phase"]);
    let to = prop::sample::select(vec![
        Move::Earlier,
        Move::Later,
        Move::Left,
        Move::Right,
        Move::Up,
        Move::Down,
    ]);
    let lane = prop::sample::select(Lane::ALL.to_vec());
    let name = Bilingual::new("步骤", "");
    prop_oneof![
        (phase.clone(), lane).prop_map(move |(phase, lane)| Edit::AddStep {
            phase: phase.to_owned(),
            lane,
            name: name.clone(),
        }),
        (key.clone(), to).prop_map(|(key, to)| Edit::MoveStep {
            key: key.to_owned(),
            to
        }),
        key.prop_map(|key| Edit::RemoveStep {
            key: key.to_owned()
        }),
        (phase.clone(), any::<bool>()).prop_map(|(key, earlier)| Edit::MovePhase {
            key: key.to_owned(),
            earlier
        }),
        phase.prop_map(|key| Edit::RemovePhase {
            key: key.to_owned()
        }),
        Just(Edit::AddPhase {
            name: Bilingual::new("阶段", "")
        }),
    ]
}

proptest! {
    #[test]
    fn whatever_is_edited_the_body_stays_well_formed(
        edits in prop::collection::vec(any_edit(), 0..40)
    ) {
        let mut body = Body::starter();
        for edit in edits {
            if let Ok((after, _)) = body.clone().apply(edit) {
                prop_assert_eq!(after.check(), Ok(()));
                body = after;
            }
        }
        let json = serde_json::to_string(&body).unwrap();
        prop_assert_eq!(serde_json::from_str::<Body>(&json).unwrap(), body);
    }
}
