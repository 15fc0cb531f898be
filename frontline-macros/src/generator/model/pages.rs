//! Lists that are fetched page by page.

use proc_macro2::Ident;

use super::name::Versions;
use super::types::Type;
use crate::generator::problems::At;

/// A separate method that returns the items of all pages.
#[derive(Debug)]
pub struct Pages {
    pub names: Versions,
    /// The path to the list.
    pub items: Vec<Step>,
    pub item: Type,
    pub next: Next,
    /// The path to the flag that says whether there are further pages.
    pub more: Vec<Step>,
    /// What the docs say about how the next page is found.
    pub docs: String,
}

/// A field on the path to a property, and whether it is optional.
pub type Step = (Ident, bool);

/// How the next page is found.
#[derive(Debug)]
pub enum Next {
    /// A property has its address.
    Address(Vec<Step>),
    /// The header `Link` has its address.
    Link,
    /// The query parameter gets the value of a property.
    Cursor(String, Vec<Step>),
    /// The query parameter gets the value of a property of the last item.
    Last(String, Vec<Step>),
    /// The query parameter grows by the number of items. A property may have the number of all items.
    Offset(String, Vec<Step>),
    /// The query parameter grows by one, from this number on. A property may have the number of all pages.
    Number(String, u64, Vec<Step>),
}

/// What the macro's options or the document say of pages.
#[derive(Clone, Debug)]
pub struct Paging {
    pub kind: PagingKind,
    /// The paths of properties, such as `meta.next`, and the name of the query parameter.
    pub texts: Vec<(&'static str, String)>,
    /// The number of the first page.
    pub first: u64,
    pub at: At,
    /// The pattern that selects the operation. It then applies only where it fits.
    pub pattern: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingKind {
    None,
    Address,
    Link,
    Cursor,
    Offset,
    Page,
}

impl PagingKind {
    pub const ALL: [(&'static str, Self); 6] = [
        ("none", Self::None),
        ("address", Self::Address),
        ("link", Self::Link),
        ("cursor", Self::Cursor),
        ("offset", Self::Offset),
        ("page", Self::Page),
    ];

    /// Returns the keys that this kind takes, those that it requires first, and how many these are.
    pub fn keys(self) -> (&'static [&'static str], usize) {
        match self {
            Self::None => (&[], 0),
            Self::Address => (&["next", "items", "more"], 1),
            Self::Link => (&["items", "more"], 0),
            Self::Cursor => (&["parameter", "next", "last", "items", "more"], 1),
            Self::Offset | Self::Page => (&["parameter", "items", "total", "more"], 1),
        }
    }
}

impl Paging {
    pub fn text(&self, key: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| *known == key).map(|(_, text)| text.as_str())
    }
}
