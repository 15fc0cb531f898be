//! Warnings about keywords of JSON Schema that are not fully reflected by the type.
//!
//! Keywords that only restrict values, such as `not` or `minLength`, need no warning: the type accepts more.

use openapiv3::{AdditionalProperties, AnySchema};
use serde_json::Value;

use super::enums::type_of_values;
use crate::generator::model::Type;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Warns about the keywords of the schema at `place` that lose their type, or whose properties are ignored.
    pub(super) fn tell_unheard(&mut self, place: &Place, facts: &AnySchema) {
        let place = self.document.written_at(place);
        let Some(schema) = self.document.object(&place) else { return };
        let is_any = facts.additional_properties == Some(AdditionalProperties::Any(true));
        if schema.contains_key("patternProperties") && is_any {
            let problem = Problem::key(
                &place.at("patternProperties"),
                "properties with other names can have other values, so all of these become any JSON value",
            );
            let help = "describe them with one schema, or forbid other names with `additionalProperties: false`";
            self.errors.warn(problem.help(help));
        }
        let is_listed = facts.typ.is_none() && !facts.enumeration.iter().all(Value::is_null);
        let is_text = facts.enumeration.iter().all(|value| value.is_string() || value.is_null());
        if is_listed && !is_text && type_of_values(&facts.enumeration) == Type::Value {
            let key = if schema.contains_key("enum") { "enum" } else { "const" };
            let message = "Rust has no type for these values, so this schema becomes any JSON value";
            self.errors.warn(Problem::key(&place.at(key), message));
        }
        if schema.contains_key("contains") && facts.items.is_some() {
            for (name, at) in self.document.entries(&self.document.behind(&place.at("contains")).at("properties")) {
                let message =
                    format!("`contains` describes `{name}`, which is ignored unless `items` describes it too");
                self.errors.warn(Problem::key(&at, message));
            }
        }
    }
}
