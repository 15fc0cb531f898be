//! Resolves paths.

use std::collections::BTreeSet;

use super::tree::Tree;

/// The maximum number of re-exports that are followed. A circle of re-exports has no end.
const DEPTH: usize = 16;

/// What a path names.
pub enum Target {
    Module(usize),
    /// The files of an item. There are several if `cfg_attr` chooses one of them.
    Item(BTreeSet<String>),
}

impl Tree {
    /// The files that define what a path names. They are empty if it names an item of another crate.
    pub fn files_of(&self, module: usize, path: &[String]) -> BTreeSet<String> {
        match self.target(module, path, 0) {
            Some(Target::Module(module)) => self.modules[module].files.clone(),
            Some(Target::Item(files)) => files,
            None => BTreeSet::new(),
        }
    }

    /// Whether a path names a descendant of the module that contains the path.
    pub fn is_below(&self, module: usize, path: &[String]) -> bool {
        let Some((mut deepest, rest)) = self.start(module, path, 0) else { return false };
        for name in rest {
            let Some(child) = self.modules[deepest].children.get(name) else { break };
            deepest = *child;
        }
        let mut parents = std::iter::successors(self.modules[deepest].parent, |module| self.modules[*module].parent);
        parents.any(|parent| parent == module)
    }

    /// Whether a module re-exports something under a name.
    pub fn re_exports(&self, module: usize, name: &str) -> bool {
        let mut imports = self.modules[module].imports.iter();
        imports.any(|import| import.is_public && import.name.as_deref() == Some(name))
    }

    /// The names that the module at a path re-exports.
    pub fn exported(&self, module: usize, path: &[String]) -> Vec<String> {
        let Some(Target::Module(module)) = self.target(module, path, 0) else { return Vec::new() };
        let exports = self.modules[module].imports.iter().filter(|import| import.is_public);
        exports.filter_map(|import| import.name.clone()).collect()
    }

    fn target(&self, module: usize, path: &[String], depth: usize) -> Option<Target> {
        let (mut module, rest) = self.start(module, path, depth)?;
        for name in rest {
            module = match self.member(module, name, depth) {
                Some(Target::Module(module)) => module,
                Some(item) => return Some(item),
                None => return Some(Target::Item(self.modules[module].files.clone())),
            };
        }
        Some(Target::Module(module))
    }

    /// The module that a path begins with, and the rest of the path.
    fn start<'a>(&self, module: usize, path: &'a [String], depth: usize) -> Option<(usize, &'a [String])> {
        let (first, rest) = path.split_first()?;
        match &**first {
            "crate" => Some((0, rest)),
            name if self.own_names.contains(name) => Some((0, rest)),
            "self" if rest.first().is_some_and(|next| next == "super") => self.start(module, rest, depth),
            "self" => Some((module, rest)),
            "super" => {
                let parent = self.modules[module].parent?;
                let is_more = rest.first().is_some_and(|next| next == "super");
                if is_more { self.start(parent, rest, depth) } else { Some((parent, rest)) }
            }
            name => {
                let child = self.modules[module].children.get(name).copied();
                child.or_else(|| self.imported_module(module, name, depth)).map(|module| (module, rest))
            }
        }
    }

    fn imported_module(&self, module: usize, name: &str, depth: usize) -> Option<usize> {
        if depth == DEPTH {
            return None;
        }
        let mut imports = self.modules[module].imports.iter();
        // An import such as `use a::{self}` does not define the `a` in its own path.
        let import = imports.find(|import| {
            import.name.as_deref() == Some(name) && import.path.first().is_some_and(|first| first != name)
        })?;
        match self.target(module, &import.path, depth + 1)? {
            Target::Module(module) => Some(module),
            Target::Item(_) => None,
        }
    }

    /// What a module defines or re-exports under a name.
    fn member(&self, module: usize, name: &str, depth: usize) -> Option<Target> {
        if depth == DEPTH {
            return None;
        }
        if let Some(child) = self.modules[module].children.get(name) {
            return Some(Target::Module(*child));
        }
        if let Some(files) = self.modules[module].items.get(name) {
            return Some(Target::Item(files.clone()));
        }
        let named = self.exports(module, Some(name), depth + 1).next();
        named.or_else(|| {
            self.exports(module, None, depth + 1).find_map(|glob| match glob {
                Target::Module(module) => self.member(module, name, depth + 1),
                Target::Item(_) => None,
            })
        })
    }

    /// What a module re-exports under a name. Without a name, what it re-exports with globs.
    fn exports<'a>(&'a self, module: usize, name: Option<&'a str>, depth: usize) -> impl Iterator<Item = Target> + 'a {
        let imports = self.modules[module].imports.iter();
        let exports = imports.filter(move |import| import.is_public && import.name.as_deref() == name);
        exports.filter_map(move |import| self.target(module, &import.path, depth))
    }
}
