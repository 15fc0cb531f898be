//! The builder of clients.
//!
//! May use `api`, `load`, `middleware`, `options`, `retry`, `shared` and `transport`.

mod connections;
mod credentials;
mod endpoint;
mod environment;
mod limits;
mod load;
mod servers;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use http::HeaderValue;

use super::api::Api;
use super::load::Load;
use super::middleware::Middleware;
use super::options::Limits;
use super::shared::Settings;
use super::transport::Transport;
use crate::auth::{Cached, Credentials};
use crate::error::Error;
use crate::network::{BaseUrl, Connections, Network, Server, Servers, is_relative};
use crate::random::random;

pub(crate) use environment::variable;

/// A part of the setup that needs the other options: returns the name of a security scheme and its provider.
type Later<C> = Box<dyn FnOnce(&ClientBuilder<C>) -> Result<(String, Cached), Error> + Send + Sync>;

/// A builder that configures and creates a client.
///
/// `C` is the type of the client. [`Client::builder`](crate::Client::builder) creates a builder for the Frontline
/// client. Clients that [`frontline_api!`](crate::frontline_api) generates from other OpenAPI documents also have a
/// `builder` method.
///
/// ```
/// use std::time::Duration;
///
/// let client = frontline::Client::builder()
///     .basic_auth("user name", "password")
///     .attempt_timeout(Duration::from_secs(5))
///     .build()?;
/// # Ok::<(), frontline::Error>(())
/// ```
pub struct ClientBuilder<C: Api> {
    pub(crate) credentials: Credentials,
    later: Vec<Later<C>>,
    pub(crate) profile: C::Profile,
    network: Network,
    pub(crate) base_url: Option<String>,
    server: Option<Server>,
    /// The variables of the server, which may be chosen later.
    variables: Vec<(String, String)>,
    allow_http: bool,
    limits: Limits,
    load: Load,
    middleware: Vec<Arc<dyn Middleware>>,
    user_agent: String,
    /// Returns the random numbers for jitter, from 0 to 1. Tests replace it.
    pub(super) random: fn() -> f64,
    client: PhantomData<fn() -> C>,
}

impl<C: Api> ClientBuilder<C> {
    /// Creates a builder for a client that has no credentials and sends requests to the servers of the OpenAPI
    /// document.
    ///
    /// The documentation of each method states the default of its option.
    #[must_use]
    pub fn new() -> Self {
        // The versions of rustc and the operating system are not known here, so the minimum Rust version is sent.
        let (version, rust) = (env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_RUST_VERSION"));
        let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
        Self {
            credentials: Credentials::default(),
            later: Vec::new(),
            profile: C::Profile::default(),
            network: Network::default(),
            base_url: None,
            server: None,
            variables: Vec::new(),
            allow_http: false,
            limits: Limits::default(),
            load: Load::default(),
            middleware: Vec::new(),
            user_agent: format!("frontline/{version} ({os} {arch}) rust/{rust}"),
            random,
            client: PhantomData,
        }
    }

    /// Sets the URL that all requests go to. The path of the URL, if any, is prepended to the path of each operation.
    ///
    /// The URL must use `https`, or `http` with a loopback address or `localhost`. It must not contain a user name, a
    /// password, a query string or a fragment.
    ///
    /// If the document names only the path of a server, such as `/api/v2`, it follows the path of the URL, unless the
    /// URL already ends with it.
    ///
    /// [`base_url_env`](Self::base_url_env) sets it from the environment.
    ///
    /// By default, requests go to the operation's own server or, if it has none, to the [`server`](Self::server) of the OpenAPI
    /// document.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows `http` URLs with any host, in the document's servers and in [`base_url`](Self::base_url). Default: only
    /// loopback addresses.
    ///
    /// Anyone between the client and the server can then read and change credentials and data.
    #[must_use]
    pub fn dangerous_allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Adds a middleware, which runs around every attempt. Default: no middleware.
    ///
    /// The first one added is the outermost. See [`Middleware`].
    #[must_use]
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Appends a product, such as `my-app/1.2`, to the `User-Agent` header (RFC 9110, section 10.1.5).
    ///
    /// By default, the header contains only this crate's product, for example
    /// `frontline/0.1.0 (linux x86_64) rust/1.89`.
    #[must_use]
    pub fn user_agent_extension(mut self, product: &str) -> Self {
        self.user_agent.push(' ');
        self.user_agent.push_str(product);
        self
    }

    /// Builds the client. No request is sent.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if:
    /// - the document names no server, or only its path, and [`base_url`](Self::base_url) is not set;
    /// - the server has no such variable, or the variable cannot have the value;
    /// - the base URL or the URL of the proxy, which may come from an environment variable, is invalid;
    /// - the edge and the region do not form a valid host name, or the region requires an edge;
    /// - a user name or password is empty, or a credential contains characters that cannot be sent;
    /// - credentials are set for a security scheme that the document does not define;
    /// - the user agent contains characters that a header cannot contain;
    /// - the rate limit or the concurrency limit is 0;
    /// - a certificate or key cannot be parsed, or TLS cannot be set up;
    /// - options conflict, which is possible only with your own `reqwest::Client`.
    pub fn build(mut self) -> Result<C, Error> {
        for setup in std::mem::take(&mut self.later) {
            let (scheme, provider) = setup(&self)?;
            self.credentials.schemes.insert(scheme, provider);
        }
        self.credentials.check(C::SCHEMES)?;
        let server = self.chosen()?;
        let user_agent = self.user_agent()?;
        let overridden = self.base_url.is_some();
        let servers = Servers::new(self.profile, self.allow_http);
        let base = base(&servers, self.base_url.as_deref(), server.as_deref())?;
        let transport = Transport::new(Settings {
            http: Connections::new(self.network, &base)?,
            base,
            servers,
            server,
            overridden,
            credentials: self.credentials,
            limits: self.limits,
            load: self.load,
            middleware: self.middleware,
            user_agent,
            random: self.random,
        })?;
        Ok(C::from_transport(transport))
    }

    fn user_agent(&self) -> Result<HeaderValue, Error> {
        HeaderValue::try_from(&self.user_agent)
            .map_err(|_| Error::configuration("the user agent contains a character that is not allowed in a header"))
    }
}

/// Returns the URL that most requests go to: the user's, or that of the document's server.
fn base(servers: &Servers, users: Option<&str>, server: Option<&str>) -> Result<BaseUrl, Error> {
    match (users, server) {
        (Some(url), _) => servers.base(url),
        (None, Some(server)) if is_relative(server) => {
            Err(Error::configuration("the document names only the path of its server; set `base_url`"))
        }
        (None, Some(server)) => servers.server(server),
        (None, None) => Err(Error::configuration("the document names no server; set `base_url`")),
    }
}

impl<C: Api> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self::new()
    }
}

/// Omits credentials, the base URL and the server.
impl<C: Api> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("limits", &self.limits)
            .field("load", &self.load)
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
    fn a_document_without_servers_requires_a_base_url() {
        let error = ClientBuilder::<Nowhere>::new().build().unwrap_err();
        assert!(error.is_configuration());
        assert_eq!(error.to_string(), "the document names no server; set `base_url`");
        assert!(ClientBuilder::<Nowhere>::new().base_url("http://127.0.0.1:1").build().is_ok());
    }

    #[test]
    fn user_agents_with_line_breaks_are_refused() {
        let builder = crate::Client::builder().user_agent_extension("a\r\nX: b");
        assert!(builder.build().is_err_and(|error| error.is_configuration()));
    }

    #[test]
    fn debug_contains_no_secrets() {
        let builder = crate::Client::builder()
            .basic_auth("secret-user", "secret")
            .bearer_token("secret")
            .base_url("http://127.0.0.1:1/secret");
        assert!(!format!("{builder:?}").contains("secret"));
        assert!(!format!("{:?}", builder.build().unwrap()).contains("secret"));
    }

    #[test]
    fn clients_can_be_built_without_an_installed_crypto_provider() {
        assert!(rustls::crypto::CryptoProvider::get_default().is_none());
        crate::Client::builder().build().unwrap();
        assert!(rustls::crypto::CryptoProvider::get_default().is_none());
    }
}
