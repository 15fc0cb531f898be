//! What several types write into one JSON object: each property once, and tags that select the variants.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::Error as _;
use serde_json::{Error, Value};

use crate::values::finite::OTHER_VARIANT;
use crate::values::tags::{selects, spelled};

/// The names in a JSON object that several types write.
#[derive(Default)]
pub(super) struct Sharing<'a> {
    /// The properties that are written. Types that come later leave them out.
    written: BTreeSet<&'a str>,
    /// The properties that several types describe. They are written last, when each type has added its part.
    merged: BTreeMap<&'a str, Merged>,
    /// The tags of the unions that are being written, the innermost last.
    tags: Vec<Tag<'a>>,
    /// The tags that structs around these unions have.
    own: Vec<(&'a str, Value)>,
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
    is_text: bool,
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
            let value = value()?;
            if !is_tag(&value) {
                return Ok(false);
            }
            for tag in self.tags.iter_mut().filter(|tag| tag.name == name) {
                tag.check(&value)?;
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
    pub(super) fn begin(&mut self, (name, is_text): (&'a str, bool), values: &'a [&'a str]) -> Result<(), Error> {
        let tag = Tag { name, is_text, values, is_written: false };
        if let Some(own) = self.own(name) {
            tag.check(own)?;
        }
        self.tags.push(tag);
        Ok(())
    }

    /// Ends a variant, and returns whether its tag is missing.
    pub(super) fn end(&mut self) -> bool {
        self.tags.pop().is_some_and(|tag| !tag.is_written)
    }

    /// Begins a union whose tag the struct around it has, unless the value is null. Returns whether it is not.
    pub(super) fn begin_own(&mut self, name: &'a str, value: Value) -> bool {
        let is_tag = is_tag(&value);
        self.own.extend(is_tag.then_some((name, value)));
        is_tag
    }

    pub(super) fn end_own(&mut self) {
        self.own.pop();
    }

    /// Checks that the struct around an unknown variant does not have the tag of another one.
    pub(super) fn check_unknown(
        &self,
        (name, is_text): (&str, bool),
        value: &Value,
        known: &[&str],
    ) -> Result<(), Error> {
        let has_other = |own| value.get(name).is_some_and(|tag| is_tag(tag) && spelled(tag) != spelled(own));
        match self.own(name) {
            Some(own) if selects(own, is_text, known) && has_other(own) => {
                Err(Error::custom(format!("`{name}` {OTHER_VARIANT}")))
            }
            _ => Ok(()),
        }
    }

    fn own(&self, name: &str) -> Option<&Value> {
        self.own.iter().rfind(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

impl Tag<'_> {
    /// Returns an error if `value` selects another variant.
    fn check(&self, value: &Value) -> Result<(), Error> {
        if selects(value, self.is_text, self.values) {
            return Ok(());
        }
        let values = self.values.join("` or `");
        Err(Error::custom(format!("`{}` {OTHER_VARIANT}; expected `{values}`", self.name)))
    }
}

/// Returns whether a value can be a tag. Null cannot.
fn is_tag(value: &Value) -> bool {
    spelled(value).is_some()
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
