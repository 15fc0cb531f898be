//! The module tree of a crate.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, ItemMod};

use super::Sources;
use super::syntax::{self, Import};

/// A module without its tests.
#[derive(Default)]
pub struct Module {
    pub parent: Option<usize>,
    /// The file of the module, or several if `cfg_attr` chooses one of them.
    pub files: BTreeSet<String>,
    pub children: BTreeMap<String, usize>,
    /// For each name, the files that define it.
    pub items: BTreeMap<String, BTreeSet<String>>,
    pub imports: Vec<Import>,
}

/// All modules of a crate. The first one is the crate root.
pub struct Tree {
    pub modules: Vec<Module>,
    /// Each file with its module, except files that are compiled for tests only.
    pub files: Vec<(usize, String, syn::File)>,
    /// The names of the crate after `extern crate self as`.
    pub own_names: BTreeSet<String>,
}

/// The place of a declaration.
struct Place<'a> {
    file: &'a str,
    /// The folder with the files of child modules.
    folder: String,
}

impl Tree {
    pub fn new(sources: &Sources) -> Result<Self, String> {
        let mut tree = Self { modules: vec![Module::default()], files: Vec::new(), own_names: BTreeSet::new() };
        tree.add_file(sources, 0, "lib.rs")?;
        Ok(tree)
    }

    fn add_file(&mut self, sources: &Sources, module: usize, file: &str) -> Result<(), String> {
        let text = sources.get(file).ok_or_else(|| format!("there is no file {file}"))?;
        let parsed = syn::parse_file(text).map_err(|error| format!("{file}: {error}"))?;
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let folder = match name {
            "lib.rs" | "mod.rs" => folder.to_owned(),
            _ => below(folder, name.trim_end_matches(".rs")),
        };
        self.add_items(sources, module, &Place { file, folder }, &parsed.items)?;
        self.files.push((module, file.to_owned(), parsed));
        Ok(())
    }

    fn add_items(&mut self, sources: &Sources, module: usize, place: &Place<'_>, items: &[Item]) -> Result<(), String> {
        self.modules[module].files.insert(place.file.to_owned());
        for item in items {
            let (attributes, name) = syntax::head(item);
            if syntax::is_for_tests(attributes) {
                continue;
            }
            if let Some(name) = name {
                let is_exported = attributes.iter().any(|attribute| attribute.path().is_ident("macro_export"));
                let module = if is_exported { 0 } else { module };
                let files = self.modules[module].items.entry(name.to_string()).or_default();
                files.insert(place.file.to_owned());
            }
            match item {
                Item::Mod(item) => self.add_module(sources, module, place, item)?,
                Item::Use(item) => self.modules[module].imports.extend(syntax::imports(item)),
                Item::ExternCrate(item) if item.ident == "self" => {
                    self.own_names.extend(item.rename.iter().map(|(_, name)| name.to_string()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn add_module(
        &mut self,
        sources: &Sources,
        parent: usize,
        place: &Place<'_>,
        item: &ItemMod,
    ) -> Result<(), String> {
        let name = item.ident.to_string();
        let new = self.modules.len();
        let module = *self.modules[parent].children.entry(name.clone()).or_insert(new);
        if module == new {
            self.modules.push(Module { parent: Some(parent), ..Module::default() });
        }
        let folder = below(&place.folder, &name);
        if let Some((_, items)) = &item.content {
            return self.add_items(sources, module, &Place { file: place.file, folder }, items);
        }
        let mut files = syntax::paths(&item.attrs);
        for file in &mut files {
            *file = below(place.file.rsplit_once('/').map_or("", |(folder, _)| folder), file);
        }
        if files.is_empty() {
            let in_folder = format!("{folder}/mod.rs");
            files.push(if sources.contains_key(&in_folder) { in_folder } else { format!("{folder}.rs") });
        }
        files.iter().try_for_each(|file| self.add_file(sources, module, file))
    }
}

fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
