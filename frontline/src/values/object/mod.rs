//! Deserialization and serialization of generated structs as JSON objects.
//!
//! Generated structs do not use serde's derives. Most of the code is here once instead of in every struct, which saves
//! rustc two thirds of the work for a large client.
//!
//! May use `base64`, `entry`, `finite`, `json`, `nullable`, `same`, `tags` and `time`.

mod fit;
mod indices;
mod macros;
mod merged;
mod properties;
mod reader;
mod sharing;
mod writer;

pub use fit::fit_object;
pub use reader::{Object, Reader, read_object};
pub use writer::{Optional, Properties, Writer, write, write_tagged};
