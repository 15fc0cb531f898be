//! The expansion of a document with mistakes: its errors, and the names of the client and its types.

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
    }
}
