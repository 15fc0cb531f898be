//! Responses that are streams of events or JSON values.

use openapiv3::{MediaType, Schema};
use proc_macro2::Ident;

use super::media::Encoding;
use crate::generator::document::place_of;
use crate::generator::model::{Field, Stream, StreamFormat, Type, TypeKind, behind_aliases};
use crate::generator::names;
use crate::generator::problems::{Errors, Place};
use crate::generator::resolve::resolver::Resolver;
use crate::generator::resolve::schemas::facts;

/// The fields of an event (WHATWG HTML, section 9.2.6).
const FIELDS: [&str; 4] = ["event", "data", "id", "retry"];

impl Resolver<'_> {
    /// Reads a media type as a stream.
    pub(super) fn stream(&mut self, media: String, encoding: Encoding, at: &Place, operation: &Ident) -> Stream {
        let schema = self.item_schema(at);
        let hint = names::nested(operation, if encoding == Encoding::Events { "event" } else { "item" });
        let item = schema.map_or(Type::Value, |schema| match encoding {
            Encoding::Events => self.schema(&schema, &hint),
            _ => self.element(&schema, &hint),
        });
        self.finish();
        let (item, format) = match encoding {
            Encoding::Events => self.events(item, &hint),
            // The schema describes a line as a string, which says nothing about the JSON value in it.
            _ if *behind_aliases(&self.types, &item.clone().without_null()) == Type::String => {
                (Type::Value, StreamFormat::Lines)
            }
            _ => (item, StreamFormat::Lines),
        };
        let format = if encoding == Encoding::Sequence { StreamFormat::Sequence } else { format };
        Stream { item, format, media }
    }

    /// Returns whether a media type is read item by item. Lines that are described as bytes are a file.
    pub(super) fn is_stream(&mut self, encoding: Encoding, media: &Place) -> bool {
        let is_file = encoding != Encoding::Events
            && self.document.value(&media.at("schema")).is_some()
            && self.is_binary(&media.at("schema"));
        encoding.is_stream() && !is_file
    }

    /// Returns the schema of an item: `itemSchema` (OpenAPI 3.2), the `items` of a list, or else `schema` itself.
    fn item_schema(&mut self, media: &Place) -> Option<Place> {
        let source: MediaType = self.document.read_here(media, self.errors)?;
        let own = media.at("itemSchema");
        if self.document.value(&own).is_some() {
            return Some(own);
        }
        let place = place_of(&source.schema?)?;
        // Mistakes in the schema are reported when its type is read.
        let schema = self.document.read::<Schema>(&place, &mut Errors::default());
        let items = schema.and_then(|(schema, _)| facts(schema).items);
        Some(items.as_ref().and_then(place_of).unwrap_or(place))
    }

    /// Returns whether two streams have items of the same schema.
    pub(super) fn has_same_items(&mut self, one: &Place, other: &Place) -> bool {
        let [one, other] = [one, other].map(|media| self.item_schema(media).map(|item| self.document.behind(&item)));
        let schema = |item: Option<Place>| item.and_then(|item| self.document.value(&item));
        schema(one) == schema(other)
    }

    /// Returns the type of an event's data, and the format. Many documents describe the whole event instead of its
    /// data.
    fn events(&mut self, ty: Type, hint: &Ident) -> (Type, StreamFormat) {
        let item = match self.data(&ty).map(|data| (data.place.at("contentSchema"), data.ty.clone())) {
            Some((schema, _)) if self.document.value(&schema).is_some() => {
                let data = self.schema(&schema, &names::nested(hint, "data"));
                self.finish();
                data
            }
            Some((_, data)) => data,
            None => ty,
        };
        match behind_aliases(&self.types, &item) {
            Type::String => (Type::String, StreamFormat::TextEvents),
            Type::Named(id) => match self.types.get(*id).map(|definition| &definition.kind) {
                Some(TypeKind::Union(union)) if union.variants.iter().all(|each| self.data(&each.ty).is_some()) => {
                    (item, StreamFormat::WholeEvents)
                }
                _ => (item, StreamFormat::Events),
            },
            _ => (item, StreamFormat::Events),
        }
    }

    /// Returns the field `data` of a type, if the type describes a whole event.
    fn data(&self, ty: &Type) -> Option<&Field> {
        let Type::Named(id) = behind_aliases(&self.types, ty) else { return None };
        let TypeKind::Struct(structure) = &self.types.get(*id)?.kind else { return None };
        let mut properties = structure.fields.iter().filter(|field| !field.is_flattened);
        let are_all_known = properties.clone().all(|field| FIELDS.contains(&field.name.wire.as_str()));
        properties.find(|field| field.name.wire == "data").filter(|_| are_all_known)
    }
}
