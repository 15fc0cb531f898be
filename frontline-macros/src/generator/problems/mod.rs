//! What is wrong with a document, and where.
//!
//! Every stage adds its errors and warnings to [`Errors`]. A [`Place`] says which value of the document a problem is
//! about. How problems are shown is up to `report`.
//!
//! This module uses no other.

mod errors;
mod place;
mod problem;
mod suggest;

pub use errors::{Errors, Warnings};
pub use place::Place;
pub use problem::{At, Problem};
pub use suggest::{did_you_mean, did_you_mean_word, nearest};
