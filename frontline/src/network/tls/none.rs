//! No TLS: only `http` URLs work.

use reqwest::ClientBuilder;

use super::trust::Trust;
use crate::Error;

pub(crate) struct Tls;

impl Tls {
    pub(crate) fn new(trust: &Trust) -> Result<Self, Error> {
        let is_set = !trust.roots.is_empty() || trust.only || trust.identity.is_some();
        if is_set { Err(unsupported()) } else { Ok(Self) }
    }

    #[allow(clippy::unused_self, reason = "the other backends need it")]
    pub(crate) fn check(&self) -> Result<(), Error> {
        Err(unsupported())
    }

    #[allow(clippy::unused_self, reason = "the other backends need it")]
    pub(crate) fn set(&self, builder: ClientBuilder) -> ClientBuilder {
        builder
    }
}

fn unsupported() -> Error {
    Error::configuration(
        "https requires the feature `rustls`, `rustls-no-provider` or `native-tls`; enable one of them",
    )
}
