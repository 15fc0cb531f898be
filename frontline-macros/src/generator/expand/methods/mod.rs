//! The two clients, with a method for each operation.
//!
//! Within `expand` it uses `context`, `docs`, `lints`, `servers` and `types`.

mod alternatives;
mod answers;
mod arguments;
mod blocking;
mod bodies;
mod client;
mod operation;
mod pages;
mod request;
mod streams;
mod versions;

pub use blocking::client as blocking_client;
pub use client::client;
