//! What a path leads to.

use std::collections::BTreeSet;

use super::tree::Tree;

/// So many re-exports lead to each other at most: a circle of them would never end.
const DEPTH: usize = 16;

/// The end of a path.
pub enum Target {
    Module(usize),
    /// An item, which has several files where `cfg_attr` chooses one.
    Item(BTreeSet<String>),
}

impl Tree {
    /// The files that a path in a module leads to; none if it leads out of the crate.
    pub fn files_of(&self, module: usize, path: &[String]) -> BTreeSet<String> {
        match self.target(module, path, 0) {
            Some(Target::Module(module)) => self.modules[module].files.clone(),
            Some(Target::Item(files)) => files,
            None => BTreeSet::new(),
        }
    }

    /// Whether a path leads to a module below the one that it stands in, or to an item there.
    pub fn is_below(&self, module: usize, path: &[String]) -> bool {
        let Some((mut deepest, rest)) = self.start(module, path, 0) else { return false };
        for name in rest {
            let Some(child) = self.modules[deepest].children.get(name) else { break };
            deepest = *child;
        }
        let mut parents = std::iter::successors(self.modules[deepest].parent, |module| self.modules[*module].parent);
        parents.any(|parent| parent == module)
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
        // What an import brings cannot be what its own path begins with.
        let import = imports.find(|import| {
            import.name.as_deref() == Some(name) && import.path.first().is_some_and(|first| first != name)
        })?;
        match self.target(module, &import.path, depth + 1)? {
            Target::Module(module) => Some(module),
            Target::Item(_) => None,
        }
    }

    /// What a name in a module stands for, also where it is re-exported there.
    fn member(&self, module: usize, name: &str, depth: usize) -> Option<Target> {
        if depth == DEPTH {
            return None;
        }
        let Some(child) = self.modules[module].children.get(name) else {
            if let Some(files) = self.modules[module].items.get(name) {
                return Some(Target::Item(files.clone()));
            }
            let exports = || self.modules[module].imports.iter().filter(|import| import.is_public);
            let named = exports().filter(|import| import.name.as_deref() == Some(name));
            let mut named = named.filter_map(|import| self.target(module, &import.path, depth + 1));
            return named.next().or_else(|| {
                let globs = exports().filter(|import| import.name.is_none());
                let mut globs = globs.filter_map(|import| self.target(module, &import.path, depth + 1));
                globs.find_map(|target| match target {
                    Target::Module(module) => self.member(module, name, depth + 1),
                    Target::Item(_) => None,
                })
            });
        };
        Some(Target::Module(*child))
    }
}
