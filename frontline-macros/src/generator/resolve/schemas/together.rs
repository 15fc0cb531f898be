//! The type of a value that several schemas describe: the members of an `allOf`, or the schemas of one property.

use openapiv3::{AnySchema, Schema};
use proc_macro2::Ident;

use super::facts::says_something;
use crate::generator::document::place_of;
use crate::generator::model::{Type, TypeKind};
use crate::generator::names;
use crate::generator::problems::Place;
use crate::generator::resolve::merged::{Additional, Merged};
use crate::generator::resolve::places::Places;
use crate::generator::resolve::plain::Plain;
use crate::generator::resolve::resolver::Resolver;

/// The maximum number of types for properties that several schemas describe. Schemas that contain each other could
/// describe each other's properties in more combinations than anyone can compile.
const MOST: usize = 10_000;

/// Keys that do not determine a type, but change the one that other schemas determine.
const CHANGING: [&str; 13] = [
    "required",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "contentEncoding",
    "contentMediaType",
    "prefixItems",
    "if",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
];

/// How a type follows from several schemas.
enum Form {
    /// One of the schemas says everything.
    Same(Place),
    Plain,
    /// The first union.
    Union,
    Map,
    Struct,
}

impl Resolver<'_> {
    /// Returns the schemas that the one at `place` builds on, without those that say nothing about its type.
    pub fn telling(&mut self, place: &Place, facts: &AnySchema) -> Vec<Place> {
        let target = self.document.reference(place, self.errors).and_then(Result::ok);
        let members = target.into_iter().chain(facts.all_of.iter().filter_map(place_of));
        let mut telling = Vec::new();
        for member in members {
            let Some((schema, target)) = self.document.read::<Schema>(&member, self.errors) else { continue };
            let keys = self.document.object(&target);
            let changes = keys.is_some_and(|schema| CHANGING.iter().any(|key| schema.contains_key(*key)));
            if changes || says_something(&super::facts::facts(schema)) {
                telling.push(member);
            }
        }
        telling
    }

    /// Returns what the schema at `place` becomes, which builds on `members`.
    pub(super) fn kind_of_all(&mut self, place: &Place, merged: &Merged, members: &[Place], name: &Ident) -> TypeKind {
        let heard;
        let merged = if merged.properties.is_empty() && !merged.unions.is_empty() && merged.has_conditional() {
            heard = self.beside_unions(merged.clone());
            &heard
        } else {
            merged
        };
        match self.form(merged, members, Some(place)) {
            Form::Same(member) => TypeKind::Alias(self.schema(&member, name)),
            Form::Plain => {
                if !merged.plain.is_typed() && merged.has_conditional() {
                    self.tell_untyped(place);
                }
                self.plain_kind(&merged.plain, name)
            }
            Form::Union => self.first_union(merged, name),
            Form::Map => TypeKind::Alias(self.map_of_all(merged, name)),
            Form::Struct => TypeKind::Struct(self.structure(std::slice::from_ref(place), merged, name)),
        }
    }

    /// Returns the type of a value that all schemas at `places` describe, as if they were the members of an `allOf`.
    pub fn together(&mut self, places: &Places, hint: &Ident) -> Type {
        let [.., last] = &**places else { return Type::Value };
        if places.only().is_some() {
            return self.schema(last, hint);
        }
        if !places.conditional.is_empty() && !self.adds(places) {
            return self.together(&places.always(), hint);
        }
        let key = places.behind(self.document);
        if let Some(Some(known)) = self.together.get(&key) {
            return known.clone();
        }
        if self.together.len() == MOST || self.together.contains_key(&key) {
            let message = "the schemas of this value contain each other without end, so it becomes any JSON value";
            self.warn_once(last, message.to_owned());
            return Type::Value;
        }
        self.together.insert(key.clone(), None);
        let part = self.errors.part();
        let ty = self.deeper(last, |inner| inner.type_together(places, last, hint));
        let is_any = self.errors.end(part, || self.document.becomes_any(last));
        let ty = ty.filter(|_| !is_any).unwrap_or(Type::Value);
        self.together.insert(key, Some(ty.clone()));
        ty
    }

    fn type_together(&mut self, places: &Places, last: &Place, hint: &Ident) -> Type {
        let merged = self.merge_places(places);
        if merged.is_object() && merged.plain.is_typed() {
            let message = "this schema contradicts another one of the same property, which is ignored";
            self.warn_once(last, message.to_owned());
            return self.schema(last, hint);
        }
        let kind = match self.form(&merged, places, None) {
            Form::Same(place) => return self.schema(&place, hint),
            Form::Map => return self.map_of_all(&merged, hint),
            Form::Plain => match self.plain_kind(&merged.plain, hint) {
                TypeKind::Alias(ty) => return ty,
                kind => Some(kind),
            },
            Form::Union => Some(self.first_union(&merged, hint)),
            // It may contain itself, so it is read later.
            Form::Struct => None,
        };
        let notes = self.notes_of(places);
        let name = self.taken.unique(hint);
        let (id, ty) = self.new_type(name, last, &notes);
        if kind.is_none() {
            self.several.insert(id, places.clone());
            self.unread.push_back(id);
        }
        self.set_kind(id, kind);
        ty
    }

    /// Returns the struct of several schemas, which [`Resolver::together`] defined.
    pub(super) fn struct_together(&mut self, places: &Places, name: &Ident) -> TypeKind {
        let merged = self.merge_places(places);
        TypeKind::Struct(self.structure(places, &merged, name))
    }

    /// `place` is the schema that builds on the members, if there is one.
    fn form(&mut self, merged: &Merged, members: &[Place], place: Option<&Place>) -> Form {
        if let Some(same) = self.same_member(merged, members, place) {
            return Form::Same(same);
        }
        if merged.plain.is_typed() {
            return Form::Plain;
        }
        let is_struct = !merged.properties.is_empty() || merged.is_open() || merged.has_conditional();
        match merged.unions.as_slice() {
            [] if merged.properties.is_empty() && merged.is_object() && !merged.has_conditional() => Form::Map,
            [] if merged.properties.is_empty() && !merged.is_object() => Form::Plain,
            [_] if !is_struct => Form::Union,
            [_, (second, _), ..] if !is_struct && !self.are_of_objects(&merged.unions) => {
                let message = "the members of this union are ignored: the values have the type of another union";
                self.warn_once(second, message.to_owned());
                Form::Union
            }
            _ => Form::Struct,
        }
    }

    /// Returns a member that determines the same type as all of them together. Named ones take precedence.
    fn same_member(&mut self, merged: &Merged, members: &[Place], place: Option<&Place>) -> Option<Place> {
        let mut same = Vec::new();
        for member in members {
            let target = self.document.behind(member);
            let is_same = self.merged.get(&target).is_some_and(|own| merged.says_same(own, self.document));
            if is_same && !place.is_some_and(|place| self.is_inherited_by(&target, place)) {
                same.push((member, target));
            }
        }
        let named = same.iter().find(|(_, target)| self.names.contains_key(target));
        named.or(same.first()).map(|(member, _)| (*member).clone())
    }

    pub(super) fn are_of_objects(&mut self, unions: &[(Place, AnySchema)]) -> bool {
        let members: Vec<Place> =
            unions.iter().flat_map(|(_, facts)| self.members(facts)).map(|member| member.place).collect();
        members.into_iter().all(|member| !self.merge_all(&[member]).plain.is_typed())
    }

    fn first_union(&mut self, merged: &Merged, name: &Ident) -> TypeKind {
        match merged.unions.first() {
            Some((at, facts)) => self.union(at, facts, name),
            None => TypeKind::Alias(Type::Value),
        }
    }

    fn plain_kind(&mut self, plain: &Plain, name: &Ident) -> TypeKind {
        let facts = AnySchema {
            typ: plain.type_of_all().map(ToOwned::to_owned),
            format: plain.format.clone(),
            minimum: plain.minimum,
            maximum: plain.maximum,
            enumeration: plain.enumeration.clone(),
            ..AnySchema::default()
        };
        if let Some(tuple) = plain.tuple.as_ref().and_then(|place| self.tuple_at(place, name)) {
            return TypeKind::Tuple(tuple);
        }
        if let Some(enumeration) = plain.place.as_ref().and_then(|place| self.enumeration(place, &facts)) {
            return enumeration;
        }
        let is_list = plain.typ.as_deref().is_none_or(|typ| typ == "array");
        TypeKind::Alias(match &plain.items {
            Some(items) if is_list => Type::List(Box::new(self.element_of(items, &names::nested(name, "item")))),
            _ => self.plain(&facts, name),
        })
    }

    fn map_of_all(&mut self, merged: &Merged, name: &Ident) -> Type {
        Type::Map(Box::new(match &merged.additional {
            Some(Additional::Of(places)) => self.element_of(places, &names::nested(name, "value")),
            _ => Type::Value,
        }))
    }

    /// Returns the type of an item of a list or a map that several schemas describe.
    pub fn element_of(&mut self, places: &Places, hint: &Ident) -> Type {
        if let Some(only) = places.only() {
            return self.element(only, hint);
        }
        let ty = self.together(places, hint);
        if ty != Type::Value && self.notes_of(places).is_nullable { Type::Nullable(Box::new(ty)) } else { ty }
    }
}
