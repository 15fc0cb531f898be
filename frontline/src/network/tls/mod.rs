//! TLS with one of three backends: native-tls, rustls, or none.

#[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
mod platform;
mod trust;

pub(crate) use backend::Tls;
pub(crate) use trust::{Identity, Trust};

// Cargo enables the features that any crate of a program requests, so both may be on. `native-tls` is not a default
// feature, so it was requested on purpose.
#[cfg_attr(feature = "native-tls", path = "native.rs")]
#[cfg_attr(all(feature = "rustls-no-provider", not(feature = "native-tls")), path = "rustls.rs")]
#[cfg_attr(not(any(feature = "rustls-no-provider", feature = "native-tls")), path = "none.rs")]
mod backend;
