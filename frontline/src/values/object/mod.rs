//! How generated structs are read from and written as JSON objects.
//!
//! They do without serde's derives: most of the code is here, once, instead of in every generated struct. Of a large
//! client, that saves rustc two thirds of the work.

mod reader;
mod writer;

pub use reader::{Object, Reader, object};
pub use writer::{Optional, Writer};
