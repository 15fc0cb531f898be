//! What all checks need.

use crate::generator::document::Document;
use crate::generator::problems::Errors;

pub struct Context<'a> {
    pub document: &'a Document,
    pub errors: &'a mut Errors,
    /// Whether the document is OpenAPI 3.0 rather than 3.1.
    pub is_old: bool,
}
