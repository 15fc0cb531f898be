//! How a client is set up.

mod connections;
mod credentials;
mod limits;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use http::HeaderValue;

use super::api::Api;
use super::middleware::Middleware;
use super::options::Limits;
use super::shared::Settings;
use super::transport::Transport;
use crate::auth::Credentials;
use crate::error::Error;
use crate::network::{Network, Servers};
use crate::random::random;

/// Builds a client. `Client::builder()` creates one, for any document.
///
/// ```
/// use std::time::Duration;
///
/// let client = frontline::Client::builder()
///     .basic_auth("AC00000000000000000000000000000000", "auth token")
///     .attempt_timeout(Duration::from_secs(5))
///     .build()?;
/// # Ok::<(), frontline::Error>(())
/// ```
pub struct ClientBuilder<C: Api> {
    pub(crate) credentials: Credentials,
    pub(crate) profile: C::Profile,
    network: Network,
    base_url: Option<String>,
    allow_http: bool,
    limits: Limits,
    middleware: Vec<Arc<dyn Middleware>>,
    user_agent: String,
    /// Chooses the jitter between attempts.
    pub(super) random: fn() -> f64,
    client: PhantomData<fn() -> C>,
}

impl<C: Api> ClientBuilder<C> {
    /// Creates a builder without credentials. Requests go to the first server of the document, and each method below
    /// states the default of what it sets.
    #[must_use]
    pub fn new() -> Self {
        // The versions of rustc and of the operating system are not known here: `rust-version` has to do.
        let (version, rust) = (env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_RUST_VERSION"));
        let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
        Self {
            credentials: Credentials::default(),
            profile: C::Profile::default(),
            network: Network::default(),
            base_url: None,
            allow_http: false,
            limits: Limits::default(),
            middleware: Vec::new(),
            user_agent: format!("frontline/{version} ({os} {arch}) rust/{rust}"),
            random,
            client: PhantomData,
        }
    }

    /// Sends requests to this URL instead of to the document's servers. Its path, if any, is put before the path of
    /// each operation.
    ///
    /// The URL must be `https`, or `http` with a loopback address, without user, password, query and fragment.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows `http` with any host, in the document's servers and in [`base_url`](Self::base_url).
    ///
    /// Everybody between the client and the server can then read and change credentials and data.
    #[must_use]
    pub fn dangerous_allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Adds a middleware, which runs around every attempt. Middleware that was added earlier runs around it.
    #[must_use]
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Appends a product such as `my-app/1.2` to the header `User-Agent` (RFC 9110, section 10.1.5), which begins
    /// with `frontline/0.1.0 (linux x86_64) rust/1.88`.
    #[must_use]
    pub fn user_agent_extension(mut self, product: &str) -> Self {
        self.user_agent.push(' ');
        self.user_agent.push_str(product);
        self
    }

    /// Builds the client. Sends nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the base URL is missing or not allowed, if a
    /// credential contains characters that cannot be sent, or if certificates cannot be loaded.
    pub fn build(self) -> Result<C, Error> {
        self.credentials.check()?;
        let servers = Servers::new(self.profile, self.allow_http);
        let overridden = self.base_url.is_some();
        let base = match (&self.base_url, C::SERVER) {
            (Some(url), _) => servers.base(url)?,
            (None, Some(server)) => servers.server(server)?,
            (None, None) => return Err(Error::configuration("the document names no server; set `base_url`")),
        };
        let user_agent = HeaderValue::try_from(self.user_agent)
            .map_err(|_| Error::configuration("the user agent contains a character that headers cannot contain"))?;
        let transport = Transport::new(Settings {
            base,
            servers,
            network: self.network,
            overridden,
            credentials: self.credentials,
            limits: self.limits,
            middleware: self.middleware,
            user_agent,
            random: self.random,
        })?;
        Ok(C::from_transport(transport))
    }
}

impl<C: Api> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self::new()
    }
}

/// Leaves out credentials and the base URL.
impl<C: Api> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("limits", &self.limits)
            .field("user_agent", &self.user_agent)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::ClientBuilder;
    use crate::client::{Api, Transport};
    use crate::profile::Standard;

    #[derive(Debug)]
    struct Nowhere;

    impl Api for Nowhere {
        type Profile = Standard;

        const SERVER: Option<&'static str> = None;

        fn from_transport(_: Transport) -> Self {
            Self
        }
    }

    #[test]
    fn a_document_without_server_needs_a_base_url() {
        let error = ClientBuilder::<Nowhere>::new().build().unwrap_err();
        assert!(error.is_configuration());
        assert_eq!(error.to_string(), "the document names no server; set `base_url`");
        assert!(ClientBuilder::<Nowhere>::new().base_url("http://127.0.0.1:1").build().is_ok());
    }

    #[test]
    fn user_agents_that_split_the_header_are_refused() {
        let builder = crate::Client::builder().user_agent_extension("a\r\nX: b");
        assert!(builder.build().is_err_and(|error| error.is_configuration()));
    }

    #[test]
    fn debug_holds_no_secret() {
        let builder = crate::Client::builder()
            .basic_auth("secret-user", "secret")
            .bearer_token("secret")
            .api_key("x", "secret")
            .base_url("http://127.0.0.1:1/secret");
        assert!(!format!("{builder:?}").contains("secret"));
        assert!(!format!("{:?}", builder.build().unwrap()).contains("secret"));
    }

    #[test]
    fn a_client_for_the_documents_server_can_be_built_without_an_installed_provider() {
        assert!(rustls::crypto::CryptoProvider::get_default().is_none());
        crate::Client::builder().build().unwrap();
        assert!(rustls::crypto::CryptoProvider::get_default().is_none());
    }
}
