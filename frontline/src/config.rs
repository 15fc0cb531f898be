//! How a client is set up.

mod connections;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::auth::{Cached, Credentials};
use crate::base::Place;
use crate::call::random;
use crate::client::{Settings, Transport};
use crate::network::Network;
use crate::options::Limits;
use crate::private::Api;
use crate::{CredentialsProvider, Error, Middleware, Retry};

/// Sets up a client of any document; `Client::builder()` makes one.
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
pub struct ClientBuilder<C> {
    pub(crate) credentials: Credentials,
    pub(crate) place: Place,
    pub(crate) network: Network,
    base_url: Option<String>,
    limits: Limits,
    middleware: Vec<Arc<dyn Middleware>>,
    user_agent: String,
    /// For the times between attempts.
    pub(crate) random: fn() -> f64,
    client: PhantomData<fn() -> C>,
}

impl<C: Api> ClientBuilder<C> {
    /// Without credentials, with the document's server, and with the limits that the methods below state.
    #[must_use]
    pub fn new() -> Self {
        // As Twilio's libraries write it; of Rust's versions only the oldest that will do is known here.
        let (version, rust) = (env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_RUST_VERSION"));
        let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
        Self {
            credentials: Credentials::default(),
            place: Place::default(),
            network: Network::default(),
            base_url: None,
            limits: Limits::default(),
            middleware: Vec::new(),
            user_agent: format!("frontline/{version} ({os} {arch}) rust/{rust}"),
            random,
            client: PhantomData,
        }
    }

    /// The user and password of HTTP basic authentication (RFC 7617).
    ///
    /// For Twilio: the Account SID (`AC…`) and the auth token, or the SID of an API key (`SK…`) and its secret.
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials.basic = Some((user.into(), password.into().into()));
        self
    }

    /// The token for operations that ask for a bearer token (RFC 6750).
    #[must_use]
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.credentials.bearer = Some(token.into().into());
        self
    }

    /// Where the credentials for basic and bearer authentication come from, in place of those that are given once.
    #[must_use]
    pub fn credentials_provider(mut self, provider: impl CredentialsProvider) -> Self {
        self.credentials.provider = Some(Cached::new(provider));
        self
    }

    /// The key for a security scheme of type `apiKey`, by the scheme's name in the document.
    #[must_use]
    pub fn api_key(mut self, scheme: impl Into<String>, key: impl Into<String>) -> Self {
        self.credentials.keys.insert(scheme.into(), key.into().into());
        self
    }

    /// Where requests go instead of the document's servers; a path in it comes before every operation's path.
    ///
    /// `https`, or `http` for a loopback address; without user, password, query and fragment.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows `http` to any host, for the document's servers and for [`base_url`](Self::base_url): credentials and
    /// data are then sent for everybody on the way to read and change.
    #[must_use]
    pub fn dangerous_allow_http(mut self) -> Self {
        self.place.allow_http = true;
        self
    }

    /// The longest time for making a connection: name lookup, TCP and TLS. Default: 3 seconds.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect_timeout = limit;
        self
    }

    /// The longest time for a whole call: all its attempts and the times between them. Default: 30 seconds.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limits.timeout = limit;
        self
    }

    /// The longest time for one attempt, from getting credentials and a connection to the end of the response. Default:
    /// 10 seconds.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt_timeout = limit;
        self
    }

    /// The largest response body accepted, in bytes. Default: 64 MiB.
    ///
    /// Of the body of an unsuccessful response at most 64 KiB are read.
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.limits.max_response_bytes = limit;
        self
    }

    /// How often and when a call is tried again. Default: [`Retry::new`].
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.limits.retry = retry;
        self
    }

    /// Adds code that runs around every attempt, inside of what was added before.
    #[must_use]
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Adds a product such as `my-app/1.2` to the `User-Agent` header (RFC 9110, section 10.1.5), behind
    /// `frontline/0.1.0 (linux x86_64) rust/1.88`.
    #[must_use]
    pub fn user_agent_extension(mut self, product: &str) -> Self {
        self.user_agent.push(' ');
        self.user_agent.push_str(product);
        self
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when the base URL is missing or refused, when
    /// credentials cannot be sent as they are, or when the platform's certificates cannot be loaded.
    pub fn build(self) -> Result<C, Error> {
        self.credentials.check()?;
        let overridden = self.base_url.is_some();
        let base = match (&self.base_url, C::SERVER) {
            (Some(url), _) => self.place.base(url)?,
            (None, Some(server)) => self.place.server(server)?,
            (None, None) => return Err(Error::configuration("the document names no server; set `base_url`")),
        };
        let user_agent = HeaderValue::try_from(self.user_agent)
            .map_err(|_| Error::configuration("the user agent has a character in it that headers cannot have"))?;
        let transport = Transport::new(Settings {
            base,
            place: self.place,
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

/// Without credentials and base URL.
impl<C> fmt::Debug for ClientBuilder<C> {
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
    use crate::private::{Api, Transport};

    #[derive(Debug)]
    struct Nowhere;

    impl Api for Nowhere {
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
