//! A client of HTTP/1.1 that keeps its connection and costs the machine little.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

const PATIENCE: Duration = Duration::from_secs(60);

/// What came back.
pub struct Answer {
    pub status: u16,
    cookie: Option<String>,
    body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Result<Value, String> {
        serde_json::from_slice(&self.body).map_err(|error| format!("{error}: {}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// One connection.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
    headers: String,
}

impl Client {
    /// Connects to `http://HOST:PORT`.
    pub fn open(address: &str) -> Result<Self, String> {
        let host = address.trim_start_matches("http://").trim_end_matches('/');
        let told = |error: std::io::Error| format!("{address}: {error}");
        let stream = TcpStream::connect(host).map_err(told)?;
        stream.set_nodelay(true).map_err(told)?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(told)?;
        Ok(Self {
            stream: BufReader::with_capacity(1 << 16, stream),
            host: host.to_owned(),
            headers: String::new(),
        })
    }

    /// As the program that holds this token.
    pub fn with_token(mut self, token: &str) -> Self {
        self.headers = format!("Authorization: Bearer {token}\r\n");
        self
    }

    /// As the person whose browser holds this cookie.
    pub fn with_session(mut self, cookie: &str) -> Self {
        self.headers = format!("Cookie: {cookie}\r\n");
        self
    }

    /// Signs in and answers the cookie.
    pub fn sign_in(mut self, login: &str, password: &str) -> Result<String, String> {
        let form = format!("login={login}&password={password}");
        let kind = "application/x-www-form-urlencoded";
        self.headers = format!("Origin: http://{}\r\n", self.host);
        let answer = self.ask("POST", "/login", Some((kind, form.as_bytes())))?;
        answer
            .cookie
            .ok_or_else(|| format!("nobody was let in: {}", answer.status))
    }

    pub fn get(&mut self, path: &str) -> Result<Answer, String> {
        self.ask("GET", path, None)
    }

    pub fn post_json(&mut self, path: &str, body: &Value) -> Result<Answer, String> {
        let body = body.to_string();
        self.ask("POST", path, Some(("application/json", body.as_bytes())))
    }

    fn ask(
        &mut self,
        method: &str,
        path: &str,
        body: Option<(&str, &[u8])>,
    ) -> Result<Answer, String> {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{}",
            self.host, self.headers
        );
        if let Some((kind, body)) = body {
            let length = body.len();
            request.push_str(&format!(
                "Content-Type: {kind}\r\nContent-Length: {length}\r\n"
            ));
        }
        request.push_str("\r\n");
        let mut bytes = request.into_bytes();
        bytes.extend_from_slice(body.map_or(&[], |(_, body)| body));
        let told = |error: std::io::Error| format!("{method} {path}: {error}");
        self.stream.get_mut().write_all(&bytes).map_err(told)?;
        self.answer().map_err(told)
    }

    fn answer(&mut self) -> std::io::Result<Answer> {
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|word| word.parse().ok());
        let (mut length, mut chunked, mut cookie) = (0, false, None);
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(": ").unwrap_or((&line, ""));
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "transfer-encoding" => chunked = value == "chunked",
                "set-cookie" => cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
        let mut body = Vec::new();
        if chunked {
            loop {
                let size = usize::from_str_radix(&self.line()?, 16).unwrap_or(0);
                self.read_onto(&mut body, size)?;
                self.line()?;
                if size == 0 {
                    break;
                }
            }
        } else {
            self.read_onto(&mut body, length)?;
        }
        Ok(Answer {
            status: status.unwrap_or(0),
            cookie,
            body,
        })
    }

    fn line(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }

    fn read_onto(&mut self, body: &mut Vec<u8>, count: usize) -> std::io::Result<()> {
        let from = body.len();
        body.resize(from + count, 0);
        self.stream.read_exact(&mut body[from..])
    }
}
