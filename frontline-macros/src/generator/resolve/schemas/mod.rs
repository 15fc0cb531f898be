//! Turns schemas into types.
//!
//! `schema` decides which kind of type a schema becomes, and each of the other files knows one kind. Schemas contain
//! each other, so the files call each other through methods of the [`Resolver`](super::resolver::Resolver).
//!
//! Within `resolve` it uses `resolver`, `merged`, `null`, `places`, `plain` and `root`.

mod additions;
mod anything;
mod conditions;
mod constants;
mod enums;
mod facts;
mod inheritance;
mod member;
mod merge;
mod names;
mod notes;
mod overlap;
mod personal;
mod plain;
mod schema;
mod structs;
mod tags;
mod together;
mod tuples;
mod undescribed;
mod unevaluated;
mod unheard;
mod unions;
mod values;

pub use facts::facts;
pub use names::schema_names;
