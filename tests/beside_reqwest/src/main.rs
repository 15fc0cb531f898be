//! A program that uses reqwest without TLS, and `frontline` beside it. Cargo unifies the features of both.
//!
//! It is a crate of its own, so that no other dependency changes these features.

use rustls::crypto::ring;

fn main() {
    ring::default_provider().install_default().expect("no provider is installed yet");
    reqwest::Client::new();
    frontline::Client::builder().build().expect("works with a provider, too");
}

#[cfg(test)]
mod tests {
    use std::panic;

    #[test]
    fn reqwest_works_beside_frontline_if_a_provider_is_installed() {
        frontline::Client::builder().build().expect("needs no provider");
        // As soon as reqwest stops panicking, the section of the crate's documentation and this crate are not needed.
        assert!(panic::catch_unwind(reqwest::Client::new).is_err());
        super::main();
    }
}
