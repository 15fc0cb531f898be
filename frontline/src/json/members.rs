//! The parts of arrays and objects.

use std::collections::BTreeSet;

use super::document::Document;
use super::node::{Kind, Node};
use super::view::View;

impl<'a> Node<'a> {
    /// Returns the items of an array, and nothing for other values.
    pub(crate) fn items(self) -> impl Iterator<Item = Node<'a>> {
        self.parts(Kind::Array)
    }

    /// Returns the properties of an object that a map keeps, and nothing for other values.
    pub(crate) fn members(self) -> Members<'a> {
        let is_empty = View::chain(self.view()).any(|view| view.keeps_rest);
        let left = self.left();
        if is_empty { Members { parts: Parts { end: 0, ..left.parts }, ..left } } else { left }
    }

    /// Returns the properties of an object that no struct around this part has read.
    pub(super) fn left(self) -> Members<'a> {
        Members { shares_scalars: false, ..self.shared() }
    }

    /// Returns the properties of an object that a struct can read.
    pub(crate) fn shared(self) -> Members<'a> {
        Members { parts: self.parts(Kind::Object), view: self.view(), shares_scalars: true }
    }

    fn parts(self, of: Kind) -> Parts<'a> {
        let end = if self.kind() == of { self.entry().end() } else { 0 };
        Parts { document: self.document(), at: self.index() + 1, end }
    }

    /// Returns whether a struct or another type has read the property with the key `key`.
    pub(crate) fn hides(self, key: Node<'_>) -> bool {
        self.view().is_some_and(|view| is_hidden(key, view))
    }

    /// Marks the property with the key `key` as read.
    pub(crate) fn take(self, key: Node<'_>) {
        if let Some(taken) = self.view().and_then(|view| view.taken) {
            taken.borrow_mut().insert(key.index());
        }
    }

    /// Returns the properties of the object that types have read so far.
    pub(crate) fn taken(self) -> Option<BTreeSet<u32>> {
        Some(self.view()?.taken?.borrow().clone())
    }

    /// Sets the properties that count as read.
    pub(crate) fn set_taken(self, properties: Option<BTreeSet<u32>>) {
        if let (Some(taken), Some(properties)) = (self.view().and_then(|view| view.taken), properties) {
            taken.replace(properties);
        }
    }
}

/// The parts of an array or object. After the time limit, there are no more.
#[derive(Clone)]
struct Parts<'a> {
    document: &'a Document<'a>,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Parts<'a> {
    type Item = Node<'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'a>> {
        let part = (self.at < self.end && !self.document.is_late()).then(|| Node::new(self.document, self.at))?;
        self.at = part.next();
        Some(part)
    }
}

/// The properties of an object: the nodes of their keys and values.
#[derive(Clone)]
pub(crate) struct Members<'a> {
    parts: Parts<'a>,
    view: Option<&'a View<'a>>,
    /// Whether scalars are shown that other types have read.
    shares_scalars: bool,
}

impl<'a> Iterator for Members<'a> {
    type Item = (Node<'a>, Node<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let key = self.parts.next()?;
            let value = self.parts.next()?;
            let Some(view) = self.view else { return Some((key, value)) };
            if (self.shares_scalars && value.is_scalar()) || !is_hidden(key, view) {
                return Some((key, value));
            }
        }
    }
}

fn is_hidden(key: Node<'_>, view: &View<'_>) -> bool {
    view.hides(key.index(), &key.key())
}
