//! The expansion of a document with mistakes: its errors, and the names of the client, its types and its errors.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::servers::servers;
use crate::generator::args::Args;
use crate::generator::model::{Api, TypeDef};

/// Returns the errors, and everything that keeps code that uses the client from causing further errors.
///
/// All names are aliases of types whose parameter is an error. rustc accepts any use of such a type, and has nothing
/// else to check. Only an import of a variant of an enum is a further error.
pub fn outline(errors: &[TokenStream], api: &Api, args: &Args) -> TokenStream {
    // rustc expands the modules of an expansion last.
    let Some((last, others)) = errors.split_last() else { return TokenStream::new() };
    let context = Context::new(api, args);
    let (runtime, servers) = (&context.runtime, servers(&context));
    // If two types were the same, code could not define methods of the same name for both.
    let types = api.types.iter().enumerate().map(|(id, TypeDef { name, .. })| {
        let number = id + 2;
        quote! { pub type #name = __Unread<{ __ERROR }, #number>; }
    });
    let enums = enums_of_errors(api);
    quote! {
        #(#others)*

        pub type Client = types::__Unread<{ types::__ERROR }, 0>;

        #runtime::private::if_blocking! {
            pub type BlockingClient = types::__Unread<{ types::__ERROR }, 1>;
        }

        #servers

        pub mod types {
            pub const __ERROR: bool = #last;
            pub struct __Unread<const ERROR: bool, const NUMBER: usize>;
            #(#types)*
        }

        #enums
    }
}

/// Returns the names of the enums of errors.
fn enums_of_errors(api: &Api) -> Option<TokenStream> {
    let names = api.operations.iter().filter_map(|operation| operation.errors.as_ref());
    let names = names.enumerate().map(|(index, name)| {
        let number = index + 2 + api.types.len();
        quote! { pub type #name = super::types::__Unread<{ super::types::__ERROR }, #number>; }
    });
    let names: Vec<TokenStream> = names.collect();
    (!names.is_empty()).then(|| quote! { pub mod errors { #(#names)* } })
}
