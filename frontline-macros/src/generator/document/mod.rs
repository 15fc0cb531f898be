//! The document: its files, their values, the references between them, and the objects that are read from it.
//!
//! All files are read first. A later stage asks a [`Document`] for the value or the object at a place, and a reference is
//! followed on the way.
//!
//! Uses `problems`, `text` and `openapi`.

mod files;
mod read;
mod references;
pub mod source;
mod tree;

pub use read::place_of;
pub use references::{LONGEST_CHAIN, Reported};
pub use source::File;
pub use tree::Document;
