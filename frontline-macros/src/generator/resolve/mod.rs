//! The document to the model: references followed, names fixed, boxes set.

mod body;
mod depth;
mod distinct;
mod enums;
mod examples;
mod facts;
mod inheritance;
mod marks;
mod media;
mod merge;
mod multipart;
mod notes;
mod operations;
mod overlap;
mod pages;
mod parameters;
mod paths;
mod plain;
mod recursion;
mod responses;
mod root;
mod schemas;
mod security;
mod skip;
mod streams;
mod unions;
mod unused;
mod values;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use merge::Merged;
use proc_macro2::Ident;

use super::args::Args;
use super::document::Document;
use super::model::{Api, Example, Scheme, Type, TypeDef, TypeId};
use super::problems::{Errors, Place};

/// What is known so far of the model, and what is left to read.
struct Resolver<'a> {
    document: &'a Document,
    errors: &'a mut Errors,
    /// The Rust names of the component schemas.
    names: BTreeMap<Place, Ident>,
    /// All names of types that are given.
    taken: BTreeSet<Ident>,
    types: Vec<TypeDef>,
    /// The types of the schemas that were read; nothing stands for one that is being read.
    by_place: HashMap<Place, Option<Type>>,
    /// What members of `allOf` say, with all that they build on.
    merged: HashMap<Place, Merged>,
    /// The component schemas that build on each other, once somebody asked for them.
    children: Option<HashMap<Place, Vec<Place>>>,
    /// The component schemas that have a name but were not read.
    unread: VecDeque<TypeId>,
    schemes: Vec<Scheme>,
    skips_unsupported: bool,
    wants_examples: bool,
    examples: Vec<Example>,
    example_names: BTreeSet<Ident>,
    seen_examples: BTreeSet<Place>,
    /// What was reported, and is not to be reported again: schemas of circles of `allOf`, and schemes that there are not.
    told: BTreeSet<Place>,
}

/// The model of the document. It is whole only if no error was added.
pub fn resolve(document: &Document, args: &Args, errors: &mut Errors) -> Option<Api> {
    let root = root::read(document, errors)?;
    let names = root::schema_names(&root, document, args, errors);
    let taken = names.values().cloned().collect();
    let mut resolver = Resolver {
        document,
        errors,
        names,
        taken,
        types: Vec::new(),
        by_place: HashMap::new(),
        merged: HashMap::new(),
        children: None,
        unread: VecDeque::new(),
        schemes: Vec::new(),
        skips_unsupported: args.skip_unsupported,
        wants_examples: args.test_examples,
        examples: Vec::new(),
        example_names: BTreeSet::new(),
        seen_examples: BTreeSet::new(),
        told: BTreeSet::new(),
    };
    if args.operations.is_none() {
        for schema in &root.schemas {
            resolver.component(schema);
        }
        resolver.finish();
    }
    resolver.security_schemes(&root);
    let operations = resolver.operations(&root, args);
    if args.operations.is_none() {
        resolver.webhooks();
        resolver.check_unused();
    }
    let mut api = Api {
        docs: root.docs,
        server: root.server,
        schemes: resolver.schemes,
        types: resolver.types,
        operations,
        examples: resolver.examples,
    };
    distinct::number(&mut api, errors);
    recursion::set_boxes(&mut api.types, errors);
    marks::mark(&mut api);
    depth::limit(&mut api.types, errors);
    pages::find(&mut api);
    streams::name(&mut api);
    Some(api)
}
