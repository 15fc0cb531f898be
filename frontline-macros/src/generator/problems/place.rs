//! The location of a value: a file of the document, and a JSON pointer (RFC 6901).

use std::fmt::Write;

/// The location of a value. Items of the model keep their places, so that an error can point to its cause.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub file: usize,
    pub pointer: String,
}

impl Place {
    pub fn root(file: usize) -> Self {
        Self { file, pointer: String::new() }
    }

    /// Returns the place of the value under `key`. In a list, the key is an index.
    pub fn at(&self, key: &str) -> Self {
        Self { file: self.file, pointer: format!("{}/{}", self.pointer, escape(key)) }
    }

    /// Returns the keys that lead from the root to this place.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.pointer.split('/').skip(1).map(unescape)
    }

    /// Returns the last key, or an empty string at the root.
    pub fn key(&self) -> String {
        self.keys().last().unwrap_or_default()
    }

    /// Returns the place of the object or list that contains this value, or `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        let (pointer, _) = self.pointer.rsplit_once('/')?;
        Some(Self { file: self.file, pointer: pointer.to_owned() })
    }

    /// Returns a reference that [`Place::from_link`] can parse. Only the generator uses such references.
    pub fn link(&self) -> String {
        format!("{}#{}", self.file, self.pointer)
    }

    /// Parses a reference that [`Place::link`] returned.
    pub fn from_link(link: &str) -> Option<Self> {
        let (file, pointer) = link.split_once('#')?;
        Some(Self { file: file.parse().ok()?, pointer: pointer.to_owned() })
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Returns the key that a part of a JSON pointer stands for.
pub fn unescape(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_char('#')?;
        formatter.write_str(&self.pointer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_with_slashes_and_tildes_are_escaped() {
        let place = Place::root(0).at("paths").at("/v1/~a").at("get");
        assert_eq!(place.pointer, "/paths/~1v1~1~0a/get");
        assert_eq!(place.keys().collect::<Vec<_>>(), ["paths", "/v1/~a", "get"]);
        assert_eq!(Place::from_link(&place.link()), Some(place));
    }
}
