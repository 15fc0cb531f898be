//! Request bodies.

use openapiv3::{Encoding as Source, MediaType, QueryStyle, RequestBody};
use proc_macro2::Ident;
use serde_json::{Map, Value};

use super::media::Encoding;
use super::parameters::RESERVED;
use crate::generator::document::place_of;
use crate::generator::model::{Body, Content, FormStyles, Payload, Style, Type, TypeKind, behind_aliases};
use crate::generator::names;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::places::is_remark;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Reads a request body. The names of its types begin with `operation`.
    pub(super) fn body(&mut self, place: &Place, operation: &Ident) -> Option<Body> {
        let (body, place) = self.document.read::<RequestBody>(place, self.errors)?;
        if body.required && body.content.is_empty() {
            self.errors.push(
                Problem::value(&place.at("content"), "this request body is required, but has no media type")
                    .help("add one, such as `application/json: {schema: {…}}`"),
            );
        }
        let medias = self.supported(&place, "a request body")?;
        if !body.required && medias.iter().all(|(_, _, at)| self.is_empty_object(&at.at("schema"))) {
            return None;
        }
        let mut contents: Vec<Content> = Vec::new();
        let (mut mistakes, mut unusable) = (Vec::new(), Vec::new());
        for (media, encoding, at) in medias {
            let part = self.errors.part();
            let payload = self.payload(&at, encoding, operation);
            let found = self.errors.take(part);
            let is_read = found.is_empty();
            mistakes.extend(found);
            let mut payload = match payload {
                Ok(payload) if is_read => payload,
                Ok(_) => continue,
                Err(problem) => {
                    unusable.extend(problem);
                    continue;
                }
            };
            // An optional body is left out instead of being null.
            if let Payload::Json(ty) = &mut payload
                && !body.required
            {
                *ty = ty.clone().without_null();
            }
            // A second JSON media type with the same schema would be a redundant choice.
            if !contents.iter().any(|known| known.payload == payload && encoding == Encoding::Json) {
                contents.push(Content { name: variant(encoding), media, payload });
            }
        }
        self.leave_out(mistakes, unusable, contents.is_empty());
        if contents.is_empty() {
            return None;
        }
        let mut taken = names::Taken::default();
        for content in &mut contents {
            content.name = taken.unique(&content.name);
        }
        // A form with no properties set is equivalent to no body.
        let is_form = matches!(&contents[..], [Content { payload: Payload::Form(..) | Payload::Multipart(_), .. }]);
        let choice = (contents.len() > 1).then(|| self.choice(&place, &contents, operation));
        Some(Body { is_required: body.required || is_form, contents, choice })
    }

    /// Returns whether the schema at `place` says nothing.
    pub(super) fn is_any(&self, place: &Place) -> bool {
        let is_remarks = |schema: &Map<String, Value>| schema.keys().all(|key| is_remark(key) || key.starts_with("x-"));
        self.document.object(place).is_some_and(is_remarks)
    }

    /// Returns whether the schema at `place` allows only an object without properties.
    fn is_empty_object(&self, place: &Place) -> bool {
        let Some(schema) = self.document.object(&self.document.behind(place)) else { return false };
        let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        let is_empty = |key: &String, value: &Value| match key.as_str() {
            "type" => value == "object",
            "properties" => value.as_object().is_some_and(Map::is_empty),
            "additionalProperties" => is_closed,
            key => is_remark(key) || key.starts_with("x-"),
        };
        (is_closed || schema.contains_key("properties")) && schema.iter().all(|(key, value)| is_empty(key, value))
    }

    /// Reads the content of a media type. Types without a name get one that begins with `operation`.
    ///
    /// If the media type cannot have its schema, returns the problem. Any other mistake is added to the errors.
    fn payload(&mut self, place: &Place, encoding: Encoding, operation: &Ident) -> Result<Payload, Option<Problem>> {
        let media: MediaType = self.document.read_here(place, self.errors).ok_or(None)?;
        let schema = media.schema.as_ref().and_then(place_of);
        let hint = names::nested(operation, "request");
        match encoding {
            Encoding::Text => Ok(Payload::Text),
            Encoding::Bytes | Encoding::Events | Encoding::Lines | Encoding::Sequence => Ok(Payload::Bytes),
            // The schema takes precedence over the media type. For example, `*/*` counts as JSON.
            Encoding::Json if schema.as_ref().is_some_and(|schema| self.is_binary(schema)) => Ok(Payload::Bytes),
            Encoding::Multipart => self.multipart(schema.as_ref(), place, &hint).map(Payload::Multipart),
            Encoding::Json => {
                let ty = schema.map_or(Type::Value, |schema| self.element(&schema, &hint));
                self.examples(place, &ty);
                Ok(Payload::Json(ty))
            }
            Encoding::Form => {
                let ty = schema.as_ref().map_or(Type::Value, |schema| self.schema(schema, &hint));
                self.finish();
                // The caller encodes the form.
                if *behind_aliases(&self.types, &ty) == Type::String {
                    return Ok(Payload::Text);
                }
                if let Some(schema) = schema.filter(|_| !self.has_fields(&ty)) {
                    let problem = Problem::value(&schema, "the schema of a form must be an object");
                    return Err(Some(problem.help("write `type: object`, with each field under `properties`")));
                }
                self.examples(place, &ty);
                let mut own = self.form_styles(place, &media);
                if !self.has_brackets {
                    own.extend(self.of_any_type(&ty, &media));
                }
                Ok(Payload::Form(ty, FormStyles { own, has_brackets: self.has_brackets }))
            }
        }
    }

    /// Returns whether a value of the type can be an object.
    fn has_fields(&self, ty: &Type) -> bool {
        match behind_aliases(&self.types, ty) {
            Type::Named(id) => {
                let kind = self.types.get(*id).map(|each| &each.kind);
                !matches!(kind, Some(TypeKind::Enum(_) | TypeKind::IntegerEnum(_)))
            }
            ty => matches!(ty, Type::Value | Type::Map(_)),
        }
    }

    /// Returns the styles that `encoding` sets for properties of a form.
    fn form_styles(&mut self, place: &Place, media: &MediaType) -> Vec<(String, Style)> {
        let mut styles = Vec::new();
        for property in media.encoding.keys() {
            let at = place.at("encoding").at(property);
            let Some(encoding) = self.document.read_here::<Source>(&at, self.errors) else { continue };
            let is_json = encoding.content_type.as_deref().and_then(super::media::encoding) == Some(Encoding::Json);
            // openapiv3 does not distinguish `explode: false` from an absent `explode`, which means true here.
            let is_joined = self.document.value(&at.at("explode")).and_then(Value::as_bool) == Some(false);
            let style = match encoding.style {
                Some(QueryStyle::SpaceDelimited) => Style::SpaceDelimited,
                Some(QueryStyle::PipeDelimited) => Style::PipeDelimited,
                Some(QueryStyle::DeepObject) => Style::DeepObject,
                None if is_json => Style::Json,
                _ if is_joined => Style::Form,
                _ => Style::FormExplode,
            };
            let style = if encoding.allow_reserved { self.reserved_style(&at, style) } else { style };
            styles.push((property.clone(), style));
        }
        styles
    }

    /// Returns the version of `style` that keeps reserved characters, as the encoding at `place` asks for.
    fn reserved_style(&mut self, place: &Place, style: Style) -> Style {
        style.with_reserved().unwrap_or_else(|| {
            self.errors.warn(Problem::key(&place.at("allowReserved"), RESERVED));
            style
        })
    }

    /// Returns the styles of properties that have neither a type nor an `encoding`.
    fn of_any_type(&self, ty: &Type, media: &MediaType) -> Vec<(String, Style)> {
        let Type::Named(id) = behind_aliases(&self.types, ty) else { return Vec::new() };
        let Some(TypeKind::Struct(structure)) = self.types.get(*id).map(|each| &each.kind) else { return Vec::new() };
        let fields = structure.fields.iter().filter(|field| field.ty == Type::Value && !field.is_flattened);
        let names = fields.map(|field| &field.name.wire).filter(|name| !media.encoding.contains_key(*name));
        names.map(|name| (name.clone(), Style::Any)).collect()
    }

    /// Defines the enum of the media types that a body can have.
    fn choice(&mut self, place: &Place, contents: &[Content], operation: &Ident) -> usize {
        let name = self.taken.unique(&names::nested(operation, "body"));
        let (id, _) = self.define(name, &place.at("content"));
        let contents = contents.iter().map(|content| Content {
            name: content.name.clone(),
            media: content.media.clone(),
            payload: content.payload.clone(),
        });
        let contents = contents.collect();
        self.set_kind(id, Some(TypeKind::Choice(contents)));
        id
    }
}

fn variant(encoding: Encoding) -> Ident {
    names::camel(match encoding {
        Encoding::Json => "json",
        Encoding::Form => "form",
        Encoding::Multipart => "multipart",
        Encoding::Text => "text",
        Encoding::Bytes => "bytes",
        Encoding::Events => "events",
        Encoding::Lines | Encoding::Sequence => "lines",
    })
}
