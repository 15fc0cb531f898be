//! A program that uses reqwest without TLS, and `frontline` beside it. Cargo unifies the features of both.

use std::panic;

use frontline::Client;
use tokio_rustls::rustls::crypto::ring;

#[test]
#[cfg_attr(feature = "native-tls", ignore = "reqwest then uses the platform's TLS, which needs no provider")]
fn reqwest_works_beside_frontline_if_a_provider_is_installed() {
    Client::builder().build().expect("needs no provider");
    // As soon as reqwest stops panicking, the section of the crate's documentation and this test are no longer needed.
    assert!(panic::catch_unwind(reqwest::Client::new).is_err());
    ring::default_provider().install_default().expect("no provider is installed yet");
    reqwest::Client::new();
    Client::builder().build().expect("works with a provider, too");
}
