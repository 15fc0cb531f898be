//! The parts of arrays and objects.

use std::collections::BTreeSet;

use super::document::Document;
use super::fit::Holder;
use super::node::{Kind, Node};
use super::view::View;

impl<'a> Node<'a> {
    /// Returns the items of an array, and nothing for other values.
    #[inline]
    pub(crate) fn items(self) -> impl Iterator<Item = Node<'a>> {
        self.parts(Kind::Array)
    }

    /// Returns the properties of an object that a map keeps, and nothing for other values.
    #[inline]
    pub(crate) fn members(self) -> Members<'a> {
        let left = self.left();
        if View::chain(self.view()).any(|view| view.closes_maps) {
            Members { values: Parts { end: 0, ..left.values }, ..left }
        } else {
            left
        }
    }

    /// Returns whether something else keeps the properties that no type describes.
    pub(crate) fn is_closed(self) -> bool {
        View::chain(self.view()).any(|view| view.keeps_rest)
    }

    /// Returns the properties of an object that no struct around this part has read.
    #[inline]
    pub(super) fn left(self) -> Members<'a> {
        Members { shares_scalars: false, ..self.shared() }
    }

    /// Returns the properties of an object that a struct can read.
    #[inline]
    pub(crate) fn shared(self) -> Members<'a> {
        let mut values = self.parts(Kind::Object);
        values.at += 1;
        Members { values, view: self.view(), shares_scalars: true }
    }

    #[inline]
    fn parts(self, of: Kind) -> Parts<'a> {
        let end = if self.kind() == of { self.entry().end() } else { 0 };
        Parts { document: self.document(), at: self.index() + 1, end }
    }

    /// Returns whether a struct or another type has read the property with the key `key`.
    pub(crate) fn hides(self, key: Node<'_>) -> bool {
        self.view().is_some_and(|view| is_hidden(key, view))
    }

    /// Returns whether a struct around this part describes the property with the key `key`.
    pub(crate) fn is_beside(self, key: Node<'_>) -> bool {
        self.view().is_some_and(|view| holder(key, view).is_some())
    }

    /// Returns the indices of the keys of all properties that the structs around this part have.
    ///
    /// Names that do not occur make no difference. Unions in structs in unions hide so many combinations of names that
    /// decisions would be exponential in their depth.
    pub(super) fn held(self) -> BTreeSet<(u32, Holder)> {
        let Some(view) = self.view() else { return BTreeSet::new() };
        let keys = Members { view: None, ..self.shared() }.map(|(key, _)| key);
        keys.filter_map(|key| Some((key.index(), holder(key, view)?))).collect()
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

impl Parts<'_> {
    /// Returns the index of the next part.
    #[inline]
    fn advance(&mut self) -> Option<u32> {
        if self.at >= self.end || self.document.is_late() {
            return None;
        }
        let part = self.at;
        self.at = Node::new(self.document, part).next();
        Some(part)
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Node<'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'a>> {
        self.advance().map(|part| Node::new(self.document, part))
    }
}

/// The properties of an object: the nodes of their keys and values.
#[derive(Clone)]
pub(crate) struct Members<'a> {
    values: Parts<'a>,
    view: Option<&'a View<'a>>,
    /// Whether scalars are shown that other types have read.
    shares_scalars: bool,
}

impl Members<'_> {
    /// Returns the index of the next property's value, which follows the key.
    ///
    /// An index fits into a register. Two nodes would be written to memory and read again, which takes longer than all else
    /// that reading a property needs.
    #[inline]
    pub(crate) fn advance(&mut self) -> Option<u32> {
        loop {
            let value = self.values.advance()?;
            // The next value follows its key.
            self.values.at += 1;
            if self.view.is_none_or(|view| self.is_shown(value, view)) {
                return Some(value);
            }
        }
    }

    fn is_shown(&self, value: u32, view: &View<'_>) -> bool {
        let [key, value] = [value - 1, value].map(|index| Node::new(self.values.document, index));
        (self.shares_scalars && value.is_scalar()) || !is_hidden(key, view)
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (Node<'a>, Node<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let value = self.advance()?;
        Some((Node::new(self.values.document, value - 1), Node::new(self.values.document, value)))
    }
}

fn is_hidden(key: Node<'_>, view: &View<'_>) -> bool {
    holder(key, view) == Some(Holder::Other)
}

/// Returns who has a property, unless no other type has read it and no struct around this part describes it.
fn holder(key: Node<'_>, view: &View<'_>) -> Option<Holder> {
    let is_in = |names: &[&str]| names.iter().any(|name| key.is(name));
    let is_taken = view.taken.is_some_and(|taken| taken.borrow().contains(&key.index()));
    if is_taken && (view.is_rest || !View::chain(Some(view)).any(|view| is_in(view.shared))) {
        return Some(Holder::Other);
    }
    let is_refused = |view: &View<'_>| view.refused.contains(&key.index());
    let describing = View::chain(Some(view)).filter(|view| is_in(view.names) && !is_refused(view));
    describing.map(|view| if is_in(view.shared) { Holder::Each } else { Holder::Other }).min()
}
