//! TLS with one of three backends: native-tls, rustls, or none.

use reqwest::ClientBuilder;

use crate::Error;

mod trust;

pub(crate) use trust::{Identity, Trust};

// Cargo enables the features that any crate of a program requests, so both may be on. `native-tls` is not a default
// feature, so it was requested on purpose.
#[cfg_attr(feature = "native-tls", path = "native.rs")]
#[cfg_attr(all(feature = "rustls-no-provider", not(feature = "native-tls")), path = "rustls.rs")]
#[cfg_attr(not(any(feature = "rustls-no-provider", feature = "native-tls")), path = "none.rs")]
mod backend;

/// Configures TLS. If all URLs are `http`, `is_used` is false. The platform's certificates are not loaded then, because
/// the system may have none.
pub(crate) fn set(builder: ClientBuilder, trust: &Trust, is_used: bool) -> Result<ClientBuilder, Error> {
    backend::set(builder, trust, is_used)
}
