//! The state of the stage. The files of `schemas` and `operations` each add methods to it.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use proc_macro2::Ident;

use super::merged::Merged;
use crate::generator::args::Args;
use crate::generator::document::Document;
use crate::generator::model::{Example, Scheme, Type, TypeDef, TypeId};
use crate::generator::problems::{Errors, Place};

/// What is known so far of the model, and what is left to read.
pub struct Resolver<'a> {
    pub document: &'a Document,
    pub errors: &'a mut Errors,
    /// The Rust names of the component schemas.
    pub names: BTreeMap<Place, Ident>,
    /// All names of types that are given.
    pub taken: BTreeSet<Ident>,
    pub types: Vec<TypeDef>,
    /// The types of the schemas that were read; nothing stands for one that is being read.
    pub by_place: HashMap<Place, Option<Type>>,
    /// What members of `allOf` say, with all that they build on.
    pub merged: HashMap<Place, Merged>,
    /// The component schemas that build on each other, once somebody asked for them.
    pub children: Option<HashMap<Place, Vec<Place>>>,
    /// The component schemas that have a name but were not read.
    pub unread: VecDeque<TypeId>,
    pub schemes: Vec<Scheme>,
    pub skips_unsupported: bool,
    pub wants_examples: bool,
    pub examples: Vec<Example>,
    pub example_names: BTreeSet<Ident>,
    pub seen_examples: BTreeSet<Place>,
    /// What was reported, and is not to be reported again: schemas of circles of `allOf`, and schemes that there are not.
    pub told: BTreeSet<Place>,
}

impl<'a> Resolver<'a> {
    pub fn new(document: &'a Document, names: BTreeMap<Place, Ident>, args: &Args, errors: &'a mut Errors) -> Self {
        Self {
            document,
            errors,
            taken: names.values().cloned().collect(),
            names,
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
        }
    }
}
