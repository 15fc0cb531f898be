//! Servers that callers can choose.

use proc_macro2::Ident;

use super::definitions::Variant;
use crate::generator::problems::Place;

/// The servers of the document. Without variables, a single server is no choice, and there are none.
#[derive(Debug, Default)]
pub struct Servers {
    pub all: Vec<Server>,
    pub enums: Vec<ServerEnum>,
}

#[derive(Debug)]
pub struct Server {
    pub name: Ident,
    pub place: Place,
    pub docs: String,
    /// The URL, with the names of variables in braces.
    pub url: String,
    pub variables: Vec<ServerVariable>,
}

#[derive(Debug)]
pub struct ServerVariable {
    pub name: String,
    pub docs: String,
    pub default: String,
    /// The values that it can have. If there are none, it can have any.
    pub values: Vec<String>,
}

/// The values of a variable.
#[derive(Debug)]
pub struct ServerEnum {
    pub name: Ident,
    /// The name of the variable.
    pub variable: String,
    pub variants: Vec<Variant<String>>,
}
