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
    let has_large_default = schema.schema_data.default.as_ref().is_some_and(|value| value.is_u64() && !value.is_i64());
    let mut facts = sorted(schema);
    let is_large = has_large_default || facts.maximum.is_some_and(is_beyond_i64);
    if facts.typ.as_deref() == Some("integer") && facts.minimum.is_none() && is_large {
        facts.minimum = Some(0.0);
    }
    if facts.typ.as_deref() == Some("string") {
        facts.enumeration.iter_mut().for_each(unquoted);
    }
    facts
}

/// Returns whether a maximum only fits into a `u64`. As a float, `i64::MAX` is rounded to 2⁶³.
#[expect(clippy::cast_precision_loss, reason = "rounding moves the limit by only one")]
fn is_beyond_i64(maximum: f64) -> bool {
    maximum > i64::MAX as f64
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
        #[expect(clippy::cast_precision_loss, reason = "only the sign of the minimum matters")]
        SchemaKind::Type(Type::Integer(IntegerType { format, enumeration, minimum, .. })) => AnySchema {
            format: name(format),
            minimum: minimum.map(|minimum| minimum as f64),
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
