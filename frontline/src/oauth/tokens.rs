//! The answer of a token server.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::auth::Credential;
use crate::error::{Error, ErrorKind};

/// Tokens that a server issued (RFC 6749, section 5.1).
///
/// `Debug` output contains no tokens.
#[derive(Clone)]
pub struct Tokens {
    access: SecretString,
    refresh: Option<SecretString>,
    expires_in: Option<Duration>,
    scope: Option<String>,
}

impl Tokens {
    /// Reads the body of a response. Errors do not quote it.
    pub(super) fn read(body: &Value) -> Result<Self, Error> {
        let text = |name: &str| body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let refuse = |what| Error::new(ErrorKind::Decode, what);
        let access =
            text("access_token").ok_or_else(|| refuse("the answer of the token server has no `access_token`"))?;
        // Section 7.1: a client must not use a token whose type it does not know. Some servers leave the type out.
        if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err(refuse("the token server issued a token that is not a bearer token"));
        }
        // Some servers write the number as text.
        let seconds = body.get("expires_in").and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
        Ok(Self {
            access: access.into(),
            refresh: text("refresh_token").map(Into::into),
            expires_in: seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
            scope: text("scope").map(str::to_owned),
        })
    }

    /// Returns the access token, which is sent with each request.
    #[must_use]
    pub fn access_token(&self) -> &str {
        self.access.expose_secret()
    }

    /// Returns the refresh token, with which the client gets a new access token.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh.as_ref().map(ExposeSecret::expose_secret)
    }

    /// Returns the lifetime of the access token when the server issued it.
    #[must_use]
    pub fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    /// Returns the scopes of the access token, separated by spaces, if the server names them.
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// Returns the access token as credentials that the client replaces before the token ends.
    pub(super) fn credential(&self) -> Credential {
        let credential = Credential::bearer(self.access_token());
        match self.expires_in {
            Some(time) => credential.valid_for(time.saturating_sub((time / 10).min(MARGIN))),
            None => credential,
        }
    }
}

/// How long before its end a token is replaced, because a request takes some time. At most a tenth of the lifetime.
const MARGIN: Duration = Duration::from_secs(60);

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expires_in, scope, .. } = self;
        f.debug_struct("Tokens").field("expires_in", expires_in).field("scope", scope).finish_non_exhaustive()
    }
}
