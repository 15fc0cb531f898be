//! Enums of the successful responses of an operation.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::docs::Docs;
use crate::generator::expand::statuses::{pattern, told};
use crate::generator::expand::types::inner;
use crate::generator::model::{Outcome, Payload};

pub fn outcomes(context: &Context<'_>, name: &Ident, outcomes: &[Outcome]) -> TokenStream {
    let runtime = &context.runtime;
    let variants = outcomes.iter().map(|outcome| {
        let docs = Docs::new(&told(outcome.statuses.as_ref()));
        let name = &outcome.name;
        let held = outcome.payload.as_ref().map(|payload| {
            let ty = held(context, payload);
            quote! { (#ty) }
        });
        quote! { #docs #name #held, }
    });
    let arms = outcomes.iter().map(|outcome| {
        let name = &outcome.name;
        let pattern = pattern(outcome.statuses.as_ref());
        let value = match &outcome.payload {
            Some(Payload::Json(_)) => quote! { answer.json().map(Self::#name) },
            Some(Payload::Bytes) => quote! { answer.bytes().map(Self::#name) },
            Some(_) => quote! { answer.text().map(Self::#name) },
            None => quote! { ::core::result::Result::Ok(Self::#name) },
        };
        quote! { #pattern => #value, }
    });
    let is_total = outcomes.iter().any(|outcome| outcome.statuses.is_none());
    let other = (!is_total).then(|| quote! { _ => ::core::result::Result::Err(answer.undocumented()), });
    quote! {
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }

        #[doc(hidden)]
        impl #runtime::private::Decode for #name {
            fn decode(answer: &#runtime::private::Answer) -> ::core::result::Result<Self, #runtime::Error> {
                match answer.status() {
                    #(#arms)*
                    #other
                }
            }
        }
    }
}

fn held(context: &Context<'_>, payload: &Payload) -> TokenStream {
    let runtime = &context.runtime;
    match payload {
        Payload::Json(ty) => inner(context, ty),
        Payload::Bytes => quote! { #runtime::private::bytes::Bytes },
        Payload::Form(..) | Payload::Multipart(_) | Payload::Text => quote! { ::std::string::String },
    }
}
