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
    /// A bearer token, however it is obtained.
    Bearer,
    /// A key in the query parameter, header or cookie with this name.
    ApiKey(KeyLocation, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    Query,
    Header,
    Cookie,
}
