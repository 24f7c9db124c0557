//! Where a request really comes from: the connection's own address, unless that is a proxy that
//! `ASSENT_TRUSTED_PROXIES` names; then what it says in `X-Forwarded-For`, which anybody can write.
//! The address is used for its range (see [`domain::NetworkRange`]) and then forgotten.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

const HEADER: &str = "x-forwarded-for";

/// An address or a range of addresses that is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proxy(IpNet);

impl FromStr for Proxy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let range = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        range.map(Self).map_err(|_| "not an address or a range such as 10.0.0.0/8".to_owned())
    }
}

/// The proxies that are trusted.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Vec<Proxy>);

impl Proxies {
    /// These.
    #[must_use]
    pub const fn new(proxies: Vec<Proxy>) -> Self {
        Self(proxies)
    }

    /// The right-most address of the chain that is no trusted proxy: further left stands what the
    /// sender wrote themselves. Where an entry can't be read, the proxy that passed it on counts.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let values = headers.get_all(HEADER).into_iter().map(|value| value.to_str().unwrap_or_default());
        let entries: Vec<_> = values.flat_map(|value| value.split(',')).collect();
        for entry in entries.into_iter().rev() {
            if !self.trusts(client) {
                break;
            }
            let Some(address) = address(entry.trim()) else { break };
            client = address;
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|Proxy(range)| range.contains(&address))
    }
}

/// An entry: an address, with or without a port.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(entry);
    let address = bare.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn client(trusted: &[&str], peer: &str, values: &[&'static str]) -> String {
        let proxies = Proxies::new(trusted.iter().map(|text| text.parse().unwrap()).collect());
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(HEADER, HeaderValue::from_static(value));
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_header_counts_only_from_a_trusted_proxy() {
        assert_eq!(client(&[], "203.0.113.9", &["192.0.2.1"]), "203.0.113.9");
        assert_eq!(client(&["10.0.0.1"], "203.0.113.9", &["192.0.2.1"]), "203.0.113.9");
        assert_eq!(client(&["10.0.0.1"], "10.0.0.1", &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(client(&["10.0.0.1"], "::ffff:10.0.0.1", &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(client(&["fd00::/8"], "fd00::1", &["[2001:db8::1]:443"]), "2001:db8::1");
    }

    #[test]
    fn what_the_sender_wrote_does_not_count() {
        let trusted = ["10.0.0.0/8"];
        assert_eq!(client(&trusted, "10.0.0.1", &["1.1.1.1, 192.0.2.1"]), "192.0.2.1");
        assert_eq!(client(&trusted, "10.0.0.1", &["1.1.1.1", "192.0.2.1, 10.0.0.2"]), "192.0.2.1");
        assert_eq!(client(&trusted, "10.0.0.1", &["10.9.9.9, 192.0.2.1:5000"]), "192.0.2.1");
        assert_eq!(client(&trusted, "10.0.0.1", &["192.0.2.1, nonsense"]), "10.0.0.1");
        assert_eq!(client(&trusted, "10.0.0.1", &["10.0.0.3"]), "10.0.0.3");
        assert_eq!(client(&trusted, "10.0.0.1", &[""]), "10.0.0.1");
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for bad in ["", "proxy", "10.0.0.0/33", "10.0.0", "*"] {
            assert!(bad.parse::<Proxy>().is_err(), "{bad}");
        }
    }
}
