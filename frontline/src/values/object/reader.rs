//! Reading of generated structs.

use std::collections::BTreeMap;

use serde_json::Value;

use super::indices::Indices;
use crate::json::{DecodeError, Fit, Fitting, FromJson, Members, Node, Step, Taken, View, from_json};

/// A struct that is read from a JSON object.
pub trait Object: Sized + 'static {
    /// The text after "expected" in errors.
    const EXPECTED: &'static str;
    /// The names of the properties that have a field.
    const PROPERTIES: &'static [&'static str];
    /// The properties that several of the struct's fields and of the unions beside them describe. Each of these reads them.
    const SHARED: &'static [&'static str] = &[];
    /// For each of `PROPERTIES`, whether it is required, whether null counts as absent, and how well its type fits a value.
    /// Empty if no union contains the struct.
    const FITS: &'static [(bool, bool, Fitting)] = &[];
    /// The indices of the properties that are described under a condition only, and how well their types fit a value. If one
    /// does not, the property counts as one without a field.
    const CONDITIONAL: &'static [(usize, Fitting)] = &[];
    /// How well the types fit that keep the other properties. The last of several is a map.
    const REST: &'static [Fitting] = &[];
    /// The properties that the document requires, but that other types in the same object keep.
    const REQUIRED_ELSEWHERE: &'static [&'static str] = &[];
    /// Whether it keeps properties that have no field, although the document does not describe them.
    const KEEPS_UNKNOWN: bool = false;
    /// Whether the document forbids properties that have no field.
    const IS_CLOSED: bool = false;

    /// Reads the fields, and writes the struct to `place`.
    ///
    /// # Errors
    ///
    /// Returns an error if a property has the wrong type, occurs twice, or is missing.
    fn read(reader: &mut Reader<'_>, place: &mut Option<Self>) -> Result<(), DecodeError>;
}

/// Reads a struct from a JSON object.
///
/// # Errors
///
/// Returns an error if the value is not an object, and the errors of [`Object::read`].
pub fn read_object<T: Object>(node: Node<'_>, place: &mut Option<T>) -> Result<(), DecodeError> {
    if !node.is_object() {
        return Err(node.expected(T::EXPECTED));
    }
    let mut reader = Reader { takes: node.view().is_some(), ..Reader::new::<T>(node) };
    node.document().nested(size_of::<T>(), || T::read(&mut reader, place)).map_err(|error| error.at(node.offset()))
}

/// Reads the properties of an object.
pub struct Reader<'a> {
    pub(super) node: Node<'a>,
    members: Members<'a>,
    /// The index of the current property's value in the document, and that of its name in `properties`.
    at: u32,
    index: usize,
    /// The index after the last property that is not unknown.
    next: usize,
    pub(super) properties: &'static [&'static str],
    /// Those that are described under a condition only, and the keys of those of them that have no field for their values.
    conditional: &'static [(usize, Fitting)],
    pub(super) refused: Vec<u32>,
    /// How well the type of the current property fits, if it is one of them.
    pub(super) fit: Option<Fit>,
    /// The properties that unions read, too.
    pub(super) shared: &'static [&'static str],
    /// The indices of the properties that have occurred.
    pub(super) seen: Indices,
    /// Whether no other type has read the current property, and whether there was such a property without a field.
    pub(super) is_left: bool,
    has_rest: bool,
    /// Whether the current property is a scalar that another type has read, too.
    is_repeated: bool,
    /// Whether other types must not read the same properties.
    takes: bool,
    /// The properties that other types have read.
    taken: Taken,
}

impl<'a> Reader<'a> {
    pub(super) fn new<T: Object>(node: Node<'a>) -> Self {
        Self {
            node,
            members: node.shared(),
            at: node.index(),
            index: T::PROPERTIES.len(),
            next: 0,
            properties: T::PROPERTIES,
            conditional: T::CONDITIONAL,
            refused: Vec::new(),
            fit: None,
            shared: T::SHARED,
            seen: Indices::default(),
            is_left: true,
            has_rest: false,
            is_repeated: false,
            takes: false,
            taken: Taken::default(),
        }
    }

    /// Reads the name of the next property and returns its index, or `None` at the end of the object.
    ///
    /// All unknown properties have the index `PROPERTIES.len()`.
    ///
    /// # Errors
    ///
    /// Returns an error if the property has occurred before.
    pub fn property(&mut self) -> Result<Option<usize>, DecodeError> {
        let Some(at) = self.members.advance() else { return Ok(None) };
        self.at = at;
        let key = self.key();
        // Most services write properties in the order of their documents.
        let is_next = self.properties.get(self.next).is_some_and(|property| key.is(property));
        let found = if is_next { Some(self.next) } else { self.find(key) };
        if let Some(index) = found
            && !self.seen.insert(index)
        {
            return Err(DecodeError::duplicate(self.properties[index]).at(key.offset()));
        }
        let is_plain = self.conditional.is_empty();
        let Some(index) = found.filter(|index| is_plain || self.is_described(*index)) else {
            self.index = self.properties.len();
            self.is_left = !self.node.hides(key);
            self.has_rest |= self.is_left;
            self.is_repeated = false;
            return Ok(Some(self.index));
        };
        if self.node.view().is_some() {
            self.share(key);
        }
        (self.index, self.next) = (index, index + 1);
        Ok(Some(index))
    }

    /// Notes that the struct reads a property of an object that it shares with other types.
    #[inline(never)]
    fn share(&mut self, key: Node<'_>) {
        self.is_repeated = self.node.part(self.at).is_scalar() && self.node.hides(key);
        if self.takes {
            self.node.take(key);
        }
    }

    /// Returns the index of a property that is declared, beginning with those that usually follow.
    #[inline(never)]
    fn find(&self, key: Node<'_>) -> Option<usize> {
        let key = key.string().ok()?;
        let (before, after) = self.properties.split_at(self.next);
        let after_next = after.iter().position(|property| *property == key).map(|index| self.next + index);
        after_next.or_else(|| before.iter().position(|property| *property == key))
    }

    /// Returns whether the field of a property describes its value, unlike a condition that does not hold.
    #[inline(never)]
    fn is_described(&mut self, index: usize) -> bool {
        let conditional = self.conditional.iter().find(|(conditional, _)| *conditional == index);
        self.fit = conditional.and_then(|(_, fitting)| fitting(self.value()));
        let is_described = conditional.is_none() || self.fit.is_some();
        if !is_described {
            self.refused.push(self.key().index());
        }
        is_described
    }

    /// Reads the value of an optional property.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has the wrong type.
    pub fn optional<T: FromJson>(&mut self, field: &mut T) -> Result<(), DecodeError> {
        self.read_value(|value| T::overwrite(value, field))
    }

    /// Reads the value of a required property.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has the wrong type.
    pub fn required<T: FromJson>(&mut self, field: &mut Option<T>) -> Result<(), DecodeError> {
        self.read_value(|value| T::read_json(value, field))
    }

    /// Returns whether a struct around this part describes the current property, and leaves it to others that do.
    pub(super) fn is_beside(&self) -> bool {
        self.is_left && self.node.is_beside(self.key())
    }

    /// Returns the key of the current property.
    fn key(&self) -> Node<'a> {
        self.node.part(self.at - 1)
    }

    /// Returns the value of the current property.
    pub(super) fn value(&self) -> Node<'a> {
        let value = self.node.part(self.at);
        if self.is_repeated { value.through(View::REPEATED) } else { value }
    }

    /// Reads the value of the current property.
    fn read_value(&self, read: impl FnOnce(Node<'a>) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        let value = self.value();
        let step = self.properties.get(self.index).map_or(Step::Key, |name| Step::Property(name));
        read(value).map_err(|error| error.at(value.offset()).inside(step))
    }

    /// Returns the value of a required property.
    ///
    /// # Errors
    ///
    /// Returns an error if the property is missing.
    pub fn found<T>(&self, field: &mut Option<T>, name: &'static str) -> Result<T, DecodeError> {
        field.take().ok_or_else(|| DecodeError::missing(name))
    }

    /// Keeps the current property, which is unknown.
    ///
    /// # Errors
    ///
    /// Returns an error if its value cannot be represented, or memory runs out.
    pub fn unknown(&mut self, map: &mut BTreeMap<String, Value>) -> Result<(), DecodeError> {
        if !self.is_left || self.node.is_closed() {
            return Ok(());
        }
        self.node.document().allocate_entry(map.len(), size_of::<Value>())?;
        self.read_value(|value| {
            map.insert(self.key().string()?.into_owned(), value.value()?);
            Ok(())
        })
    }

    /// Reads a union whose properties are beside those of the struct. `keeps_rest` is whether the struct has a map for
    /// properties that no type describes, and `closes_maps` whether those count as such that only the maps of variants
    /// describe.
    ///
    /// # Errors
    ///
    /// Returns an error if the properties do not match the type.
    pub fn part<T: FromJson>(&self, keeps_rest: bool, closes_maps: bool) -> Result<T, DecodeError> {
        self.read(View { shared: self.shared, keeps_rest, closes_maps, ..View::default() })
    }

    /// Reads a map of the properties that no other type describes. `is_unknown` is whether the document does not describe
    /// the map either.
    ///
    /// # Errors
    ///
    /// Returns an error if the properties do not match the type.
    pub fn rest<T: FromJson + Default>(&self, is_unknown: bool) -> Result<T, DecodeError> {
        if !self.has_rest || (is_unknown && self.node.is_closed()) {
            return Ok(T::default());
        }
        self.read(View { is_rest: true, ..View::default() })
    }

    fn read<T: FromJson>(&self, view: View<'_>) -> Result<T, DecodeError> {
        let outer = self.node.view();
        let taken = Some(outer.and_then(|outer| outer.taken).unwrap_or(&self.taken));
        from_json(self.node.through(&View { names: self.properties, refused: &self.refused, taken, outer, ..view }))
    }
}

#[cfg(test)]
mod tests;
