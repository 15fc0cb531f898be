//! What several tests of this workspace share.

pub mod corpus;
mod raw;

pub use raw::{Connection, RawRequest, RawServer, http};
