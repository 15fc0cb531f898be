//! The document: its files, their value trees, the references between them, and reading one object at a time.
//!
//! All files are read first. Later stages ask the [`Document`] for the value or object at a place.
//!
//! Uses `problems`, `text` and `openapi`.

mod files;
mod ids;
mod read;
mod references;
pub mod source;
mod spellings;
mod tree;

pub use files::is_path;
pub use read::place_of;
pub use references::{LONGEST_CHAIN, Reported};
pub use source::File;
pub use tree::Document;
