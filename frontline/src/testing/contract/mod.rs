//! What a document says of its operations, read from its value trees while a test server runs.
//!
//! None of this uses the generated types: a mistake in them must not be repeated in what checks them.

mod kinds;
mod location;
mod operation;
mod prune;
mod references;
mod routes;
mod schemas;
mod security;
mod translate;

pub(super) use kinds::{Kinds, item, part};
pub(super) use location::Location;
pub(super) use operation::{Answer, Content, Operation, Parameter, Style, is_json};
pub(super) use references::Linked;
pub use references::{References, escape};
pub(super) use routes::{Match, Mismatch};
pub use schemas::Schemas;
pub(super) use security::Scheme;
pub use translate::{Direction, reference, target, translate};

use http::Method;

use operation::{Named, Reader};

/// A document, and its operations in the order of the client's.
pub(super) struct Contract {
    pub document: Linked,
    pub operations: Vec<Operation>,
}

impl Contract {
    /// Reads a document that the macro embedded.
    pub fn new(text: &str, names: impl Iterator<Item = Named>) -> Self {
        let document = Linked(serde_json::from_str(text).unwrap_or_default());
        let reader = Reader(&document);
        let operations = names.map(|named| reader.operation(named)).collect();
        Self { document, operations }
    }

    /// Returns the operations that a request is for. There are several if they differ only in the media type of their
    /// responses.
    pub fn find(&self, method: &Method, path: &str, query: &str) -> Result<Vec<Match>, Mismatch> {
        let mut found = Vec::new();
        for (operation, described) in self.operations.iter().enumerate() {
            for template in &described.templates {
                if let Some(captures) = template.captures(path, query) {
                    found.push((template.specificity(), Match { operation, captures }));
                }
            }
        }
        if found.is_empty() {
            return Err(Mismatch::Path);
        }
        let method_of = |found: &Match| self.operations[found.operation].method.clone();
        let methods = found.iter().map(|(_, found)| method_of(found)).collect();
        found.retain(|(_, found)| method_of(found) == *method);
        // Another method can have a more specific path.
        let best = found.iter().map(|(specificity, _)| specificity.clone()).max();
        found.retain(|(specificity, _)| Some(specificity) == best.as_ref());
        let found: Vec<Match> = found.into_iter().map(|(_, found)| found).collect();
        if found.is_empty() { Err(Mismatch::Method(methods)) } else { Ok(found) }
    }
}
