//! Code that several tests of this workspace share.

pub mod corpus;
#[path = "../../frontline-macros/src/generator/mod.rs"]
mod generator;
pub mod library;
pub mod parallel;
pub mod pipeline;
mod raw;
pub mod rooms;

pub use raw::{Connection, RawRequest, RawServer, http};
