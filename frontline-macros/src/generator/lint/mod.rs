//! Mistakes that do not keep the client from being made: contradictions, misspelled words, values that do not fit.
//!
//! `walk` visits each object of the document once. `rules` is the table of what can be told, and each of the other files
//! has the checks of some objects.
//!
//! Uses `document`, `model`, `openapi` and `problems`.

mod context;
mod examples;
mod graph;
mod here;
mod kinds;
mod limits;
mod media;
mod operations;
mod patterns;
mod references;
mod root;
mod rules;
mod schemas;
mod walk;

pub use walk::lint;
