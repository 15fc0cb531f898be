//! The clients, with a method for each operation.
//!
//! Uses `context`, `docs`, `lints` and `types` beside it.

mod answers;
mod arguments;
mod blocking;
mod bodies;
mod client;
mod operation;
mod pages;
mod request;
mod streams;

pub use blocking::client as blocking_client;
pub use client::client;
