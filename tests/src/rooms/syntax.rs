//! Reads imports, attributes and names from syntax trees.

use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, ExprLit, ImplItem, Item, ItemUse, Lit, Meta, MetaList, MetaNameValue, Token, UseTree, Visibility,
};

/// One name or glob in a `use` declaration.
pub struct Import {
    /// The new name in the module. A glob has none.
    pub name: Option<String>,
    pub path: Vec<String>,
    pub line: usize,
    /// Whether the declaration has a visibility, such as `pub` or `pub(crate)`.
    pub is_public: bool,
}

/// The imports of a declaration, except one whose path begins with `::`.
pub fn imports(item: &ItemUse) -> Vec<Import> {
    let mut imports = Vec::new();
    if item.leading_colon.is_none() {
        let is_public = !matches!(item.vis, Visibility::Inherited);
        gather(&item.tree, &[], is_public, &mut imports);
    }
    imports
}

fn gather(tree: &UseTree, before: &[String], is_public: bool, imports: &mut Vec<Import>) {
    let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
    let (name, path, span) = match tree {
        UseTree::Path(path) => return gather(&path.tree, &with(&path.ident), is_public, imports),
        UseTree::Group(group) => {
            return group.items.iter().for_each(|tree| gather(tree, before, is_public, imports));
        }
        UseTree::Glob(glob) => (None, before.to_vec(), glob.star_token.spans[0]),
        UseTree::Name(name) if name.ident == "self" => (before.last().cloned(), before.to_vec(), name.ident.span()),
        UseTree::Name(name) => (Some(name.ident.to_string()), with(&name.ident), name.ident.span()),
        UseTree::Rename(name) if name.ident == "self" => {
            (Some(name.rename.to_string()), before.to_vec(), name.ident.span())
        }
        UseTree::Rename(name) => (Some(name.rename.to_string()), with(&name.ident), name.ident.span()),
    };
    imports.push(Import { name, path, line: span.start().line, is_public });
}

/// Whether an item is compiled for tests only.
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    let conditions = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    conditions.filter_map(|attribute| attribute.parse_args::<Meta>().ok()).any(|condition| needs_test(&condition))
}

fn needs_test(condition: &Meta) -> bool {
    match condition {
        Meta::Path(path) => path.is_ident("test") || path.is_ident("doctest"),
        Meta::List(list) if list.path.is_ident("all") => metas(list).iter().any(needs_test),
        Meta::List(list) if list.path.is_ident("any") => metas(list).iter().all(needs_test),
        _ => false,
    }
}

/// The files that are named by `#[path]` and `#[cfg_attr(…, path)]`.
pub fn paths(attributes: &[Attribute]) -> Vec<String> {
    let paths = attributes.iter().flat_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => metas(list).iter().filter_map(path).collect(),
        meta => Vec::from_iter(path(meta)),
    });
    paths.collect()
}

fn metas(list: &MetaList) -> Vec<Meta> {
    let metas = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    metas.map(|metas| metas.into_iter().collect()).unwrap_or_default()
}

/// The text of `path = "…"`.
fn path(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(MetaNameValue { path, value: Expr::Lit(ExprLit { lit: Lit::Str(text), .. }), .. }) => {
            path.is_ident("path").then(|| text.value())
        }
        _ => None,
    }
}

/// The attributes of an item, and its name if it defines one.
pub fn head(item: &Item) -> (&[Attribute], Option<&syn::Ident>) {
    match item {
        Item::Const(item) => (&item.attrs, Some(&item.ident)),
        Item::Enum(item) => (&item.attrs, Some(&item.ident)),
        Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
        Item::Impl(item) => (&item.attrs, None),
        Item::Macro(item) => (&item.attrs, item.ident.as_ref()),
        Item::Mod(item) => (&item.attrs, None),
        Item::Static(item) => (&item.attrs, Some(&item.ident)),
        Item::Struct(item) => (&item.attrs, Some(&item.ident)),
        Item::Trait(item) => (&item.attrs, Some(&item.ident)),
        Item::Type(item) => (&item.attrs, Some(&item.ident)),
        Item::Union(item) => (&item.attrs, Some(&item.ident)),
        Item::Use(item) => (&item.attrs, None),
        _ => (&[], None),
    }
}

/// The attributes of an item in an `impl`.
pub fn attributes(item: &ImplItem) -> &[Attribute] {
    match item {
        ImplItem::Const(item) => &item.attrs,
        ImplItem::Fn(item) => &item.attrs,
        ImplItem::Type(item) => &item.attrs,
        _ => &[],
    }
}
