//! What a document says of its operations, read from its value trees while a test server runs.
//!
//! None of this uses the generated types: a mistake in them must not be repeated in what checks them.

mod kinds;
mod operation;
mod references;
mod routes;
mod schemas;
mod security;
mod translate;

pub(super) use kinds::{Kinds, part};
pub(super) use operation::{Answer, Content, Location, Operation, Parameter, Style, is_json};
pub(super) use references::Linked;
pub use references::{References, escape};
pub(super) use routes::{Match, Mismatch};
pub use schemas::Schemas;
pub(super) use security::{Scheme, keys};
pub use translate::{Direction, reference, target, translate};

use operation::Reader;

/// An operation that the macro has expanded: its id, and its place in the embedded document.
pub(super) type Named = (&'static str, &'static str);

/// A document, and its operations in the order of the client's.
pub(super) struct Contract {
    pub document: Linked,
    pub operations: Vec<Operation>,
}

impl Contract {
    /// Reads a document that the macro embedded.
    pub fn new(text: &str, names: impl Iterator<Item = Named>) -> Self {
        let document = Linked(serde_json::from_str(text).unwrap_or_default());
        let reader = Reader::new(&document);
        let operations = names.map(|named| reader.operation(named)).collect();
        Self { document, operations }
    }
}
