//! TLS, by one of three backends.

use reqwest::ClientBuilder;

use crate::Error;

mod trust;

pub(crate) use trust::{Identity, Trust};

// Both may be on, since features add up over all crates of a program: `native-tls` was asked for by name.
#[cfg_attr(feature = "native-tls", path = "native.rs")]
#[cfg_attr(all(feature = "rustls-no-provider", not(feature = "native-tls")), path = "rustls.rs")]
#[cfg_attr(not(any(feature = "rustls-no-provider", feature = "native-tls")), path = "none.rs")]
mod backend;

/// A client that speaks plain http alone trusts nobody: it must work where no certificates are installed.
pub(crate) fn set(builder: ClientBuilder, trust: &Trust, is_used: bool) -> Result<ClientBuilder, Error> {
    backend::set(builder, trust, is_used)
}
