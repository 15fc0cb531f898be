//! The builder's methods for credentials.

use super::ClientBuilder;
use crate::auth::{Cached, CredentialsProvider};
use crate::client::Api;

impl<C: Api> ClientBuilder<C> {
    /// Sets the user and password for HTTP basic authentication (RFC 7617).
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials.basic = Some((user.into(), password.into().into()));
        self
    }

    /// Sets the token for operations that require a bearer token (RFC 6750).
    #[must_use]
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.credentials.bearer = Some(token.into().into());
        self
    }

    /// Sets the key for a security scheme of type `apiKey`. `scheme` is the name of the scheme in the document.
    #[must_use]
    pub fn api_key(mut self, scheme: impl Into<String>, key: impl Into<String>) -> Self {
        self.credentials.keys.insert(scheme.into(), key.into().into());
        self
    }

    /// Asks `provider` for the credentials for basic and bearer authentication, instead of using fixed ones.
    #[must_use]
    pub fn credentials_provider(mut self, provider: impl CredentialsProvider) -> Self {
        self.credentials.provider = Some(Cached::new(provider));
        self
    }
}
