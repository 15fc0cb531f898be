//! The document: its files, their value trees, the references between them, and reading one object at a time.
//!
//! All files are read first, and overlays are applied. Later stages ask the [`Document`] for the value or object at a place.
//!
//! Uses `problems`, `text`, `openapi` and `overlay`.

mod bundle;
mod files;
mod ids;
mod load;
mod overlays;
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
