//! Visits the objects of the document: all of them, or those that the selected operations need.

use std::collections::HashSet;

use super::context::Context;
use super::here::Here;
use super::kinds::Kind;
use super::{examples, graph, media, operations, references, root, schemas};
use crate::generator::document::Document;
use crate::generator::model::Api;
use crate::generator::openapi::METHODS;
use crate::generator::problems::{Errors, Place};

/// The kinds of components, with the objects in them.
const COMPONENTS: [(&str, Kind); 6] = [
    ("schemas", Kind::Schema),
    ("responses", Kind::Response),
    ("parameters", Kind::Parameter),
    ("requestBodies", Kind::Body),
    ("headers", Kind::Header),
    ("pathItems", Kind::PathItem),
];

struct Walk<'a> {
    context: Context<'a>,
    /// Whether everything in the document is visited, rather than what operations need.
    visits_all: bool,
    open: Vec<(Kind, Place)>,
    /// The targets of references that were visited, or wait for it.
    seen: HashSet<Place>,
}

/// Tells the mistakes of all objects, or of those that the operations of the model need if they are only `some` of the
/// document's.
pub fn lint(document: &Document, api: &Api, some: bool, errors: &mut Errors) {
    let start = Place::root(0);
    let Some(value) = document.value(&start) else { return };
    let is_old = document.text(&start.at("openapi")).is_some_and(|version| version.starts_with("3.0"));
    let context = Context { document, errors, is_old };
    let mut walk = Walk { context, visits_all: !some, open: Vec::new(), seen: HashSet::new() };
    let here = Here::start(&start, value);
    if some {
        for operation in &api.operations {
            walk.open.push((Kind::Operation, operation.place.clone()));
            let shared = operation.place.parent().map(|item| item.at("parameters"));
            walk.open.extend(shared.map(|shared| (Kind::Parameters, shared)));
        }
    } else {
        root::check(&here, walk.context.errors);
        graph::check(document, walk.context.errors);
        walk.root(&here);
    }
    while let Some((kind, place)) = walk.open.pop() {
        if let Some(value) = document.value(&place) {
            walk.visit(kind, &Here::start(&place, value));
        }
    }
}

impl Walk<'_> {
    fn root(&mut self, here: &Here<'_>) {
        for (key, kind) in [("paths", Kind::PathItem), ("webhooks", Kind::PathItem)] {
            self.each(kind, here, key);
        }
        let Some(components) = here.get("components") else { return };
        for (key, kind) in COMPONENTS {
            self.each(kind, &components, key);
        }
    }

    fn visit(&mut self, kind: Kind, here: &Here<'_>) {
        if let Some(reference) = here.text("$ref") {
            references::check(kind, here, reference, &mut self.context);
            self.follow(kind, here, reference);
            if kind != Kind::Schema {
                return;
            }
        }
        match kind {
            Kind::PathItem => {
                self.list(Kind::Parameter, here, "parameters");
                for method in METHODS {
                    self.one(Kind::Operation, here, method);
                }
            }
            Kind::Operation => {
                operations::operation(here, &mut self.context);
                self.list(Kind::Parameter, here, "parameters");
                self.one(Kind::Body, here, "requestBody");
                self.each(Kind::Response, here, "responses");
            }
            Kind::Parameters => here.items().for_each(|item| self.object(Kind::Parameter, &item)),
            Kind::Parameter | Kind::Header => {
                operations::parameter(here, &mut self.context);
                examples::of(here, &mut self.context);
                self.one(Kind::Schema, here, "schema");
                self.each(Kind::Media, here, "content");
            }
            Kind::Body => self.each(Kind::Media, here, "content"),
            Kind::Response => {
                self.each(Kind::Media, here, "content");
                self.each(Kind::Header, here, "headers");
            }
            Kind::Media => {
                media::check(here, &mut self.context);
                examples::of(here, &mut self.context);
                self.one(Kind::Schema, here, "schema");
            }
            Kind::Schema => self.schema(here),
        }
    }

    fn schema(&mut self, here: &Here<'_>) {
        schemas::check(here, &mut self.context);
        for (key, inner) in here.entries().filter(|(_, inner)| inner.value.is_object() || inner.value.is_array()) {
            match key {
                "items"
                | "additionalProperties"
                | "not"
                | "if"
                | "then"
                | "else"
                | "contains"
                | "propertyNames"
                | "unevaluatedItems"
                | "unevaluatedProperties" => self.object(Kind::Schema, &inner),
                "allOf" | "oneOf" | "anyOf" | "prefixItems" => {
                    inner.items().for_each(|item| self.object(Kind::Schema, &item));
                }
                "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
                    inner.entries().for_each(|(_, schema)| self.object(Kind::Schema, &schema));
                }
                _ => {}
            }
        }
    }

    /// Visits a value if it is an object. Anything else is reported where it is read.
    fn object(&mut self, kind: Kind, here: &Here<'_>) {
        if here.value.is_object() {
            self.visit(kind, here);
        }
    }

    fn one<'a>(&mut self, kind: Kind, here: &'a Here<'a>, key: &'a str) {
        if let Some(inner) = here.get(key) {
            self.object(kind, &inner);
        }
    }

    fn list<'a>(&mut self, kind: Kind, here: &'a Here<'a>, key: &'a str) {
        if let Some(list) = here.get(key) {
            list.items().for_each(|item| self.object(kind, &item));
        }
    }

    fn each<'a>(&mut self, kind: Kind, here: &'a Here<'a>, key: &'a str) {
        if let Some(object) = here.get(key) {
            let entries = object.entries().filter(|(key, _)| !key.starts_with("x-"));
            entries.for_each(|(_, inner)| self.object(kind, &inner));
        }
    }

    /// Visits the target of a reference later, unless it is visited anyway: as a part of the whole first file.
    fn follow(&mut self, kind: Kind, here: &Here<'_>, reference: &str) {
        let is_visited =
            here.file() == 0 && ["#/components/", "#/paths/"].iter().any(|part| reference.starts_with(part));
        if self.visits_all && is_visited {
            return;
        }
        // Mistakes in references are reported when they are read.
        let target = self.context.document.target(reference, &here.place().at("$ref"), &mut Errors::default());
        if let Some(target) = target.filter(|target| !self.visits_all || !is_component(target))
            && self.seen.insert(target.clone())
        {
            self.open.push((kind, target));
        }
    }
}

/// Returns whether a place is a component of the first file, or a part of one.
fn is_component(place: &Place) -> bool {
    place.file == 0 && (place.pointer.starts_with("/components/") || place.pointer.starts_with("/paths/"))
}
