//! How a client is set up.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::HeaderValue;

use crate::Error;
use crate::auth::Credentials;
use crate::base::BaseUrl;
use crate::client::{Settings, Transport};
use crate::private::Api;

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
    base_url: Option<String>,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    max_response_bytes: usize,
    user_agent: String,
    client: PhantomData<fn() -> C>,
}

impl<C: Api> ClientBuilder<C> {
    /// Without credentials, with the document's server, and with the limits that the methods below state.
    #[must_use]
    pub fn new() -> Self {
        let (version, os, arch) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
        Self {
            credentials: Credentials::default(),
            base_url: None,
            connect_timeout: Duration::from_secs(3),
            attempt_timeout: Duration::from_secs(10),
            max_response_bytes: 64 << 20,
            user_agent: format!("frontline/{version} ({os} {arch})"),
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

    /// The longest time for making a connection: name lookup, TCP and TLS. Default: 3 seconds.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// The longest time from sending a request to the end of its response. Default: 10 seconds.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = limit;
        self
    }

    /// The largest response body accepted, in bytes. Default: 64 MiB.
    ///
    /// Of the body of an unsuccessful response at most 64 KiB are read.
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// Adds a product such as `my-app/1.2` to the `User-Agent` header (RFC 9110, section 10.1.5).
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
        let url = self.base_url.as_deref().or(C::SERVER);
        let base = url.ok_or_else(|| Error::configuration("the document names no server; set `base_url`"))?;
        let user_agent = HeaderValue::try_from(self.user_agent)
            .map_err(|_| Error::configuration("the user agent has a character in it that headers cannot have"))?;
        let transport = Transport::new(Settings {
            base: BaseUrl::parse(base)?,
            overridden,
            credentials: self.credentials,
            connect_timeout: self.connect_timeout,
            attempt_timeout: self.attempt_timeout,
            max_response_bytes: self.max_response_bytes,
            user_agent,
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
            .field("connect_timeout", &self.connect_timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("max_response_bytes", &self.max_response_bytes)
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
