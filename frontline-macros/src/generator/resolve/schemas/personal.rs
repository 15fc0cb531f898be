//! Whether a document marks a schema as personal data.

use std::collections::HashSet;

use serde_json::Value;

use crate::generator::model::Field;
use crate::generator::problems::{Errors, Place};
use crate::generator::profile::is_personal;
use crate::generator::resolve::merged::{Additional, Merged};
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns whether the schema at `place` is marked, or one that its values consist of: the target of a reference,
    /// a member, or the items of a list or a map. Properties do not count, because each one is hidden by itself.
    pub fn is_personal(&self, place: &Place) -> bool {
        let (mut open, mut seen) = (vec![place.clone()], HashSet::new());
        while let Some(place) = open.pop() {
            let is_known = seen.contains(&place) || self.impersonal.borrow().contains(&place);
            let Some(schema) = self.document.object(&place).filter(|_| !is_known) else { continue };
            if is_personal(schema) {
                return true;
            }
            // Mistakes in the reference are reported when the schema is read.
            open.extend(self.document.reference(&place, &mut Errors::default()).and_then(Result::ok));
            for key in ["allOf", "oneOf", "anyOf", "prefixItems"] {
                let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
                open.extend((0..count).map(|index| place.at(key).at(&index.to_string())));
            }
            open.extend(schema.contains_key("items").then(|| place.at("items")));
            if schema.contains_key("patternProperties") {
                open.extend(self.document.entries(&place.at("patternProperties")).into_iter().map(|(_, place)| place));
            }
            let is_map = schema.contains_key("additionalProperties") && !schema.contains_key("properties");
            open.extend(is_map.then(|| place.at("additionalProperties")));
            seen.insert(place);
        }
        self.impersonal.borrow_mut().extend(seen);
        false
    }

    /// Marks the fields whose properties are personal data under a condition.
    pub fn mark_conditional<'a>(&self, merged: &Merged, fields: impl IntoIterator<Item = &'a mut Field>) {
        for field in fields {
            if let Some(property) = merged.conditional.get(&field.name.wire) {
                field.is_pii |= property.schemas.iter().any(|place| self.is_personal(place));
            }
        }
    }

    /// Returns whether the properties that a schema does not list are marked.
    pub fn has_personal_rest(&self, additional: Option<&Additional>) -> bool {
        matches!(additional, Some(Additional::Of(places)) if places.iter().any(|place| self.is_personal(place)))
    }
}
