//! The other half of the document: a trait whose implementations answer requests, and the table that a test server calls.
//!
//! Within `expand` it uses `context`, `docs`, `lints` and `types`.

mod answers;
mod arguments;
mod examples;
mod methods;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use methods::methods;

/// Returns `mod server`, and the connection between it and the client.
pub fn server(context: &Context<'_>, document: &str) -> TokenStream {
    let Context { api, runtime, deprecated, .. } = context;
    let all = || api.operations.iter().flat_map(|operation| methods(context, operation));
    let declarations = all().map(|method| method.declaration(context));
    let encoders = answers::encoders(context);
    let examples = examples::examples(context, all());
    let endpoints = all().map(|method| method.endpoint(context));
    quote! {
        #runtime::private::if_testing! {
            /// A server for tests, which answers the requests of [`Client`].
            #deprecated
            pub mod server {
                /// A server that answers with the service `S`.
                pub type Server<S> = #runtime::private::ServerOf<super::Client, S>;

                /// Answers requests: one method for each method of [`Client`](super::Client).
                ///
                /// Implement the methods that a test needs. The others answer with status 501, and make the test fail
                /// that owns the server. [`Examples`] needs no code.
                ///
                /// The status of a response is the one that the document describes, unless
                /// `Response::with_status` sets another one. An error with a status, such as
                /// `Error::from_status`, becomes a response with this status. Any other error resets the connection.
                pub trait Service: ::core::marker::Send + ::core::marker::Sync + 'static {
                    #(#declarations)*
                }

                #examples
            }

            #deprecated
            #[doc(hidden)]
            impl<S: server::Service> #runtime::private::Serve<S> for Client {
                const DOCUMENT: &'static str = #document;
                const ENDPOINTS: &'static [#runtime::private::Endpoint<S>] = &[#(#endpoints),*];
            }

            #(#encoders)*
        }
    }
}
