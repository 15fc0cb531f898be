//! No TLS: only `http` URLs work.

use reqwest::ClientBuilder;

use super::trust::Trust;
use crate::Error;

pub(super) fn set(builder: ClientBuilder, trust: &Trust, is_used: bool) -> Result<ClientBuilder, Error> {
    if is_used || !trust.roots.is_empty() || trust.only || trust.identity.is_some() {
        return Err(Error::configuration(
            "https requires the feature `rustls`, `rustls-no-provider` or `native-tls`; enable one of them",
        ));
    }
    Ok(builder)
}
