//! Passes over the complete model, which compute everything that depends on it as a whole.
//!
//! Uses `model`, `names` and `problems`. Within `resolve` it uses `distinct`.

mod depth;
mod failures;
mod marks;
mod methods;
mod numbering;
mod overlaps;
mod pages;
mod parts;
mod paths;
mod personal;
mod recursion;
mod setters;
mod shared;
mod sizes;

mod tags;
mod unknown;

use crate::generator::model::Api;
use crate::generator::problems::Errors;

/// Runs all passes. Each may rely on the results of those before it.
///
/// If `is_lenient`, responses may lack required properties.
pub fn run(api: &mut Api, is_lenient: bool, errors: &mut Errors) {
    tags::keep(&mut api.types);
    tags::select(&mut api.types);
    numbering::number(api, errors);
    overlaps::mark(&mut api.types);
    unknown::keep(api);
    recursion::set_boxes(&mut api.types, errors);
    sizes::limit(&mut api.types);
    shared::mark(&mut api.types, errors);
    marks::mark(api, is_lenient);
    setters::tell(&api.types, errors);
    personal::spread(api);
    depth::limit(&mut api.types, errors);
    pages::find(api, errors);
    methods::name(api);
    failures::name(api);
}
