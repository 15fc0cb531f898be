//! The types of requests and responses, each as an item of `mod types`.
//!
//! Of the rest of `expand` it uses `context`, `docs`, `lints` and `types`.

mod choices;
mod enums;
mod multipart;
mod objects;
mod outcomes;
mod structs;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, origin};
use crate::generator::expand::types::inner;
use crate::generator::model::{TypeDef, TypeKind};

pub fn definition(context: &Context<'_>, definition: &TypeDef) -> TokenStream {
    let name = &definition.name;
    let docs = Docs::new(&definition.docs).or(|| format!("`{}` of the document.", origin(definition)));
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
