//! Deserialization and serialization of generated structs as JSON objects.
//!
//! Generated structs do not use serde's derives. Most of the code is here once instead of in every struct, which saves
//! rustc two thirds of the work for a large client.
//!
//! May use `base64`, `finite`, `json`, `nullable`, `tags` and `time`.

mod indices;
mod macros;
mod properties;
mod reader;
mod sharing;
mod writer;

pub use reader::{Object, Reader, fit_object, read_object};
pub use writer::{Optional, Properties, Writer, write, write_tagged};
