//! The reqwest clients: connections, and the automatic behavior that is disabled.

use std::sync::{Mutex, PoisonError};

use reqwest::redirect::Policy;
use reqwest::{Url, retry};

use super::base_url::{BaseUrl, is_loopback};
use super::connect_timeout;
use super::proxy::Proxy;
use super::tls::{Tls, Trust};
use crate::Error;

/// The options of the builder for connections.
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

/// The reqwest clients of a client. They are created when they are needed.
pub(crate) enum Connections {
    Ours(Box<Ours>),
    #[cfg(feature = "reqwest")]
    Theirs(reqwest::Client),
}

impl Connections {
    /// Checks the options. `base` is the URL that most requests go to.
    pub(crate) fn new(network: Network, base: &BaseUrl) -> Result<Self, Error> {
        #[cfg(feature = "reqwest")]
        if let Some(client) = &network.client {
            return network.theirs(client).map(Self::Theirs);
        }
        let ours = Ours {
            tls: Tls::new(&network.trust)?,
            proxy: network.proxy.as_ref().map(Proxy::build).transpose()?,
            network,
            direct: Mutex::default(),
            proxied: Mutex::default(),
        };
        ours.client(base.url())?;
        Ok(Self::Ours(Box::new(ours)))
    }

    /// Returns the reqwest client for requests to `url`.
    pub(crate) fn client(&self, url: &Url) -> Result<reqwest::Client, Error> {
        match self {
            Self::Ours(ours) => ours.client(url),
            #[cfg(feature = "reqwest")]
            Self::Theirs(client) => Ok(client.clone()),
        }
    }
}

pub(crate) struct Ours {
    network: Network,
    tls: Tls,
    proxy: Option<reqwest::Proxy>,
    /// For loopback addresses. They are reached without a proxy, for which "localhost" is a different machine.
    direct: Mutex<Option<reqwest::Client>>,
    proxied: Mutex<Option<reqwest::Client>>,
}

impl Ours {
    fn client(&self, url: &Url) -> Result<reqwest::Client, Error> {
        if url.scheme() == "https" {
            self.tls.check()?;
        }
        let is_direct = is_loopback(url);
        let client = if is_direct { &self.direct } else { &self.proxied };
        let mut client = client.lock().unwrap_or_else(PoisonError::into_inner);
        match &*client {
            Some(client) => Ok(client.clone()),
            None => Ok(client.insert(self.build(is_direct)?).clone()),
        }
    }

    fn build(&self, is_direct: bool) -> Result<reqwest::Client, Error> {
        // Compression is disabled explicitly, because another crate may enable reqwest's features.
        let builder = reqwest::Client::builder().no_gzip().no_brotli().no_zstd().no_deflate();
        #[cfg(feature = "gzip")]
        let builder = builder.gzip(self.network.gzip);
        let builder = builder.redirect(Policy::none()).referer(false).retry(retry::never());
        let builder = builder.connector_layer(connect_timeout::layer());
        let builder = match &self.proxy {
            _ if is_direct || self.network.no_proxy => builder.no_proxy(),
            Some(proxy) => builder.proxy(proxy.clone()),
            None => builder,
        };
        self.tls
            .set(builder)
            .build()
            .map_err(|error| Error::configuration("cannot set up the HTTP client").with_source(error.without_url()))
    }
}

#[cfg(feature = "reqwest")]
impl Network {
    fn theirs(&self, client: &reqwest::Client) -> Result<reqwest::Client, Error> {
        #[cfg(feature = "gzip")]
        let gzip = self.gzip;
        #[cfg(not(feature = "gzip"))]
        let gzip = false;
        if self.trust.is_set() || self.proxy.is_some() || self.no_proxy || gzip {
            return Err(Error::configuration(
                "certificates, proxies and compression cannot be combined with `reqwest_client`; \
                 set them on the `reqwest::Client`",
            ));
        }
        Ok(client.clone())
    }
}
