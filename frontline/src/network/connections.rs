//! Configuration of the reqwest client: connections, and the automatic behavior that is disabled.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::retry;

use super::connect_timeout;
use super::proxy::Proxy;
use super::tls::{self, Trust};
use crate::Error;

/// Less than the 60 seconds after which usual load balancers close idle connections, which could break a request.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(50);

/// The options of the builder for connections.
#[derive(Clone, Default)]
pub(crate) struct Network {
    pub(crate) trust: Trust,
    pub(crate) proxy: Option<Proxy>,
    pub(crate) no_proxy: bool,
    pub(crate) pool_idle_timeout: Option<Duration>,
    #[cfg(feature = "gzip")]
    pub(crate) gzip: bool,
    #[cfg(feature = "reqwest")]
    pub(crate) client: Option<reqwest::Client>,
}

impl Network {
    /// Creates the HTTP client. `uses_tls`: whether a request may go to an `https` URL. `is_local`: whether the base
    /// URL is a loopback address.
    pub(crate) fn client(&self, uses_tls: bool, is_local: bool) -> Result<reqwest::Client, Error> {
        #[cfg(feature = "reqwest")]
        if let Some(client) = &self.client {
            return self.theirs(client);
        }
        // Compression is disabled explicitly, because another crate may enable reqwest's features.
        let builder = reqwest::Client::builder().no_gzip().no_brotli().no_zstd().no_deflate();
        #[cfg(feature = "gzip")]
        let builder = builder.gzip(self.gzip);
        let builder = builder.pool_idle_timeout(self.pool_idle_timeout.unwrap_or(POOL_IDLE_TIMEOUT));
        let builder = builder.redirect(Policy::none()).referer(false).retry(retry::never());
        let builder = self.proxied(builder.connector_layer(connect_timeout::layer()), is_local)?;
        tls::set(builder, &self.trust, uses_tls)?
            .build()
            .map_err(|error| Error::configuration("cannot set up the HTTP client").with_source(error.without_url()))
    }

    fn proxied(&self, builder: reqwest::ClientBuilder, is_local: bool) -> Result<reqwest::ClientBuilder, Error> {
        match &self.proxy {
            // For a proxy, "localhost" is a different machine.
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
        let connections = self.proxy.is_some() || self.no_proxy || self.pool_idle_timeout.is_some();
        if self.trust.is_set() || connections || gzip {
            return Err(Error::configuration(
                "certificates, proxies, compression and the idle timeout cannot be combined with `reqwest_client`; \
                 set them on the `reqwest::Client`",
            ));
        }
        Ok(client.clone())
    }
}
