//! Finds what is the same in both clients: operations by their ids, types by their names. What is left over was
//! renamed if it is still in the same place: the method and the path, or the type of the same argument or field.

use std::collections::{HashMap, HashSet};

use super::links;
use crate::generator::model::{Api, Operation, Type, TypeDef, TypeId, TypeKind, placeholders};
use crate::generator::names::bare;
use crate::generator::problems::Place;

/// The client of the released document, the new one, and which of their parts belong together.
pub struct Pairs<'a> {
    pub old: &'a Api,
    pub new: &'a Api,
    pub operations: Vec<(&'a Operation, &'a Operation)>,
    /// For each type of the old client, that of the new one.
    types: Vec<Option<TypeId>>,
    /// The types of the new client that belong to one of the old.
    known: HashSet<TypeId>,
    /// The names that are aliases of a new type now.
    aliases: HashSet<String>,
}

impl<'a> Pairs<'a> {
    pub fn of(old: &'a Api, new: &'a Api) -> Self {
        let operations = operations(old, new);
        let mut pairs = Self {
            old,
            new,
            operations,
            types: vec![None; old.types.len()],
            known: HashSet::new(),
            aliases: HashSet::new(),
        };
        pairs.by_name();
        pairs.by_use();
        pairs.by_place();
        pairs.behind_aliases();
        pairs
    }

    /// Returns the types of the old client, each with that of the new one.
    pub fn types(&self) -> impl Iterator<Item = (&'a TypeDef, Option<&'a TypeDef>)> {
        let partner = |id: Option<TypeId>| self.new.types.get(id?);
        self.old.types.iter().zip(&self.types).map(move |(old, new)| (old, partner(*new)))
    }

    /// Returns the types that only the new client has.
    pub fn added_types(&self) -> impl Iterator<Item = &'a TypeDef> {
        let types = self.new.types.iter().enumerate();
        types.filter(|(id, _)| !self.known.contains(id)).map(|(_, definition)| definition)
    }

    /// Returns whether a type is the same for users, regardless of aliases. The definitions of types that belong
    /// together are compared by themselves.
    pub fn is_same(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) if self.belong_together(*old, *new) => return true,
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new))
            | (Type::Boxed(old), Type::Boxed(new)) => return self.is_same(old, new),
            _ => {}
        }
        match (target(self.old, old), target(self.new, new)) {
            (Some(behind), _) => self.is_same(behind, new),
            (None, Some(behind)) => self.is_same(old, behind),
            // The numbers of types mean nothing in the other client.
            (None, None) => old == new && !matches!(old, Type::Named(_)),
        }
    }

    /// Returns whether two types are the same one, perhaps with a new name.
    pub fn belong_together(&self, old: TypeId, new: TypeId) -> bool {
        self.types.get(old) == Some(&Some(new))
    }

    fn by_name(&mut self) {
        let ids: HashMap<String, TypeId> =
            self.new.types.iter().enumerate().map(|(id, definition)| (bare(&definition.name), id)).collect();
        for (id, definition) in self.old.types.iter().enumerate() {
            if let Some(new) = ids.get(&bare(&definition.name)) {
                self.pair(id, *new);
            }
        }
    }

    /// Follows all uses of types, beginning with the operations.
    fn by_use(&mut self) {
        let mut open: Vec<(TypeId, TypeId)> = Vec::new();
        for (old, new) in self.operations.clone() {
            // The parameters of an operation have one struct, whatever is in it.
            if let (Some(old), Some(new)) = (&old.options, &new.options)
                && self.is_free(old.ty, new.ty)
            {
                self.pair(old.ty, new.ty);
            }
            open.extend(links::of_operations(old, new));
        }
        open.extend(self.types.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))));
        let mut seen = HashSet::new();
        while let Some((old, new)) = open.pop() {
            let (Some(one), Some(other)) = (self.old.types.get(old), self.new.types.get(new)) else { continue };
            if self.is_free(old, new) && links::are_alike(&one.kind, &other.kind) {
                self.pair(old, new);
            }
            if self.belong_together(old, new) && seen.insert(old) {
                open.extend(links::of_kinds(&one.kind, &other.kind));
            }
        }
    }

    fn by_place(&mut self) {
        let free = self.new.types.iter().enumerate().filter(|(id, _)| !self.known.contains(id));
        let ids: HashMap<&Place, TypeId> = free.map(|(id, definition)| (&definition.place, id)).collect();
        for (id, definition) in self.old.types.iter().enumerate() {
            let Some(new) = ids.get(&definition.place).copied().filter(|new| self.is_free(id, *new)) else { continue };
            let other = self.new.types.get(new).map(|definition| &definition.kind);
            if other.is_some_and(|other| links::are_alike(&definition.kind, other)) {
                self.pair(id, new);
            }
        }
    }

    /// Looks behind aliases of new types: `Pet` can become another name for a type with the same content.
    fn behind_aliases(&mut self) {
        for (id, definition) in self.old.types.iter().enumerate() {
            let Some(Some(new)) = self.types.get(id).copied() else { continue };
            let Some(Type::Named(behind)) = target(self.new, &Type::Named(new)) else { continue };
            if !matches!(definition.kind, TypeKind::Alias(_)) && !self.known.contains(behind) {
                self.pair(id, *behind);
                self.aliases.insert(bare(&definition.name));
            }
        }
    }

    /// Returns whether a type of the old client has its name still, although it is defined under another one.
    pub fn is_alias_now(&self, name: &str) -> bool {
        self.aliases.contains(name)
    }

    fn is_free(&self, old: TypeId, new: TypeId) -> bool {
        self.types.get(old) == Some(&None) && !self.known.contains(&new)
    }

    fn pair(&mut self, old: TypeId, new: TypeId) {
        if let Some(slot) = self.types.get_mut(old) {
            *slot = Some(new);
            self.known.insert(new);
        }
    }
}

/// Returns the type that an alias stands for.
fn target<'a>(api: &'a Api, ty: &Type) -> Option<&'a Type> {
    let Type::Named(id) = ty else { return None };
    match &api.types.get(*id)?.kind {
        TypeKind::Alias(target) => Some(target),
        _ => None,
    }
}

fn operations<'a>(old: &'a Api, new: &'a Api) -> Vec<(&'a Operation, &'a Operation)> {
    let ids: HashMap<&str, &Operation> = new.operations.iter().map(|each| (each.name.wire.as_str(), each)).collect();
    let released: HashSet<&str> = old.operations.iter().map(|each| each.name.wire.as_str()).collect();
    let others = new.operations.iter().filter(|each| !released.contains(each.name.wire.as_str()));
    let requests: HashMap<String, &Operation> = others.map(|each| (request(each), each)).collect();
    let pair = |operation: &'a Operation| {
        let same = ids.get(operation.name.wire.as_str()).or_else(|| requests.get(&request(operation)));
        Some((operation, *same?))
    };
    old.operations.iter().filter_map(pair).collect()
}

/// Returns the method and the path of an operation, without the names of its parameters.
pub fn request(operation: &Operation) -> String {
    let names = placeholders(&operation.path);
    let path = names.iter().fold(operation.path.clone(), |path, name| path.replace(&format!("{{{name}}}"), "{}"));
    format!("{} {path}", operation.method.as_str())
}
