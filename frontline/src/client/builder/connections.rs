//! The builder's methods for TLS, proxies and compression.

use super::ClientBuilder;
use crate::client::Api;
use crate::network::{Identity, Proxy};

impl<C: Api> ClientBuilder<C> {
    /// Adds root certificates to trust, in addition to the platform's. Default: only the platform's.
    ///
    /// `pem` contains one or more certificates in PEM format (RFC 7468). [`build`](Self::build) fails if it does not.
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.network.trust.roots.push(pem.into());
        self
    }

    /// Adds root certificates to trust, and stops trusting the platform's. Default: the platform's are trusted.
    ///
    /// Certificates from [`root_certificates`](Self::root_certificates) are still trusted. `pem` has the same format as
    /// there.
    #[must_use]
    pub fn only_root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.network.trust.only = true;
        self.root_certificates(pem)
    }

    /// Sets the certificate of the client, for servers that request one (mutual TLS). Default: none.
    ///
    /// - `certificates` contains the client's certificate, followed by any intermediate certificates, in PEM format.
    /// - `key` contains the unencrypted private key in PEM format: PKCS#8, or with rustls also PKCS#1 or SEC1.
    ///
    /// [`build`](Self::build) fails if they cannot be read.
    #[must_use]
    pub fn client_certificate(mut self, certificates: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.network.trust.identity = Some(Identity { certificates: certificates.into(), key: key.into().into() });
        self
    }

    /// Sets the proxy for all requests.
    ///
    /// Default: the proxy that the environment variable `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` names, except for
    /// hosts that `NO_PROXY` lists.
    ///
    /// If [`base_url`](Self::base_url) is a loopback address, no proxy is used.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.network.proxy = Some(proxy);
        self.network.no_proxy = false;
        self
    }

    /// Disables proxies, including those from environment variables. Default: see [`proxy`](Self::proxy).
    ///
    /// If both methods are called, the last call applies.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.network.proxy = None;
        self.network.no_proxy = true;
        self
    }

    /// Requests responses compressed with gzip (feature `gzip`). Default: off.
    ///
    /// [`max_response_bytes`](Self::max_response_bytes) limits the decompressed body. Decompression stops at the limit.
    #[cfg(feature = "gzip")]
    #[must_use]
    pub fn gzip(mut self) -> Self {
        self.network.gzip = true;
        self
    }

    /// Sends requests with your own `reqwest::Client`, of reqwest 0.13 (feature `reqwest`). Default: a client that this
    /// crate configures.
    ///
    /// Credentials, paths, base URLs and all limits work as usual, except [`connect_timeout`](Self::connect_timeout),
    /// which has no effect. This crate cannot control what your client does by itself:
    /// - Redirects: by default, reqwest follows up to ten, even to other hosts. Set `redirect(Policy::none())`.
    /// - `Referer`: reqwest adds this header when it follows a redirect. Set `referer(false)`.
    /// - Retries: retries by reqwest count as one attempt here. Set `retry(retry::never())`.
    /// - Compression: if reqwest's compression features are enabled, it decompresses bodies. Size limits apply to the
    ///   decompressed body.
    /// - Headers and cookies: `default_headers` and the cookie store add headers to each request.
    /// - Connections: your client decides about proxies (for loopback addresses too), TLS, certificates and name
    ///   lookup.
    /// - Logging: `connection_verbose(true)` logs requests with their credentials.
    ///
    /// [`build`](Self::build) fails if you also set certificates, a proxy, [`no_proxy`](Self::no_proxy) or compression
    /// on this builder.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn reqwest_client(mut self, client: reqwest::Client) -> Self {
        self.network.client = Some(client);
        self
    }
}
