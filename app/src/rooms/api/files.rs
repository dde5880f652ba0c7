//! Photos and files: bytes come and go as they are.

use std::collections::BTreeSet;

use files::FILE_BYTES_MAX;
use kernel::Role;
use serde_json::{Value, json};
use testing::{Answer, Client, World, each_engine, picture, web::axum::http::Method};

use super::shop::{self, Shop, call, id, told, value};
use crate::rooms::{rooms, wire};

/// Sends a picture to the files at a path.
pub fn add_file(program: &Client, path: &str, bytes: &[u8]) -> Answer {
    send(program, path, "image/png", bytes)
}

fn send(program: &Client, path: &str, kind: &str, bytes: &[u8]) -> Answer {
    let path = format!("/api/v1{path}");
    program.send(Method::POST, &path, Some(kind), bytes.to_vec())
}

fn patch(program: &Client, path: &str, caption: &str) -> Answer {
    let body = json!({ "caption": caption }).to_string();
    program.json(Method::PATCH, &format!("/api/v1{path}"), &body)
}

/// The files of a customer, and where they are.
fn of_chen(shop: &Shop) -> String {
    format!("/customers/{}/files", shop.chen)
}

#[test]
fn a_program_adds_a_photo_reads_it_in_each_size_and_takes_it_away() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let (program, files) = (world.program(Role::Owner), of_chen(&shop));
        let added = add_file(
            &program,
            &format!("{files}?name=front.jpeg"),
            &picture(2400, 1200, 7),
        );
        let file = format!("{files}/{}", id(&added));
        assert_eq!(
            added.header("location"),
            Some(format!("/api/v1{file}").as_str())
        );
        let shown = value(&added);
        assert_eq!(shown["name"], json!("front.jpg"), "it is kept as JPEG");
        assert_eq!(shown["media_type"], json!("image/jpeg"));
        for (place, (size, width)) in [("small", 320), ("medium", 1024), ("full", 2048)]
            .into_iter()
            .enumerate()
        {
            assert_eq!(shown["sizes"][place]["width"], json!(width));
            let path = format!("/api/v1{file}/content?size={size}");
            let bytes = program.get(&path);
            assert_eq!(bytes.status, 200, "{}", bytes.body);
            assert_eq!(bytes.header("content-type"), Some("image/jpeg"));
            let held = json!(bytes.bytes.len());
            assert_eq!(shown["sizes"][place]["bytes"], held, "{size}");
            let tag = bytes.header("etag").expect("it has a tag").to_owned();
            let known = program.clone().with_header("if-none-match", &tag);
            let again = known.get(&path);
            assert_eq!((again.status, again.bytes.len()), (304, 0));
        }
        let gone = call(&program, &format!("{file}/removal"), &json!({}));
        assert_eq!(gone.status, 200, "{}", gone.body);
        assert_eq!(told(&program, &files)["files"], json!([]));
        let all = told(&program, &format!("{files}?removed=true"))["files"].clone();
        assert!(all[0]["removed_at"].is_string(), "{all}");
        let back = value(&call(&program, &format!("{file}/return"), &json!({})));
        assert_eq!(back["removed_at"], Value::Null);
    });
}

#[test]
fn a_text_is_fetched_as_it_was_sent_and_a_caption_meets_a_later_one() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let (order, steps) = shop.serving(world);
        let step = steps[0]["id"].as_str().expect("a step");
        let files = format!("/orders/{order}/files");
        let text = "先关机\n";
        let path = format!("{files}?name=note&step={step}");
        let added = send(
            &program,
            &path,
            "text/plain; charset=utf-8",
            text.as_bytes(),
        );
        let file = format!("{files}/{}", id(&added));
        assert_eq!(value(&added)["step"], json!(step));
        let bytes = program.get(&format!("/api/v1{file}/content"));
        assert_eq!(bytes.body, text);
        let saved = bytes.header("content-disposition");
        assert_eq!(saved, Some("attachment; filename*=UTF-8''note.txt"));
        let seen = added.header("etag").expect("a version").to_owned();
        let late = program.clone().with_header("if-match", &seen);
        assert_eq!(value(&patch(&late, &file, "How to"))["version"], json!(2));
        assert_eq!(patch(&late, &file, "Else").status, 412);
        assert_eq!(told(&program, &file)["caption"], json!("How to"));
        let nowhere = format!("{files}?step={order}");
        let refused = value(&send(&program, &nowhere, "text/plain", b"a"));
        assert_eq!(refused["errors"][0]["in"], json!("query"), "{refused}");
        assert_eq!(refused["errors"][0]["pointer"], json!("/step"));
    });
}

#[test]
fn bytes_of_a_wrong_kind_or_too_many_are_refused_and_nothing_is_kept() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let (program, files) = (world.program(Role::Owner), of_chen(&shop));
        let before = world.activities().len();
        let mut large = vec![0xFF_u8; FILE_BYTES_MAX + 1];
        large[1] = 0xD8;
        let refusals: [(&str, &[u8], u16, &str); 6] = [
            ("video/mp4", b"\0\0\0\x18ftypmp42\0\0", 415, "web-api-media"),
            ("application/json", b"{}", 415, "web-api-media"),
            ("image/jpeg", &large, 413, "web-too-large"),
            ("image/png", b"", 422, "files-empty"),
            ("image/jpeg", b"\0\0\0\x18ftypheic\0\0", 422, "files-heic"),
            ("text/plain", b"<svg onload=alert(1)>", 422, "files-markup"),
        ];
        for (kind, bytes, status, code) in refusals {
            let refused = send(&program, &files, kind, bytes);
            assert_eq!(refused.status, status, "{kind}: {}", refused.body);
            let problem = value(&refused);
            assert_eq!(problem["code"], json!(code), "{problem}");
            if status == 422 {
                let place = &problem["errors"][0];
                assert_eq!(
                    (&place["in"], &place["pointer"]),
                    (&json!("body"), &json!(""))
                );
            }
        }
        let announced = program.clone().with_header("content-length", "209715200");
        assert_eq!(send(&announced, &files, "image/png", b"").status, 413);
        assert_eq!(told(&program, &files)["files"], json!([]));
        assert_eq!(world.activities().len(), before);
        let portrait = format!("/staff/{}/files", shop.mei);
        let refused = send(&program, &portrait, "application/pdf", b"%PDF-1.7\n");
        assert_eq!(refused.status, 415, "{}", refused.body);
    });
}

#[test]
fn the_same_bytes_with_the_same_key_are_kept_once_and_others_are_refused() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let files = of_chen(&shop);
        let program = world.program(Role::Owner);
        let keyed = program.clone().with_header("idempotency-key", "photo");
        let first = add_file(&keyed, &files, &picture(20, 20, 1));
        let again = add_file(&keyed, &files, &picture(20, 20, 1));
        assert_eq!((again.status, &again.body), (201, &first.body));
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
        let other = add_file(&keyed, &files, &picture(20, 20, 2));
        assert_eq!(
            value(&other)["code"],
            json!("store-key-reused"),
            "{}",
            other.body
        );
        let renamed = add_file(&keyed, &format!("{files}?name=b"), &picture(20, 20, 1));
        assert_eq!(renamed.status, 409, "{}", renamed.body);
        let kept = told(&program, &files)["files"].clone();
        assert_eq!(kept.as_array().map(Vec::len), Some(1), "{kept}");
        // A refused request gives its key back.
        let retry = program.clone().with_header("idempotency-key", "again");
        assert_eq!(send(&retry, &files, "text/plain", b"<svg>").status, 422);
        id(&add_file(&retry, &files, &picture(20, 20, 3)));
    });
}

#[test]
fn eight_uploads_with_one_key_have_one_effect() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let (program, files) = (world.program(Role::Owner), of_chen(&shop));
        let keyed = program.clone().with_header("idempotency-key", "race");
        let bodies: BTreeSet<String> = std::thread::scope(|scope| {
            let each: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| add_file(&keyed, &files, &picture(20, 20, 1)).body))
                .collect();
            let done = each.into_iter().map(|one| one.join());
            done.map(|body| body.expect("an upload ends")).collect()
        });
        assert_eq!(bodies.len(), 1, "{bodies:?}");
        let kept = told(&program, &files)["files"].clone();
        assert_eq!(kept.as_array().map(Vec::len), Some(1), "{kept}");
    });
}

#[test]
fn the_next_portrait_or_logo_takes_the_place_of_the_former() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        for files in [
            format!("/staff/{}/files", shop.mei),
            "/organisation/files".to_owned(),
        ] {
            let first = id(&add_file(&program, &files, &picture(20, 20, 1)));
            let second = id(&add_file(&program, &files, &picture(20, 20, 2)));
            let kept = told(&program, &files)["files"].clone();
            assert_eq!(kept[0]["id"], json!(second), "{kept}");
            assert_eq!(kept[1], Value::Null, "{kept}");
            let back = call(&program, &format!("{files}/{first}/return"), &json!({}));
            assert_eq!(back.status, 200, "{}", back.body);
            assert_eq!(told(&program, &files)["files"][0]["id"], json!(first));
        }
    });
}

#[test]
fn a_file_is_reached_through_its_own_thing_by_those_who_may() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let (program, files) = (world.program(Role::Owner), of_chen(&shop));
        let file = id(&add_file(&program, &files, &picture(20, 20, 1)));
        let service = format!("/services/{}/files/{file}", shop.cut);
        for path in [service.clone(), format!("{service}/content")] {
            assert_eq!(program.get(&format!("/api/v1{path}")).status, 404, "{path}");
        }
        let looks = world.program(Role::ReadOnly);
        assert_eq!(add_file(&looks, &files, &picture(20, 20, 1)).status, 403);
        let nobody = add_file(&world.nobody(), &files, &picture(20, 20, 1));
        assert_eq!(nobody.status, 401, "{}", nobody.body);
        let order = shop.waiting(world);
        assert_eq!(elsewhere(world, &order.to_string()).status, 403);
        let seen = world.client(Role::Owner).get("/audit");
        assert_eq!(seen.status, 200);
        let html = program.clone().with_header("accept", "text/html");
        let refused = html.get(&format!("/api/v1{files}/{file}/content"));
        assert_eq!(refused.status, 406, "{}", refused.body);
    });
}

/// Somebody of another site sends a photo to an order.
fn elsewhere(world: &World, order: &str) -> Answer {
    let site = kernel::ids::SiteId::from_uuid(kernel::id::NIL);
    let token = format!("Bearer test.{}.manager.@{site}.", world.org);
    let program = world.nobody().with_header("authorization", &token);
    add_file(
        &program,
        &format!("/orders/{order}/files"),
        &picture(20, 20, 1),
    )
}
