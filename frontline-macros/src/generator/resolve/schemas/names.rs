//! The names of component schemas, and of other schemas that are written to be referred to.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use crate::generator::args::Args;
use crate::generator::document::Document;
use crate::generator::names;
use crate::generator::problems::{Errors, Place, Problem, did_you_mean};
use crate::generator::resolve::root::Root;

/// Returns the Rust names of the component schemas. The macro's `rename` takes precedence over the document's
/// `x-rust-name`. All other names follow the rules of `names`.
pub fn schema_names(root: &Root, document: &Document, args: &Args, errors: &mut Errors) -> BTreeMap<Place, Ident> {
    let schemas: Vec<String> = root.schemas.iter().map(Place::key).collect();
    let mut chosen = BTreeMap::new();
    for place in &root.schemas {
        let at = place.at("x-rust-name");
        let Some(name) = document.value(&at) else { continue };
        match name.as_str().and_then(|name| syn::parse_str::<Ident>(name).ok()) {
            Some(name) => {
                chosen.insert(place.key(), name);
            }
            None => {
                let problem = Problem::value(&at, "`x-rust-name` must be the name of a Rust type, such as `User`");
                errors.spare(problem, "this name is ignored");
            }
        }
    }
    let mut renamed = BTreeSet::new();
    for (schema, name) in &args.rename {
        if !schemas.contains(&schema.value()) {
            let suggestion = did_you_mean(&schema.value(), schemas.iter().map(String::as_str));
            let message = format!("the document has no schema `{}`{suggestion}", schema.value());
            errors.push(Problem::input(schema.span(), message));
        }
        if !renamed.insert(schema.value()) {
            let message = format!("the schema `{}` is renamed twice; keep one of its names", schema.value());
            errors.push(Problem::input(schema.span(), message));
        }
        chosen.insert(schema.value(), name.clone());
    }
    let mut seen = BTreeSet::new();
    chosen.retain(|schema, name| {
        let is_first = seen.insert(name.clone());
        if !is_first {
            errors.push(Problem::input(
                args.path.span(),
                format!("two schemas, including `{schema}`, are renamed to `{name}`"),
            ));
        }
        is_first
    });
    let (names, numbered) = names::schemas(&schemas, &chosen);
    for place in root.schemas.iter().filter(|place| numbered.contains(&place.key())) {
        if let Some(name) = names.get(&place.key()) {
            errors.warn(numbered_type(place, name));
        }
    }
    let names = root.schemas.iter().filter_map(|place| Some((place.clone(), names.get(&place.key())?.clone())));
    names.collect()
}

fn numbered_type(place: &Place, name: &Ident) -> Problem {
    Problem::key(
        place,
        format!("this schema becomes the type `{name}`, because another schema has the name without the number"),
    )
    .help("choose a name with `x-rust-name`")
}

/// Keys of schemas, parameters and media types whose value is a schema without a name.
const INSIDE: [&str; 6] = ["schema", "itemSchema", "items", "additionalProperties", "unevaluatedProperties", "not"];

/// Returns the name of a schema that is not a component but is written to be referred to: as a separate file, or among
/// the definitions of a schema or of another file.
pub(super) fn own_wire_name(document: &Document, place: &Place) -> Option<String> {
    let keys: Vec<String> = place.keys().collect();
    match keys.as_slice() {
        [] => Some(document.files().get(place.file)?.path.file_stem()?.to_string_lossy().into_owned()),
        [only] if place.file > 0 && !INSIDE.contains(&only.as_str()) => Some(only.clone()),
        [.., kind, name] if matches!(kind.as_str(), "schemas" | "definitions" | "$defs") => Some(name.clone()),
        _ => None,
    }
}

pub(super) fn own_name(document: &Document, place: &Place) -> Option<Ident> {
    own_wire_name(document, place).map(|name| names::camel(&name))
}
