//! A struct as its users see it: a constructor with arguments, setters and fields.

use proc_macro2::Ident;
use serde_json::Value;

use super::pairs::Pairs;
use super::shown;
use crate::generator::model::{Access, Api, Field, Part, PartKind, Type, TypeDef, TypeKind, behind_aliases};
use crate::generator::problems::Place;

pub struct Group<'a> {
    api: &'a Api,
    pub name: &'a Ident,
    pub place: &'a Place,
    pub all: Vec<Held<'a>>,
    /// Whether it has a constructor and setters.
    pub is_sent: bool,
}

/// A field of a struct.
pub struct Held<'a> {
    pub field: &'a Field,
    /// The part of a multipart body that it becomes.
    part: Option<&'a Part>,
    /// Whether it is the map of unknown properties, which has no setter.
    is_rest: bool,
}

impl<'a> Group<'a> {
    /// Returns `None` if the type is not a struct.
    pub fn of(api: &'a Api, definition: &'a TypeDef) -> Option<Self> {
        let (all, is_sent): (Vec<Held<'a>>, bool) = match &definition.kind {
            TypeKind::Struct(structure) => {
                let last = structure.fields.len().checked_sub(1).filter(|_| structure.keeps_unknown == Some(true));
                let fields = structure.fields.iter().enumerate();
                let held = |(index, field)| Held { field, part: None, is_rest: Some(index) == last };
                (fields.map(held).collect(), structure.is_sent)
            }
            TypeKind::Multipart(parts) => {
                let held = |part: &'a Part| Held { field: &part.field, part: Some(part), is_rest: false };
                (parts.iter().map(held).collect(), true)
            }
            _ => return None,
        };
        Some(Self { api, name: &definition.name, place: &definition.place, all, is_sent })
    }

    /// Returns whether the constructor takes a field.
    pub fn is_argument(&self, held: &Held<'_>) -> bool {
        self.is_sent && !held.field.starts_empty() && !is_fixed(self.api, held.field)
    }

    pub fn has_setter(&self, held: &Held<'_>) -> bool {
        let is_settable = held.field.access != Access::ReadOnly && !held.is_rest;
        self.is_sent && held.field.starts_empty() && is_settable
    }

    /// Returns the properties that the constructor takes.
    pub fn arguments(&self) -> Vec<&'a str> {
        let arguments = self.all.iter().filter(|held| self.is_argument(held));
        arguments.map(|held| held.field.name.wire.as_str()).collect()
    }

    pub fn has_default(&self) -> bool {
        let is_empty = |held: &Held<'_>| held.field.starts_empty();
        if self.is_sent { self.arguments().is_empty() } else { self.all.iter().all(is_empty) }
    }

    pub fn type_of(&self, held: &Held<'_>) -> String {
        let inner = match held.file() {
            Some(file) => file.to_owned(),
            None => shown::ty(self.api, &held.field.ty),
        };
        shown::field(held.field, &inner)
    }
}

impl Held<'_> {
    /// Returns the type of a part that is a file.
    fn file(&self) -> Option<&'static str> {
        match self.part?.kind {
            PartKind::File if self.field.is_flattened => Some("BTreeMap<String, File>"),
            PartKind::File => Some("File"),
            PartKind::Files => Some("Vec<File>"),
            PartKind::Text | PartKind::Json | PartKind::Value | PartKind::Header(_) => None,
        }
    }

    /// Returns whether the values other than `None` and null have the same type.
    pub fn is_same_type(&self, new: &Held<'_>, pairs: &Pairs<'_>) -> bool {
        match (self.file(), new.file()) {
            (None, None) => pairs.is_same(&self.field.ty, &new.field.ty),
            (old, new) => old == new,
        }
    }

    /// Describes how a part of a multipart body is sent.
    pub fn sent_as(&self) -> Option<String> {
        let part = self.part?;
        Some(match (&part.media, part.kind) {
            (Some(media), _) => format!("`{media}`"),
            (None, PartKind::Text) => "text".to_owned(),
            (None, PartKind::Json) => "JSON".to_owned(),
            (None, PartKind::Value) => "text or JSON".to_owned(),
            (None, PartKind::File | PartKind::Files) => "a file".to_owned(),
            (None, PartKind::Header(_)) => "a header".to_owned(),
        })
    }
}

/// Returns whether the constructor sets a field to its only value.
fn is_fixed(api: &Api, field: &Field) -> bool {
    match (behind_aliases(&api.types, &field.ty), &field.constant) {
        (Type::Bool, Some(Value::Bool(_)))
        | (Type::String, Some(Value::String(_)))
        | (Type::F64, Some(Value::Number(_))) => true,
        (Type::I32 | Type::I64 | Type::U32 | Type::U64, Some(Value::Number(number))) => !number.is_f64(),
        (Type::Named(id), Some(Value::String(_))) => match api.types.get(*id).map(|definition| &definition.kind) {
            Some(TypeKind::Enum(variants)) => variants.len() == 1,
            _ => false,
        },
        _ => false,
    }
}
