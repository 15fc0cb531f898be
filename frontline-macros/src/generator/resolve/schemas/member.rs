//! Members of unions.

use openapiv3::AnySchema;

use crate::generator::problems::Place;

/// A member of a union.
pub struct Member {
    /// The place in the union.
    pub place: Place,
    /// The place of the schema, behind references.
    pub target: Place,
    pub facts: AnySchema,
    pub title: Option<String>,
    pub description: Option<String>,
}
