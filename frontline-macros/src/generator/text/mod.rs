//! YAML and JSON: a text becomes a tree of values, and a place in the tree becomes a line and a column again.
//!
//! The two directions use different parsers. [`parse`] reads every document with serde. [`Marks`] parses a text a second
//! time, and only once there is an error to show.
//!
//! This module uses no other.

mod error;
mod events;
mod explain;
mod limits;
mod marks;
mod parse;

pub use error::{SyntaxError, position_of};
pub use marks::{Marks, Range};
pub use parse::parse;
