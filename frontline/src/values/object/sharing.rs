//! What several types write into one JSON object: each property once, and tags that select the variants.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::Error as _;
use serde_json::{Error, Value};

use super::merged::{Merged, Source};
use crate::values::entry::unmarked;
use crate::values::finite::{DIFFERENT, OTHER_VARIANT};
use crate::values::same::{is_same, rounds};
use crate::values::tags::{selects, spelled};

/// The names in a JSON object that several types write.
#[derive(Default)]
pub(super) struct Sharing<'a> {
    /// The properties that are written, and those of them that are entries of maps.
    written: BTreeSet<&'a str>,
    entries: BTreeSet<&'a str>,
    /// The scalars that several types describe, with the value that is written. The others must have the same.
    compared: BTreeMap<&'a str, Option<Value>>,
    /// The other properties that several types describe. They are written last, when each type has added its part.
    merged: BTreeMap<&'a str, Merged>,
    /// Those that contain their own struct, with the value that is written. Only the first type that describes them gets
    /// more than scalars, so it takes no time unless a second one has a value.
    first: BTreeMap<&'a str, Option<Later<'a>>>,
    /// The tags of the unions that are being written, the innermost last.
    tags: Vec<Tag<'a>>,
    /// The tags that structs around these unions have.
    own: Vec<(&'a str, Value)>,
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
    pub(super) fn insert(&mut self, name: &'a str, value: Marking<'_>) -> Result<bool, Error> {
        if self.written.insert(name) {
            return Ok(true);
        }
        let value = unmarked(value()?);
        let is_known = match self.first.get(name) {
            Some(Some(first)) => is_same(&unmarked(first()?), &value),
            // Only scalars are given to several types without being compared.
            _ => !value.is_object() && !value.is_array(),
        };
        if is_known { Ok(false) } else { Err(different(name)) }
    }

    /// Remembers the value of a property that was written, if another type may have it too.
    pub(super) fn remember(&mut self, name: &str, value: impl Fn() -> Result<Value, Error> + 'a) {
        if let Some(first) = self.first.get_mut(name) {
            *first = Some(Box::new(value));
        }
    }

    /// Returns whether any other property has to be written.
    pub(super) fn add(&mut self, name: &'a str, source: Source, value: Marking<'_>) -> Result<bool, Error> {
        if let Some(merged) = self.merged.get_mut(name) {
            return if merged.add(value()?, source) { Ok(false) } else { Err(different(name)) };
        }
        if self.is_tag(name) {
            let value = unmarked(value()?);
            if !is_tag(&value) {
                return Ok(false);
            }
            for tag in self.tags.iter_mut().filter(|tag| tag.name == name) {
                tag.check(&value)?;
                tag.is_written = true;
            }
        }
        match self.compared.get_mut(name) {
            Some(Some(known)) => {
                let value = unmarked(value()?);
                if is_same(known, &value) || rounds(known, &value) { Ok(false) } else { Err(different(name)) }
            }
            Some(known) => {
                *known = Some(unmarked(value()?));
                Ok(self.written.insert(name))
            }
            None => self.insert(name, value),
        }
    }

    /// Returns whether an entry of a map has to be written. It gives way to the property of its name.
    pub(super) fn add_entry(&mut self, name: &'a str, value: Marking<'_>) -> Result<bool, Error> {
        if self.merged.contains_key(name) {
            return self.add(name, Source::Entry, value);
        }
        if self.written.insert(name) {
            return Ok(self.entries.insert(name));
        }
        // The name of an entry can be personal data.
        if self.entries.contains(name) { Err(Error::custom(format!("an entry has {DIFFERENT}"))) } else { Ok(false) }
    }

    /// Marks scalars, other properties, and those that contain their own struct, that several types describe.
    pub(super) fn share(&mut self, scalars: Names, others: Names, first: Names) {
        for name in scalars.iter().filter(|name| !self.written.contains(**name)) {
            self.compared.entry(name).or_default();
        }
        for name in others.iter().filter(|name| !self.written.contains(**name)) {
            self.merged.entry(name).or_default();
        }
        for name in first.iter().filter(|name| !self.written.contains(**name)) {
            self.first.entry(name).or_default();
        }
    }

    /// Returns the properties that several types describe.
    pub(super) fn merged(self) -> impl Iterator<Item = (&'a str, Value)> {
        self.merged.into_iter().filter_map(|(name, merged)| Some((name, merged.value()?)))
    }

    /// Returns whether a property selects the variant of a union that is being written.
    pub(super) fn is_tag(&self, name: &str) -> bool {
        self.tags.iter().any(|tag| tag.name == name)
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

    /// Ends a variant, and returns whether its tag has to be written, with `value`.
    pub(super) fn end(&mut self, value: &Value) -> Result<bool, Error> {
        let Some(tag) = self.tags.pop().filter(|tag| !tag.is_written) else { return Ok(false) };
        match self.compared.get_mut(tag.name) {
            Some(Some(known)) => tag.check(known)?,
            Some(known) => *known = Some(value.clone()),
            None => {}
        }
        Ok(self.written.insert(tag.name))
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

type Names = &'static [&'static str];

/// Makes a value when it is needed.
type Later<'a> = Box<dyn Fn() -> Result<Value, Error> + 'a>;

/// Returns the value of a property, with marks.
pub(super) type Marking<'a> = &'a dyn Fn() -> Result<Value, Error>;

fn different(name: &str) -> Error {
    Error::custom(format!("`{name}` has {DIFFERENT}"))
}

/// Returns whether a value can be a tag. Null cannot.
fn is_tag(value: &Value) -> bool {
    spelled(value).is_some()
}
