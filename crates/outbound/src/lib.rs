//! Requests to other people's computers: signed by the Standard Webhooks scheme, bounded in time,
//! never redirected, and never into the own network unless that is allowed.

mod guard;
mod signature;

pub use signature::{Signed, new_secret, signature};

use std::time::Duration;

use guard::{Guarded, Inside};
use ureq::{Agent, http::Uri, unversioned::transport::DefaultConnector};

/// How long the other side may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long it may take until there is a connection.
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// The longest address.
pub const URL_CHARS_MAX: usize = 500;

/// What is handed over.
#[derive(Debug, Clone, Copy)]
pub struct Parcel<'a> {
    /// Where to.
    pub url: &'a str,
    /// The keys it is signed with, as `whsec_` and base64: while a key changes there are two.
    pub secrets: &'a [&'a str],
    /// The same at every attempt, so that the other side can tell repetitions apart.
    pub id: &'a str,
    /// The second that is signed.
    pub second: i64,
    /// JSON.
    pub body: &'a str,
}

/// Why nobody answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswered {
    /// A key cannot be read: no attempt will ever succeed.
    Key,
    /// The address lies in the own network, and that is not allowed.
    Inside,
    /// Nobody was reached, in the network's words.
    Network(String),
}

/// Hands parcels over.
pub struct Courier {
    agent: Agent,
}

impl Courier {
    /// A courier who goes into the own network only where that is allowed.
    pub fn new(private_targets: bool) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(CONNECT_PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            // Through a proxy of the surroundings another machine would look the name up, and the
            // guard would look at the proxy's address.
            .proxy(None)
            .user_agent("Steward")
            .build();
        let resolver = Guarded { private_targets };
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
        }
    }

    /// Hands a parcel over; answers the status of the other side. What it says besides is not
    /// read.
    pub fn send(&self, parcel: &Parcel<'_>) -> Result<u16, Unanswered> {
        let sign = |secret: &&str| signature(secret, parcel.id, parcel.second, parcel.body);
        let signatures: Option<Vec<String>> = parcel.secrets.iter().map(sign).collect();
        let signatures = signatures.ok_or(Unanswered::Key)?.join(" ");
        let answer = self
            .agent
            .post(parcel.url)
            .header("content-type", "application/json")
            .header("webhook-id", parcel.id)
            .header("webhook-timestamp", parcel.second.to_string())
            .header("webhook-signature", signatures)
            .send(parcel.body);
        match answer {
            Ok(answer) => Ok(answer.status().as_u16()),
            Err(ureq::Error::Other(other)) if other.is::<Inside>() => Err(Unanswered::Inside),
            Err(error) => Err(Unanswered::Network(error.to_string())),
        }
    }
}

/// Whether a text is an address that parcels can be sent to: `http` or `https`, a host, no
/// password in it.
pub fn is_address(url: &str) -> bool {
    let known = |uri: Uri| {
        let plain = uri.authority().is_some_and(|at| !at.as_str().contains('@'));
        let host = uri.host().is_some_and(|host| !host.is_empty());
        matches!(uri.scheme_str(), Some("http" | "https")) && host && plain
    };
    url.len() <= URL_CHARS_MAX && url.parse().is_ok_and(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_of_the_web_without_a_password() {
        for address in [
            "https://a.example/x?y=1",
            "http://127.0.0.1:80/",
            "http://[::1]/a",
        ] {
            assert!(is_address(address), "{address}");
        }
        let long = format!("https://a.example/{}", "a".repeat(URL_CHARS_MAX));
        for other in [
            "ftp://a.example/",
            "https://",
            "a.example",
            "https://u:p@a.example/",
            &long,
        ] {
            assert!(!is_address(other), "{other}");
        }
    }
}
