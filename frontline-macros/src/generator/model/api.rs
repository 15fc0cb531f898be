//! The root of the model.

use proc_macro2::Ident;

use super::definitions::TypeDef;
use super::operations::Operation;
use super::security::Scheme;
use super::servers::Servers;
use super::types::Type;
use crate::generator::profile::Profile;

/// Everything that is needed to generate a client.
#[derive(Debug, Default)]
pub struct Api {
    pub docs: String,
    /// The URL of the document's server, or only its path if the URL is relative.
    pub server: Option<String>,
    pub servers: Servers,
    pub profile: Profile,
    pub schemes: Vec<Scheme>,
    pub types: Vec<TypeDef>,
    pub operations: Vec<Operation>,
    /// The whole document as JSON, if a server for tests is expanded too.
    pub served: Option<String>,
    /// Empty unless `test_examples` is set.
    pub examples: Vec<Example>,
}

/// An example of a request or a response.
#[derive(Debug)]
pub struct Example {
    pub name: Ident,
    /// Its place in the document.
    pub pointer: String,
    pub ty: Type,
    pub json: String,
}

impl Api {
    /// Returns whether anything in the client is deprecated.
    pub fn has_deprecated(&self) -> bool {
        self.operations.iter().any(|operation| operation.is_deprecated)
            || self.types.iter().any(|definition| definition.is_deprecated || definition.kind.has_deprecated())
    }
}
