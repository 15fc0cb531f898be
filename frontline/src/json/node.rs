//! Values in a document.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::{Map, Number, Value};

use super::clock::BLOCK;
use super::decode_error::{DecodeError, Step};
use super::document::Document;
use super::entries::Entry;
use super::number;
use super::string::unescape;
use super::view::View;

/// A value in a JSON text.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) index: u32,
    /// The part of an object that is shown, if a struct shares it among several types.
    view: Option<&'a View<'a>>,
}

/// The type of a JSON value.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Null,
    Bool(bool),
    Number,
    String,
    Array,
    Object,
}

impl Document<'_> {
    /// Reads the whole document.
    pub(crate) fn read<T>(&self, read: impl FnOnce(Node<'_>) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        let result = read(Node::new(self, 0));
        // After a limit, parts of values were missing, and unions may have chosen the wrong variant.
        self.exceeded().map_or(result, Err)
    }
}

impl<'a> Node<'a> {
    #[inline]
    pub(super) fn new(document: &'a Document<'a>, index: u32) -> Self {
        Self { document, index, view: None }
    }

    #[inline]
    pub(crate) fn document(self) -> &'a Document<'a> {
        self.document
    }

    pub(crate) fn index(self) -> u32 {
        self.index
    }

    pub(crate) fn view(self) -> Option<&'a View<'a>> {
        self.view
    }

    /// Returns the value at an index in the document.
    #[inline]
    pub(crate) fn part(self, index: u32) -> Self {
        Self::new(self.document, index)
    }

    /// Returns the part of the same object that `view` shows.
    pub(crate) fn through<'b>(self, view: &'b View<'b>) -> Node<'b>
    where
        'a: 'b,
    {
        Node { document: self.document, index: self.index, view: Some(view) }
    }

    /// Returns the whole object.
    pub(crate) fn whole(self) -> Self {
        Self { view: None, ..self }
    }

    /// Returns whether the value is neither an array nor an object.
    pub(crate) fn is_scalar(self) -> bool {
        !matches!(self.kind(), Kind::Array | Kind::Object)
    }

    /// Returns the type of the value.
    #[must_use]
    #[inline]
    pub fn kind(self) -> Kind {
        match self.document.text[self.offset()] {
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b'"' => Kind::String,
            b't' => Kind::Bool(true),
            b'f' => Kind::Bool(false),
            b'n' => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// Returns the offset of the value in the document's text.
    #[inline]
    pub(crate) fn offset(self) -> usize {
        self.entry().start()
    }

    #[inline]
    pub(super) fn entry(self) -> Entry {
        self.document.entries[self.index as usize]
    }

    /// Returns the index of the entry after the value and all its parts.
    #[inline]
    pub(super) fn next(self) -> u32 {
        let entry = self.entry();
        if entry.is_nested() { entry.end() } else { self.index + 1 }
    }

    /// Returns the range of a scalar in the document's text.
    #[inline]
    fn range(self) -> Range<usize> {
        let entry = self.entry();
        let range = entry.start()..entry.end() as usize;
        // Unions may read a long value for each of their variants.
        if range.len() > BLOCK {
            self.document.look();
        }
        range
    }

    /// Returns the range of a string without its quotes.
    #[inline]
    fn inside(self) -> Option<Range<usize>> {
        let Range { start, end } = self.range();
        (self.document.text[start] == b'"').then(|| start + 1..end - 1)
    }

    /// Returns the content of a string.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a string, or not UTF-8.
    #[inline]
    pub fn string(self) -> Result<Cow<'a, str>, DecodeError> {
        let inside = self.inside().ok_or_else(|| self.expected("a string"))?;
        let unescaped = |text| {
            if !self.entry().is_escaped() {
                return Some(Cow::Borrowed(text));
            }
            unescape(text, || self.document.look()).map(Cow::Owned)
        };
        self.document.utf8(inside).and_then(unescaped).ok_or_else(|| self.expected("UTF-8"))
    }

    /// Returns the content of a string, or a number or boolean as it is written: some services leave out the quotes.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is neither, or not UTF-8.
    #[inline]
    pub fn text(self) -> Result<Cow<'a, str>, DecodeError> {
        match self.kind() {
            Kind::Number | Kind::Bool(_) => Ok(self.document.utf8(self.range()).unwrap_or_default().into()),
            _ => self.string(),
        }
    }

    /// Returns whether the value is an object, or an empty list: PHP writes an empty map as one.
    pub(crate) fn is_object(self) -> bool {
        let kind = self.kind();
        kind == Kind::Object || (kind == Kind::Array && self.entry().end() == self.index + 1)
    }

    /// Returns a number, with the type that represents it best.
    pub(crate) fn number(self) -> Result<Number, DecodeError> {
        let text = self.document.utf8(self.range()).unwrap_or_default();
        number::parse(text).map_err(|expected| self.expected(expected))
    }

    /// Returns the value of a property. If it occurs several times, the first one counts.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Node<'a>> {
        self.left().find(|(key, _)| key.is(name)).map(|(_, value)| value)
    }

    /// Returns the value as a `serde_json::Value`, whose memory counts.
    ///
    /// # Errors
    ///
    /// Returns an error if a string is not UTF-8, no type represents a number, or memory runs out.
    pub fn value(self) -> Result<Value, DecodeError> {
        let values = (self.next() - self.index) as usize;
        self.document.allocate(values * size_of::<Value>())?;
        let value = self.copy()?;
        if self.view.is_some() {
            self.left().for_each(|(key, _)| self.take(key));
        }
        Ok(value)
    }

    pub(super) fn copy(self) -> Result<Value, DecodeError> {
        Ok(match self.kind() {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(value),
            Kind::Number => Value::Number(self.number()?),
            Kind::String => Value::String(self.string()?.into_owned()),
            Kind::Array => {
                let mut list = Vec::with_capacity(self.items().count());
                for (index, item) in self.items().enumerate() {
                    list.push(item.copy().map_err(|error| error.inside(Step::Index(index)))?);
                }
                Value::Array(list)
            }
            Kind::Object => {
                let mut map = Map::with_capacity(self.left().count());
                for (key, value) in self.left() {
                    let value = value.copy().map_err(|error| error.inside(Step::Key))?;
                    map.insert(key.string()?.into_owned(), value);
                }
                Value::Object(map)
            }
        })
    }

    /// Returns the number of entries of the value and all its parts.
    pub(crate) fn extent(self) -> u32 {
        self.next() - self.index
    }

    /// Returns the number of values that are not null: this one and all its parts.
    pub(crate) fn size(self) -> u32 {
        let before = self.document.sizes();
        before[self.next() as usize] - before[self.index as usize]
    }

    /// Returns whether this is the key `name`.
    #[inline]
    pub(crate) fn is(self, name: &str) -> bool {
        if self.entry().is_escaped() {
            return self.string().is_ok_and(|key| key == name);
        }
        self.inside().is_some_and(|inside| self.document.text[inside] == *name.as_bytes())
    }

    /// Creates the error for a value of another type.
    pub(crate) fn expected(self, what: impl std::fmt::Display) -> DecodeError {
        DecodeError::expected(what).at(self.offset())
    }
}
