//! The objects that OpenAPI defines: their keys, and the values that each key allows.
//!
//! Objects of OpenAPI 3.1 are normalized to those of 3.0, one at a time. Nothing here knows the document that contains
//! an object.
//!
//! Uses `problems`, for the place of an object.

mod dispensable;
mod kinds;
mod normalize;
mod object;
mod objects;
mod shape;
mod words;

pub use dispensable::is_dispensable;
pub use kinds::{METHODS, kind_of, misdirected};
pub use normalize::{has_fraction, is_integer, is_plain_reference};
pub use object::Object;
pub use shape::Shape;
pub use words::{instead_of, lone_type};
