//! The document: every route and nothing else, valid, with examples that work.

use std::collections::BTreeSet;

use kernel::{Locale, Role};
use serde_json::Value;
use testing::{Client, Engine, World, each_engine, picture, web::axum::http::Method};
use web::{Access, api::example};

use super::{
    imports::LIST,
    ready::ready,
    shop::{self, told, value},
};
use crate::rooms::{rooms, wire};

fn document(world: &World) -> Value {
    told(&world.nobody(), "/openapi.json")
}

/// Method, path and operation of each.
fn operations(document: &Value) -> Vec<(Method, String, Value)> {
    let paths = document["paths"].as_object().expect("there are paths");
    let each = paths.iter().flat_map(|(path, item)| {
        let item = item.as_object().expect("a path has operations");
        item.iter().map(move |(method, operation)| {
            let method = method.to_uppercase().parse().expect("a method");
            (method, path.clone(), operation.clone())
        })
    });
    each.collect()
}

#[test]
fn every_route_is_in_the_document_and_everything_in_it_is_a_route() {
    let world = World::new(Engine::Sqlite, &rooms());
    let routes: BTreeSet<String> = web::all_routes(&rooms())
        .into_iter()
        .filter(|route| matches!(route.access, Access::Program(_)))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let listed: BTreeSet<String> = operations(&document(&world))
        .into_iter()
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    assert_eq!(routes, listed);
    let others = web::all_routes(&rooms()).into_iter();
    let strays: Vec<String> = others
        .filter(|route| !matches!(route.access, Access::Program(_)))
        .map(|route| route.path)
        .filter(|path| path.starts_with("/api/v1"))
        .collect();
    assert_eq!(strays, Vec::<String>::new(), "they bypass the document");
    for entry in listed {
        let (method, path) = entry.split_once(' ').expect("method and path");
        let path: Vec<&str> = path
            .split('/')
            .map(|part| {
                if part.starts_with('{') {
                    example::ORDER
                } else {
                    part
                }
            })
            .collect();
        let method = method.parse().expect("a method");
        let answer = world.nobody().json(method, &path.join("/"), "{}");
        assert_eq!(answer.status, 401, "{entry}");
    }
}

/// Everything a document describes, without the names of statuses.
fn described(part: &Value, all: &mut BTreeSet<String>) {
    match part {
        Value::Object(members) => {
            if let Some(Value::String(words)) = members.get("description") {
                all.insert(words.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            for (name, member) in members {
                if name == "responses" {
                    let bodies = member.as_object().expect("responses by status");
                    bodies
                        .values()
                        .for_each(|answer| described(&answer["content"], all));
                } else {
                    described(member, all);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| described(item, all)),
        _ => {}
    }
}

#[test]
fn the_chinese_document_means_everything_in_chinese() {
    let world = World::new(Engine::Sqlite, &rooms());
    let asks = world
        .nobody()
        .with_header("accept-language", Locale::ZhCn.tag());
    let (mut chinese, mut english) = (BTreeSet::new(), BTreeSet::new());
    described(&told(&asks, "/openapi.json"), &mut chinese);
    described(&document(&world), &mut english);
    assert!(english.len() > 600, "{} meanings", english.len());
    let is_chinese = |words: &&String| words.chars().any(|one| matches!(one, '一'..='鿿'));
    let left: Vec<_> = chinese.iter().filter(|words| !is_chinese(words)).collect();
    assert!(left.is_empty(), "not said in Chinese: {left:#?}");
    for text in rooms().iter().flat_map(|room| &room.meanings) {
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        for pair in lines.chunks(2) {
            assert!(english.contains(pair[0]), "nothing means {pair:?}");
            assert_eq!(pair.len(), 2, "nothing is said for {pair:?}");
        }
    }
}

#[test]
fn operations_have_words_and_names_of_their_own_and_bodies_are_closed() {
    let world = World::new(Engine::Sqlite, &rooms());
    for language in [Locale::En, Locale::ZhCn] {
        let asks = world
            .nobody()
            .with_header("accept-language", language.tag());
        let document = told(&asks, "/openapi.json");
        let ids: BTreeSet<String> = operations(&document)
            .iter()
            .map(|(_, _, operation)| operation["operationId"].to_string())
            .collect();
        assert_eq!(ids.len(), operations(&document).len(), "ids are unique");
    }
    let document = document(&world);
    for (method, path, operation) in operations(&document) {
        let summary = operation["summary"].as_str().unwrap_or_default();
        assert!(!summary.contains("-api-"), "{method} {path}: {summary}");
        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
        let name = body["$ref"]
            .as_str()
            .and_then(|path| path.rsplit('/').next());
        if let Some(name) = name {
            let closed = &document["components"]["schemas"][name]["additionalProperties"];
            assert_eq!(*closed, Value::Bool(false), "{method} {path}");
        }
    }
}

#[test]
fn the_pages_tell_of_everything_in_the_document() {
    let world = World::new(Engine::Sqlite, &rooms());
    let staff = world.client(Role::Staff);
    let document = document(&world);
    let parts = document["tags"].as_array().expect("there are tags");
    let index = staff.get("/settings/api");
    assert_eq!(index.status, 200);
    let mut told = 0;
    for part in parts {
        let tag = part["name"].as_str().expect("a name");
        let path = format!("/settings/api/{}", tag.replace(' ', "-"));
        assert!(index.says(&format!("href=\"{path}\"")), "{path}");
        let page = staff.get(&path);
        assert_eq!(page.status, 200, "{path}");
        for (method, path, operation) in operations(&document) {
            if operation["tags"][0] == *tag {
                let id = operation["operationId"].as_str().expect("an id");
                assert!(page.says(&format!("id=\"{id}\"")), "{method} {path}");
                let path = path.trim_start_matches("/api/v1");
                let address = format!("<b>{method}</b> {path}<");
                assert!(page.says(&address), "{address}");
                told += 1;
            }
        }
    }
    assert_eq!(told, operations(&document).len(), "each has a part");
    assert_eq!(staff.get("/settings/api/nothing").status, 404);
}

#[test]
fn an_operation_is_found_by_its_address_its_method_and_its_meaning() {
    let world = World::new(Engine::Sqlite, &rooms());
    let staff = world.client(Role::Staff);
    let order = "href=\"/settings/api/orders#ordersCreate\"";
    for text in ["post+/orders", "ORDERS+post", "orderscreate"] {
        for page in ["/settings/api", "/settings/api/find"] {
            assert!(
                staff.get(&format!("{page}?q={text}")).says(order),
                "{page} {text}"
            );
        }
    }
    let chinese = staff.clone().in_locale(Locale::ZhCn);
    let page = chinese.get("/settings/api?q=%E6%8E%92%E9%98%9F");
    assert!(page.says("href=\"/settings/api/queue#"), "{}", page.body);
    let none = staff.get("/settings/api/find?q=nothing+is+called+so");
    assert!(none.says("No operation has these words"), "{}", none.body);
}

fn send(
    client: &Client,
    (method, path, operation): (&Method, &str, &Value),
    real: impl Fn(&Value) -> String,
) -> testing::Answer {
    let mut path = path.to_owned();
    let mut query = Vec::new();
    for parameter in operation["parameters"].as_array().expect("a list") {
        let Some(example) = parameter["example"].as_str() else {
            continue;
        };
        let (name, value) = (parameter["name"].as_str(), real(&example.into()));
        let name = name.expect("a parameter has a name");
        let value = value.trim_matches('"').replace('+', "%2B");
        match parameter["in"].as_str() {
            Some("path") => path = path.replace(&format!("{{{name}}}"), &value),
            _ => query.push(format!("{name}={value}")),
        }
    }
    let path = format!("{path}?{}", query.join("&"));
    let taken = &operation["requestBody"]["content"];
    if !taken["image/png"].is_null() {
        let bytes = picture(8, 8, 9);
        return client.send(method.clone(), &path, Some("image/png"), bytes);
    }
    if !taken["text/csv"].is_null() {
        return client.send(method.clone(), &path, Some("text/csv"), LIST.into());
    }
    let example = &operation["requestBody"]["content"]["application/json"]["example"];
    match example {
        Value::Null => client.json(method.clone(), &path, ""),
        example => client.json(method.clone(), &path, &real(example)),
    }
}

#[test]
fn the_examples_work_and_are_answered_as_the_document_says() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let owner = world.program(Role::Owner);
        let document = document(world);
        for (place, (method, path, operation)) in operations(&document).into_iter().enumerate() {
            let below = path.trim_start_matches("/api/v1");
            let mut ids = ready(world, &shop, below, place);
            ids.push((
                example::START,
                format!("2026-11-26T{:02}:00:00+08:00", 9 + place % 12),
            ));
            let real = |example: &Value| {
                let mut text = example.to_string();
                for (made_up, real) in &ids {
                    text = text.replace(made_up, real);
                }
                let example = serde_json::from_str(&text).expect("an example is JSON");
                shop.real(world, &example)
            };
            let asker = ids.iter().find(|(known, _)| *known == example::STAFF);
            // What staff ask for is asked by one of them.
            let program = match asker.filter(|_| below.starts_with("/requests")) {
                Some((_, staff)) => world.program_of(Role::Owner, staff.parse().expect("an id")),
                None => owner.clone(),
            };
            let answer = send(&program, (&method, &path, &operation), real);
            if path.ends_with("/confirmation") {
                // Only a held order is confirmed, and programs hold none.
                assert!(answer.status < 500, "{}", answer.body);
                continue;
            }
            assert!(answer.status < 300, "{method} {path}: {}", answer.body);
            let read = &document["paths"][&path]["get"];
            if method == Method::DELETE && !read.is_null() {
                let gone = send(&program, (&Method::GET, &path, read), real);
                assert_eq!(gone.status, 404, "{path} is still there: {}", gone.body);
            }
            let status = answer.status.to_string();
            let kind = answer.header("content-type").expect("it is of a kind");
            let schema = &operation["responses"][&status]["content"][kind]["schema"];
            assert!(
                !schema.is_null(),
                "{method} {path}: {status} is not described as {kind}"
            );
            if kind != "application/json" {
                continue;
            }
            let told = value(&answer);
            let once = told.to_string().len();
            assert_eq!(answer.body.len(), once, "{method} {path}: a member twice");
            let refuted = web::api::refuted(&document, schema, &told);
            assert_eq!(refuted, None, "{method} {path}: {told}");
        }
    });
}
