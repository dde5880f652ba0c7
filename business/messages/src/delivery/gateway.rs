//! Texts: a signed request to a gateway, by the Standard Webhooks scheme.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use ureq::{
    Agent,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use crate::{
    commands::Outcome,
    model::{Gateway, Message},
    signature::signature,
};

/// How long a gateway may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Speaks to gateways.
pub(crate) struct Gateways {
    agent: Agent,
}

impl Gateways {
    pub(crate) fn new(private_targets: bool) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent("Steward")
            .build();
        let resolver = Guarded { private_targets };
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
        }
    }

    /// Hands a message over. The id is the same at every attempt, so the gateway can tell
    /// repetitions apart.
    pub(crate) fn send(&self, gateway: &Gateway, message: &Message) -> Outcome {
        let body = serde_json::json!({
            "type": "message.text",
            "timestamp": message.created.to_string(),
            "data": {
                "to": message.recipient,
                "language": message.locale.tag(),
                "occasion": message.occasion.as_str(),
                "text": message.body,
            },
        })
        .to_string();
        let (id, second) = (message.id.to_string(), message.due.as_second());
        let Some(signature) = signature(&gateway.secret, &id, second, &body) else {
            return Outcome::Refused("the gateway's key cannot be read".to_owned());
        };
        let answer = self
            .agent
            .post(&gateway.url)
            .header("content-type", "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", second.to_string())
            .header("webhook-signature", signature)
            .send(body);
        match answer {
            Ok(answer) if answer.status().is_success() => Outcome::Accepted,
            Ok(answer) => {
                let status = answer.status();
                let reason = format!("the gateway answered {status}");
                let for_good = status.is_client_error()
                    && !matches!(status.as_u16(), 401 | 403 | 404 | 408 | 409 | 425 | 429);
                if for_good {
                    Outcome::Refused(reason)
                } else {
                    Outcome::Postponed(reason)
                }
            }
            Err(error) => Outcome::Postponed(error.to_string()),
        }
    }
}

/// Finds addresses, and leaves out those of the own network unless they are allowed: what a
/// manager types must not reach what only this machine can see. The connection goes to the address
/// that was looked at, so a name cannot mean another one a moment later.
#[derive(Debug)]
struct Guarded {
    private_targets: bool,
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let mut allowed = self.empty();
        for address in found.iter() {
            if self.private_targets || is_public(address) {
                allowed.push(*address);
            }
        }
        if allowed.is_empty() {
            return Err(ureq::Error::Other(
                "the gateway is inside the own network, which is not allowed".into(),
            ));
        }
        Ok(allowed)
    }
}

/// Whether an address is somewhere on the open internet.
fn is_public(address: &SocketAddr) -> bool {
    match address.ip() {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let special = v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_unspecified()
                || v4.is_multicast();
            !(special || shared || a == 0 || a >= 240 || (a == 198 && (b == 18 || b == 19)))
        }
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public(&SocketAddr::new(IpAddr::V4(v4), 0)),
            None => {
                // Global unicast is 2000::/3; 64:ff9b::/96 and 2002::/16 wrap IPv4 addresses.
                let first = v6.segments()[0];
                (0x2000..0x4000).contains(&first) && first != 0x2002
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_network_is_told_from_the_open_internet() {
        let public = |text: &str| is_public(&format!("{text}:443").parse().expect("an address"));
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "[::1]",
            "[fe80::1]",
            "[fd00::1]",
            "[::ffff:10.0.0.1]",
        ] {
            assert!(!public(inside), "{inside}");
        }
        assert!(public("93.184.216.34") && public("[2606:2800:220:1::1]"));
    }
}
