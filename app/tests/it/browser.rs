//! A browser without a screen, over a real connection.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

use crate::program::PASSWORD;

/// What browsers call a plain form.
const FORM: &str = "application/x-www-form-urlencoded";

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status, as a number.
    pub status: u16,
    /// Where a redirect leads; empty for anything else.
    pub location: String,
    /// The session that was opened; empty for anything else.
    pub session: String,
    /// The body.
    pub body: String,
}

/// Somebody who asks a server for pages.
#[derive(Debug, Clone)]
pub struct Browser {
    address: SocketAddr,
    session: String,
    /// The address it comes from, as a proxy would tell.
    from: String,
    /// More headers, each with the end of its line.
    headers: String,
}

impl Browser {
    /// A stranger.
    pub fn new(address: SocketAddr, from: &str) -> Self {
        Self {
            address,
            session: String::new(),
            from: from.to_owned(),
            headers: String::new(),
        }
    }

    /// The same as a program with a token.
    #[must_use]
    pub fn with_token(self, token: &str) -> Self {
        self.with_header("authorization", &format!("Bearer {token}"))
    }

    /// The same with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers = format!("{}{name}: {value}\r\n", self.headers);
        self
    }

    /// Calls as a program does, with a key of its own; answers the status and what was told.
    pub fn call(&self, path: &str, body: &Value, key: &str) -> (u16, Value) {
        let program = self.clone().with_header("idempotency-key", key);
        let answer = program.send_as(path, "application/json", &body.to_string());
        let answer = answer.expect("the server answers");
        let told = serde_json::from_str(&answer.body);
        (answer.status, told.unwrap_or(Value::Null))
    }

    /// The same person at a server that came back elsewhere.
    #[must_use]
    pub fn at(&self, address: SocketAddr) -> Self {
        Self {
            address,
            ..self.clone()
        }
    }

    /// Where it asks.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The owner, signed in.
    pub fn owner(address: SocketAddr) -> Self {
        Self::signed_in(address, "liu.yan", PASSWORD)
    }

    /// Somebody with a password, signed in.
    pub fn signed_in(address: SocketAddr, login: &str, password: &str) -> Self {
        let mut browser = Self::new(address, "10.0.0.1");
        let answer = browser
            .post("/login", &format!("login={login}&password={password}"))
            .expect("the server answers");
        assert_eq!((answer.status, answer.location.as_str()), (303, "/today"));
        browser.session = answer.session;
        browser
    }

    /// Opens a page; nothing when the server is gone.
    pub fn get(&self, path: &str) -> Option<Answer> {
        self.send("GET", path, "")
    }

    /// Sends a form; nothing when the server is gone before it has answered.
    pub fn post(&self, path: &str, form: &str) -> Option<Answer> {
        self.send("POST", path, form)
    }

    /// Opens a page and leaves it unread.
    pub fn open(&self, path: &str) -> Option<TcpStream> {
        self.connect("GET", path, (FORM, ""))
    }

    fn connect(&self, method: &str, path: &str, (kind, body): (&str, &str)) -> Option<TcpStream> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .ok()?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: shop.test\r\nconnection: close\r\n\
             x-forwarded-for: {}\r\ncookie: locale=en; session={}\r\n\
             {}content-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            self.from,
            self.session,
            self.headers,
            body.len()
        );
        stream.write_all(request.as_bytes()).ok()?;
        Some(stream)
    }

    /// Sends a body of any kind; nothing when the server is gone before it has answered.
    pub fn send_as(&self, path: &str, kind: &str, body: &str) -> Option<Answer> {
        self.ask("POST", path, (kind, body))
    }

    fn send(&self, method: &str, path: &str, body: &str) -> Option<Answer> {
        self.ask(method, path, (FORM, body))
    }

    fn ask(&self, method: &str, path: &str, body: (&str, &str)) -> Option<Answer> {
        let mut stream = self.connect(method, path, body)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let header = |name: &str| {
            let line = head
                .lines()
                .find(|line| line.to_lowercase().starts_with(name));
            line.map_or("", |line| line[name.len()..].trim_start_matches(':').trim())
        };
        let session = header("set-cookie").split(';').next().unwrap_or_default();
        Some(Answer {
            status,
            location: header("location").to_owned(),
            session: session.trim_start_matches("session=").to_owned(),
            body: body.to_owned(),
        })
    }

    /// Listens for live changes; each line of data is given to `hear` until it says enough.
    pub fn listen(&self, hear: impl FnMut(&str) -> bool) {
        self.listen_at("/live", hear);
    }

    /// Listens at the address of another stream.
    pub fn listen_at(&self, path: &str, mut hear: impl FnMut(&str) -> bool) {
        let stream = self.open(path).expect("the server answers");
        let mut lines = BufReader::new(stream).lines();
        while let Some(Ok(line)) = lines.next() {
            if hear(&line) {
                return;
            }
        }
    }
}

/// What stands between two marks, each time.
pub fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.split_once(after).map(|(found, _)| found))
        .collect()
}

/// The public pages of the business that `steward init` made.
pub struct Shop {
    /// The page with the free times of its only service.
    pub times: String,
}

impl Shop {
    /// Finds the way as a customer does.
    pub fn find(address: SocketAddr) -> Self {
        let guest = Browser::new(address, "10.0.0.2");
        let page = guest.get("/at/lotus").expect("the server answers");
        let site = match page.status {
            303 => page.location,
            _ => link(&page.body, "/at/lotus/", ""),
        };
        let page = guest.get(&site).expect("the server answers");
        let times = link(&page.body, &site, "/times");
        Self { times }
    }

    /// The key of a page of times and the free starts of a day.
    pub fn starts(&self, guest: &Browser, day: &str) -> (String, Vec<String>) {
        let page = guest.get(&format!("{}?day={day}", self.times));
        let page = page.expect("the server answers").body;
        let key = between(&page, "name=\"key\" value=\"", "\"");
        let starts = between(&page, "name=\"start\" value=\"", "\"");
        (
            key.first().expect("the page has a key").to_string(),
            starts.iter().map(|start| start.to_string()).collect(),
        )
    }

    /// Holds a start; the answer leads to the details.
    pub fn hold(&self, guest: &Browser, key: &str, day: &str, start: &str) -> Option<Answer> {
        let start = start.replace(':', "%3A").replace('+', "%2B");
        let form = format!("key={key}&day={day}&who=&start={start}");
        guest.post(&self.times, &form)
    }
}

fn link(page: &str, begins: &str, ends: &str) -> String {
    let links = between(page, "href=\"", "\"");
    let found = links
        .iter()
        .map(|link| link.split('?').next().unwrap_or_default())
        .find(|link| link.starts_with(begins) && link.ends_with(ends));
    found
        .unwrap_or_else(|| panic!("no link {begins}…{ends} in {links:?}"))
        .to_owned()
}
