//! The credentials that an operation demands.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;

use super::location::Location;
use super::references::{Linked, References, escape};

/// A security scheme that a client can send credentials for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::testing) enum Scheme {
    Basic,
    Bearer,
    /// The name of the scheme, and where the key goes.
    Key(String, Location, String),
}

/// Returns the alternatives of an operation.
pub(super) fn read(document: &Linked, operation: &str) -> Vec<Vec<Scheme>> {
    let own = document.at(&format!("{operation}/security"));
    let alternatives = own.or_else(|| document.at("/0/security")).and_then(Value::as_array);
    let names = alternatives.into_iter().flatten().filter_map(Value::as_object);
    names.map(|schemes| schemes.keys().filter_map(|name| scheme(document, name)).collect()).collect()
}

/// Returns a scheme. The server does not check those that a client cannot fulfill, such as certificates.
fn scheme(document: &Linked, name: &str) -> Option<Scheme> {
    let at = document.behind(&format!("/0/components/securitySchemes/{}", escape(name)))?;
    let object = document.at(&at)?;
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    let http = text("scheme").unwrap_or_default().to_ascii_lowercase();
    match (text("type")?, http.as_str()) {
        ("http", "basic") => Some(Scheme::Basic),
        ("http", "bearer") | ("oauth2" | "openIdConnect", _) => Some(Scheme::Bearer),
        ("apiKey", _) => {
            let location = match text("in")? {
                "query" => Location::Query,
                "header" => Location::Header,
                _ => Location::Cookie,
            };
            Some(Scheme::Key(name.to_owned(), location, text("name")?.to_owned()))
        }
        _ => None,
    }
}

impl Scheme {
    /// Returns whether a request has credentials for this scheme. `find` returns an argument of it.
    pub fn is_present(&self, authorization: Option<&str>, find: impl Fn(Location, &str) -> bool) -> bool {
        let credentials = |name: &str| {
            let (scheme, rest) = authorization?.split_once(' ')?;
            scheme.eq_ignore_ascii_case(name).then_some(rest)
        };
        match self {
            Self::Basic => {
                let pair = credentials("basic").and_then(|encoded| BASE64_STANDARD.decode(encoded).ok());
                pair.is_some_and(|pair| pair.contains(&b':'))
            }
            Self::Bearer => credentials("bearer").is_some_and(|token| !token.is_empty()),
            Self::Key(_, location, name) => find(*location, name),
        }
    }

    /// Returns how messages name the scheme.
    pub fn shown(&self) -> String {
        match self {
            Self::Basic => "HTTP basic credentials".to_owned(),
            Self::Bearer => "a bearer token".to_owned(),
            Self::Key(_, location, name) => format!("an API key in the {} `{name}`", location.name()),
        }
    }
}
