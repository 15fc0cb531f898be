//! The types of JSON that a schema allows, as far as they decide how text is read.

use serde_json::{Map, Value};

use super::references::{References, escape};

/// The types of JSON that a schema allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::testing) struct Kinds {
    pub object: bool,
    pub array: bool,
    pub text: bool,
    pub number: bool,
    pub boolean: bool,
    pub null: bool,
}

/// The most schemas that may contain each other in the same place.
const DEPTH: usize = 30;

impl Kinds {
    const ANY: Self = Self { object: true, array: true, text: true, number: true, boolean: true, null: true };

    /// Returns the types that the schema at a pointer allows. A schema that says nothing allows all.
    pub fn of(document: &impl References, pointer: &str) -> Self {
        Self::below(document, pointer, None, 0)
    }

    /// Returns the types that the schema at a pointer allows for a value that is sent as a text. It is none itself where the
    /// schema lists others, or describes other texts.
    pub fn of_text(document: &impl References, pointer: &str, text: &str) -> Self {
        Self::below(document, pointer, Some(text), 0)
    }

    fn below(document: &impl References, pointer: &str, text: Option<&str>, depth: usize) -> Self {
        let Some(at) = document.behind(pointer).filter(|_| depth < DEPTH) else { return Self::ANY };
        let Some(schema) = document.at(&at) else { return Self::ANY };
        let mut kinds = Self::own(schema, text);
        for (key, is_all) in [("allOf", true), ("anyOf", false), ("oneOf", false)] {
            let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            let members =
                (0..count).map(|index| Self::below(document, &format!("{at}/{key}/{index}"), text, depth + 1));
            let together = members.reduce(|one, other| one.zip(other, |a, b| if is_all { a && b } else { a || b }));
            kinds = together.map_or(kinds, |together| kinds.zip(together, |own, other| own && other));
        }
        kinds.null |= schema.get("nullable") == Some(&Value::Bool(true));
        kinds
    }

    /// Returns what the schema itself allows, without the schemas in it.
    fn own(schema: &Value, text: Option<&str>) -> Self {
        let can_be = |value: &Value| text.is_none_or(|text| value.as_str().is_none_or(|listed| listed == text));
        let values = match (schema.get("const"), schema.get("enum").and_then(Value::as_array)) {
            (Some(constant), _) => Some(vec![constant]),
            (None, Some(values)) => Some(values.iter().collect()),
            (None, None) => None,
        };
        let any_of = |kinds: &mut dyn Iterator<Item = Self>| {
            kinds.fold(Self::default(), |one, other| one.zip(other, |a, b| a || b))
        };
        let listed =
            values.map(|values| any_of(&mut values.into_iter().filter(|value| can_be(value)).map(Self::of_value)));
        let names = match schema.get("type") {
            Some(Value::String(name)) => vec![name.as_str()],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ if schema.get("properties").is_some() => vec!["object"],
            _ if schema.get("items").is_some() => vec!["array"],
            _ => return listed.unwrap_or(Self::ANY),
        };
        let mut typed = any_of(&mut names.into_iter().map(Self::of_name));
        typed.text &= text.is_none_or(|text| is_described(schema, text));
        listed.map_or(typed, |listed| listed.zip(typed, |a, b| a && b))
    }

    fn of_name(name: &str) -> Self {
        let none = Self::default();
        match name {
            "object" => Self { object: true, ..none },
            "array" => Self { array: true, ..none },
            "string" => Self { text: true, ..none },
            "number" | "integer" => Self { number: true, ..none },
            "boolean" => Self { boolean: true, ..none },
            "null" => Self { null: true, ..none },
            _ => Self::ANY,
        }
    }

    fn of_value(value: &Value) -> Self {
        Self::of_name(match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        })
    }

    fn zip(self, other: Self, both: impl Fn(bool, bool) -> bool) -> Self {
        Self {
            object: both(self.object, other.object),
            array: both(self.array, other.array),
            text: both(self.text, other.text),
            number: both(self.number, other.number),
            boolean: both(self.boolean, other.boolean),
            null: both(self.null, other.null),
        }
    }

    /// Whether values are lists, and nothing that is sent as a single text.
    pub fn is_list(self) -> bool {
        self.array && !self.text && !self.number && !self.boolean && !self.object
    }

    /// Whether values are objects, and nothing that is sent as a single text.
    pub fn is_object(self) -> bool {
        self.object && !self.text && !self.number && !self.boolean && !self.array
    }

    /// Reads a text as the only scalar that is allowed, or else as a string. A text that is none stays one, which a
    /// validator refuses.
    pub fn scalar(self, text: String) -> Value {
        if self.text {
            return Value::String(text);
        }
        let value = serde_json::from_str(&text).ok().filter(|value| match value {
            Value::Number(_) => self.number,
            Value::Bool(_) => self.boolean,
            Value::Null => self.null,
            Value::Array(_) => self.array,
            Value::Object(_) => self.object,
            Value::String(_) => false,
        });
        value.unwrap_or(Value::String(text))
    }
}

/// Returns whether a text matches what a schema says of texts.
fn is_described(schema: &Value, text: &str) -> bool {
    let keys = ["format", "pattern", "minLength", "maxLength"].into_iter();
    let said: Map<String, Value> = keys.filter_map(|key| Some((key.to_owned(), schema.get(key)?.clone()))).collect();
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(true);
    said.is_empty() || options.build(&said.into()).map_or(true, |validator| validator.is_valid(&text.into()))
}

/// Returns the pointer of the schema of a property.
pub(in crate::testing) fn part(document: &impl References, pointer: &str, name: &str) -> Option<String> {
    let paths = [format!("properties/{}", escape(name)), "additionalProperties".to_owned()];
    paths.iter().find_map(|path| below(document, pointer, path, 0))
}

/// Returns the pointer of the schema of an item.
pub(in crate::testing) fn item(document: &impl References, pointer: &str, index: usize) -> Option<String> {
    let paths = [format!("prefixItems/{index}"), "items".to_owned()];
    paths.iter().find_map(|path| below(document, pointer, path, 0))
}

fn below(document: &impl References, pointer: &str, path: &str, depth: usize) -> Option<String> {
    let at = document.behind(pointer).filter(|_| depth < DEPTH)?;
    let schema = document.at(&at)?;
    let exists = |pointer: &String| document.at(pointer).is_some_and(|value| value.is_object() || value.is_boolean());
    let inner = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|key| {
        let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).map(move |index| format!("/{key}/{index}"))
    });
    Some(format!("{at}/{path}"))
        .filter(exists)
        .or_else(|| inner.into_iter().find_map(|inner| below(document, &format!("{at}{inner}"), path, depth + 1)))
}
