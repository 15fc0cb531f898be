//! Passes over the finished model, for what no part of it shows on its own.
//!
//! Uses `model`, `names` and `problems`, and `distinct` beside it.

mod depth;
mod marks;
mod numbering;
mod pages;
mod parts;
mod recursion;
mod streams;

use crate::generator::model::Api;
use crate::generator::problems::Errors;

/// Each pass may rely on those before it.
pub fn run(api: &mut Api, errors: &mut Errors) {
    numbering::number(api, errors);
    recursion::set_boxes(&mut api.types, errors);
    marks::mark(api);
    depth::limit(&mut api.types, errors);
    pages::find(api);
    streams::name(api);
}
