//! The security schemes of operations.

use http::header::{COOKIE, HeaderMap};

use super::{Style, pairs};

/// A security scheme of the document.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    pub(crate) name: &'static str,
    pub(crate) kind: SchemeKind,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum SchemeKind {
    Basic,
    Bearer,
    /// A bearer token from an OAuth 2.0 server. The addresses are those that the document names.
    OAuth {
        /// Where the client credentials grant gets tokens.
        token_url: Option<&'static str>,
        /// Where tokens are refreshed.
        refresh_url: Option<&'static str>,
    },
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
}

impl Scheme {
    /// Creates a scheme for HTTP basic authentication (RFC 7617).
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Basic }
    }

    /// Creates a scheme for bearer tokens (RFC 6750).
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Bearer }
    }

    /// Creates a scheme for bearer tokens from an OAuth 2.0 server (RFC 6749).
    #[must_use]
    pub const fn oauth(name: &'static str, token_url: Option<&'static str>, refresh_url: Option<&'static str>) -> Self {
        Self { name, kind: SchemeKind::OAuth { token_url, refresh_url } }
    }

    /// Whether credentials for the scheme are a user name and password, or a bearer token.
    pub(crate) fn is_http(&self) -> bool {
        matches!(self.kind, SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::OAuth { .. })
    }

    /// Whether credentials for the scheme are an API key.
    pub(crate) fn is_key(&self) -> bool {
        !self.is_http()
    }

    /// Creates a scheme for an API key in a header.
    #[must_use]
    pub const fn api_key_header(name: &'static str, header: &'static str) -> Self {
        Self { name, kind: SchemeKind::Header(header) }
    }

    /// Creates a scheme for an API key in the query string.
    #[must_use]
    pub const fn api_key_query(name: &'static str, parameter: &'static str) -> Self {
        Self { name, kind: SchemeKind::Query(parameter) }
    }

    /// Creates a scheme for an API key in a cookie.
    #[must_use]
    pub const fn api_key_cookie(name: &'static str, cookie: &'static str) -> Self {
        Self { name, kind: SchemeKind::Cookie(cookie) }
    }

    /// Returns whether a request has a value where the key of this scheme goes.
    pub(crate) fn is_in(&self, headers: &HeaderMap, query: &str) -> bool {
        let is = |pair: &str, name: &str| pair.trim().split('=').next() == Some(name);
        match self.kind {
            SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::OAuth { .. } => false,
            SchemeKind::Header(name) => headers.contains_key(name),
            SchemeKind::Query(name) => query.split('&').any(|pair| is(pair, &query_key(name))),
            SchemeKind::Cookie(name) => {
                let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
                cookies.flat_map(|cookies| cookies.split(';')).any(|pair| is(pair, name))
            }
        }
    }
}

/// Returns a name as it is in a query.
fn query_key(name: &str) -> String {
    pairs(name, Style::FormExplode, "a".into()).into_iter().map(|(name, _)| name).collect()
}
