//! A bucket of an S3-compatible store: three requests, signed by AWS Signature Version 4.

use std::{fmt, fmt::Write, sync::LazyLock, time::Duration};

use hmac::{Hmac, KeyInit, Mac};
use kernel::{Fault, Timestamp};
use sha2::{Digest, Sha256};
use ureq::{Agent, http::StatusCode};

use crate::model::FILE_BYTES_MAX;

/// How long a store may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Keeps connections open between requests.
static AGENT: LazyLock<Agent> = LazyLock::new(|| {
    Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent("Steward")
        .build()
        .into()
});

/// A bucket and the key to it.
#[derive(Clone)]
pub struct Bucket {
    tls: bool,
    host: String,
    /// The bucket's name, and what every key begins with.
    root: String,
    region: String,
    key: String,
    secret: String,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bucket({}/{})", self.host, self.root)
    }
}

impl Bucket {
    /// Reads `s3+https://KEY:SECRET@HOST/BUCKET[/PREFIX]?region=…`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let shape = "write s3+https://KEY:SECRET@HOST/BUCKET?region=…".to_owned();
        let (scheme, rest) = text.split_once("://").ok_or_else(|| shape.clone())?;
        let tls = match scheme {
            "s3+https" => true,
            "s3+http" => false,
            _ => return Err(shape),
        };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, "region=us-east-1"));
        let region = query.strip_prefix("region=").ok_or_else(|| shape.clone())?;
        let (login, rest) = rest.rsplit_once('@').ok_or_else(|| shape.clone())?;
        let (host, root) = rest.split_once('/').ok_or_else(|| shape.clone())?;
        let (key, secret) = login.split_once(':').ok_or_else(|| shape.clone())?;
        let root = root.trim_end_matches('/');
        if host.is_empty() || root.is_empty() || !root.bytes().all(is_plain) {
            return Err("name a bucket of letters, digits, dots, dashes and slashes".to_owned());
        }
        let decoded = |text| unescaped(text).ok_or_else(|| shape.clone());
        Ok(Self {
            tls,
            host: host.to_owned(),
            root: root.to_owned(),
            region: region.to_owned(),
            key: decoded(key)?,
            secret: decoded(secret)?,
        })
    }

    pub(super) fn put(&self, key: &str, now: Timestamp, bytes: &[u8]) -> Result<(), Fault> {
        let payload = hex(&Sha256::digest(bytes));
        let path = self.path(key);
        let mut request = AGENT.put(self.url(&path));
        for (name, value) in self.headers("PUT", &path, &payload, now) {
            request = request.header(name, value);
        }
        let answer = request.send(bytes).map_err(Fault::broken)?;
        accepted(answer.status())
    }

    pub(super) fn get(&self, key: &str, now: Timestamp) -> Result<Option<Vec<u8>>, Fault> {
        let path = self.path(key);
        let mut request = AGENT.get(self.url(&path));
        for (name, value) in self.headers("GET", &path, &hex(&Sha256::digest(b"")), now) {
            request = request.header(name, value);
        }
        let mut answer = request.call().map_err(Fault::broken)?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        accepted(answer.status())?;
        let limit = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX);
        let body = answer.body_mut().with_config().limit(limit + 1);
        body.read_to_vec().map(Some).map_err(Fault::broken)
    }

    pub(super) fn delete(&self, key: &str, now: Timestamp) -> Result<(), Fault> {
        let path = self.path(key);
        let mut request = AGENT.delete(self.url(&path));
        for (name, value) in self.headers("DELETE", &path, &hex(&Sha256::digest(b"")), now) {
            request = request.header(name, value);
        }
        let answer = request.call().map_err(Fault::broken)?;
        match answer.status() {
            StatusCode::NOT_FOUND => Ok(()),
            status => accepted(status),
        }
    }

    fn path(&self, key: &str) -> String {
        format!("/{}/{key}", self.root)
    }

    fn url(&self, path: &str) -> String {
        let scheme = if self.tls { "https" } else { "http" };
        format!("{scheme}://{}{path}", self.host)
    }

    /// The headers a request carries beside its host, the signature among them.
    fn headers(
        &self,
        method: &str,
        path: &str,
        payload: &str,
        now: Timestamp,
    ) -> Vec<(&'static str, String)> {
        let moment = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        let signed = [
            ("host", self.host.clone()),
            ("x-amz-content-sha256", payload.to_owned()),
            ("x-amz-date", moment),
        ];
        let authorization = self.signature(method, path, payload, &signed);
        let [_, payload, moment] = signed;
        vec![payload, moment, ("authorization", authorization)]
    }

    /// The value of `Authorization` for a request with these headers, in order of their names;
    /// the last is the moment.
    fn signature(
        &self,
        method: &str,
        path: &str,
        payload: &str,
        headers: &[(&str, String)],
    ) -> String {
        let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");
        let lines = headers
            .iter()
            .fold(String::new(), |mut text, (name, value)| {
                // Writing into a string does not fail.
                let _ = writeln!(text, "{name}:{value}");
                text
            });
        let moment = headers.last().map_or("", |(_, value)| value.as_str());
        let day = moment.get(..8).unwrap_or_default();
        let scope = format!("{day}/{}/s3/aws4_request", self.region);
        let request = format!("{method}\n{path}\n\n{lines}\n{names}\n{payload}");
        let request = hex(&Sha256::digest(request));
        let to_sign = format!("AWS4-HMAC-SHA256\n{moment}\n{scope}\n{request}");
        let first = format!("AWS4{}", self.secret);
        let key = [day, &self.region, "s3", "aws4_request"]
            .iter()
            .fold(first.into_bytes(), |key, part| sealed(&key, part));
        let signature = hex(&sealed(&key, &to_sign));
        let key = &self.key;
        format!(
            "AWS4-HMAC-SHA256 Credential={key}/{scope},SignedHeaders={names},Signature={signature}"
        )
    }
}

fn accepted(status: StatusCode) -> Result<(), Fault> {
    if status.is_success() {
        return Ok(());
    }
    Err(Fault::broken(format!(
        "the store of files answered {status}"
    )))
}

fn sealed(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/')
}

/// Decodes `%2F` and the like, which a secret needs within an address.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn a_signature_is_the_one_of_the_manual() {
        // “Example: GET Object” of Amazon's manual of Signature Version 4.
        let bucket = Bucket::parse(
            "s3+https://AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI%2FK7MDENG%2FbPxRfiCYEXAMPLEKEY@\
             examplebucket.s3.amazonaws.com/unused?region=us-east-1",
        )
        .expect("it is well formed");
        let headers = [
            ("host", "examplebucket.s3.amazonaws.com".to_owned()),
            ("range", "bytes=0-9".to_owned()),
            ("x-amz-content-sha256", EMPTY.to_owned()),
            ("x-amz-date", "20130524T000000Z".to_owned()),
        ];
        assert_eq!(
            bucket.signature("GET", "/test.txt", EMPTY, &headers),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
             SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,\
             Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
    }

    #[test]
    fn an_address_that_is_none_is_refused_without_repeating_the_secret() {
        for text in [
            "s3+https://host/bucket",
            "s3+https://key:hush@host",
            "s3+ftp://key:hush@host/bucket",
            "s3+https://key:hush@host/bu cket",
            "s3+https://key:hush@host/bucket?zone=here",
        ] {
            let refused = Bucket::parse(text).unwrap_err();
            assert!(!refused.contains("hush"), "{refused}");
        }
        let bucket = Bucket::parse("s3+http://key:hush@127.0.0.1:9000/shop/files/").expect("fine");
        assert_eq!(
            bucket.url(&bucket.path("a/b")),
            "http://127.0.0.1:9000/shop/files/a/b"
        );
        assert_eq!(format!("{bucket:?}"), "Bucket(127.0.0.1:9000/shop/files)");
    }
}
