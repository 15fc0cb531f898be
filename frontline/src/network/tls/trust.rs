//! Whom to trust, and what to show of oneself.

use secrecy::SecretSlice;

#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
use crate::Error;

/// Certificates and keys, in PEM (RFC 7468).
#[derive(Clone, Default)]
pub(crate) struct Trust {
    pub(crate) roots: Vec<Vec<u8>>,
    /// The platform's roots do not count.
    pub(crate) only: bool,
    pub(crate) identity: Option<Identity>,
}

#[derive(Clone)]
#[cfg_attr(
    not(any(feature = "rustls-no-provider", feature = "native-tls")),
    allow(dead_code, reason = "without TLS it is only refused")
)]
pub(crate) struct Identity {
    pub(crate) certificates: Vec<u8>,
    pub(crate) key: SecretSlice<u8>,
}

impl Trust {
    #[cfg(feature = "reqwest")]
    pub(crate) fn is_set(&self) -> bool {
        !self.roots.is_empty() || self.only || self.identity.is_some()
    }
}

#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
pub(super) fn no_certificate() -> Error {
    Error::configuration("what was given as root certificates holds something else, or none")
}

#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
pub(super) fn no_identity() -> Error {
    Error::configuration("what was given as the client's certificate is not a certificate and its key")
}
