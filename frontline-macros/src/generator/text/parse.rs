//! Parses YAML and JSON into a `serde_json::Value`, which keeps the order of the document.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::error::{SyntaxError, position_of};
use super::explain::{explain, too_deep};
use super::limits;
use super::marks::Marks;

pub fn parse(text: &str, is_json: bool) -> Result<Value, SyntaxError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Err(empty());
    }
    let parsed = if is_json { parse_json(text) } else { parse_yaml(text) };
    parsed.map_err(|error| {
        // The parsers notice a duplicate key only after its value.
        let twice = error.message.find("the key `").filter(|_| error.message.contains(TWICE));
        let Some(start) = twice else { return error };
        let second = Marks::read(text).duplicate.map(|second| (second.line, second.column));
        let message = error.message.get(start..).unwrap_or_default().to_owned();
        SyntaxError { message, help: None, position: second.unwrap_or(error.position) }
    })
}

const TWICE: &str = "occurs twice in this object";

fn parse_json(text: &str) -> Result<Value, SyntaxError> {
    match serde_json::from_str::<Tree>(text) {
        Ok(Tree(value)) => Ok(value),
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            let said = error.to_string().replacen(&format!(" at line {line} column {column}"), "", 1);
            // serde_json's columns count bytes.
            let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            let position = position_of(text, before + column.saturating_sub(1));
            let is_deep = said.starts_with("recursion limit exceeded");
            Err(if is_deep { too_deep(position) } else { SyntaxError { message: said, help: None, position } })
        }
    }
}

/// Parses a YAML file, in which all documents except one have to be empty.
fn parse_yaml(text: &str) -> Result<Value, SyntaxError> {
    if let Some(index) = limits::too_deep(text) {
        return Err(too_deep(position_of(text, index)));
    }
    let mut found = None;
    for document in serde_yaml::Deserializer::from_str(text) {
        let Tree(value) = Tree::deserialize(document).map_err(|error| yaml_error(&error, text))?;
        if value.is_null() {
            continue;
        }
        if found.replace(value).is_some() {
            let second = Marks::read(text).documents.get(1).map(|second| (second.line, second.column));
            return Err(SyntaxError {
                message: "the file contains more than one YAML document; keep one and remove the rest".into(),
                help: None,
                position: second.unwrap_or((1, 1)),
            });
        }
    }
    found.ok_or_else(empty)
}

/// Converts an error. The parser ends lines at more characters than editors do, so only its byte index is usable.
fn yaml_error(error: &serde_yaml::Error, text: &str) -> SyntaxError {
    let said = error.to_string();
    let Some(location) = error.location() else { return explain(said, (1, 1), text) };
    let at = format!(" at line {} column {}", location.line(), location.column());
    explain(said.replacen(&at, "", 1), position_of(text, location.index()), text)
}

fn empty() -> SyntaxError {
    let message = "the file is empty".into();
    SyntaxError { message, help: None, position: (1, 1) }
}

/// A value tree. In addition to what `serde_json::Value` does, it rejects duplicate keys, accepts YAML's numbers as
/// keys, and applies YAML's merge keys.
struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Tree)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    /// Such large numbers occur only as bounds, so the loss of precision does no harm.
    #[expect(clippy::cast_precision_loss, reason = "JSON parsers read such numbers as `f64` too")]
    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON parsers read such numbers as `f64` too")]
    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    /// JSON has no infinity and no NaN, so these become strings.
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or_else(|| Value::String(value.to_string()), Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Tree(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let Tree(value) = entries.next_value()?;
            if map.contains_key(&key) {
                return Err(de::Error::custom(format!("the key `{key}` {TWICE}; remove or rename one")));
            }
            map.insert(key, value);
        }
        merge(&mut map);
        Ok(Value::Object(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, _) = tagged.variant::<String>()?;
        Err(de::Error::custom(format!("the YAML tag `!{tag}` is not allowed in an OpenAPI document; remove it")))
    }
}

/// Applies `<<: *alias` and `<<: [*a, *b]`. The map's own keys take precedence, then those of earlier aliases.
fn merge(map: &mut Map<String, Value>) {
    if !matches!(map.get("<<"), Some(Value::Object(_) | Value::Array(_))) {
        return;
    }
    let merged = match map.shift_remove("<<") {
        Some(Value::Array(list)) => list,
        Some(one) => vec![one],
        None => return,
    };
    for value in merged {
        let Value::Object(entries) = value else { continue };
        for (key, value) in entries {
            map.entry(key).or_insert(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn empty_yaml_documents_are_ignored() {
        assert_eq!(parse("---\na: 1\n---", false).unwrap(), json!({"a": 1}));
        assert_eq!(parse("---\n---\na: 1\n", false).unwrap(), json!({"a": 1}));
    }

    #[test]
    fn a_second_yaml_document_is_an_error() {
        let error = parse("a: 1\n---\nb: 2\n", false).unwrap_err();
        assert!(error.message.contains("more than one YAML document"), "{error:?}");
        assert_eq!(error.position, (3, 1));
    }

    #[test]
    fn empty_texts_are_errors() {
        for text in ["", "\u{feff}", " \n\t\n", "---\n", "# a comment\n", "---\n---\n"] {
            assert!(parse(text, false).unwrap_err().message.contains("empty"), "{text:?}");
        }
    }

    #[test]
    fn duplicate_keys_are_errors_at_the_second_key() {
        let yaml = parse("a: 1\nb:\n  c: 1\n  c: 2\n", false).unwrap_err();
        assert!(yaml.message.contains("`c` occurs twice"), "{yaml:?}");
        assert_eq!(yaml.position, (4, 3));
        let json = parse("{\n \"a\": 1,\n \"a\": 2\n}", true).unwrap_err();
        assert!(json.message.contains("`a` occurs twice"), "{json:?}");
        assert_eq!(json.position, (3, 2));
    }

    #[test]
    fn numbers_of_any_size_are_read() {
        assert_eq!(
            parse("a: 100000000000000000000\nb: -100000000000000000000\n", false).unwrap(),
            json!({"a": 1e20, "b": -1e20})
        );
    }

    #[test]
    fn keys_keep_their_spelling() {
        assert_eq!(parse("200: a\n1.10: b\ntrue: c\n", false).unwrap(), json!({"200": "a", "1.10": "b", "true": "c"}));
    }

    #[test]
    fn own_keys_take_precedence_over_merge_keys() {
        let text = "base: &base {a: 1, b: 2}\nuse:\n  <<: *base\n  b: 3\n";
        assert_eq!(parse(text, false).unwrap()["use"], json!({"b": 3, "a": 1}));
        let list = "x: &x {a: 1}\ny: &y {a: 2, b: 2}\nuse:\n  <<: [*x, *y]\n";
        assert_eq!(parse(list, false).unwrap()["use"], json!({"a": 1, "b": 2}));
    }

    #[test]
    fn columns_count_characters() {
        for (text, is_json, position) in [
            ("{\"ä\": x}", true, (1, 7)),
            ("{\"ä\": \"ö", true, (1, 8)),
            ("{\n\t\"ä\": 1,\n}", true, (3, 1)),
            ("ä: @ö", false, (1, 4)),
            ("ä: 'ö'\r\nö: @ö\r\n", false, (2, 4)),
            ("\u{feff}a: @b", false, (1, 4)),
        ] {
            assert_eq!(parse(text, is_json).unwrap_err().position, position, "{text:?}");
        }
    }

    #[test]
    fn tags_are_errors() {
        assert!(parse("a: !Sub b\n", false).unwrap_err().message.contains("`!Sub`"));
    }

    #[test]
    fn the_message_of_a_syntax_error_does_not_repeat_its_position() {
        let error = parse("a: [1, 2\nb: 3\n", false).unwrap_err();
        assert_eq!(error.position, (2, 2));
        assert!(!error.message.contains("at line 2 column 2,"), "{error:?}");
    }
}
