//! Enumerations.

use std::collections::BTreeSet;

use openapiv3::AnySchema;
use serde_json::Value;

use crate::generator::model::{Name, Type, Variant};
use crate::generator::names;

/// Whether a schema lists strings, perhaps with `null` among them, which makes it nullable.
pub(super) fn is_string_enum(facts: &AnySchema) -> bool {
    matches!(facts.typ.as_deref(), None | Some("string"))
        && facts.enumeration.iter().any(Value::is_string)
        && facts.enumeration.iter().all(|value| value.is_string() || value.is_null())
}

/// One variant for each value; values whose names are alike are numbered.
pub(super) fn variants(values: &[Value]) -> Vec<Variant> {
    // The expansion adds a variant of this name for values that the document does not list.
    let mut taken = BTreeSet::from([names::camel("unknown")]);
    let mut seen = BTreeSet::new();
    let wires = values.iter().filter_map(Value::as_str).filter(|wire| seen.insert(*wire));
    let variant = |wire: &str| Variant {
        name: Name { wire: wire.to_owned(), rust: names::unique(&names::camel(wire), &mut taken) },
    };
    wires.map(variant).collect()
}

/// The type of an enumeration without a `type`, where its values have one in common.
pub(super) fn type_of_values(values: &[Value]) -> Type {
    let all = |is: fn(&Value) -> bool| values.iter().all(|value| value.is_null() || is(value));
    match () {
        () if all(Value::is_null) => Type::Value,
        () if all(|value| value.is_i64() || value.is_u64()) => Type::I64,
        () if all(Value::is_number) => Type::F64,
        () if all(Value::is_boolean) => Type::Bool,
        () => Type::Value,
    }
}
