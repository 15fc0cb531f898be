//! Warnings about keywords of JSON Schema that are not fully reflected by the type.
//!
//! Keywords that only restrict values, such as `not` or `minLength`, need no warning: the type accepts more.

use openapiv3::{AdditionalProperties, AnySchema};
use serde_json::Value;

use super::enums::type_of_values;
use crate::generator::model::Type;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::resolver::Resolver;

/// The extension that lets a struct keep unknown properties, or not.
pub(super) const KEEPS: &str = "x-rust-keep-unknown";

impl Resolver<'_> {
    /// Warns about the keywords of the schema at `place` that lose their type, or whose properties are ignored.
    pub(super) fn tell_unheard(&mut self, place: &Place, facts: &AnySchema) {
        let place = self.document.written_at(place);
        let Some(schema) = self.document.object(&place) else { return };
        if schema.contains_key(KEEPS) {
            self.keeping.entry(place.clone()).or_default();
        }
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
    /// Warns about a schema that becomes any JSON value, although conditions describe properties.
    pub(super) fn tell_untyped(&mut self, place: &Place) {
        if self.told.insert(place.clone()) {
            let message = "conditions describe properties here, but this schema becomes any JSON value";
            self.errors.warn(Problem::value(place, message).help("add `type: object`"));
        }
    }

    /// Warns about the schemas that do not become structs, but should keep unknown properties, or not.
    pub fn tell_unheeded(&mut self) {
        for (place, _) in self.keeping.iter().filter(|(_, is_heeded)| !**is_heeded) {
            let message = format!("`{KEEPS}` is ignored, because this schema does not become a struct of its own");
            self.errors.warn(Problem::key(&place.at(KEEPS), message).help("put it into the schema of the object"));
        }
    }
}
