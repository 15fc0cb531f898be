//! Conversion of all schemas to one type, so that a single set of rules can read them. openapiv3 has a variant for each
//! kind of schema.

use openapiv3::{
    AnySchema, ArrayType, IntegerType, NumberType, ObjectType, Schema, SchemaKind, StringType, Type,
    VariantOrUnknownOrEmpty,
};
use serde::Serialize;
use serde_json::Value;

/// Returns everything that a schema says about its values.
pub fn facts(schema: Schema) -> AnySchema {
    let default = schema.schema_data.default.clone();
    let mut facts = sorted(schema);
    if facts.typ.as_deref() == Some("integer") {
        include_listed(&mut facts, default.as_ref());
    }
    if facts.typ.as_deref() == Some("string") {
        facts.enumeration.iter_mut().for_each(unquoted);
    }
    facts
}

/// Extends the limits of an integer to those of `u64` if the default or a listed value exceeds `i64`.
#[expect(clippy::cast_precision_loss, reason = "the limits are only compared with those of Rust's types")]
fn include_listed(facts: &mut AnySchema, default: Option<&Value>) {
    let is_large = |value: &Value| value.is_u64() && !value.is_i64();
    if facts.enumeration.iter().chain(default).any(is_large) {
        facts.maximum = Some(facts.maximum.unwrap_or_default().max(u64::MAX as f64));
        let least = facts.enumeration.iter().filter_map(Value::as_f64).reduce(f64::min);
        facts.minimum = facts.minimum.or(least);
    }
}

/// Converts a value back to text that YAML read as something else because it has no quotes. This is impossible for
/// fractions, because their spelling is lost.
fn unquoted(value: &mut Value) {
    if value.is_i64() || value.is_u64() || value.is_boolean() {
        *value = Value::String(value.to_string());
    }
}

fn sorted(schema: Schema) -> AnySchema {
    match schema.schema_kind {
        SchemaKind::Any(any) => any,
        SchemaKind::OneOf { one_of } => AnySchema { one_of, ..AnySchema::default() },
        SchemaKind::AllOf { all_of } => AnySchema { all_of, ..AnySchema::default() },
        SchemaKind::AnyOf { any_of } => AnySchema { any_of, ..AnySchema::default() },
        SchemaKind::Not { .. } => AnySchema::default(),
        SchemaKind::Type(Type::String(StringType { format, enumeration, .. })) => {
            AnySchema { format: name(format), ..typed("string", enumeration) }
        }
        SchemaKind::Type(Type::Number(NumberType { format, enumeration, .. })) => {
            AnySchema { format: name(format), ..typed("number", enumeration) }
        }
        #[expect(clippy::cast_precision_loss, reason = "the limits are only compared with those of Rust's types")]
        SchemaKind::Type(Type::Integer(IntegerType { format, enumeration, minimum, maximum, .. })) => AnySchema {
            format: name(format),
            minimum: minimum.map(|minimum| minimum as f64),
            maximum: maximum.map(|maximum| maximum as f64),
            ..typed("integer", enumeration)
        },
        SchemaKind::Type(Type::Boolean(boolean)) => typed("boolean", boolean.enumeration),
        SchemaKind::Type(Type::Object(ObjectType { properties, required, additional_properties, .. })) => {
            AnySchema { properties, required, additional_properties, ..typed::<Value>("object", Vec::new()) }
        }
        SchemaKind::Type(Type::Array(ArrayType { items, .. })) => {
            AnySchema { items, ..typed::<Value>("array", Vec::new()) }
        }
    }
}

fn typed<T: Into<Value>>(typ: &str, enumeration: Vec<Option<T>>) -> AnySchema {
    let enumeration = enumeration.into_iter().map(|value| value.map_or(Value::Null, Into::into)).collect();
    AnySchema { typ: Some(typ.to_owned()), enumeration, ..AnySchema::default() }
}

/// Returns a format in the document's spelling.
fn name<T: Serialize>(format: VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(format) => {
            serde_json::to_value(format).ok().and_then(|name| name.as_str().map(ToOwned::to_owned))
        }
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

/// Returns whether a schema determines the type of its values, rather than only restricting them.
pub(super) fn says_something(facts: &AnySchema) -> bool {
    let is_null = facts.enumeration.iter().any(Value::is_null) && facts.enumeration.iter().all(Value::is_null);
    let is_typed = facts.typ.is_some() || !facts.enumeration.is_empty() || facts.items.is_some();
    let has_parts = !facts.properties.is_empty() || facts.additional_properties.is_some();
    let is_composed = !facts.all_of.is_empty() || !facts.one_of.is_empty() || !facts.any_of.is_empty();
    !is_null && (is_typed || has_parts || is_composed)
}
