//! `test_examples`: a test for each example in the document.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs::code;
use super::types::tested;
use crate::generator::model::Example;

pub fn examples(context: &Context<'_>) -> Option<TokenStream> {
    let Context { runtime, deprecated, .. } = context;
    let tests = context.api.examples.iter().map(|example| {
        let Example { name, pointer, ty, json } = example;
        let ty = tested(context, ty);
        let pointer = code(pointer);
        quote! {
            #[test]
            fn #name() -> ::core::result::Result<(), ::std::string::String> {
                #runtime::private::check_example::<#ty>(#pointer, #json)
            }
        }
    });
    (!context.api.examples.is_empty()).then(|| {
        quote! {
            #[cfg(test)]
            #deprecated
            mod examples {
                #(#tests)*
            }
        }
    })
}
