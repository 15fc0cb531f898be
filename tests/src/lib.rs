//! What several tests of this workspace share.

pub mod corpus;
mod raw;

/// The macro without the compiler around it, compiled into this crate.
#[path = "../../frontline-macros/src/generator/mod.rs"]
mod generator;

pub use raw::{RawRequest, RawServer, http};
