//! Parameters of path items and operations.

use openapiv3::{
    MediaType, Parameter as Source, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle, ReferenceOr,
};
use proc_macro2::Ident;
use serde_json::Value;

use super::idempotency::MADE;
use super::paths::{is_word, template};
use crate::generator::docs::{paragraphs, rustdoc};
use crate::generator::document::place_of;
use crate::generator::model::{
    Field, IdempotencyKey, Limits, Location, Name, Options, Parameter, Struct, Style, Type, TypeDef, TypeKind,
    placeholders,
};
use crate::generator::names;
use crate::generator::problems::{Errors, Place, Problem, did_you_mean, nearest};
use crate::generator::profile::is_personal;
use crate::generator::resolve::headers::{is_determined, is_framing};
use crate::generator::resolve::resolver::Resolver;

/// The maximum number of names that a misspelled one is compared with.
const MOST_COMPARED: usize = 100;

/// What is told of `allowReserved` where it is not heeded.
pub(super) const RESERVED: &str = "`allowReserved` is not supported here, so reserved characters are percent-encoded";

impl Resolver<'_> {
    /// Returns the part of the path that is sent, the parameters, and the names of parameters that OpenAPI ignores.
    ///
    /// Path parameters come first, in the order of the path. A parameter of the operation replaces one of the path item
    /// with the same name and location.
    pub(super) fn parameters(
        &mut self,
        path: &str,
        item: &Place,
        own: &[ReferenceOr<Source>],
        operation: &Ident,
    ) -> (String, Vec<Parameter>, Vec<String>) {
        let shared = self.document.read_here::<PathItem>(item, self.errors).map(|item| item.parameters);
        let (mut parameters, mut ignored) = (Vec::<Parameter>::new(), Vec::new());
        let mut are_read = true;
        for reference in shared.unwrap_or_default().iter().chain(own) {
            let header = place_of(reference).and_then(|place| self.header(&place));
            if let Some((name, _)) = header.as_ref().filter(|(name, _)| is_determined(name)) {
                ignored.push(name.clone());
                continue;
            }
            if let Some((name, at)) = header.filter(|(name, _)| is_framing(name)) {
                let message = format!("the HTTP client sets the header `{name}` itself, so the parameter is ignored");
                self.errors.warn(Problem::value(&at, message));
                continue;
            }
            let Some(parameter) = place_of(reference).and_then(|place| self.parameter(&place, operation)) else {
                are_read = false;
                continue;
            };
            let is_same =
                |known: &&mut Parameter| known.name.wire == parameter.name.wire && known.location == parameter.location;
            match parameters.iter_mut().find(is_same) {
                Some(known) if known.place.parent() == parameter.place.parent() => {
                    let message = format!("the parameter `{}` is declared twice", parameter.name.wire);
                    let problem = |message| Problem::value(&parameter.place, message).help("remove one of the two");
                    let source = |place: &Place| self.document.value(&self.document.behind(place));
                    if source(&known.place) == source(&parameter.place) {
                        self.errors.warn(problem(message + " in the same way"));
                    } else {
                        self.errors.push(problem(message));
                    }
                }
                Some(known) => *known = parameter,
                None => parameters.push(parameter),
            }
        }
        let path = template(path, &mut parameters);
        self.fit(&path, item, &mut parameters, are_read);
        let position = |parameter: &Parameter| match parameter.location {
            Location::Path => path.find(&format!("{{{}}}", parameter.name.wire)).unwrap_or(usize::MAX - 1),
            _ => usize::MAX,
        };
        parameters.sort_by_key(position);
        (path, parameters, ignored)
    }

    /// Returns the name of a header parameter, and the place of the name.
    fn header(&self, place: &Place) -> Option<(String, Place)> {
        // Mistakes in the reference are reported when the parameter is read.
        let at = self.document.follow(place, &mut Errors::default())?;
        let name = self.document.text(&at.at("name")).filter(|_| self.document.text(&at.at("in")) == Some("header"))?;
        Some((name.to_owned(), at.at("name")))
    }

    /// Makes the path parameters agree with the path. One that is not declared becomes a string, and one that is not in
    /// the path is removed. If one may be a misspelling of the other, both stay, and `check` reports an error.
    fn fit(&mut self, path: &str, item: &Place, parameters: &mut Vec<Parameter>, are_read: bool) {
        let named = placeholders(path);
        let declared = parameters.iter().filter(|parameter| parameter.location == Location::Path);
        let declared: Vec<String> = declared.map(|parameter| parameter.name.wire.clone()).collect();
        let undeclared = named.iter().copied().filter(|name| !declared.iter().any(|known| known == name));
        let undeclared: Vec<&str> = undeclared.collect();
        let surplus: Vec<&str> = declared.iter().map(String::as_str).filter(|wire| !named.contains(wire)).collect();
        let is_like = |wire: &str, others: &[&str]| nearest(wire, others.iter().copied().take(MOST_COMPARED)).is_some();
        parameters.retain(|parameter| {
            let wire = parameter.name.wire.as_str();
            let is_kept = parameter.location != Location::Path || named.contains(&wire) || is_like(wire, &undeclared);
            if !is_kept {
                let message = format!("the path parameter `{wire}` is not in the path `{path}`, so it is ignored");
                self.errors.warn(Problem::value(&parameter.place, message));
            }
            is_kept
        });
        for wire in undeclared.iter().copied().filter(|wire| is_word(wire) && !is_like(wire, &surplus)) {
            // If a parameter could not be read, it may be this one.
            if are_read {
                let message = format!("`{{{wire}}}` in the path `{path}` is not declared, so it becomes a string");
                let help = format!("add a parameter with `name: {wire}`, `in: path` and `required: true`");
                self.errors.warn(Problem::key(item, message).help(help));
            }
            parameters.push(text(wire, item));
        }
    }

    pub(super) fn parameter(&mut self, place: &Place, operation: &Ident) -> Option<Parameter> {
        let at = self.document.follow_to::<Source>(place, self.errors)?;
        if !self.is_described(&at) {
            return None;
        }
        let source: Source = self.document.read_here(&at, self.errors)?;
        let (location, style) = location(&source);
        let data = source.parameter_data();
        let hint = names::nested(operation, &data.name);
        let (mut values, mut default, mut limits) = (String::new(), None, Limits::default());
        let mut is_pii = self.document.object(&at).is_some_and(is_personal);
        let (ty, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let schema = place_of(schema)?;
                let notes = self.notes(&schema);
                (values, default, limits) = (notes.values, notes.default, notes.limits);
                is_pii |= self.is_personal(&schema);
                (self.schema(&schema, &hint), style)
            }
            ParameterSchemaOrContent::Content(_) => {
                let (_, _, media) = self.supported(&at, "a parameter")?.into_iter().next()?;
                let media: MediaType = self.document.read_here(&media, self.errors)?;
                let schema = media.schema.as_ref().and_then(place_of);
                is_pii |= schema.as_ref().is_some_and(|schema| self.is_personal(schema));
                (schema.map_or(Type::Value, |schema| self.schema(&schema, &hint)), Style::Json)
            }
        };
        let style = self.with_reserved(&at, location, style);
        let is_required = data.required || location == Location::Path;
        if is_required != data.required {
            let name = &data.name;
            let message = format!(
                "the path parameter `{name}` is optional, which OpenAPI does not allow; it is treated as required"
            );
            self.errors.warn(Problem::value(&at.at("required"), message).help("add `required: true`"));
        }
        let chosen = self.document.text(&at.at("x-rust-name")).map(names::snake);
        let is_header = location == Location::Header;
        let idempotency_key = if is_header { self.idempotency_key(&at, &ty, &limits, is_required) } else { None };
        let made = if idempotency_key == Some(IdempotencyKey::Made) { MADE } else { "" };
        Some(Parameter {
            name: Name { rust: chosen.unwrap_or_else(|| names::snake(&data.name)), wire: data.name },
            docs: paragraphs([rustdoc(data.description.as_deref().unwrap_or_default()), values, made.to_owned()]),
            place: place.clone(),
            location,
            style,
            is_required,
            is_deprecated: data.deprecated == Some(true),
            is_pii,
            default,
            limits,
            ty,
            idempotency_key,
        })
    }

    /// Checks that the parameter at `place` has a schema, and a style that is allowed in its location.
    fn is_described(&mut self, place: &Place) -> bool {
        let Some(parameter) = self.document.object(place) else { return true };
        if !parameter.contains_key("schema") && !parameter.contains_key("content") {
            self.errors.push(
                Problem::value(place, "a parameter must have `schema` or `content`")
                    .help("add its type, such as `schema: {type: string}`"),
            );
            return false;
        }
        let text = |key| parameter.get(key).and_then(Value::as_str);
        let styles: &[&str] = match text("in") {
            Some("path") => &["simple", "label", "matrix"],
            Some("query") => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            Some("header") => &["simple"],
            Some("cookie") => &["form"],
            _ => return true,
        };
        let Some(style) = text("style").filter(|style| !styles.contains(style)) else { return true };
        let suggestion = did_you_mean(style, styles.iter().copied());
        let location = text("in").unwrap_or_default();
        let known = styles.iter().map(|style| format!("`{style}`")).collect::<Vec<_>>().join(", ");
        self.errors.push(
            Problem::value(
                &place.at("style"),
                format!("`{style}` is not a style of {location} parameters{suggestion}"),
            )
            .help(format!("use one of: {known}")),
        );
        false
    }

    /// Returns the style of the parameter at `place`, which may allow reserved characters.
    fn with_reserved(&mut self, place: &Place, location: Location, style: Style) -> Style {
        let at = place.at("allowReserved");
        // Headers are not percent-encoded.
        if self.document.value(&at) != Some(&Value::Bool(true)) || location == Location::Header {
            return style;
        }
        style.with_reserved().filter(|_| location != Location::Cookie).unwrap_or_else(|| {
            self.errors.warn(Problem::key(&at, RESERVED));
            style
        })
    }

    /// Defines the struct of the parameters that are not in the path.
    pub(super) fn options(&mut self, parameters: Vec<Parameter>, operation: &Place, name: &Ident) -> Option<Options> {
        if parameters.is_empty() {
            return None;
        }
        let field = |parameter: &Parameter| Field {
            name: parameter.name.clone(),
            docs: parameter.docs.clone(),
            is_deprecated: parameter.is_deprecated,
            is_required: parameter.is_required,
            is_pii: parameter.is_pii,
            default: parameter.default.clone(),
            limits: parameter.limits.clone(),
            ..Field::optional(&parameter.name.wire, parameter.name.rust.clone(), &parameter.place, parameter.ty.clone())
        };
        let structure = Struct { fields: parameters.iter().map(field).collect(), is_sent: true, ..Struct::default() };
        let ty = self.types.len();
        self.types.push(TypeDef {
            name: self.taken.unique(&names::nested(name, "params")),
            place: operation.clone(),
            docs: String::new(),
            is_deprecated: false,
            kind: TypeKind::Struct(structure),
        });
        Some(Options { ty, parameters })
    }
}

/// Creates a path parameter that the document does not declare.
fn text(wire: &str, place: &Place) -> Parameter {
    Parameter {
        name: Name { rust: names::snake(wire), wire: wire.to_owned() },
        docs: String::new(),
        place: place.clone(),
        location: Location::Path,
        style: Style::Simple,
        is_required: true,
        is_deprecated: false,
        is_pii: false,
        default: None,
        limits: Limits::default(),
        ty: Type::String,
        idempotency_key: None,
    }
}

/// Returns the location and the style of a parameter. `explode` has the default of the style.
fn location(parameter: &Source) -> (Location, Style) {
    let explode = parameter.parameter_data_ref().explode;
    let pick = |is_exploded: bool, exploded, plain| if explode.unwrap_or(is_exploded) { exploded } else { plain };
    match parameter {
        Source::Path { style: PathStyle::Simple, .. } => {
            (Location::Path, pick(false, Style::SimpleExplode, Style::Simple))
        }
        Source::Path { style: PathStyle::Label, .. } => {
            (Location::Path, pick(false, Style::LabelExplode, Style::Label))
        }
        Source::Path { style: PathStyle::Matrix, .. } => {
            (Location::Path, pick(false, Style::MatrixExplode, Style::Matrix))
        }
        Source::Query { style: QueryStyle::Form, .. } => (Location::Query, pick(true, Style::FormExplode, Style::Form)),
        Source::Query { style: QueryStyle::DeepObject, .. } => (Location::Query, Style::DeepObject),
        Source::Query { style: QueryStyle::SpaceDelimited, .. } => {
            (Location::Query, pick(false, Style::FormExplode, Style::SpaceDelimited))
        }
        Source::Query { style: QueryStyle::PipeDelimited, .. } => {
            (Location::Query, pick(false, Style::FormExplode, Style::PipeDelimited))
        }
        Source::Header { .. } => (Location::Header, pick(false, Style::SimpleExplode, Style::Simple)),
        Source::Cookie { .. } => (Location::Cookie, pick(true, Style::FormExplode, Style::Form)),
    }
}
