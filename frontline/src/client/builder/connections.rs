//! The builder's methods for TLS, proxies and compression.

use super::ClientBuilder;
use crate::client::Api;
use crate::network::{Identity, Proxy};

impl<C: Api> ClientBuilder<C> {
    /// Trusts these root certificates, beside the platform's. Adds to those of earlier calls.
    ///
    /// `pem`: one or more certificates in PEM (RFC 7468), which [`build`](Self::build) checks.
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.network.trust.roots.push(pem.into());
        self
    }

    /// Trusts these root certificates alone, with those of [`root_certificates`](Self::root_certificates), and none
    /// of the platform's.
    #[must_use]
    pub fn only_root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.network.trust.only = true;
        self.root_certificates(pem)
    }

    /// Shows this certificate to servers that ask for one (mutual TLS).
    ///
    /// `certificates`: the client's own, then those that lead to a root; `key`: the private key, unencrypted; both in
    /// PEM. The key is PKCS#8, or with rustls PKCS#1 or SEC1 also. [`build`](Self::build) checks them.
    #[must_use]
    pub fn client_certificate(mut self, certificates: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.network.trust.identity = Some(Identity { certificates: certificates.into(), key: key.into().into() });
        self
    }

    /// Sends requests through a proxy. Default: the one that `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` names in the
    /// environment, but for what `NO_PROXY` names.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.network.proxy = Some(proxy);
        self.network.no_proxy = false;
        self
    }

    /// Sends requests through no proxy, whatever the environment says.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.network.proxy = None;
        self.network.no_proxy = true;
        self
    }

    /// Asks servers for responses compressed with gzip (feature `gzip`). Default: off.
    ///
    /// [`max_response_bytes`](Self::max_response_bytes) is about the unpacked body, and unpacking stops there.
    #[cfg(feature = "gzip")]
    #[must_use]
    pub fn gzip(mut self) -> Self {
        self.network.gzip = true;
        self
    }

    /// Sends requests with a `reqwest::Client` of your own, of reqwest 0.13 (feature `reqwest`).
    ///
    /// Credentials, paths, base URLs, limits of bodies and of time hold as ever, but for
    /// [`connect_timeout`](Self::connect_timeout). What that client does by itself is up to how it was built, and can
    /// no longer be guaranteed:
    /// - redirects: by default it follows up to ten, to other hosts also; set `redirect(Policy::none())`;
    /// - the `Referer` header, sent with what redirects lead to; set `referer(false)`;
    /// - retries below the call, which count as one attempt here; set `retry(retry::never())`;
    /// - compression: with reqwest's features on, bodies are unpacked unasked; they are counted unpacked;
    /// - headers and cookies: its `default_headers` and cookie store add to each request;
    /// - proxies, also for requests to this machine, TLS, certificates and name lookup;
    /// - what it logs: `connection_verbose(true)` writes requests with their credentials.
    ///
    /// To set certificates, a proxy or compression here too is an error of [`build`](Self::build).
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn reqwest_client(mut self, client: reqwest::Client) -> Self {
        self.network.client = Some(client);
        self
    }
}
