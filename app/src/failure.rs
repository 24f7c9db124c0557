//! What a server function answers when it can't do what was asked.

use crate::codec::JsonAnswer;
use domain::{Error, Field, FieldError, Problem};
use serde::{Deserialize, Serialize};
use server_fn::{
    Bytes, Encodes,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// Either the server said no, or it can't be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The server's own answer.
    Refused(Error),
    /// No answer, or none that can be read.
    Unreachable,
}

impl Failure {
    /// The answer to arguments that can't be read.
    #[must_use]
    pub fn malformed() -> Self {
        Error::from(FieldError { field: Field::Request, problem: Problem::Malformed }).into()
    }

    /// Whether nobody is signed in (any more).
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        matches!(self, Self::Refused(Error::Unauthenticated))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonAnswer;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        use ServerFnErrorErr as E;
        match error {
            E::Args(_) | E::MissingArg(_) => Self::malformed(),
            // On the server that is the request, in the browser it is the answer.
            E::Deserialization(_) if cfg!(feature = "ssr") => Self::malformed(),
            _ if cfg!(feature = "ssr") => Error::Internal { reference: "transport".into() }.into(),
            _ => Self::Unreachable,
        }
    }

    /// The body of an answer. Every failed server function comes through here, also one whose
    /// arguments could not be read, so here its status is set.
    fn ser(&self) -> Bytes {
        #[cfg(feature = "ssr")]
        crate::context::set_status(self);
        JsonAnswer::encode(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_comes_back_as_it_went() {
        for failure in [
            Failure::Refused(Error::Forbidden { needs: Some(domain::Permission::BillingEdit) }),
            Failure::malformed(),
            Failure::Unreachable,
        ] {
            assert_eq!(Failure::de(failure.ser()), failure);
        }
    }
}
