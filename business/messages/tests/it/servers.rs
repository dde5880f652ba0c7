//! Servers of the tests' own: one that takes mail, one that takes texts.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What a server was given, in order.
#[derive(Clone, Default)]
pub struct Taken(Arc<Mutex<Vec<String>>>);

impl Taken {
    /// What has come so far.
    pub fn all(&self) -> Vec<String> {
        self.0.lock().expect("nobody panicked").clone()
    }

    fn add(&self, text: String) {
        self.0.lock().expect("nobody panicked").push(text);
    }
}

/// A mail server that answers each letter with the next of `answers`, and the last ever after;
/// answers its address and the letters it took.
pub fn mail_server(answers: &'static [&'static str]) -> (String, Taken) {
    let taken = Taken::default();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let letters = taken.clone();
    thread::spawn(move || {
        let mut asked = 0;
        for stream in listener.incoming().map_while(Result::ok) {
            converse(&stream, &letters, || {
                let answer = answers[asked.min(answers.len() - 1)];
                asked += 1;
                answer
            });
        }
    });
    (format!("smtp://{address}"), taken)
}

/// SMTP as far as a client needs it (RFC 5321).
fn converse(stream: &TcpStream, letters: &Taken, mut verdict: impl FnMut() -> &'static str) {
    let mut lines = BufReader::new(stream);
    let say = |text: &str| {
        (&*stream)
            .write_all(format!("{text}\r\n").as_bytes())
            .is_ok()
    };
    say("220 test");
    let mut line = String::new();
    while lines.read_line(&mut line).is_ok_and(|read| read > 0) {
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let went_on = match verb.as_str() {
            "EHLO" | "HELO" => say("250 test"),
            "DATA" => {
                say("354 go on");
                let mut letter = String::new();
                while lines.read_line(&mut letter).is_ok_and(|read| read > 0) {
                    if letter.ends_with("\r\n.\r\n") {
                        break;
                    }
                }
                let answer = verdict();
                if answer.starts_with('2') {
                    letters.add(letter);
                }
                say(answer)
            }
            "QUIT" => {
                say("221 bye");
                return;
            }
            _ => say("250 ok"),
        };
        if !went_on {
            return;
        }
        line.clear();
    }
}

/// A web server that answers every request with a status; keeps head and body of each.
pub fn gateway(status: &'static str) -> (String, Taken) {
    let taken = Taken::default();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let requests = taken.clone();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut reader = BufReader::new(&stream);
            let mut head = String::new();
            while reader.read_line(&mut head).is_ok_and(|read| read > 0) {
                if head.ends_with("\r\n\r\n") {
                    break;
                }
            }
            let named = head.to_ascii_lowercase();
            let length = named.split("content-length: ").nth(1).and_then(|rest| {
                rest.split("\r\n")
                    .next()
                    .and_then(|number| number.parse().ok())
            });
            let mut body = vec![0; length.unwrap_or(0)];
            let _ = reader.read_exact(&mut body);
            requests.add(format!("{named}{}", String::from_utf8_lossy(&body)));
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
            let _ = (&stream).write_all(answer.as_bytes());
        }
    });
    (format!("http://{address}/texts"), taken)
}
