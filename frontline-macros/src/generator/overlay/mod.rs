//! Overlays: files with changes to a document (the Overlay Specification of the OpenAPI Initiative, 1.0 and 1.1).
//!
//! [`Overlay::read`] checks an overlay, and [`Overlay::apply`] changes a value tree. An [`Origin`] records where the
//! values of the changed tree are written, so that a problem is reported in the right file.
//!
//! Uses `problems`.

mod apply;
mod merge;
mod origin;
mod read;
#[cfg(test)]
mod tests;

pub use origin::Origin;
pub use read::Overlay;
