//! Multipart bodies. They have their own structs, because their files are not strings.

use openapiv3::Schema;
use proc_macro2::Ident;

use super::media::{Encoding, encoding};
use crate::generator::document::{LONGEST_CHAIN, place_of};
use crate::generator::model::{Part, PartKind, Type, TypeKind, behind_aliases};
use crate::generator::problems::Place;
use crate::generator::resolve::merged::Merged;
use crate::generator::resolve::resolver::Resolver;
use crate::generator::resolve::schemas::facts;

impl Resolver<'_> {
    /// Defines the struct of the multipart body whose schema is at `schema`. `media` is the place of its media type.
    pub(super) fn multipart(&mut self, schema: &Place, media: &Place, hint: &Ident) -> Option<Type> {
        let (source, target) = self.document.read::<Schema>(schema, self.errors)?;
        let merged = self.merge(&target, facts(source));
        let merged = self.with_members(merged);
        let name = self.taken.unique(hint);
        let (id, ty) = self.define(name.clone(), media);
        let mut parts = Vec::new();
        for (property, places) in &merged.properties {
            let kind = places.iter().rev().find_map(|place| self.part_kind(place));
            let field = self.field(property, places, merged.required.contains_key(property), &name);
            self.finish();
            let media = self.part_media(&media.at("encoding").at(property));
            let is_json = media.as_deref().and_then(encoding) == Some(Encoding::Json);
            let kind = kind.unwrap_or_else(|| if is_json { PartKind::Json } else { self.default_kind(&field.ty) });
            parts.push(Part { field, kind, media });
        }
        for field in self.conditional(&merged, &name) {
            let media = self.part_media(&media.at("encoding").at(&field.name.wire));
            // A condition can name a part without a schema.
            let has_schema = self.document.object(&field.place).is_some();
            let kind = if has_schema { self.part_kind(&field.place) } else { None };
            parts.push(Part { kind: kind.unwrap_or_else(|| self.default_kind(&field.ty)), field, media });
        }
        let undescribed = self.undescribed(&merged).into_iter();
        parts.extend(undescribed.map(|field| Part { field, kind: PartKind::Json, media: None }));
        self.set_kind(id, Some(TypeKind::Multipart(parts)));
        Some(ty)
    }

    /// Adds the parts of all members of unions. A part that only a member requires is optional.
    fn with_members(&mut self, mut merged: Merged) -> Merged {
        for (_, union) in std::mem::take(&mut merged.unions) {
            for member in union.one_of.iter().chain(&union.any_of).filter_map(place_of) {
                let Some((source, target)) = self.document.read::<Schema>(&member, self.errors) else { continue };
                let mut other = self.merge(&target, facts(source));
                other.required.clear();
                other = self.with_members(other);
                merged.add_missing(&other, self.document);
            }
        }
        merged
    }

    /// Returns the media type that the encoding at `place` sets for a part. It is the first one, unless that is a range
    /// such as `image/*`.
    fn part_media(&self, place: &Place) -> Option<String> {
        let media = self.document.text(&place.at("contentType"))?.split(',').next()?.trim();
        (!media.is_empty() && !media.contains('*')).then(|| media.to_owned())
    }

    /// Returns the kind of a part that is a file or a list of files.
    fn part_kind(&mut self, place: &Place) -> Option<PartKind> {
        if self.is_binary(place) {
            return Some(PartKind::File);
        }
        let (schema, _) = self.document.read::<Schema>(place, self.errors)?;
        let items = facts(schema).items.as_ref().and_then(place_of)?;
        self.is_binary(&items).then_some(PartKind::Files)
    }

    /// Returns whether the schema at `place` describes raw bytes.
    pub(super) fn is_binary(&mut self, place: &Place) -> bool {
        let schema = self.document.read::<Schema>(place, self.errors).map(|(schema, _)| facts(schema));
        schema.is_some_and(|facts| facts.typ.as_deref() == Some("string") && facts.format.as_deref() == Some("binary"))
    }

    /// Returns the kind of a part without a media type: text for scalars and lists of them, JSON for objects (OpenAPI
    /// 3.0, "Special Considerations for multipart Content").
    fn default_kind(&self, ty: &Type) -> PartKind {
        let mut value = behind_aliases(&self.types, ty);
        // A list can contain itself.
        for _ in 0..LONGEST_CHAIN {
            let (Type::Nullable(inside) | Type::List(inside) | Type::Boxed(inside)) = value else { break };
            value = behind_aliases(&self.types, inside);
        }
        match value {
            Type::Map(_) | Type::Value | Type::Nullable(_) | Type::List(_) | Type::Boxed(_) => PartKind::Json,
            Type::Named(id) => match self.types.get(*id).map(|definition| &definition.kind) {
                Some(TypeKind::Enum(_) | TypeKind::IntegerEnum(_)) => PartKind::Text,
                _ => PartKind::Json,
            },
            _ => PartKind::Text,
        }
    }
}
