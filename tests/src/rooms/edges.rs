//! Collects the dependencies between files.

use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ImplItem, Item, ItemMod, ItemUse, Macro, Path, Token, Visibility};

use super::syntax;
use super::tree::Tree;

/// A place where a file names an item of another file.
pub struct Edge {
    pub from: String,
    pub to: String,
    pub line: usize,
    /// The path as it is written in the first file.
    pub path: String,
}

/// Macros whose tokens become code elsewhere.
const QUOTES: [&str; 5] = ["macro_rules", "quote", "quote_spanned", "parse_quote", "parse_quote_spanned"];

/// All edges between the files of a crate.
pub fn of(tree: &Tree) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (module, file, code) in &tree.files {
        let mut reader = Reader { tree, module: *module, file, edges: &mut edges };
        reader.visit_file(code);
    }
    edges
}

/// Reads one file.
struct Reader<'a> {
    tree: &'a Tree,
    /// The current module.
    module: usize,
    file: &'a str,
    edges: &'a mut Vec<Edge>,
}

impl Reader<'_> {
    fn names(&mut self, path: &[String], line: usize) {
        for to in self.tree.files_of(self.module, path) {
            if to != self.file {
                self.edges.push(Edge { from: self.file.to_owned(), to, line, path: path.join("::") });
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !syntax::is_for_tests(syntax::head(item).0) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if !syntax::is_for_tests(syntax::attributes(item)) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if item.content.is_none() {
            return;
        }
        let outer = self.module;
        // The tree does not contain modules in functions.
        self.module = self.tree.modules[outer].children.get(&item.ident.to_string()).copied().unwrap_or(outer);
        visit::visit_item_mod(self, item);
        self.module = outer;
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        for import in syntax::imports(item) {
            if import.is_public && self.tree.is_below(self.module, &import.path) {
                continue;
            }
            self.names(&import.path, import.line);
            // A glob also imports what the module re-exports.
            let names = if import.name.is_none() { self.tree.exported(self.module, &import.path) } else { Vec::new() };
            for name in names {
                self.names(&[&import.path[..], &[name]].concat(), import.line);
            }
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let mut names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        // A re-export can be used by its name alone.
        if names.len() == 1 && self.tree.re_exports(self.module, &names[0]) {
            names.insert(0, "self".to_owned());
        }
        if path.leading_colon.is_none() && names.len() > 1 {
            self.names(&names, path.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.visit_path(&call.path);
        let name = call.path.segments.last().map(|name| name.ident.to_string()).unwrap_or_default();
        let arguments = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        if let Ok(arguments) = arguments
            && !QUOTES.contains(&&*name)
        {
            arguments.iter().for_each(|argument| self.visit_expr(argument));
        }
    }

    /// `pub(in path)` is no dependency.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}
