//! Names of people, roles, partners and organisations.

use crate::{Problem, text};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident, $most:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The largest number of characters.
            pub const MOST: u32 = $most;

            /// The name in what was typed.
            ///
            /// # Errors
            /// Empty, too long, or with characters that can't be seen.
            pub fn parse(typed: &str) -> Result<Self, Problem> {
                text::line(typed, Self::MOST).map(Self)
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    )*};
}

names! {
    /// What a person wants to be called. Stays on their actions after termination.
    PersonName, 100;
    /// What its user calls a passkey.
    PasskeyName, 60;
    /// The name of a role.
    RoleName, 60;
    /// The name under which a partner is listed.
    PartnerName, 160;
    /// The name of an organisation.
    OrganisationName, 120;
}
