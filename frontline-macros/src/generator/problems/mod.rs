//! Errors and warnings, the places they point to, and suggestions.
//!
//! Every stage adds its errors and warnings to [`Errors`]. A [`Place`] identifies the value of the document that a
//! problem is about. `report` shows problems. Parts of the document can be left
//! out, if the options say so.
//!
//! Uses no other module.

mod errors;
mod place;
mod problem;
mod suggest;

pub use errors::{Errors, Tolerance, Warnings};
pub use place::{Place, unescape};
pub use problem::{At, Problem};
pub use suggest::{did_you_mean, did_you_mean_word, nearest};
