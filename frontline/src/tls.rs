//! TLS: whom to trust, and what to show of oneself. One of three backends does the rest.

use reqwest::ClientBuilder;
use secrecy::SecretSlice;

use crate::Error;

// Both may be on, since features add up over all crates of a program: `native-tls` was asked for by name.
#[cfg_attr(feature = "native-tls", path = "tls/native.rs")]
#[cfg_attr(all(feature = "rustls-no-provider", not(feature = "native-tls")), path = "tls/rustls.rs")]
#[cfg_attr(not(any(feature = "rustls-no-provider", feature = "native-tls")), path = "tls/none.rs")]
mod backend;

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

/// A client that speaks plain http alone trusts nobody: it must work where no certificates are installed.
pub(crate) fn set(builder: ClientBuilder, trust: &Trust, is_used: bool) -> Result<ClientBuilder, Error> {
    backend::set(builder, trust, is_used)
}

#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
fn no_certificate() -> Error {
    Error::configuration("what was given as root certificates holds something else, or none")
}

#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
fn no_identity() -> Error {
    Error::configuration("what was given as the client's certificate is not a certificate and its key")
}
