//! A member of a union.

use openapiv3::AnySchema;

use crate::generator::problems::Place;

/// A member of a union, and what was read of it.
pub(super) struct Member {
    /// Where the union names it.
    pub place: Place,
    /// Where it stands, behind references.
    pub target: Place,
    pub facts: AnySchema,
    pub title: Option<String>,
    pub description: Option<String>,
}
