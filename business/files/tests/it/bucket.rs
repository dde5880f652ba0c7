//! A bucket instead of a folder: a small store that keeps what signed requests bring.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use files::{Key, Place};
use testing::each_engine;

use crate::shop::{note, rooms, target};

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// A store like S3 at a free port: refuses what is not signed with the key `shop`.
fn store() -> (String, Objects) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has one").to_string();
    let objects = Objects::default();
    let shared = Arc::clone(&objects);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let objects = Arc::clone(&shared);
            thread::spawn(move || while answer(&stream, &objects).is_some() {});
        }
    });
    (address, objects)
}

fn answer(stream: &TcpStream, objects: &Objects) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader
        .read_line(&mut line)
        .ok()
        .filter(|bytes| *bytes > 0)?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers
        .get("content-length")
        .and_then(|text| text.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let (status, content) = outcome((&method, &path), &headers, body, objects);
    let mut stream = stream;
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n",
        content.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&content).ok()
}

fn outcome(
    (method, path): (&str, &str),
    headers: &BTreeMap<String, String>,
    body: Vec<u8>,
    objects: &Objects,
) -> (&'static str, Vec<u8>) {
    let signed = headers.get("authorization").is_some_and(|text| {
        text.starts_with("AWS4-HMAC-SHA256 Credential=shop/2026")
            && text.contains("/moon-1/s3/aws4_request")
            && text.contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date")
    });
    if !signed {
        return ("403 Forbidden", Vec::new());
    }
    let mut objects = objects.lock().expect("nobody panics while holding it");
    match method {
        "PUT" => {
            objects.insert(path.to_owned(), body);
            ("200 OK", Vec::new())
        }
        "GET" => match objects.get(path) {
            Some(bytes) => ("200 OK", bytes.clone()),
            None => ("404 Not Found", b"<Error/>".to_vec()),
        },
        _ => {
            objects.remove(path);
            ("204 No Content", Vec::new())
        }
    }
}

#[test]
fn files_lie_in_a_bucket_when_the_program_is_told_so() {
    let (address, objects) = store();
    each_engine(&rooms(), |world| {
        let told = format!("s3+http://shop:a%2Fb@{address}/lotus/files?region=moon-1");
        let place = Place::parse(&told).expect("well formed");
        let ctx = world.ctx();
        let added = files::keep(&world.db, &place, &ctx, &target("east"), vec![note("far")]);
        assert_eq!(added.expect("kept").len(), 1);
        let stored = objects.lock().expect("nobody panics").clone();
        let (path, bytes) = stored.first_key_value().expect("it lies there");
        assert!(
            path.starts_with(&format!("/lotus/files/{}/", world.org)),
            "{path}"
        );
        assert_eq!(bytes, b"far");
        assert_eq!(files::check_place(&world.db, &place, &ctx), Ok(None));
        let hash = path.rsplit('/').next().expect("a name").to_owned();
        let key = Key {
            org: world.org,
            hash: &hash,
        };
        assert_eq!(place.get(key, ctx.now), Ok(Some(b"far".to_vec())));
        for _ in 0..2 {
            place.delete(key, ctx.now).expect("gone, and gone already");
        }
        assert_eq!(place.get(key, ctx.now), Ok(None));
        assert!(
            files::check_place(&world.db, &place, &ctx)
                .expect("answers")
                .is_some()
        );
        let stranger = format!("s3+http://nobody:x@{address}/lotus?region=moon-1");
        let stranger = Place::parse(&stranger).expect("well formed");
        assert!(stranger.put(key, ctx.now, b"x").is_err());
    });
}
