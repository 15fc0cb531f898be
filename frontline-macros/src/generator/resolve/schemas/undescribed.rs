//! Properties that a schema requires but does not describe.

use openapiv3::AnySchema;

use crate::generator::model::{Field, Type};
use crate::generator::names;
use crate::generator::problems::{Place, Problem, nearest};
use crate::generator::resolve::merged::Merged;
use crate::generator::resolve::resolver::Resolver;

/// The maximum number of names in `required` that are compared with all properties.
const MOST_COMPARED: usize = 100;

const DOCS: &str = "The document requires this property, but does not describe it.";

impl Resolver<'_> {
    /// Returns optional fields with any JSON value for the names in `required` that no schema describes, with a warning
    /// for each. Also returns whether members of a union describe some: values of the other members have them too.
    ///
    /// The fields are optional because such a name is often misspelled, or left over from an earlier version.
    pub fn undescribed(&mut self, merged: &Merged) -> (Vec<Field>, bool) {
        if merged.is_open() || merged.properties.is_empty() {
            return (Vec::new(), false);
        }
        let is_known = |name: &str| merged.has(name) || merged.is_conditional(name);
        let missing: Vec<(&String, &Place)> = merged.required.iter().filter(|(name, _)| !is_known(name)).collect();
        let (mut fields, mut is_in_union) = (Vec::new(), false);
        for (index, (name, place)) in missing.into_iter().enumerate() {
            if merged.unions.iter().any(|(_, union)| self.describes(union, name, &mut Vec::new())) {
                is_in_union = true;
                continue;
            }
            let others = merged.properties.iter().map(|(property, _)| property.as_str());
            let others = others.filter(|property| !merged.required.contains_key(*property));
            let meant = if index < MOST_COMPARED { nearest(name, others) } else { None };
            let message = match meant {
                Some(meant) => {
                    format!("`{name}` is required, but there is no such property; did you mean `{meant}`?")
                }
                None => format!("`{name}` is required, but not described, so it becomes any JSON value"),
            };
            self.errors.warn(Problem::value(place, message));
            let rust = names::snake(name);
            fields.push(Field {
                docs: DOCS.to_owned(),
                is_nullable: true,
                ..Field::optional(name, rust, place, Type::Value)
            });
        }
        (fields, is_in_union)
    }

    /// Returns whether a member of the union describes the property, or keeps all properties.
    fn describes(&mut self, union: &AnySchema, property: &str, seen: &mut Vec<Place>) -> bool {
        for member in self.members(union) {
            if seen.contains(&member.target) {
                continue;
            }
            seen.push(member.target.clone());
            let merged = self.merge_all(&[member.place]);
            let is_any = merged.is_open() || merged.properties.is_empty() && merged.unions.is_empty();
            if is_any
                || merged.has(property)
                || merged.unions.iter().any(|(_, inner)| self.describes(inner, property, seen))
            {
                return true;
            }
        }
        false
    }
}
