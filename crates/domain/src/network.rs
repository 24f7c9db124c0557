//! Where a request comes from, no finer than limits on attempts need it.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
};

/// The /24 of an IPv4 address or the /64 of an IPv6 address. It cannot be shown, logged or
/// serialised; the store makes a keyed hash of it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum NetworkRange {
    /// Not known, as for the command line.
    #[default]
    Unknown,
    /// The first three octets.
    V4([u8; 3]),
    /// The first eight octets.
    V6([u8; 8]),
}

impl NetworkRange {
    /// The range of an address. An IPv4 address that is written as IPv6 (RFC 4291, 2.5.5.2) is IPv4.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::of_v4(address),
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, g, h, ..] = address.octets();
                Self::V6([a, b, c, d, e, f, g, h])
            }
        }
    }

    fn of_v4(address: Ipv4Addr) -> Self {
        let [a, b, c, _] = address.octets();
        Self::V4([a, b, c])
    }

    /// The prefix, to be hashed: three octets, eight, or none.
    #[must_use]
    pub fn prefix(&self) -> &[u8] {
        match self {
            Self::Unknown => &[],
            Self::V4(octets) => octets,
            Self::V6(octets) => octets,
        }
    }
}

impl fmt::Debug for NetworkRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("NetworkRange(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_range_and_others_do_not() {
        let of = |text: &str| NetworkRange::of(text.parse().unwrap());
        assert_eq!(of("192.0.2.1"), of("192.0.2.254"));
        assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.7"));
        assert_ne!(of("192.0.2.1"), of("192.0.3.1"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(format!("{:?}", of("192.0.2.1")), "NetworkRange(…)");
    }
}
