//! The builder's methods for credentials.

use super::ClientBuilder;
use crate::auth::{Cached, CredentialsProvider, Login};
use crate::client::Api;

impl<C: Api> ClientBuilder<C> {
    /// Sets the user name and password for operations that require HTTP basic authentication (RFC 7617). Default: none.
    ///
    /// Neither may be empty or contain control characters. The user name must not contain a colon.
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials.basic = Some(Login::Basic(user.into(), password.into().into()));
        self
    }

    /// Sets the token for operations that require a bearer token (RFC 6750). Default: none.
    ///
    /// It may contain only printable ASCII characters other than spaces.
    #[must_use]
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.credentials.bearer = Some(Login::Bearer(token.into().into()));
        self
    }

    /// Sets the key for a security scheme of type `apiKey`. Default: none.
    ///
    /// `scheme` is the name of the scheme under `components.securitySchemes` in the OpenAPI document. [`build`](Self::build)
    /// fails if there is no such scheme. Call this method once for each scheme. `key` may contain only printable ASCII characters, and must not start or end with a space. A key
    /// in a cookie must not contain spaces, `"`, `,`, `;` or `\` (RFC 6265, section 4.1.1); calls fail otherwise.
    #[must_use]
    pub fn api_key(mut self, scheme: impl Into<String>, key: impl Into<String>) -> Self {
        self.credentials.keys.insert(scheme.into(), Login::Key(key.into().into()));
        self
    }

    /// Sets a provider that returns the credentials for basic or bearer authentication. Default: no provider.
    ///
    /// Use it for credentials that change while the client is in use. The provider's credentials take precedence over
    /// those from [`basic_auth`](Self::basic_auth) or [`bearer_token`](Self::bearer_token) for the same kind of
    /// authentication.
    #[must_use]
    pub fn credentials_provider(mut self, provider: impl CredentialsProvider) -> Self {
        self.credentials.provider = Some(Cached::new(provider));
        self
    }

    /// Sets a provider that returns the credentials for one security scheme. Default: no provider.
    ///
    /// `scheme` is the name of the scheme under `components.securitySchemes` in the OpenAPI document. [`build`](Self::build)
    /// fails if there is no such scheme. The provider takes precedence over all other credentials for the scheme. A
    /// [`Credential`](crate::Credential) is a provider, too, for credentials that do not change.
    ///
    /// The provider is called only for operations that use the scheme. A call fails with
    /// [`ErrorKind::Credentials`](crate::ErrorKind::Credentials) if the provider returns credentials of another kind, such as an
    /// API key for HTTP basic authentication.
    ///
    /// ```
    /// use frontline::{Client, Credential};
    ///
    /// let credential = Credential::basic("SK00000000000000000000000000000000", "secret");
    /// let client = Client::builder().credentials_for("accountSid_authToken", credential).build()?;
    /// # Ok::<(), frontline::Error>(())
    /// ```
    #[must_use]
    pub fn credentials_for(mut self, scheme: impl Into<String>, provider: impl CredentialsProvider) -> Self {
        self.credentials.schemes.insert(scheme.into(), Cached::new(provider));
        self
    }
}
