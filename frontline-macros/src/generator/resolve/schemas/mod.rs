//! Schemas to types.
//!
//! `schema` decides what a schema is, and the other files each know one kind. Schemas contain each other, so the files call
//! each other through methods of the [`Resolver`](super::resolver::Resolver).
//!
//! Of the rest of `resolve` it uses `resolver`, `merged` and `root`.

mod enums;
mod facts;
mod inheritance;
mod member;
mod merge;
mod names;
mod notes;
mod overlap;
mod plain;
mod schema;
mod unions;
mod values;

pub use facts::facts;
pub use names::schema_names;
