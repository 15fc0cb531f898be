//! Reads parameters by their styles (OpenAPI 3.0, "Style Values").

use serde_json::Value;

use super::deep;
use super::raw::{Raw, decode, object, plain, scalar};
use crate::testing::contract::{
    Kinds, Linked, Location, Match, Operation, Parameter, References, Scheme, Style, item, part,
};

/// Reads a parameter. Returns `None` if the request does not have it, and why it cannot be read otherwise.
pub(super) fn read(
    document: &Linked,
    operation: &Operation,
    parameter: &Parameter,
    found: &Match,
    raw: &Raw<'_>,
) -> Result<Option<Value>, String> {
    let of = Reading { document, schema: &parameter.schema, style: parameter.style, explode: parameter.explode };
    let name = parameter.name.as_str();
    match parameter.location {
        Location::Path => {
            let text =
                found.captures.iter().find(|(placeholder, _)| placeholder == name).map(|(_, text)| text.as_str());
            text.map(|text| of.path(name, text)).transpose()
        }
        Location::Header => {
            let texts = raw.headers.get_all(name).iter().map(|value| std::str::from_utf8(value.as_bytes()));
            let texts: Vec<&str> = texts.collect::<Result<_, _>>().map_err(|_| "is not UTF-8")?;
            let text = texts.join(",");
            if texts.is_empty() {
                Ok(None)
            } else {
                of.joined(&text, ",", |item| Some(item.trim().to_owned())).map(Some)
            }
        }
        Location::Query => {
            let is_other = |key: &str| {
                let others = operation.parameters.iter().filter(|other| other.location == Location::Query);
                let is_key = |scheme: &Scheme| matches!(scheme, Scheme::Key(_, Location::Query, name) if name == key);
                others.filter(|other| other.name != name).any(|other| other.has(key))
                    || operation.security.iter().flatten().any(is_key)
                    || operation.templates.iter().any(|template| template.has_in_query(key))
            };
            of.pairs(name, &raw.pairs(), is_other)
        }
        Location::Cookie => of.pairs(name, &raw.cookies(), |_| false),
    }
}

/// How a value is read: its schema and style.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub document: &'a Linked,
    pub schema: &'a str,
    pub style: Style,
    pub explode: bool,
}

impl Reading<'_> {
    fn kinds(&self) -> Kinds {
        Kinds::of(self.document, self.schema)
    }

    /// Reads a text as the item of the list at `index`.
    fn item(&self, index: usize, text: String) -> Value {
        scalar(self.document, item(self.document, self.schema, index).as_deref(), text)
    }

    fn property(&self, name: &str, text: String) -> Value {
        scalar(self.document, part(self.document, self.schema, name).as_deref(), text)
    }

    /// Reads a value out of the pairs of a query, a form or cookies.
    pub fn pairs(
        &self,
        name: &str,
        pairs: &[(&str, &str)],
        is_other: impl Fn(&str) -> bool,
    ) -> Result<Option<Value>, String> {
        let decoded: Vec<(String, &str)> = pairs
            .iter()
            .map(|(key, value)| Some((plain(key)?, *value)))
            .collect::<Option<_>>()
            .ok_or("is not UTF-8")?;
        if self.style == Style::DeepObject {
            return deep::read(self.document, self.schema, name, &decoded);
        }
        let kinds = self.kinds();
        if self.style == Style::Form && self.explode && kinds.is_object() {
            let is_open = self.document.behind(self.schema).is_some_and(|at| {
                self.document.at(&at).is_some_and(|schema| schema.get("additionalProperties").is_some())
            });
            let has = |key: &str| part(self.document, self.schema, key).is_some() || is_open;
            let own = decoded.iter().filter(|(key, _)| !is_other(key) && has(key));
            let fields = own.map(|(key, value)| Some((key.clone(), self.property(key, plain(value)?))));
            let fields: Vec<_> = fields.collect::<Option<_>>().ok_or("is not UTF-8")?;
            return Ok(Some(fields).filter(|fields| !fields.is_empty()).map(object));
        }
        let values: Vec<&str> = decoded.iter().filter(|(key, _)| key == name).map(|(_, value)| *value).collect();
        match values.as_slice() {
            [] => Ok(None),
            [single] if !(self.style == Style::Form && self.explode && kinds.is_list()) => {
                let separators: &[&str] = match self.style {
                    Style::SpaceDelimited => &["%20", "+"],
                    Style::PipeDelimited => &["|", "%7C", "%7c"],
                    _ => &[","],
                };
                let separator = separators.iter().find(|separator| single.contains(**separator)).unwrap_or(&",");
                self.joined(single, if self.explode { "" } else { separator }, plain).map(Some)
            }
            items if kinds.array => {
                let items = items.iter().enumerate().map(|(index, item)| Some(self.item(index, plain(item)?)));
                Ok(Some(Value::Array(items.collect::<Option<_>>().ok_or("is not UTF-8")?)))
            }
            _ => Err("is given more than once".to_owned()),
        }
    }

    fn path(&self, name: &str, text: &str) -> Result<Value, String> {
        let (prefix, separator) = match self.style {
            Style::Label => (".".to_owned(), if self.explode { "." } else { "," }),
            Style::Matrix if self.explode => (";".to_owned(), ";"),
            Style::Matrix => (format!(";{name}="), ","),
            _ => (String::new(), ","),
        };
        let text = text.strip_prefix(&prefix).ok_or("lacks the prefix of its style")?;
        if self.style == Style::Matrix && self.explode && !self.kinds().is_object() {
            let own = format!("{name}=");
            let items: Vec<&str> = text.split(';').map(|item| item.strip_prefix(&own).unwrap_or(item)).collect();
            return self.joined(&items.join(";"), ";", decode);
        }
        self.joined(text, separator, decode)
    }

    /// Reads a list or an object whose parts have a separator between them, or a scalar.
    fn joined(&self, text: &str, separator: &str, decode: impl Fn(&str) -> Option<String>) -> Result<Value, String> {
        let kinds = self.kinds();
        let whole = || decode(text).ok_or("is not UTF-8");
        match self.style {
            Style::Json => return serde_json::from_str(&whole()?).map_err(|_| "is not JSON".to_owned()),
            Style::Text => return Ok(Value::String(whole()?)),
            _ => {}
        }
        let parts = || -> Result<Vec<String>, String> {
            let parts = if separator.is_empty() { vec![text] } else { text.split(separator).collect() };
            parts.into_iter().map(|part| decode(part).ok_or_else(|| "is not UTF-8".to_owned())).collect()
        };
        let is_divided = !separator.is_empty() && text.contains(separator);
        if kinds.is_list() || (kinds.array && is_divided) {
            return Ok(Value::Array(
                parts()?.into_iter().enumerate().map(|(index, part)| self.item(index, part)).collect(),
            ));
        }
        if kinds.is_object() {
            return self.fields(&parts()?);
        }
        Ok(scalar(self.document, Some(self.schema), whole()?))
    }

    /// Reads an object from `key=value` for each property, or from keys and values one after the other.
    fn fields(&self, parts: &[String]) -> Result<Value, String> {
        let pairs: Vec<(&str, &str)> = if self.explode {
            parts.iter().map(|part| part.split_once('=')).collect::<Option<_>>().ok_or("has a key without a value")?
        } else if parts.len().is_multiple_of(2) {
            parts.chunks(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect()
        } else {
            return Err("has a key without a value".to_owned());
        };
        Ok(object(pairs.into_iter().map(|(key, value)| (key.to_owned(), self.property(key, value.to_owned())))))
    }
}
