//! Webhooks: requests that the service sends. The client contains the types of their payloads.

use openapiv3::{MediaType, Operation, PathItem, RequestBody};

use super::media::Encoding;
use super::operation::METHODS;
use crate::generator::document::place_of;
use crate::generator::model::{Type, TypeKind};
use crate::generator::names;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Defines a type for the payload of each webhook.
    pub fn webhooks(&mut self) {
        for (name, place) in self.document.entries(&Place::root(0).at("webhooks")) {
            let part = self.errors.part();
            if let Some((_, item)) = self.document.read::<PathItem>(&place, self.errors) {
                for operation in METHODS.map(|(method, _)| item.at(method)) {
                    if self.document.value(&operation).is_some() {
                        self.webhook(&name, &operation);
                    }
                }
            }
            self.errors.end(part, || format!("the webhook `{name}` is read only in part"));
        }
        self.finish();
    }

    fn webhook(&mut self, name: &str, place: &Place) -> Option<()> {
        let operation: Operation = self.document.read_here(place, self.errors)?;
        let (_, body) = self.document.read::<RequestBody>(&place_of(&operation.request_body?)?, self.errors)?;
        let medias = self.supported(&body, "a webhook")?;
        let (_, _, media) = medias.into_iter().find(|(_, encoding, _)| *encoding == Encoding::Json)?;
        let source: MediaType = self.document.read_here(&media, self.errors)?;
        let wanted = names::camel(&format!("{name} payload"));
        let ty = source.schema.as_ref().and_then(place_of).map_or(Type::Value, |schema| self.schema(&schema, &wanted));
        self.examples(&media, &ty);
        let is_named = matches!(ty, Type::Named(id) if self.types.get(id).is_some_and(|each| each.name == wanted));
        if !is_named {
            let name = self.taken.unique(&wanted);
            let (id, _) = self.define(name, &media);
            self.set_kind(id, Some(TypeKind::Alias(ty)));
        }
        Some(())
    }
}
