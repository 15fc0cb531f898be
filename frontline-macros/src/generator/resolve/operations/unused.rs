//! Checks of components that no operation refers to.

use super::responses::Documented;
use crate::generator::names;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Reads the parameters, request bodies and responses among the components, only to find mistakes.
    ///
    /// Mistakes in components that operations use are not reported again. Unsupported features are not reported,
    /// because no operation needs them.
    pub fn check_unused(&mut self) {
        let (errors, types) = (self.errors.count(), self.types.len());
        let components = Place::root(0).at("components");
        let hint = names::camel("unused");
        self.wants_examples = false;
        for (_, place) in self.document.entries(&components.at("parameters")) {
            self.parameter(&place, &hint);
        }
        for (_, place) in self.document.entries(&components.at("requestBodies")) {
            self.body(&place, &hint);
        }
        for (key, place) in self.document.entries(&components.at("responses")) {
            self.failure(&Documented { key, place }, &hint);
        }
        self.finish();
        self.errors.take_unsupported(errors);
        // No operation refers to a type that was added here.
        self.types.truncate(types);
    }
}
