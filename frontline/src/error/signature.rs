//! Why a signature is refused.

use std::error::Error;
use std::fmt;

/// Why a webhook is refused. The text contains nothing of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The request lacks this header.
    Missing(&'static str),
    /// This header cannot be read.
    Malformed(&'static str),
    /// The request was signed longer ago than the tolerance allows. It may be a replay of an earlier one.
    TooOld,
    /// The request was signed in the future. One of the clocks is wrong.
    TooNew,
    /// The signature does not belong to this request and this secret.
    Mismatch,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(header) => write!(f, "the webhook has no header `{header}`"),
            Self::Malformed(header) => write!(f, "the header `{header}` of the webhook cannot be read"),
            Self::TooOld => f.write_str("the webhook was signed too long ago"),
            Self::TooNew => f.write_str("the webhook was signed in the future"),
            Self::Mismatch => f.write_str("the signature of the webhook does not match"),
        }
    }
}

impl Error for SignatureError {}
