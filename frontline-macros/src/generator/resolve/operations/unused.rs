//! Components that no operation refers to, read for what is wrong in them alone.

use super::responses::Documented;
use crate::generator::names;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Reads all parameters, request bodies and responses among the components; those that are used have been read
    /// before, and are not told about twice. What is only unsupported costs nothing where nothing needs it.
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
        // Nothing that is used refers to a type that was made here.
        self.types.truncate(types);
    }
}
