//! YAML and JSON: parses a text into a value tree, and finds the line and column of a value.
//!
//! These two tasks use different parsers. [`parse`] reads every document with serde. [`Marks`] parses a text a second
//! time, and only if there is a problem to show.
//!
//! Uses no other module.

mod error;
mod events;
mod explain;
mod limits;
mod marks;
mod parse;

pub use error::{SyntaxError, position_of};
pub use marks::{Marks, Range};
pub use parse::parse;
