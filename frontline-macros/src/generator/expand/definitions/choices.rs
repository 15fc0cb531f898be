//! Enums of the media types that a request body can have.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, code};
use crate::generator::expand::types::inner;
use crate::generator::model::{Content, Payload};

pub fn choice(context: &Context<'_>, name: &Ident, contents: &[Content]) -> TokenStream {
    let types: Vec<TokenStream> = contents.iter().map(|content| held(context, &content.payload)).collect();
    let variants = contents.iter().zip(&types).map(|(content, ty)| {
        let docs = Docs::new(&format!("Sent as {}.", code(content.sent())));
        let name = &content.name;
        quote! { #docs #name(#ty), }
    });
    // A type that several variants contain does not determine the variant, so it gets no conversion.
    let is_alone = |content: &Content| {
        let alike = |other: &&Content| other.payload.is_held_alike(&content.payload, &context.api.types);
        contents.iter().filter(alike).count() == 1
    };
    let conversions = contents.iter().zip(&types).filter(|(content, _)| is_alone(content)).map(|(content, ty)| {
        let variant = &content.name;
        quote! {
            impl ::core::convert::From<#ty> for #name {
                fn from(body: #ty) -> Self {
                    Self::#variant(body)
                }
            }
        }
    });
    quote! {
        #[derive(::core::fmt::Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }

        #(#conversions)*
    }
}

fn held(context: &Context<'_>, payload: &Payload) -> TokenStream {
    let runtime = &context.runtime;
    match payload {
        Payload::Json(ty) | Payload::Form(ty, _) | Payload::Multipart(ty) => inner(context, ty),
        Payload::Text => quote! { ::std::string::String },
        Payload::Bytes => quote! { #runtime::ByteStream },
    }
}
