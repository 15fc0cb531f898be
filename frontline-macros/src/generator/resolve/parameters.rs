//! Parameters, of the path item and of the operation.

use openapiv3::{Parameter as Source, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle, ReferenceOr};
use proc_macro2::Ident;

use super::Resolver;
use crate::generator::docs::rustdoc;
use crate::generator::document::place_of;
use crate::generator::model::{Field, Location, Name, Options, Parameter, Struct, Type, TypeDef, TypeKind};
use crate::generator::names;
use crate::generator::place::Place;
use crate::generator::report::Problem;

impl Resolver<'_> {
    /// The parameters of an operation: those in the path first, in the path's order. The operation's own replace
    /// those of the path item that have the same name and location.
    pub(super) fn parameters(
        &mut self,
        path: &str,
        item: &Place,
        own: &[ReferenceOr<Source>],
        operation: &Ident,
    ) -> Vec<Parameter> {
        let shared = self.document.read_here::<PathItem>(item, self.errors).map(|item| item.parameters);
        let mut parameters: Vec<Parameter> = Vec::new();
        for reference in shared.unwrap_or_default().iter().chain(own) {
            let Some(parameter) = place_of(reference).and_then(|place| self.parameter(&place, operation)) else {
                continue;
            };
            let is_same =
                |known: &&mut Parameter| known.name.wire == parameter.name.wire && known.location == parameter.location;
            match parameters.iter_mut().find(is_same) {
                Some(known) if known.place.parent() == parameter.place.parent() => {
                    let message = format!("the parameter `{}` is declared twice", parameter.name.wire);
                    self.errors.push(Problem::value(&parameter.place, message).help("remove one of the two"));
                }
                Some(known) => *known = parameter,
                None => parameters.push(parameter),
            }
        }
        let position = |parameter: &Parameter| match parameter.location {
            Location::Path => path.find(&format!("{{{}}}", parameter.name.wire)).unwrap_or(usize::MAX - 1),
            _ => usize::MAX,
        };
        parameters.sort_by_key(position);
        parameters
    }

    fn parameter(&mut self, place: &Place, operation: &Ident) -> Option<Parameter> {
        let (source, at) = self.document.read::<Source>(place, self.errors)?;
        let (data, location) = match source {
            Source::Path { parameter_data, style } => {
                self.only_style(style == PathStyle::Simple, &at)?;
                (parameter_data, Location::Path)
            }
            Source::Query { parameter_data, style, .. } => {
                self.only_style(style == QueryStyle::Form, &at)?;
                (parameter_data, Location::Query)
            }
            Source::Header { parameter_data, .. } => (parameter_data, Location::Header),
            Source::Cookie { .. } => {
                self.errors.push(Problem::value(&at.at("in"), "a parameter `in: cookie` is not supported"));
                return None;
            }
        };
        let ty = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.schema(&place_of(schema)?, &names::nested(operation, &data.name))
            }
            ParameterSchemaOrContent::Content(_) => {
                self.errors.push(
                    Problem::key(&at.at("content"), "a parameter with `content` is not supported")
                        .help("give it a `schema`"),
                );
                return None;
            }
        };
        self.only_scalar(&ty, location, &at)?;
        if location == Location::Path && !data.required {
            self.errors.push(
                Problem::key(&at, format!("the path parameter `{}` has to be required", data.name))
                    .help("add `required: true` to it"),
            );
        }
        let chosen = self.document.text(&at.at("x-rust-name")).map(names::snake);
        Some(Parameter {
            name: Name { rust: chosen.unwrap_or_else(|| names::snake(&data.name)), wire: data.name },
            docs: rustdoc(data.description.as_deref().unwrap_or_default()),
            place: place.clone(),
            location,
            is_required: data.required,
            is_deprecated: data.deprecated == Some(true),
            is_pii: self.document.value(&at.at("x-twilio").at("pii")).is_some(),
            ty,
        })
    }

    /// The struct of the parameters that are not in the path.
    pub(super) fn options(&mut self, parameters: Vec<Parameter>, operation: &Place, name: &Ident) -> Option<Options> {
        if parameters.is_empty() {
            return None;
        }
        let field = |parameter: &Parameter| Field {
            name: parameter.name.clone(),
            place: parameter.place.clone(),
            docs: parameter.docs.clone(),
            is_deprecated: parameter.is_deprecated,
            is_required: parameter.is_required,
            is_nullable: false,
            is_pii: parameter.is_pii,
            ty: parameter.ty.clone(),
        };
        let structure = Struct { fields: parameters.iter().map(field).collect(), additional: None, is_sent: true };
        let ty = self.types.len();
        self.types.push(TypeDef {
            name: names::unique(&names::nested(name, "params"), &mut self.taken),
            place: operation.clone(),
            docs: String::new(),
            is_deprecated: false,
            kind: TypeKind::Struct(structure),
        });
        Some(Options { ty, parameters })
    }

    fn only_style(&mut self, is_supported: bool, at: &Place) -> Option<()> {
        if !is_supported {
            let style = self.document.text(&at.at("style")).unwrap_or_default();
            self.errors.push(Problem::value(&at.at("style"), format!("the style `{style}` is not supported")));
        }
        is_supported.then_some(())
    }

    fn only_scalar(&mut self, ty: &Type, location: Location, at: &Place) -> Option<()> {
        let is_scalar = match ty {
            Type::Named(id) => match self.types.get(*id).map(|definition| &definition.kind) {
                Some(TypeKind::Alias(ty)) => return self.only_scalar(&ty.clone(), location, at),
                kind => matches!(kind, Some(TypeKind::Enum(_))),
            },
            Type::List(_) => location == Location::Query,
            Type::Map(_) | Type::Boxed(_) | Type::Value => false,
            _ => true,
        };
        if !is_scalar {
            self.errors
                .push(Problem::key(&at.at("schema"), "a parameter that is not a single value is not supported here"));
        }
        is_scalar.then_some(())
    }
}
