//! The builder's methods for OAuth 2.0.

use super::endpoint::Endpoint;
use super::grant::{Grant, TokenSource};
use crate::auth::Cached;
use crate::client::{Api, ClientBuilder};
use crate::error::Error;
use crate::request::{Scheme, SchemeKind};

impl<C: Api> ClientBuilder<C> {
    /// Gets tokens from an OAuth 2.0 server, for the document's security scheme of the type `oauth2` or `openIdConnect`. Default:
    /// no tokens.
    ///
    /// `grant` is [`oauth::ClientCredentials`](crate::oauth::ClientCredentials) or
    /// [`oauth::Refresh`](crate::oauth::Refresh). If the document has several such schemes, use
    /// [`oauth_for`](Self::oauth_for). [`build`](Self::build) fails if there is none, or if neither the document nor `grant`
    /// says where tokens come from.
    ///
    /// A server for tests does not issue tokens: set [`token_url`](crate::oauth::ClientCredentials::token_url), or leave this out
    /// and use a [`bearer_token`](Self::bearer_token).
    #[must_use]
    pub fn oauth(self, grant: impl Into<Grant>) -> Self {
        let grant = grant.into();
        self.later(move |builder| {
            let mut schemes = C::SCHEMES.iter().filter(|scheme| matches!(scheme.kind, SchemeKind::OAuth { .. }));
            match (schemes.next(), schemes.next()) {
                (Some(scheme), None) => source(builder, scheme, grant),
                (Some(_), Some(_)) => Err(Error::configuration(
                    "the document has several security schemes for OAuth; choose one with `ClientBuilder::oauth_for`",
                )),
                (None, _) => Err(Error::configuration("the document has no security scheme for OAuth")),
            }
        })
    }

    /// Version of [`oauth`](Self::oauth) for the security scheme with the name `scheme` under `components.securitySchemes` in the
    /// OpenAPI document.
    ///
    /// The scheme may also be of the type `http` with the scheme `bearer`, if `grant` says where tokens come from.
    #[must_use]
    pub fn oauth_for(self, scheme: impl Into<String>, grant: impl Into<Grant>) -> Self {
        let (name, grant) = (scheme.into(), grant.into());
        self.later(move |builder| match C::SCHEMES.iter().find(|scheme| scheme.name == name) {
            Some(scheme) => source(builder, scheme, grant),
            None => Err(Error::undefined_scheme(&name, C::SCHEMES)),
        })
    }
}

/// Returns the source of tokens for a scheme.
fn source<C: Api>(builder: &ClientBuilder<C>, scheme: &Scheme, grant: Grant) -> Result<(String, Cached), Error> {
    let name = scheme.name;
    let (token_url, refresh_url) = match scheme.kind {
        SchemeKind::OAuth { token_url, refresh_url } => (token_url, refresh_url),
        SchemeKind::Bearer => (None, None),
        _ => return Err(Error::configuration(format!("the security scheme `{name}` is not for bearer tokens"))),
    };
    let url = grant.url(token_url, refresh_url).ok_or_else(|| {
        let what = format!("does not say where tokens for the {} grant come from; set `token_url`", grant.name());
        Error::configuration(format!("the security scheme `{name}` {what}"))
    })?;
    let (transport, url) = builder.endpoint(url)?;
    let source = TokenSource { endpoint: Endpoint { transport, url }, grant };
    Ok((name.to_owned(), Cached::new(source)))
}
