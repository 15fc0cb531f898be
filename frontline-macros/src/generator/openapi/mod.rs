//! What OpenAPI says of a single object: which keys it has, and what may stand under each of them.
//!
//! Objects of OpenAPI 3.1 are normalised to those of 3.0, one at a time. Nothing here knows the document around an
//! object.
//!
//! Uses `problems`, for the place of an object.

mod normalize;
mod objects;
mod shape;

pub use normalize::is_plain_reference;
pub use objects::Object;
pub use shape::Shape;
