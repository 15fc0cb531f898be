//! Multipart bodies. They have their own structs, because their files are not strings.

use std::collections::HashSet;

use openapiv3::Schema;
use proc_macro2::Ident;

use super::media::{Encoding, encoding, is_xml};
use crate::generator::document::{LONGEST_CHAIN, place_of};
use crate::generator::model::{Field, Part, PartKind, Type, TypeKind, behind_aliases};
use crate::generator::names;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::merged::{Additional, Merged};
use crate::generator::resolve::resolver::Resolver;
use crate::generator::resolve::schemas::facts;

const HELP: &str = "write `type: object`, with each part under `properties`";

impl Resolver<'_> {
    /// Defines the struct of the multipart body whose schema is at `schema`. `media` is the place of its media type.
    ///
    /// If a form cannot have the schema, returns the problem. Any other mistake is added to the errors.
    pub(super) fn multipart(
        &mut self,
        schema: Option<&Place>,
        media: &Place,
        hint: &Ident,
    ) -> Result<Type, Option<Problem>> {
        let Some(schema) = schema else { return Ok(self.undescribed_parts(media, hint)) };
        let (source, target) = self.document.read::<Schema>(schema, self.errors).ok_or(None)?;
        let facts = facts(source);
        let typ = facts.typ.clone();
        let merged = self.merge(&target, facts);
        let merged = self.with_members(merged);
        let has_parts = !merged.properties.is_empty() || !merged.required.is_empty() || !merged.conditional.is_empty();
        if !has_parts && merged.additional.is_none() {
            if merged.is_object || self.is_any(&target) {
                return Ok(self.undescribed_parts(media, hint));
            }
            if typ.as_deref() == Some("string") && self.is_binary(&target) {
                let message = "the schema of this form is a file, so its parts are not described";
                self.errors.warn(Problem::value(schema, message).help(HELP));
                return Ok(self.undescribed_parts(media, hint));
            }
            return Err(Some(Problem::value(schema, "the schema of a multipart form must be an object").help(HELP)));
        }
        let name = self.taken.unique(hint);
        let (id, ty) = self.define(name.clone(), media);
        let mut parts = Vec::new();
        for (property, places) in merged.described() {
            let kind = places.iter().rev().find_map(|place| self.part_kind(place));
            let field = self.field(property, &places, merged.required.contains_key(property), &name);
            self.finish();
            let at = media.at("encoding").at(property);
            // OpenAPI 3.1 describes a file by its media type alone.
            let is_file = |media| encoding(media) == Some(Encoding::Bytes) || is_xml(media);
            let is_bytes = field.ty == Type::Value && self.document.text(&at.at("contentType")).is_some_and(is_file);
            let kind = kind.or(is_bytes.then_some(PartKind::File));
            let media = self.part_media(&at);
            let is_json = media.as_deref().and_then(encoding) == Some(Encoding::Json);
            let kind = kind.unwrap_or_else(|| if is_json { PartKind::Json } else { self.default_kind(&field.ty) });
            self.check_encoding(&at, kind);
            let headers = self.part_headers(&at, &field, &name);
            parts.push(Part { field, kind, media, header_of: None });
            parts.extend(headers);
        }
        for field in self.conditional(&merged, &name) {
            let at = media.at("encoding").at(&field.name.wire);
            let media = self.part_media(&at);
            // A condition can name a part without a schema.
            let has_schema = self.document.object(&field.place).is_some();
            let kind = if has_schema { self.part_kind(&field.place) } else { None };
            let kind = kind.unwrap_or_else(|| self.default_kind(&field.ty));
            self.check_encoding(&at, kind);
            let headers = self.part_headers(&at, &field, &name);
            parts.push(Part { field, kind, media, header_of: None });
            parts.extend(headers);
        }
        self.mark_conditional(&merged, parts.iter_mut().map(|part| &mut part.field));
        let undescribed = self.undescribed(&[], &merged).fields;
        parts.extend(undescribed.into_iter().map(|field| Part::new(field, PartKind::Json)));
        parts.extend(self.further_parts(&merged, &target, &name));
        self.set_kind(id, Some(TypeKind::Multipart(parts)));
        Ok(ty)
    }

    /// Defines the struct of a multipart body whose parts the document does not describe: texts or files.
    fn undescribed_parts(&mut self, media: &Place, hint: &Ident) -> Type {
        let name = self.taken.unique(hint);
        let (id, ty) = self.define(name, media);
        let field = Field::additional_properties(Type::Value, media, &[]);
        self.set_kind(id, Some(TypeKind::Multipart(vec![Part::new(field, PartKind::File)])));
        ty
    }

    /// Reports what the encoding at `place` asks for and is not supported.
    fn check_encoding(&mut self, place: &Place, kind: PartKind) {
        let at = place.at("contentType");
        if matches!(kind, PartKind::Json | PartKind::Value)
            && let Some(media) = self.document.text(&at).filter(|media| is_xml(media))
        {
            let message = format!("the media type `{media}` of this part is not supported for objects");
            self.errors
                .push(Problem::value(&at, message).help("use JSON, or describe the part as a string").unsupported());
        }
    }

    /// Returns the map of the parts that the schema at `place` allows without listing them.
    fn further_parts(&mut self, merged: &Merged, place: &Place, name: &Ident) -> Option<Part> {
        let (ty, kind) = match merged.additional.as_ref()? {
            Additional::None => return None,
            Additional::Any => (Type::Value, PartKind::Value),
            Additional::Of(places) => {
                let file = places.iter().rev().find_map(|place| self.part_kind(place));
                let ty = self.element_of(places, &names::nested(name, "value"));
                (ty, file.filter(|kind| *kind == PartKind::File).unwrap_or(PartKind::Value))
            }
        };
        let mut field = Field::additional_properties(ty, place, &[]);
        field.is_pii = self.has_personal_rest(merged.additional.as_ref());
        Some(Part::new(field, kind))
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
        let part = self.errors.part();
        let kind = self.find_part_kind(place);
        // Mistakes are reported when the type is read.
        self.errors.take(part);
        kind
    }

    fn find_part_kind(&mut self, place: &Place) -> Option<PartKind> {
        let (mut open, mut seen) = (vec![(place.clone(), PartKind::File)], HashSet::new());
        let mut found = None;
        while let Some((place, kind)) = open.pop() {
            // Most schemas are of objects, which need not be read for this.
            let target = self.document.follow(&place, self.errors)?;
            self.document.object(&target).filter(|schema| !schema.contains_key("properties"))?;
            let facts = facts(self.document.read_here::<Schema>(&target, self.errors)?);
            if facts.typ.as_deref() == Some("string") {
                if facts.format.as_deref() != Some("binary") {
                    return None;
                }
                found = if kind == PartKind::Files { Some(kind) } else { found.or(Some(kind)) };
            } else if let Some(items) = facts.items.as_ref().and_then(place_of) {
                if kind == PartKind::Files {
                    return None;
                }
                open.push((items, PartKind::Files));
            } else if seen.insert(target.clone()) {
                // Without a type, the members decide. `null` is none of them.
                let members = if facts.all_of.is_empty() {
                    self.members(&facts).into_iter().map(|member| member.place).collect()
                } else {
                    self.telling(&target, &facts)
                };
                if members.is_empty() {
                    return None;
                }
                open.extend(members.into_iter().map(|member| (member, kind)));
            }
        }
        found
    }

    /// Returns whether the schema at `place` describes raw bytes.
    pub(super) fn is_binary(&mut self, place: &Place) -> bool {
        self.part_kind(place) == Some(PartKind::File)
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
            Type::Value => PartKind::Value,
            Type::Map(_) | Type::Nullable(_) | Type::List(_) | Type::Boxed(_) => PartKind::Json,
            Type::Named(id) => match self.types.get(*id).map(|definition| &definition.kind) {
                Some(TypeKind::Enum(_) | TypeKind::IntegerEnum(_)) => PartKind::Text,
                Some(TypeKind::Union(_)) => PartKind::Value,
                _ => PartKind::Json,
            },
            _ => PartKind::Text,
        }
    }
}
