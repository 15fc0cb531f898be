//! A value of the document, with the way to it. The place is only put together if there is something to tell.

use serde_json::{Map, Value};

use crate::generator::problems::Place;

#[derive(Clone, Copy)]
pub struct Here<'a> {
    above: Above<'a>,
    pub value: &'a Value,
}

#[derive(Clone, Copy)]
enum Above<'a> {
    Start(&'a Place),
    Object(&'a Here<'a>, &'a str),
    List(&'a Here<'a>, usize),
}

impl<'a> Here<'a> {
    pub fn start(place: &'a Place, value: &'a Value) -> Self {
        Self { above: Above::Start(place), value }
    }

    /// Returns the index of the file.
    pub fn file(&self) -> usize {
        match self.above {
            Above::Start(place) => place.file,
            Above::Object(above, _) | Above::List(above, _) => above.file(),
        }
    }

    pub fn place(&self) -> Place {
        match self.above {
            Above::Start(place) => place.clone(),
            Above::Object(above, key) => above.place().at(key),
            Above::List(above, index) => above.place().at(&index.to_string()),
        }
    }

    /// Returns the last key on the way, or an empty text in a list.
    pub fn key(&self) -> String {
        match self.above {
            Above::Start(place) => place.key(),
            Above::Object(_, key) => key.to_owned(),
            Above::List(..) => String::new(),
        }
    }

    pub fn object(&self) -> Option<&'a Map<String, Value>> {
        self.value.as_object()
    }

    pub fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    pub fn get(&'a self, key: &'a str) -> Option<Self> {
        Some(Self { above: Above::Object(self, key), value: self.object()?.get(key)? })
    }

    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.object()?.get(key)?.as_str()
    }

    /// Returns the entries of the object under `key`, or nothing if there is none.
    pub fn entries(&'a self) -> impl Iterator<Item = (&'a str, Self)> {
        let entries = self.object().into_iter().flatten();
        entries.map(|(key, value)| (key.as_str(), Self { above: Above::Object(self, key), value }))
    }

    /// Returns the items of a list, or nothing if it is none.
    pub fn items(&'a self) -> impl Iterator<Item = Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| Self { above: Above::List(self, index), value })
    }
}
