//! Root certificates to trust, and the client's own certificate.

use secrecy::SecretSlice;

#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
use crate::Error;

/// Certificates and keys in PEM format (RFC 7468).
#[derive(Clone, Default)]
pub(crate) struct Trust {
    pub(crate) roots: Vec<Vec<u8>>,
    /// Whether the platform's root certificates are not trusted.
    pub(crate) only: bool,
    pub(crate) identity: Option<Identity>,
}

#[derive(Clone)]
#[cfg_attr(
    not(any(feature = "rustls-no-provider", feature = "native-tls")),
    allow(dead_code, reason = "without TLS, an identity is always an error")
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
    Error::configuration("cannot read the root certificates; expected one or more certificates in PEM format")
}

#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
pub(super) fn no_identity() -> Error {
    Error::configuration(
        "cannot read the client certificate; expected PEM certificates and the matching unencrypted private key",
    )
}
