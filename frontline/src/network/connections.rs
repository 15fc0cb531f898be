//! The reqwest clients: connections, and the automatic behavior that is disabled.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Url, retry};

use super::base_url::{BaseUrl, is_loopback};
use super::connect_timeout;
use super::proxy::{self, Proxy};
use super::tls::{Tls, Trust};
use crate::Error;

/// Less than the 60 seconds after which usual load balancers close idle connections, which could break a request.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(50);

/// A year. hyper panics if the time is beyond the range of `Instant`.
const MAX_POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// If a server is silent for this long during a request, the HTTP/2 connection is tested with a ping.
#[cfg(feature = "http2")]
const PING_INTERVAL: Duration = Duration::from_secs(3);

/// If the ping is not answered within this time, the HTTP/2 connection is closed.
#[cfg(feature = "http2")]
const PING_TIMEOUT: Duration = Duration::from_secs(5);

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
            last: AtomicUsize::new(0),
        };
        ours.client(base.url())?;
        Ok(Self::Ours(Box::new(ours)))
    }

    /// Returns the reqwest client for requests to `url`, and its number.
    pub(crate) fn client(&self, url: &Url) -> Result<(reqwest::Client, usize), Error> {
        match self {
            Self::Ours(ours) => ours.client(url),
            #[cfg(feature = "reqwest")]
            Self::Theirs(client) => Ok((client.clone(), 0)),
        }
    }

    /// Whether this crate configures the reqwest clients.
    pub(crate) fn are_ours(&self) -> bool {
        matches!(self, Self::Ours(_))
    }

    /// Whether to ask for compressed responses.
    #[cfg(feature = "gzip")]
    pub(crate) fn gzip(&self) -> bool {
        matches!(self, Self::Ours(ours) if ours.network.gzip)
    }

    /// Gives up the connections of a reqwest client, because a request timed out on one of them. Requests that are
    /// using them can end.
    ///
    /// reqwest would use an HTTP/2 connection for later requests even if the server is gone. It closes an HTTP/1.1
    /// connection together with the request.
    pub(crate) fn leave(&self, number: usize) {
        if let Self::Ours(ours) = self
            && cfg!(feature = "http2")
        {
            for client in [&ours.direct, &ours.proxied] {
                client.lock().unwrap_or_else(PoisonError::into_inner).take_if(|(_, known)| *known == number);
            }
        }
    }
}

pub(crate) struct Ours {
    network: Network,
    tls: Tls,
    proxy: Option<reqwest::Proxy>,
    /// For loopback addresses. They are reached without a proxy, for which "localhost" is a different machine.
    direct: Mutex<Option<(reqwest::Client, usize)>>,
    proxied: Mutex<Option<(reqwest::Client, usize)>>,
    /// The number of the last reqwest client, counted from 1.
    last: AtomicUsize,
}

impl Ours {
    fn client(&self, url: &Url) -> Result<(reqwest::Client, usize), Error> {
        if url.scheme() == "https" {
            self.tls.check()?;
        }
        let is_direct = is_loopback(url);
        let client = if is_direct { &self.direct } else { &self.proxied };
        let mut client = client.lock().unwrap_or_else(PoisonError::into_inner);
        match &*client {
            Some(client) => Ok(client.clone()),
            None => {
                let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
                Ok(client.insert((self.build(is_direct)?, number)).clone())
            }
        }
    }

    fn build(&self, is_direct: bool) -> Result<reqwest::Client, Error> {
        // Another crate may enable reqwest's features for compression. `gzip.rs` decompresses.
        let builder = reqwest::Client::builder().no_gzip().no_brotli().no_zstd().no_deflate();
        let idle = self.network.pool_idle_timeout.unwrap_or(POOL_IDLE_TIMEOUT).min(MAX_POOL_IDLE_TIMEOUT);
        let builder = builder.pool_idle_timeout(idle);
        let builder = builder.redirect(Policy::none()).referer(false).retry(retry::never());
        #[cfg(feature = "http2")]
        let builder = builder.http2_keep_alive_interval(PING_INTERVAL).http2_keep_alive_timeout(PING_TIMEOUT);
        // Another crate may enable reqwest's HTTP/2.
        #[cfg(not(feature = "http2"))]
        let builder = builder.http1_only();
        let builder = builder.connector_layer(connect_timeout::layer());
        let builder = match &self.proxy {
            _ if is_direct || self.network.no_proxy => builder.no_proxy(),
            Some(proxy) => builder.proxy(proxy.clone()),
            None if proxy::is_off_in_environment() => builder.no_proxy(),
            None => {
                proxy::check_environment()?;
                builder
            }
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
