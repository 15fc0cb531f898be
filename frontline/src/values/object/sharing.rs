//! What several types write into one JSON object: each property once, and tags that select the variants.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::Error as _;
use serde_json::{Error, Value};

use crate::values::finite::OTHER_VARIANT;
use crate::values::spelling::spelled;

/// The names in a JSON object that several types write.
#[derive(Default)]
pub(super) struct Sharing<'a> {
    /// The properties that are written. Types that come later leave them out.
    written: BTreeSet<&'a str>,
    /// The properties that several types describe. They are written last, when each type has added its part.
    merged: BTreeMap<&'a str, Merged>,
    /// The tags of the unions that are being written, the innermost last.
    tags: Vec<Tag<'a>>,
    /// The tags that structs around these unions have, as they are compared.
    own: Vec<(&'a str, String)>,
}

/// A property to which each type adds what the types before it lack.
#[derive(Default)]
struct Merged {
    value: Option<Value>,
    /// Whether the value comes from a type that allows anything. One that describes the property takes precedence.
    is_any: bool,
}

/// A tag, and the values that select the variant that is being written.
struct Tag<'a> {
    name: &'a str,
    values: &'a [&'a str],
    /// Whether the variant has it.
    is_written: bool,
}

impl<'a> Sharing<'a> {
    /// Returns whether a property has to be written that is not a tag and has a single description.
    pub(super) fn insert(&mut self, name: &'a str) -> bool {
        self.written.insert(name)
    }

    /// Returns whether any other property has to be written. `is_any` is whether its type allows anything.
    pub(super) fn add(
        &mut self,
        name: &'a str,
        is_any: bool,
        value: &dyn Fn() -> Result<Value, Error>,
    ) -> Result<bool, Error> {
        if let Some(merged) = self.merged.get_mut(name) {
            merged.add(value()?, is_any);
            return Ok(false);
        }
        if self.tags.iter().any(|tag| tag.name == name) {
            // Null is not a tag.
            let Some(text) = spelled(&value()?) else { return Ok(false) };
            for tag in self.tags.iter_mut().filter(|tag| tag.name == name) {
                check(name, &text, tag.values)?;
                tag.is_written = true;
            }
        }
        Ok(self.insert(name))
    }

    /// Marks a property that several types describe.
    pub(super) fn merge(&mut self, name: &'a str) {
        if !self.written.contains(name) {
            self.merged.entry(name).or_default();
        }
    }

    /// Returns the properties that several types describe.
    pub(super) fn merged(self) -> impl Iterator<Item = (&'a str, Value)> {
        self.merged.into_iter().filter_map(|(name, merged)| Some((name, merged.value?)))
    }

    /// Begins a variant that each of `values` selects.
    pub(super) fn begin(&mut self, name: &'a str, values: &'a [&'a str]) -> Result<(), Error> {
        if let Some(own) = self.own(name) {
            check(name, own, values)?;
        }
        self.tags.push(Tag { name, values, is_written: false });
        Ok(())
    }

    /// Ends a variant, and returns whether its tag is missing.
    pub(super) fn end(&mut self) -> bool {
        self.tags.pop().is_some_and(|tag| !tag.is_written)
    }

    /// Begins a union whose tag the struct around it has, unless the value is null. Returns whether it is not.
    pub(super) fn begin_own(&mut self, name: &'a str, value: &Value) -> bool {
        let text = spelled(value);
        let is_tag = text.is_some();
        self.own.extend(text.map(|text| (name, text)));
        is_tag
    }

    pub(super) fn end_own(&mut self) {
        self.own.pop();
    }

    /// Checks that the struct around an unknown variant does not have the tag of another one.
    pub(super) fn check_unknown(&self, name: &str, value: &Value, known: &[&str]) -> Result<(), Error> {
        let has_other = |own| value.get(name).and_then(spelled).is_some_and(|text| text != own);
        match self.own(name) {
            Some(own) if known.contains(&own) && has_other(own) => {
                Err(Error::custom(format!("`{name}` {OTHER_VARIANT}")))
            }
            _ => Ok(()),
        }
    }

    fn own(&self, name: &str) -> Option<&str> {
        self.own.iter().rfind(|(own, _)| *own == name).map(|(_, text)| text.as_str())
    }
}

fn check(name: &str, text: &str, values: &[&str]) -> Result<(), Error> {
    if values.contains(&text) {
        return Ok(());
    }
    let values = values.join("` or `");
    Err(Error::custom(format!("`{name}` {OTHER_VARIANT}; expected `{values}`")))
}

impl Merged {
    fn add(&mut self, mut value: Value, is_any: bool) {
        match self.value.take() {
            None => self.is_any = is_any,
            Some(before) if self.is_any && !is_any => {
                complete(&mut value, before);
                self.is_any = false;
            }
            Some(mut before) => {
                complete(&mut before, value);
                value = before;
            }
        }
        self.value = Some(value);
    }
}

/// Adds the properties of `other` that `value` lacks, at any depth.
fn complete(value: &mut Value, other: Value) {
    match (value, other) {
        (Value::Object(own), Value::Object(others)) => {
            for (name, other) in others {
                match own.get_mut(&name) {
                    Some(value) => complete(value, other),
                    None => _ = own.insert(name, other),
                }
            }
        }
        (Value::Array(own), Value::Array(others)) if own.len() == others.len() => {
            own.iter_mut().zip(others).for_each(|(value, other)| complete(value, other));
        }
        _ => {}
    }
}
