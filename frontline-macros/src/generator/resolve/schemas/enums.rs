//! Enums: schemas that list their values.

use std::collections::BTreeSet;

use openapiv3::AnySchema;
use serde_json::Value;

use super::member::Member;
use crate::generator::docs::rustdoc;
use crate::generator::model::{Type, TypeKind, Variant};
use crate::generator::names;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

/// The extensions in which other tools keep names and descriptions of enum values. OpenAPI has no keys for these.
pub(super) const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// A value that a schema lists.
struct Listed<'a> {
    value: &'a Value,
    name: Option<&'a str>,
    docs: &'a str,
}

impl Resolver<'_> {
    /// Returns whether a schema becomes an enum: it lists strings, or integers that all have names.
    pub(super) fn is_enum(&self, place: &Place, facts: &AnySchema) -> bool {
        let has_names = || self.notes_of_values(place, NAMES).len() == facts.enumeration.len();
        is_string_enum(facts) || (is_integer_enum(facts) && has_names())
    }

    /// Returns the enum for a schema that lists its values.
    pub(super) fn enumeration(&self, place: &Place, facts: &AnySchema) -> Option<TypeKind> {
        if !self.is_enum(place, facts) {
            return None;
        }
        let notes =
            |keys| Some(self.notes_of_values(place, keys)).filter(|notes| notes.len() == facts.enumeration.len());
        let (names, docs) = (notes(NAMES), notes(DESCRIPTIONS));
        let listed = facts.enumeration.iter().enumerate().map(|(index, value)| Listed {
            value,
            name: names.as_ref().and_then(|names| names.get(index).copied()),
            docs: docs.as_ref().and_then(|docs| docs.get(index).copied()).unwrap_or_default(),
        });
        let listed: Vec<Listed<'_>> = listed.collect();
        Some(kind(&listed))
    }

    /// Returns the list under the first of `keys` that exists, if it contains only strings.
    fn notes_of_values(&self, place: &Place, keys: [&str; 2]) -> Vec<&str> {
        let place = self.document.written_at(place);
        let list = keys.iter().find_map(|key| self.document.value(&place.at(key))?.as_array());
        let texts: Option<Vec<&str>> = list.and_then(|list| list.iter().map(Value::as_str).collect());
        texts.unwrap_or_default()
    }
}

/// Returns the enum for a union whose members are constants and lists of values.
///
/// The titles of integer constants are their names. Another member may allow any value of the type.
pub(super) fn enumeration_of(members: &[Member]) -> Option<TypeKind> {
    let listed = members.iter().flat_map(|member| {
        let is_constant = member.facts.enumeration.len() == 1;
        let name = member.title.as_deref().filter(|_| is_constant);
        let docs = member.description.as_deref().filter(|_| is_constant).or(name).unwrap_or_default();
        member.facts.enumeration.iter().map(move |value| Listed { value, name, docs })
    });
    let mut listed: Vec<Listed<'_>> = listed.collect();
    let all = |typ: &str, is: fn(&AnySchema) -> bool| {
        let is_open = |facts: &AnySchema| facts.enumeration.is_empty() && facts.typ.as_deref() == Some(typ);
        members.iter().all(|member| is(&member.facts) || is_open(&member.facts))
    };
    let are_plain = members.iter().all(|member| member.facts.format.is_none());
    if listed.is_empty() {
        return None;
    }
    if are_plain && all("string", is_string_enum) {
        // Titles are written for people. In code, the values are clearer.
        for listed in &mut listed {
            listed.name = None;
        }
        return Some(kind(&listed));
    }
    let names: BTreeSet<&str> = listed.iter().filter_map(|listed| listed.name).collect();
    (all("integer", is_integer_enum) && names.len() == listed.len()).then(|| kind(&listed))
}

/// Returns whether a schema lists strings. It may also list `null`, which makes it nullable.
pub(super) fn is_string_enum(facts: &AnySchema) -> bool {
    is_enum_of(facts, "string", Value::is_string)
}

fn is_integer_enum(facts: &AnySchema) -> bool {
    is_enum_of(facts, "integer", Value::is_i64)
}

fn is_enum_of(facts: &AnySchema, typ: &str, is: fn(&Value) -> bool) -> bool {
    facts.typ.as_deref().is_none_or(|own| own == typ)
        && facts.enumeration.iter().any(is)
        && facts.enumeration.iter().all(|value| is(value) || value.is_null())
}

/// Creates an enum. All values have to be strings, or all have to be integers.
fn kind(listed: &[Listed<'_>]) -> TypeKind {
    if listed.iter().any(|listed| listed.value.is_string()) {
        TypeKind::Enum(variants(listed, |value| value.as_str().map(ToOwned::to_owned)))
    } else {
        TypeKind::IntegerEnum(variants(listed, Value::as_i64))
    }
}

/// Creates a variant for each value. Equal names are numbered.
fn variants<T: Clone + Ord + ToString>(listed: &[Listed<'_>], read: fn(&Value) -> Option<T>) -> Vec<Variant<T>> {
    // The expansion adds a variant with this name for values that the document does not list.
    let mut taken = names::Taken::from_iter([names::camel("unknown")]);
    let mut seen = BTreeSet::new();
    let values = listed.iter().filter_map(|listed| Some((listed, read(listed.value)?)));
    let variant = |(listed, value): (&Listed<'_>, T)| {
        let name = listed.name.map_or_else(|| value.to_string(), ToOwned::to_owned);
        Variant { name: taken.unique(&names::camel(&name)), value, docs: rustdoc(listed.docs) }
    };
    values.filter(|(_, value)| seen.insert(value.clone())).map(variant).collect()
}

/// Returns the JSON type that all values have in common.
pub(super) fn type_of_all(values: &[Value]) -> Option<&'static str> {
    let all = |is: fn(&Value) -> bool| values.iter().all(|value| value.is_null() || is(value));
    match () {
        () if all(Value::is_null) => None,
        () if all(Value::is_string) => Some("string"),
        () if all(Value::is_boolean) => Some("boolean"),
        () if all(|value| value.is_i64() || value.is_u64()) => Some("integer"),
        () if all(Value::is_number) => Some("number"),
        () => None,
    }
}

/// Returns the type that all values have in common, for a schema without `type`.
pub(super) fn type_of_values(values: &[Value]) -> Type {
    let all = |is: fn(&Value) -> bool| values.iter().all(|value| value.is_null() || is(value));
    match () {
        () if all(Value::is_null) => Type::Value,
        () if all(Value::is_i64) => Type::I64,
        () if all(Value::is_u64) => Type::U64,
        () if all(|value| value.is_i64() || value.is_u64()) => Type::I128,
        () if all(Value::is_number) => Type::F64,
        () if all(Value::is_boolean) => Type::Bool,
        () => Type::Value,
    }
}
