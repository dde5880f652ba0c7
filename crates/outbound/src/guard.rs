//! Where requests may go: not to what only this machine can see.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
};

use ureq::{
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

/// A name has no address outside the own network.
#[derive(Debug)]
pub(crate) struct Inside;

impl fmt::Display for Inside {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the address is inside the own network, which is not allowed")
    }
}

impl std::error::Error for Inside {}

/// Finds addresses, and leaves out those of the own network unless they are allowed: what a
/// manager types must not reach what only this machine can see. The connection goes to the address
/// that was looked at, so a name cannot mean another one a moment later.
#[derive(Debug)]
pub(crate) struct Guarded {
    pub(crate) private_targets: bool,
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
            return Err(ureq::Error::Other(Box::new(Inside)));
        }
        Ok(allowed)
    }
}

/// Whether an address is somewhere on the open internet.
fn is_public(address: &SocketAddr) -> bool {
    match address.ip() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let special = v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_unspecified()
                || v4.is_multicast();
            let protocols = (a, b, c) == (192, 0, 0) || (a == 198 && (b == 18 || b == 19));
            !(special || shared || protocols || a == 0 || a >= 240)
        }
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public(&SocketAddr::new(IpAddr::V4(v4), 0)),
            None => {
                // Global unicast is 2000::/3. Those that wrap IPv4 addresses: 64:ff9b::/96 is
                // outside of it, 2002::/16 and Teredo's 2001::/32 inside.
                let [first, second, ..] = v6.segments();
                let wraps = first == 0x2002 || (first == 0x2001 && second == 0);
                (0x2000..0x4000).contains(&first) && !wraps
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
            "192.0.0.8",
            "198.18.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "[::1]",
            "[fe80::1]",
            "[fd00::1]",
            "[::ffff:10.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[2001:0:7f00:1::]",
        ] {
            assert!(!public(inside), "{inside}");
        }
        assert!(public("93.184.216.34") && public("[2606:2800:220:1::1]"));
    }
}
