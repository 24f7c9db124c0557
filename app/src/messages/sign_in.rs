//! Signing in, links to set a password, the first set-up.

/// Signing in, links to set a password, the first set-up.
pub struct SignIn {
    pub title: &'static str,
    pub submit: &'static str,
}

pub const ENGLISH: SignIn = SignIn { title: "Sign in", submit: "Sign in" };

pub const GERMAN: SignIn = SignIn { title: "Anmelden", submit: "Anmelden" };
