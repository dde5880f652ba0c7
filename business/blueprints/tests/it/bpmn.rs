//! Blueprints as BPMN files, out and in.

use blueprints::{Blueprint, Body, Condition, END, Lane, NewBlueprint, Split, Step, demo};
use kernel::{Bilingual, Locale, Role};
use testing::{Answer, Client, World, each_engine, store, web::axum::http::Method};

use crate::{rooms, visit};

fn upload(client: &Client, file: &str, name: &str) -> Answer {
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"name_en\"\r\n\r\n{name}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bpmn\"\r\n\
         Content-Type: application/xml\r\n\r\n{file}\r\n--edge--\r\n"
    );
    client.send(
        Method::POST,
        "/blueprints/import",
        Some("multipart/form-data; boundary=edge"),
        body.into_bytes(),
    )
}

/// A file of another tool with what a process holds.
fn foreign(inside: &str) -> String {
    format!(
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">\
         <process id=\"p\" name=\"Repair\">{inside}</process></definitions>"
    )
}

fn task(id: &str, name: &str) -> String {
    format!("<userTask id=\"{id}\" name=\"{name}\"/>")
}

fn flow(from: &str, to: &str, more: &str) -> String {
    format!("<sequenceFlow id=\"{from}-{to}\" sourceRef=\"{from}\" targetRef=\"{to}\" {more}/>")
}

fn all(world: &World) -> Vec<(Blueprint, Body)> {
    let found = world.read(|tx, ctx| {
        let mut found = Vec::new();
        for blueprint in blueprints::blueprints(tx, ctx, false)? {
            let body = blueprints::current(tx, ctx, &blueprint)?.body;
            found.push((blueprint, body));
        }
        Ok(found)
    });
    found.expect("blueprints can be read")
}

fn named(world: &World, name: &str) -> Body {
    let found = all(world).into_iter();
    let found = found.rev().find(|(blueprint, _)| blueprint.name.en == name);
    found.map(|(_, body)| body).expect("it was created")
}

/// The steps as a file in English keeps them: phases by name, texts in one language.
fn kept(body: &Body) -> Vec<Step> {
    let english = |text: &Bilingual| Bilingual::new("", text.en.clone());
    let phase = |key: &str| body.phases.iter().find(|phase| phase.key == key);
    let step = |step: &Step| Step {
        phase: phase(&step.phase).map_or(String::new(), |phase| phase.name.en.clone()),
        name: english(&step.name),
        question: english(&step.question),
        touchpoint: english(&step.touchpoint),
        checklist: step.checklist.iter().map(english).collect(),
        fail_point: step.fail_point.as_ref().map(english),
        remedy: step.remedy.as_ref().map(english),
        ..step.clone()
    };
    body.steps.iter().map(step).collect()
}

#[test]
fn a_design_that_went_out_comes_back_with_lanes_order_names_and_ways() {
    each_engine(&rooms(), |world| {
        for (new, name) in [
            (demo::cut_and_colour(), "Once more"),
            (demo::repair(), "Again"),
        ] {
            let body = new.body.clone();
            let made = world.write(|tx, ctx| blueprints::create(tx, ctx, new));
            let id = made.expect("it can be created").id;
            let manager = world.client(Role::Manager);
            let file = manager.get(&format!("/blueprints/{id}/bpmn"));
            assert_eq!(file.status, 200, "{}", file.body);
            let disposition = file.header("content-disposition").unwrap_or_default();
            assert!(disposition.contains("blueprint-v1.bpmn"), "{disposition}");
            let answer = upload(&manager, &file.body, name);
            assert_eq!(answer.status, 303, "{}", answer.body);
            let back = named(world, name);
            assert_eq!(kept(&back), kept(&body));
            assert_eq!(back.evidence.len(), body.evidence.len());
        }
        let journal = world.read(|tx, ctx| store::journal::after(tx, ctx.org, 0, 500));
        let journal = journal.expect("the journal is readable");
        let created = journal
            .iter()
            .filter(|entry| entry.activity == "blueprint.created");
        let sources = created.map(|entry| entry.attributes.get("source"));
        let sources: Vec<_> = sources
            .map(|from| from.and_then(|from| from.as_str()))
            .collect();
        assert_eq!(sources, [None, Some("bpmn"), None, Some("bpmn")]);
    });
}

#[test]
fn a_chinese_reader_gets_a_chinese_file() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let manager = world.client(Role::Manager).in_locale(Locale::ZhCn);
        let file = manager.get(&format!("/blueprints/{}/bpmn", draft.id));
        assert!(file.body.contains("name=\"迎宾签到\"") && file.body.contains("name=\"前台\""));
        assert_eq!(upload(&manager, &file.body, "Back").status, 303);
        let back = named(world, "Back");
        assert_eq!(
            back.step("greet").map(|step| step.name.zh.as_str()),
            Some("迎宾签到")
        );
        assert_eq!(back.minutes(), 37);
        assert_eq!(manager.get("/blueprints/import").status, 200);
    });
}

#[test]
fn a_foreign_file_becomes_a_draft_and_what_it_cannot_keep_is_listed() {
    each_engine(&rooms(), |world| {
        let file = foreign(&[
            "<laneSet id=\"l\"><lane id=\"a\" name=\"Guest\"><flowNodeRef>ask</flowNodeRef></lane>\
             <lane id=\"b\" name=\"Kitchen\"><flowNodeRef>fix</flowNodeRef></lane></laneSet>\
             <startEvent id=\"s\"/><endEvent id=\"e\"/>\
             <exclusiveGateway id=\"g\" name=\"Good now?\"/>\
             <dataObject id=\"d\" name=\"Invoice\"/><textAnnotation id=\"t\"><text>Mind the cat\
             </text></textAnnotation>",
            &task("fix", "Fix it"),
            &task("ask", "Ask"),
            &flow("s", "ask", ""),
            &flow("ask", "fix", ""),
            &flow("fix", "g", ""),
            &flow("g", "fix", "name=\"no\""),
            &flow("g", "ask", ""),
            &flow("g", "e", ""),
        ]
        .concat());
        let manager = world.client(Role::Manager);
        let answer = upload(&manager, &file, "");
        assert_eq!(answer.status, 200, "{}", answer.body);
        for said in [
            "Lane “Guest” became the lane of the customer.",
            "Lane “Kitchen” became backstage.",
            "Invoice",
            "Mind the cat",
            "“Fix it” leads back to itself",
        ] {
            assert!(answer.says(said), "{said}: {}", answer.body);
        }
        let chinese = upload(&manager.clone().in_locale(Locale::ZhCn), &file, "");
        assert!(chinese.says("泳道“Guest”归入客户行为"), "{}", chinese.body);
        let body = named(world, "Repair");
        let steps: Vec<(&str, Lane)> = body
            .steps
            .iter()
            .map(|step| (step.name.en.as_str(), step.lane))
            .collect();
        let expected = [("Ask", Lane::Customer), ("Fix it", Lane::Backstage)];
        assert_eq!(steps, expected);
        assert_eq!(body.steps[1].links, [&*body.steps[0].key, END]);
        assert_eq!(body.steps[1].question.en, "Good now?");
        assert_eq!(body.check_publishable(Locale::En), Ok(()));
    });
}

#[test]
fn choices_parts_at_once_and_ways_back_come_home_as_they_went_out() {
    let (greet, serve) = (1, 3);
    let mut body = Body::starter();
    body.steps[greet].links = vec!["receives".to_owned(), "serve".to_owned()];
    body.steps[greet].split = Split::Parallel;
    body.steps[serve].links = vec!["serve-more".to_owned(), "pays".to_owned()];
    body.steps[serve].question = Bilingual::new("", "All done?");
    body.steps[serve].conditions = vec![Condition {
        to: "serve-more".to_owned(),
        when: Bilingual::new("", "not yet"),
    }];
    body.steps[2].links = vec!["pays".to_owned()];
    let more = Bilingual::new("", "Serve more");
    let mut more = Step::new("serve-more", "serve", Lane::Frontstage, more);
    more.links = vec!["serve".to_owned(), "pays".to_owned()];
    body.steps.insert(4, more);
    body.steps[6].links = vec![END.to_owned(), "pays".to_owned()];
    assert_eq!(body.check_publishable(Locale::En), Ok(()));
    each_engine(&rooms(), |world| {
        let (name, body) = (Bilingual::new("", "Out"), body.clone());
        let steps = kept(&body);
        let made = world.write(|tx, ctx| blueprints::create(tx, ctx, NewBlueprint { name, body }));
        let id = made.expect("it can be created").id;
        let manager = world.client(Role::Manager);
        let file = manager.get(&format!("/blueprints/{id}/bpmn")).body;
        assert_eq!(file.matches("<parallelGateway").count(), 2, "{file}");
        let answer = upload(&manager, &file, "Home");
        assert_eq!(answer.status, 303, "{}", answer.body);
        assert_eq!(kept(&named(world, "Home")), steps);
    });
}

#[test]
fn files_that_cannot_be_held_are_refused_with_the_reason_and_nothing_is_lost() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        let many: String = (0..61).map(|n| task(&format!("t{n}"), "Step")).collect();
        let circle = [task("a", "Ask"), task("b", "Wait"), flow("a", "b", "")].concat();
        let circle = format!("<startEvent id=\"s\"/>{}{circle}", flow("s", "a", ""));
        let cases = [
            ("<definitions><process>".to_owned(), "the file ends inside"),
            ("no xml at all".to_owned(), "This is no BPMN file"),
            (
                foreign("<startEvent id=\"s\"/>"),
                "at least one task is needed",
            ),
            (
                foreign(&many),
                "The file has 61 steps; a blueprint has at most 60.",
            ),
            (
                foreign(&task("t", &"x".repeat(61))),
                "At most 60 characters.",
            ),
            (
                foreign(&(circle + &flow("b", "a", ""))),
                "leads round in a circle",
            ),
            (" ".repeat((1 << 20) + 1), "up to 1 MB are read"),
            (String::new(), "Choose a file."),
        ];
        for (file, said) in cases {
            let answer = upload(&manager, &file, "My repair");
            assert_eq!(answer.status, 422, "{said}");
            assert!(answer.says(said), "{said}: {}", answer.body);
            assert!(answer.says("value=\"My repair\""));
        }
        assert_eq!(all(world).len(), 0);
    });
}

#[test]
fn who_may_not_edit_neither_imports_nor_downloads() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let staff = world.client(Role::Staff);
        assert_eq!(upload(&staff, &foreign(&task("t", "Ask")), "").status, 403);
        let path = format!("/blueprints/{}/bpmn", draft.id);
        assert_eq!(staff.get(&path).status, 403);
        assert!(!staff.get("/blueprints").says("Import BPMN"));
        let manager = world.client(Role::Manager);
        assert!(manager.get("/blueprints").says("Import BPMN"));
        assert!(
            manager
                .get(&format!("/blueprints/{}", draft.id))
                .says("Download as BPMN")
        );
        assert_eq!(manager.get(&format!("{path}?version=9")).status, 404);
    });
}

#[test]
fn a_single_plain_task_is_enough_and_the_name_may_be_given() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        let answer = upload(&manager, &foreign(&task("t", "Ask")), "Mine");
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.says("“Ask” stands in no lane; it was put frontstage."));
        assert_eq!(named(world, "Mine").work_steps().len(), 1);
    });
}

#[test]
fn what_a_file_cannot_keep_is_told_in_the_language_of_the_reader() {
    each_engine(&rooms(), |world| {
        let file = foreign(
            &[
                "<startEvent id=\"s\"/><endEvent id=\"e\"/><dataObject id=\"d\" name=\"Invoice\"/>\
             <textAnnotation id=\"t\"><text>Mind the cat</text></textAnnotation>\
             <boundaryEvent id=\"b\" name=\"Late\" attachedToRef=\"fix\"/>\
             <subProcess id=\"sub\" name=\"Wash\"><userTask id=\"in\" name=\"Rinse\"/>\
             </subProcess>",
                &task("fix", "Fix it"),
                &flow("s", "fix", ""),
                &flow("fix", "sub", ""),
                &flow("sub", "e", ""),
                &flow("b", "e", ""),
            ]
            .concat(),
        );
        let manager = world.client(Role::Manager).in_locale(Locale::ZhCn);
        let answer = upload(&manager, &file, "猫");
        for told in [
            "未保留 dataObject“Invoice”",
            "未保留批注“Mind the cat”",
            "未保留“fix”边上的事件“Late”及其后续",
            "未保留子流程“Wash”里的“Rinse”",
            "未保留路径“b-e”",
        ] {
            assert!(
                answer.body.contains(told),
                "{told} is not in {}",
                answer.body
            );
        }
        assert!(!answer.body.contains("left out"), "{}", answer.body);
    });
}
