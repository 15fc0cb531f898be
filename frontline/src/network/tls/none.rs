//! No TLS: plain http alone.

use reqwest::ClientBuilder;

use super::trust::Trust;
use crate::Error;

pub(super) fn set(builder: ClientBuilder, trust: &Trust, is_used: bool) -> Result<ClientBuilder, Error> {
    if is_used || !trust.roots.is_empty() || trust.only || trust.identity.is_some() {
        return Err(Error::configuration("for https, one of the features `rustls` and `native-tls` has to be on"));
    }
    Ok(builder)
}
