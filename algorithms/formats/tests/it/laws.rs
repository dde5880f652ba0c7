//! Laws that hold for every model and every log.

use formats::{Limits, bpmn, pnml};
use mining::alignment::{self, Aligned, align};
use mining::bpmn::{Diagram, Flow, Frame, Gate, Kind, Lane, Node, Trigger, Work};
use mining::conformance::{Footprint, fitness, footprint, precision};
use mining::discovery::discover;
use mining::petri::Net;
use mining::replay::replay;
use mining::{Traces, Tree};
use proptest::prelude::*;

const STATES_MAX: usize = 20_000;

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        4 => "[a-g]".prop_map(Tree::Activity),
        1 => Just(Tree::Silent),
    ];
    leaf.prop_recursive(3, 12, 3, |part| {
        let parts = || prop::collection::vec(part.clone(), 2..4);
        prop_oneof![
            3 => parts().prop_map(Tree::Sequence),
            2 => parts().prop_map(Tree::Choice),
            1 => parts().prop_map(Tree::Parallel),
            1 => (part.clone(), part.clone()).prop_map(|(body, redo)| {
                Tree::Loop(Box::new(body), vec![redo])
            }),
        ]
    })
}

/// Numbers that decide at each fork.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) as usize % sides
    }
}

/// One run of the tree.
fn play(tree: &Tree, dice: &mut Dice) -> Vec<String> {
    match tree {
        Tree::Activity(name) => vec![name.clone()],
        Tree::Silent => Vec::new(),
        Tree::Sequence(parts) => parts.iter().flat_map(|part| play(part, dice)).collect(),
        Tree::Choice(parts) => play(&parts[dice.roll(parts.len())], dice),
        Tree::Parallel(parts) => {
            let mut runs: Vec<_> = parts
                .iter()
                .map(|part| play(part, dice).into_iter().peekable())
                .collect();
            let mut run = Vec::new();
            while runs.iter_mut().any(|run| run.peek().is_some()) {
                let place = dice.roll(runs.len());
                run.extend(runs[place].next());
            }
            run
        }
        Tree::Loop(body, redo) => {
            let mut run = play(body, dice);
            while dice.roll(2) == 1 && run.len() < 12 {
                run.extend(play(&redo[dice.roll(redo.len())], dice));
                run.extend(play(body, dice));
            }
            run
        }
    }
}

fn runs(tree: &Tree, seed: u64) -> Traces {
    let mut dice = Dice(seed);
    Traces::from_names(
        &(0..5)
            .map(|_| (play(tree, &mut dice), 1))
            .collect::<Vec<_>>(),
    )
}

fn cost(net: &Net, traces: &Traces) -> u64 {
    let found = align(net, traces, alignment::Limits::default()).expect("it is read or found");
    assert!(
        found
            .traces
            .iter()
            .all(|aligned| matches!(aligned, Aligned::Optimal { .. }))
    );
    fitness(traces, &found).total_cost
}

/// The footprint that the outline of the tree has, found without the net.
fn outlined(tree: &Tree) -> Footprint {
    let outline = tree.outline();
    let name = |at: &usize| outline.steps[*at].name.clone();
    let pairs = outline.steps.iter().flat_map(|step| {
        step.next
            .iter()
            .map(|next| (step.name.clone(), name(next)))
            .collect::<Vec<_>>()
    });
    Footprint {
        pairs: pairs.collect(),
        starts: outline.starts.iter().map(name).collect(),
        ends: outline.ends.iter().map(name).collect(),
    }
}

fn log() -> impl Strategy<Value = Traces> {
    let trace = prop::collection::vec("[a-f]", 0..8);
    prop::collection::vec((trace, 1..20_u64), 1..12).prop_map(|rows| Traces::from_names(&rows))
}

fn diagram() -> impl Strategy<Value = Diagram> {
    (tree(), 0..3_usize, any::<bool>(), r#"[a-z<>&"' 剪\n]{0,8}"#).prop_map(
        |(tree, lanes, drawn, text)| {
            let mut diagram = Diagram::from_tree(&tree, &text);
            diagram.documentation.push_str(text.trim());
            for number in 0..lanes {
                diagram.lanes.push(Lane {
                    id: format!("lane_{number}"),
                    name: format!("{text}{number}"),
                    documentation: text.trim().to_owned(),
                    frame: None,
                });
            }
            let works = [Work::User, Work::Service, Work::Manual, Work::Call];
            for (at, node) in diagram.nodes.iter_mut().enumerate() {
                node.lane = (lanes > 0).then(|| at % lanes.max(1));
                node.documentation = text.trim().to_owned();
                if let Kind::Task(work) = &mut node.kind {
                    *work = works[at % works.len()];
                }
                let x = at as f64 * 2.5;
                node.frame = drawn.then_some(Frame {
                    x,
                    y: 1.0,
                    width: 10.0,
                    height: 20.5,
                });
            }
            diagram
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_run_of_a_model_aligns_at_no_cost_in_each_of_its_shapes(tree in tree(), seed: u64) {
        let traces = runs(&tree, seed);
        let net = tree.net();
        prop_assert_eq!(cost(&net, &traces), 0);
        prop_assert_eq!(cost(&tree.clone().simplified().net(), &traces), 0);
        prop_assert_eq!(cost(&Diagram::from_tree(&tree, "").net().unwrap(), &traces), 0);
        let read = pnml::read(pnml::write(&net).as_bytes(), &Limits::default()).unwrap();
        prop_assert_eq!(cost(&read, &traces), 0);
    }

    #[test]
    fn neighbours_are_the_same_by_structure_by_states_and_by_diagram(tree in tree()) {
        let by_states = footprint(&tree.net(), STATES_MAX).unwrap();
        prop_assert_eq!(&outlined(&tree), &by_states);
        let diagram = Diagram::from_tree(&tree, "").net().unwrap();
        prop_assert_eq!(&footprint(&diagram, STATES_MAX).unwrap(), &by_states);
        let simple = tree.clone().simplified();
        prop_assert_eq!(&footprint(&simple.net(), STATES_MAX).unwrap(), &by_states);
        prop_assert_eq!(tree.to_string().parse::<Tree>().unwrap(), tree);
    }

    #[test]
    fn a_model_discovered_without_noise_fits_its_log(log in log()) {
        let tree = discover(&log, 0.0);
        prop_assert_eq!(cost(&tree.net(), &log), 0, "{}", tree);
    }

    #[test]
    fn figures_of_conformance_stay_between_nought_and_one(log in log(), tree in tree()) {
        let net = tree.net();
        let found = align(&net, &log, alignment::Limits::default()).unwrap();
        let fit = fitness(&log, &found);
        let precise = precision(&net, &log, &found, STATES_MAX).unwrap();
        let tokens = replay(&net, &log).tokens.fitness();
        for figure in [fit.log_fitness, fit.average_case_fitness, precise.value, tokens] {
            prop_assert!((0.0..=1.0).contains(&figure), "{figure}");
        }
        prop_assert_eq!(precise.seen <= precise.allowed, true);
    }

    #[test]
    fn threads_change_nothing(log in log(), tree in tree()) {
        let with = |threads| {
            let limits = alignment::Limits { threads, ..alignment::Limits::default() };
            align(&tree.net(), &log, limits).unwrap()
        };
        prop_assert_eq!(with(1), with(3));
    }

    #[test]
    fn a_bound_that_knows_less_finds_the_same_costs(log in log(), tree in tree()) {
        let with = |states_max| {
            let limits = alignment::Limits { states_max, ..alignment::Limits::default() };
            fitness(&log, &align(&tree.net(), &log, limits).unwrap())
        };
        prop_assert_eq!(with(200_000), with(1));
    }

    #[test]
    fn a_diagram_written_and_read_is_the_same(diagram in diagram()) {
        let text = bpmn::write(&diagram);
        let (read, notes) = bpmn::read(text.as_bytes(), &Limits::default()).unwrap();
        prop_assert_eq!(notes, Vec::<bpmn::LeftOut>::new());
        // Names lose the spaces around them; what was not drawn has a place now.
        let plain = |diagram: &Diagram| {
            let mut diagram = diagram.clone();
            diagram.nodes.iter_mut().for_each(|node| node.frame = None);
            diagram.lanes.iter_mut().for_each(|lane| lane.frame = None);
            diagram.flows.iter_mut().for_each(|flow| flow.points.clear());
            diagram
        };
        prop_assert_eq!(plain(&read), plain(&diagram));
        prop_assert_eq!(bpmn::write(&read), text);
        if diagram.nodes.iter().all(|node| node.frame.is_some()) {
            prop_assert_eq!(&read.nodes, &diagram.nodes);
        }
    }
}

#[test]
fn a_gate_with_conditions_and_a_default_is_kept() {
    let mut diagram = Diagram {
        name: "Repair".into(),
        ..Diagram::default()
    };
    for (id, kind) in [
        ("start", Kind::Start(Trigger::Message)),
        ("ask", Kind::Gateway(Gate::Exclusive)),
        ("cut", Kind::Task(Work::User)),
        ("wait", Kind::Catch(Trigger::Timer)),
        ("end", Kind::End(Trigger::None)),
    ] {
        diagram.nodes.push(Node {
            name: id.to_owned(),
            ..Node::new(id, kind)
        });
    }
    for (source, target) in [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4)] {
        diagram.connect(source, target);
    }
    diagram.flows[1] = Flow {
        condition: "price < 100".into(),
        ..diagram.flows[1].clone()
    };
    diagram.flows[2].is_default = true;
    diagram.flows[2].name = "otherwise".into();
    let (read, notes) = bpmn::read(bpmn::write(&diagram).as_bytes(), &Limits::default()).unwrap();
    assert!(notes.is_empty());
    let kinds = |diagram: &Diagram| {
        diagram
            .nodes
            .iter()
            .map(|node| node.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(&read), kinds(&diagram));
    assert_eq!(read.flows[1].condition, "price < 100");
    assert!(read.flows[2].is_default && read.flows[2].name == "otherwise");
}

#[test]
fn what_a_diagram_loses_is_listed() {
    let text = r#"<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">
 <bpmn:process id="p">
  <bpmn:startEvent id="s"/>
  <bpmn:userTask id="t" name="Cut"><bpmn:multiInstanceLoopCharacteristics/></bpmn:userTask>
  <bpmn:boundaryEvent id="b" name="Too late" attachedToRef="t">
   <bpmn:timerEventDefinition/>
  </bpmn:boundaryEvent>
  <bpmn:dataObjectReference id="d" name="Card"/>
  <bpmn:endEvent id="e"/>
  <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
  <bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="e"/>
  <bpmn:sequenceFlow id="f3" sourceRef="b" targetRef="e"/>
  <bpmn:textAnnotation id="a"><bpmn:text>Careful</bpmn:text></bpmn:textAnnotation>
 </bpmn:process>
</bpmn:definitions>"#;
    let (diagram, notes) = bpmn::read(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(diagram.nodes.len(), 3);
    let told: Vec<String> = notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "multiInstanceLoopCharacteristics of \"Cut\" was left out",
            "event \"Too late\" on the edge of \"t\" was left out with what follows it",
            "dataObjectReference \"Card\" was left out",
            "annotation \"Careful\" was left out",
            "flow \"f3\" was left out: it leads from \"b\" to \"e\", one of which is not kept",
        ]
    );
    assert_eq!(diagram.net().unwrap().labels, ["Cut"]);
}

#[test]
fn a_search_beyond_its_limits_says_so_with_a_lower_bound() {
    let branches = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let part = |name: &&str| Tree::activity(*name).repeated().optional();
    let net = Tree::Parallel(branches.iter().map(part).collect()).net();
    let traces = Traces::from_names(&[(vec!["x", "a", "b", "y"], 1)]);
    let limits = alignment::Limits {
        states_max: 100,
        visits_total_max: 10,
        ..Default::default()
    };
    let refused = align(&net, &traces, limits).unwrap_err().to_string();
    assert!(
        refused.starts_with("the model has more than 10 states"),
        "{refused}"
    );
    let limits = alignment::Limits {
        visits_max: 10,
        visits_total_max: 100_000,
        ..limits
    };
    let found = align(&net, &traces, limits).unwrap();
    assert_eq!(found.traces, [Aligned::Unfinished { cost_min: 2 }]);
    let figures = fitness(&traces, &found);
    assert_eq!((figures.unfinished_cases, figures.fitting_cases), (1, 0));
    let found = align(&net, &traces, alignment::Limits::default()).unwrap();
    assert!(matches!(found.traces[0], Aligned::Optimal { cost: 2, .. }));
}
