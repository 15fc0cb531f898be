//! The types of requests and responses, which are the items of `mod types`.
//!
//! Within `expand` it uses `context`, `docs`, `lints` and `types`.

mod choices;
mod enums;
mod multipart;
mod objects;
mod outcomes;
mod structs;
mod unions;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, origin};
use crate::generator::expand::types::inner;
use crate::generator::model::{Answer, Operation, Payload, Type, TypeDef, TypeId, TypeKind};
use crate::generator::names::bare;

pub fn definitions(context: &Context<'_>) -> Vec<TokenStream> {
    let purposes = purposes(&context.api.operations);
    let types = context.api.types.iter().enumerate();
    types.map(|(id, each)| definition(context, each, purposes.get(&id).map(String::as_str))).collect()
}

/// Describes the types that belong to a single operation. These are not links: a crate can export the types without the
/// client.
fn purposes(operations: &[Operation]) -> BTreeMap<TypeId, String> {
    let mut purposes = BTreeMap::new();
    for operation in operations {
        let mut describe = |id: TypeId, what: &str| {
            purposes.insert(id, format!("{what} of `Client::{}`.", bare(&operation.name.rust)));
        };
        if let Some(options) = &operation.options {
            describe(options.ty, "Parameters");
        }
        if let Some(body) = &operation.body {
            for content in &body.contents {
                if let Payload::Multipart(Type::Named(id)) = content.payload {
                    describe(id, "The multipart body");
                }
            }
            if let Some(id) = body.choice {
                describe(id, "The request body");
            }
        }
        if let Answer::Choice(id) = operation.answer {
            describe(id, "A successful response");
        }
    }
    purposes
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
        TypeKind::Tuple(items) => structs::tuple(context, name, items),
        TypeKind::Alias(ty) => {
            let ty = inner(context, ty);
            quote! { pub type #name = #ty; }
        }
    };
    quote! { #docs #deprecated #body }
}
