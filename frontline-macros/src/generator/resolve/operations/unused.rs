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
        let types = self.types.len();
        let components = Place::root(0).at("components");
        let hint = names::camel("unused");
        self.wants_examples = false;
        for kind in ["parameters", "requestBodies", "responses"] {
            for (key, place) in self.document.entries(&components.at(kind)) {
                let part = self.errors.part();
                match kind {
                    "parameters" => _ = self.parameter(&place, &hint),
                    "requestBodies" => _ = self.body(&place, &hint),
                    _ => _ = self.failure(&Documented { key, place: place.clone() }, &hint),
                }
                self.errors.forget_unsupported(part);
                self.errors.end(part, || format!("`{}` cannot be used", self.document.reference_to(&place)));
            }
        }
        self.finish();
        // No operation refers to a type that was added here.
        self.types.truncate(types);
    }
}
