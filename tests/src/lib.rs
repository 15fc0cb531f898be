//! What several tests of this workspace share.

mod raw;

pub use raw::{RawRequest, RawServer, http};
