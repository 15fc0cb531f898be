//! The model to tokens. What can be wrong was found before: nothing here fails.

mod blocking;
mod bodies;
mod client;
mod docs;
mod enums;
mod examples;
mod multipart;
mod objects;
mod operations;
mod outcomes;
mod pages;
mod streams;
mod structs;
mod types;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use super::args::Args;
use super::model::{Api, TypeDef, TypeKind};
use docs::Docs;

/// What quoted code has to know beside the item at hand.
struct Context<'a> {
    api: &'a Api,
    /// The path of the runtime crate.
    runtime: TokenStream,
    /// The same, as serde's attributes want it.
    serde: String,
    /// Leave for the expansion to use what it deprecates itself.
    deprecated: Option<TokenStream>,
}

pub fn expand(api: &Api, args: &Args) -> TokenStream {
    let runtime = args.runtime.as_ref().map_or_else(|| quote! { ::frontline }, |path| quote! { #path });
    let serde = format!("{runtime}::private::serde").replace(' ', "");
    let deprecated = api.has_deprecated().then(|| quote! { #[allow(deprecated)] });
    let context = Context { api, runtime, serde, deprecated };
    let deprecated = &context.deprecated;
    let client = client::client(&context);
    let blocking = blocking::client(&context);
    let types = api.types.iter().map(|definition| type_def(&context, definition));
    let examples = examples::examples(&context);
    quote! {
        #client

        #blocking

        /// The types of the client's requests and responses.
        #deprecated
        pub mod types {
            #(#types)*
        }

        #examples
    }
}

fn type_def(context: &Context<'_>, definition: &TypeDef) -> TokenStream {
    let name = &definition.name;
    let docs = Docs::new(&definition.docs).or(|| format!("`{}` of the document.", docs::origin(definition)));
    let deprecated = definition.is_deprecated.then(|| quote! { #[deprecated] });
    let body = match &definition.kind {
        TypeKind::Struct(structure) => structs::structure(context, name, structure),
        TypeKind::Enum(variants) => enums::string_enum(context, name, variants),
        TypeKind::IntegerEnum(variants) => enums::integer_enum(context, name, variants),
        TypeKind::Union(union) => unions::union(context, name, union),
        TypeKind::Choice(contents) => bodies::choice(context, name, contents),
        TypeKind::Outcomes(outcomes) => outcomes::outcomes(context, name, outcomes),
        TypeKind::Multipart(parts) => multipart::multipart(context, name, parts),
        TypeKind::Tuple(items) => structs::tuple(context, name, items),
        TypeKind::Alias(ty) => {
            let ty = types::inner(context, ty);
            quote! { pub type #name = #ty; }
        }
    };
    quote! { #docs #deprecated #body }
}
