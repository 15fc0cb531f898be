//! The builder's methods for credentials.

use super::ClientBuilder;
use crate::auth::{Cached, CredentialsProvider};
use crate::client::Api;

impl<C: Api> ClientBuilder<C> {
    /// Sets the user name and password for operations that require HTTP basic authentication (RFC 7617). Default: none.
    ///
    /// Neither may be empty or contain control characters. The user name must not contain a colon.
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials.basic = Some((user.into(), password.into().into()));
        self
    }

    /// Sets the token for operations that require a bearer token (RFC 6750). Default: none.
    ///
    /// It may contain only printable ASCII characters other than spaces.
    #[must_use]
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.credentials.bearer = Some(token.into().into());
        self
    }

    /// Sets the key for a security scheme of type `apiKey`. Default: none.
    ///
    /// `scheme` is the name of the scheme under `components.securitySchemes` in the OpenAPI document. Call this method
    /// once for each scheme. `key` may contain only printable ASCII characters, and must not start or end with a space. A key
    /// in a cookie must not contain spaces, `"`, `,`, `;` or `\` (RFC 6265, section 4.1.1); calls fail otherwise.
    #[must_use]
    pub fn api_key(mut self, scheme: impl Into<String>, key: impl Into<String>) -> Self {
        self.credentials.keys.insert(scheme.into(), key.into().into());
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
}
