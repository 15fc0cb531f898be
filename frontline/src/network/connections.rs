//! The HTTP client below: how it connects, and what it must not do by itself.

use reqwest::redirect::Policy;
use reqwest::retry;

use super::connect_timeout;
use super::proxy::Proxy;
use super::tls::{self, Trust};
use crate::Error;

/// What the builder says of connections.
#[derive(Clone, Default)]
pub(crate) struct Network {
    pub(crate) trust: Trust,
    pub(crate) proxy: Option<Proxy>,
    pub(crate) no_proxy: bool,
    #[cfg(feature = "gzip")]
    pub(crate) gzip: bool,
    #[cfg(feature = "reqwest")]
    pub(crate) client: Option<reqwest::Client>,
}

impl Network {
    /// `uses_tls`: some request may go to an `https` URL. `is_local`: none leaves this machine.
    pub(crate) fn client(&self, uses_tls: bool, is_local: bool) -> Result<reqwest::Client, Error> {
        #[cfg(feature = "reqwest")]
        if let Some(client) = &self.client {
            return self.theirs(client);
        }
        // Compression is switched off by name: another crate may have switched reqwest's features on.
        let builder = reqwest::Client::builder().no_gzip().no_brotli().no_zstd().no_deflate();
        #[cfg(feature = "gzip")]
        let builder = builder.gzip(self.gzip);
        let builder = builder.redirect(Policy::none()).referer(false).retry(retry::never());
        let builder = self.proxied(builder.connector_layer(connect_timeout::layer()), is_local)?;
        tls::set(builder, &self.trust, uses_tls)?
            .build()
            .map_err(|error| Error::configuration("the HTTP client cannot be set up").with_source(error.without_url()))
    }

    fn proxied(&self, builder: reqwest::ClientBuilder, is_local: bool) -> Result<reqwest::ClientBuilder, Error> {
        match &self.proxy {
            // A proxy has another idea of what "localhost" is.
            _ if is_local || self.no_proxy => Ok(builder.no_proxy()),
            Some(proxy) => Ok(builder.proxy(proxy.build()?)),
            None => Ok(builder),
        }
    }

    #[cfg(feature = "reqwest")]
    fn theirs(&self, client: &reqwest::Client) -> Result<reqwest::Client, Error> {
        #[cfg(feature = "gzip")]
        let gzip = self.gzip;
        #[cfg(not(feature = "gzip"))]
        let gzip = false;
        if self.trust.is_set() || self.proxy.is_some() || self.no_proxy || gzip {
            return Err(Error::configuration(
                "the `reqwest::Client` that was given has its own certificates, proxies and compression: \
                 set them there",
            ));
        }
        Ok(client.clone())
    }
}
