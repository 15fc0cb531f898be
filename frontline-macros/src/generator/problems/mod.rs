//! Errors and warnings about a document, with their places.
//!
//! Every stage adds its errors and warnings to [`Errors`]. A [`Place`] identifies the value of the document that a problem
//! concerns. `report` shows the problems.
//!
//! This room uses no other.

mod errors;
mod place;
mod problem;
mod suggest;

pub use errors::{Errors, Warnings};
pub use place::Place;
pub use problem::{At, Problem};
pub use suggest::{did_you_mean, did_you_mean_word, nearest};
