//! The state of this stage.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use proc_macro2::Ident;
use serde_json::Value;

use super::merged::Merged;
use super::null::Null;
use super::places::Places;
use crate::generator::args::Args;
use crate::generator::document::Document;
use crate::generator::model::{Example, Scheme, Type, TypeDef, TypeId};
use crate::generator::names::Taken;
use crate::generator::problems::{Errors, Place, Problem};

/// The maximum number of schemas that contain or extend each other without being components. Each is a few calls on the
/// stack.
const DEEPEST: usize = 100;

/// The model as far as it is known, and what is left to read. The files of `schemas` and `operations` add methods.
pub struct Resolver<'a> {
    pub document: &'a Document,
    pub errors: &'a mut Errors,
    /// The Rust names of the component schemas.
    pub names: BTreeMap<Place, Ident>,
    /// All names of types that are in use.
    pub taken: Taken,
    pub types: Vec<TypeDef>,
    /// The types of the schemas that were read, or `None` for a schema that is being read.
    pub by_place: HashMap<Place, Option<Type>>,
    /// The merged members of `allOf`, as a cache.
    pub merged: HashMap<Place, Merged>,
    /// The constants among the properties of schemas, as a cache.
    pub constants: HashMap<Place, BTreeMap<String, Value>>,
    /// The types of values that several schemas describe together, or `None` while they are being read.
    pub together: HashMap<Places, Option<Type>>,
    /// The schemas of the structs among them that are not read yet.
    pub several: HashMap<TypeId, Places>,
    /// The schemas of properties that several conditions describe, by the place of the union of them.
    pub forms: HashMap<Place, Vec<Place>>,
    /// The schemas with `x-rust-keep-unknown`, each with whether it was heeded.
    pub keeping: BTreeMap<Place, bool>,
    /// Schemas whose values are not personal data, as a cache.
    pub impersonal: RefCell<HashSet<Place>>,
    /// Whether schemas allow null, as a cache.
    pub nullable: HashMap<Place, Null>,
    /// The number of schemas around the one that is being read.
    depth: usize,
    /// The component schemas that extend each component schema, once they are needed.
    pub children: Option<HashMap<Place, Vec<Place>>>,
    /// The schemas that contain each schema as a member of a union, once they are needed.
    pub around: Option<HashMap<Place, Vec<Place>>>,
    /// The named schemas that have a definition but are not read yet.
    pub unread: VecDeque<TypeId>,
    pub schemes: Vec<Scheme>,
    /// Whether structs keep unknown properties, or `None` if that depends on their use.
    pub keeps_unknown: Option<bool>,
    /// Whether objects and lists in forms have the style `deepObject` where the document names none.
    pub has_brackets: bool,
    pub wants_examples: bool,
    pub examples: Vec<Example>,
    pub example_names: Taken,
    pub seen_examples: BTreeSet<Place>,
    /// Places of problems that are reported only once: cycles and contradictions of `allOf`, and undefined security schemes.
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
            constants: HashMap::new(),
            together: HashMap::new(),
            several: HashMap::new(),
            forms: HashMap::new(),
            keeping: BTreeMap::new(),
            nullable: HashMap::new(),
            impersonal: RefCell::default(),
            depth: 0,
            children: None,
            around: None,
            unread: VecDeque::new(),
            schemes: Vec::new(),
            keeps_unknown: args.keep_unknown,
            has_brackets: args.has_brackets,
            wants_examples: args.test_examples,
            examples: Vec::new(),
            example_names: Taken::default(),
            seen_examples: BTreeSet::new(),
            told: BTreeSet::new(),
        }
    }
    /// Runs `read`, which reads the schema at `place` and those inside of it. Reports a schema that is too deep, and
    /// returns `None`.
    pub fn deeper<T>(&mut self, place: &Place, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth == DEEPEST {
            let message = format!("more than {DEEPEST} schemas contain or extend each other, down to this one");
            let help = "move inner schemas to `components`, and let fewer schemas extend each other";
            self.errors.push(Problem::value(place, message).help(help));
            return None;
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        Some(value)
    }
}
