//! A program that takes webhooks, and its own reading of the scheme.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    head: String,
    pub body: String,
}

impl Request {
    /// A header's value.
    pub fn header(&self, name: &str) -> &str {
        let begins = format!("{name}: ");
        let line = self
            .head
            .lines()
            .find_map(|line| line.strip_prefix(&begins));
        line.unwrap_or_else(|| panic!("no {name} in {}", self.head))
    }

    /// The same at every attempt.
    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    /// The body, read.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// What happened.
    pub fn kind(&self) -> String {
        self.json()["type"].as_str().expect("a type").to_owned()
    }

    /// How many of the signatures are by this key, computed apart from what is tested.
    pub fn signed_by(&self, secret: &str) -> usize {
        let key = secret.strip_prefix("whsec_").expect("a key");
        let key = STANDARD.decode(key).expect("base64");
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any length");
        let (id, second) = (self.id(), self.header("webhook-timestamp"));
        mac.update(format!("{id}.{second}.{}", self.body).as_bytes());
        let right = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        let signatures = self.header("webhook-signature").split(' ');
        signatures.filter(|signature| *signature == right).count()
    }
}

/// The requests a program was sent, in order.
#[derive(Clone, Default)]
pub struct Taken(Arc<Mutex<Vec<Request>>>);

impl Taken {
    /// What has come so far.
    pub fn all(&self) -> Vec<Request> {
        self.0.lock().expect("nobody panicked").clone()
    }

    /// What happened, in the order in which it was told.
    pub fn kinds(&self) -> Vec<String> {
        self.all().iter().map(Request::kind).collect()
    }
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let (mut head, mut line) = (String::new(), String::new());
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        head.push_str(&line);
        line.clear();
    }
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length = length.and_then(|length| length.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).expect("a whole body");
    let body = String::from_utf8(body).expect("text");
    Request { head, body }
}

/// A program that answers each request with the next of `statuses`, and the last ever after.
pub fn answering(statuses: &[&'static str]) -> (String, Taken) {
    let (taken, statuses) = (Taken::default(), statuses.to_vec());
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let requests = taken.clone();
    thread::spawn(move || {
        for (place, stream) in listener.incoming().map_while(Result::ok).enumerate() {
            let request = read(&stream);
            requests.0.lock().expect("nobody panicked").push(request);
            let status = statuses[place.min(statuses.len() - 1)];
            let answer =
                format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            let _ = (&stream).write_all(answer.as_bytes());
        }
    });
    (format!("http://{address}/in"), taken)
}
