//! The types of requests and responses, which are the items of `mod types`.
//!
//! Within `expand` it uses `context`, `docs`, `lints`, `statuses` and `types`.

mod choices;
mod constants;
mod enums;
mod multipart;
mod objects;
mod outcomes;
mod structs;
mod tuples;
mod unions;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, origin};
use crate::generator::expand::types::inner;
use crate::generator::model::{Answer, Api, Operation, Payload, Type, TypeDef, TypeId, TypeKind};
use crate::generator::names::bare;

pub fn definitions(context: &Context<'_>) -> Vec<TokenStream> {
    let purposes = purposes(context.api);
    let types = context.api.types.iter().enumerate();
    types.map(|(id, each)| definition(context, each, purposes.get(&id).map(String::as_str))).collect()
}

/// Describes the types that belong to a single operation. These are not links: a crate can export the types without the
/// client.
fn purposes(api: &Api) -> BTreeMap<TypeId, String> {
    let mut purposes = BTreeMap::new();
    for operation in &api.operations {
        let mut describe = |id: Option<TypeId>, what: &str| {
            if let Some(id) = id {
                purposes.entry(id).or_insert_with(|| format!("{what} of `Client::{}`.", bare(&operation.name.rust)));
            }
        };
        describe(operation.options.as_ref().map(|options| options.ty), "Parameters");
        describe(operation.body.as_ref().and_then(|body| body.choice), "Request body");
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            describe(content.payload.ty().and_then(|ty| inside(api, operation, ty)), "Request body");
        }
        match &operation.answer {
            Answer::Choice(id) => describe(Some(*id), "Response"),
            Answer::One(Payload::Json(ty)) | Answer::Optional(ty) => {
                describe(inside(api, operation, ty), "Response body");
            }
            _ => {}
        }
        for other in &operation.alternatives {
            describe(other.answer.ty().and_then(|ty| inside(api, operation, ty)), "Response body");
        }
        for failure in &operation.failures {
            describe(inside(api, operation, &failure.ty), "Error body");
        }
    }
    purposes
}

/// Returns the type's definition if the operation itself contains its schema.
fn inside(api: &Api, operation: &Operation, ty: &Type) -> Option<TypeId> {
    let Type::Named(id) = ty.clone().without_null() else { return None };
    let (place, own) = (&api.types.get(id)?.place, &operation.place);
    (place.file == own.file && place.pointer.starts_with(&own.pointer)).then_some(id)
}

fn definition(context: &Context<'_>, definition: &TypeDef, purpose: Option<&str>) -> TokenStream {
    let name = &definition.name;
    let docs = Docs::new(&definition.docs)
        .or(|| purpose.map_or_else(|| format!("Generated from `{}`.", origin(definition)), ToOwned::to_owned));
    let deprecated = definition.is_deprecated.then(|| quote! { #[deprecated] });
    let body = match &definition.kind {
        TypeKind::Struct(structure) => structs::structure(context, name, structure),
        TypeKind::Enum(variants) => enums::string_enum(context, name, variants),
        TypeKind::IntegerEnum(variants) => enums::integer_enum(context, name, variants),
        TypeKind::Union(union) => unions::union(context, name, union),
        TypeKind::Choice(contents) => choices::choice(context, name, contents),
        TypeKind::Outcomes(outcomes) => outcomes::outcomes(context, name, outcomes),
        TypeKind::Multipart(parts) => multipart::multipart(context, name, parts),
        TypeKind::Tuple(tuple) => tuples::tuple(context, name, tuple),
        TypeKind::Alias(ty) => {
            let ty = inner(context, ty);
            quote! { pub type #name = #ty; }
        }
    };
    quote! { #docs #deprecated #body }
}
