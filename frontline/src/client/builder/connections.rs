//! The builder's methods for connections, TLS, proxies and compression.

use std::time::Duration;

use super::ClientBuilder;
use crate::client::Api;
use crate::network::{Identity, Proxy};

impl<C: Api> ClientBuilder<C> {
    /// Adds root certificates to trust, in addition to the platform's. Default: only the platform's.
    ///
    /// `pem` contains one or more certificates in PEM format (RFC 7468). [`build`](Self::build) fails if `pem`
    /// contains no valid certificate.
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.network.trust.roots.push(pem.into());
        self
    }

    /// Trusts these root certificates instead of the platform's. Default: the platform's are trusted.
    ///
    /// Certificates that you add with [`root_certificates`](Self::root_certificates) are trusted too. `pem` has the
    /// same format as in that method.
    #[must_use]
    pub fn only_root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.network.trust.only = true;
        self.root_certificates(pem)
    }

    /// Sets the client certificate for mutual TLS. Default: none.
    ///
    /// - `certificates` contains the client's certificate, followed by any intermediate certificates, in PEM format.
    /// - `key` contains the unencrypted private key in PEM format: PKCS#8, or with rustls also PKCS#1 or SEC1.
    ///
    /// [`build`](Self::build) fails if either cannot be parsed.
    #[must_use]
    pub fn client_certificate(mut self, certificates: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.network.trust.identity = Some(Identity { certificates: certificates.into(), key: key.into().into() });
        self
    }

    /// Sets the proxy for all requests.
    ///
    /// By default, the proxy comes from the environment variable `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY`. Hosts in
    /// `NO_PROXY` are reached without a proxy; `*` stands for all. A proxy that you set here replaces all of these
    /// variables. If a variable is not the URL of a proxy, [`build`](Self::build) fails.
    ///
    /// Requests to `localhost` and to loopback addresses use no proxy, not even one that you set here.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.network.proxy = Some(proxy);
        self.network.no_proxy = false;
        self
    }

    /// Disables proxies, including those from environment variables. Default: see [`proxy`](Self::proxy).
    ///
    /// If you use both [`proxy`](Self::proxy) and `no_proxy`, the one that you use last takes effect.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.network.proxy = None;
        self.network.no_proxy = true;
        self
    }

    /// Sets how long an unused connection stays open. Default: 50 seconds.
    ///
    /// The time should be shorter than that of the server or its load balancer, which is often 60 seconds. Otherwise, a
    /// request may be sent just when the server closes its connection. Such a call fails with
    /// [`ErrorKind::Connection`](crate::ErrorKind::Connection) if it cannot be retried.
    #[must_use]
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.network.pool_idle_timeout = Some(limit);
        self
    }

    /// Asks the server for gzip-compressed responses (feature `gzip`). Default: off.
    ///
    /// [`max_response_bytes`](Self::max_response_bytes) limits the decompressed body. Decompression stops at the limit.
    #[cfg(feature = "gzip")]
    #[must_use]
    pub fn gzip(mut self) -> Self {
        self.network.gzip = true;
        self
    }

    /// Sends requests with your own `reqwest::Client` from reqwest 0.13 (feature `reqwest`). Default: a client that
    /// this crate configures.
    ///
    /// Credentials, paths, base URLs and all limits work as usual, except [`connect_timeout`](Self::connect_timeout),
    /// which has no effect. This crate cannot control what your client does by itself. The settings below are those of
    /// reqwest's builder:
    /// - Redirects: by default, reqwest follows up to ten, even to other hosts. Set
    ///   `redirect(reqwest::redirect::Policy::none())`.
    /// - `Referer`: reqwest adds this header when it follows a redirect. Set `referer(false)`.
    /// - Retries: an attempt includes all retries that reqwest makes by itself. Set `retry(reqwest::retry::never())`.
    /// - Compression: if reqwest's compression features are enabled, it decompresses bodies. Size limits apply to the
    ///   decompressed body.
    /// - Incomplete bodies: a body without `Content-Length` looks complete if the server cancels its HTTP/2 stream
    ///   without an error.
    /// - Headers and cookies: `default_headers` and the cookie store add headers to each request.
    /// - Connections: your client's settings for proxies, TLS, certificates and DNS apply, even for loopback addresses.
    /// - HTTP/2: a connection to a server that is gone is used again and again. Set `http2_keep_alive_interval` and
    ///   `http2_keep_alive_timeout`.
    /// - Logging: `connection_verbose(true)` logs requests with their credentials.
    ///
    /// [`build`](Self::build) fails if you also set certificates, a proxy, [`no_proxy`](Self::no_proxy),
    /// [`pool_idle_timeout`](Self::pool_idle_timeout) or compression on this builder.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn reqwest_client(mut self, client: reqwest::Client) -> Self {
        self.network.client = Some(client);
        self
    }
}
