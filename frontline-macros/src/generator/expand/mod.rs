//! Turns the model into tokens.
//!
//! Expansion cannot fail, because earlier stages report everything that can be wrong. `methods` quotes the two clients,
//! `definitions` quotes the types in `mod types`, and `errors`
//! those in `mod errors`.
//!
//! Uses `args`, `model`, `names` and `docs`.

mod context;
mod definitions;
mod docs;
mod errors;
mod examples;
mod lints;
mod methods;
mod outline;
mod server;
mod servers;
mod statuses;
mod types;

use proc_macro2::TokenStream;
use quote::quote;

use super::args::Args;
use super::model::Api;
use context::Context;
pub use outline::outline;

pub fn expand(api: &Api, args: &Args) -> TokenStream {
    let context = Context::new(api, args);
    let deprecated = &context.deprecated;
    let client = methods::client(&context);
    let blocking = methods::blocking_client(&context);
    let servers = servers::servers(&context);
    let types = definitions::definitions(&context);
    let errors = errors::errors(&context);
    let server = api.served.as_ref().map(|document| server::server(&context, document));
    let examples = examples::examples(&context);
    quote! {
        #client

        #blocking

        #servers

        /// The types of the client's requests and responses.
        #deprecated
        pub mod types {
            #(#types)*
        }

        #errors

        #server

        #examples
    }
}
