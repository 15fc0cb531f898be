//! The security schemes of a document.

use super::name::Name;

/// A security scheme of the document.
#[derive(Debug)]
pub struct Scheme {
    pub name: Name,
    pub kind: SchemeKind,
}

#[derive(Debug)]
pub enum SchemeKind {
    Basic,
    /// A bearer token.
    Bearer,
    /// A bearer token from an OAuth 2.0 server.
    OAuth {
        /// Where the client credentials grant gets tokens.
        token_url: Option<String>,
        /// Where tokens are refreshed.
        refresh_url: Option<String>,
    },
    /// A key in the query parameter, header or cookie with this name.
    ApiKey(KeyLocation, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    Query,
    Header,
    Cookie,
}
