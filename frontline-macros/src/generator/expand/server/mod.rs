//! The other half of the document: a trait whose implementations answer requests, and the table that a test server calls.
//!
//! Within `expand` it uses `context`, `docs`, `lints` and `types`.

mod answers;
mod arguments;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use super::docs::{Docs, code};
use super::lints::many_arguments;
use crate::generator::model::Operation;
use crate::generator::names::bare;
use answers::Answering;

/// Returns `mod server`, and the connection between it and the client.
pub fn server(context: &Context<'_>, document: &str) -> TokenStream {
    let Context { api, runtime, deprecated, .. } = context;
    let methods = || api.operations.iter().flat_map(|operation| methods(context, operation));
    let declarations = methods().map(|method| method.declaration(context));
    let encoders = answers::encoders(context);
    let endpoints = methods().map(|method| method.endpoint(context));
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
                /// that owns the server.
                ///
                /// The status of a response is the one that the document describes, unless
                /// `Response::with_status` sets another one. An error with a status, such as
                /// `Error::from_status`, becomes a response with this status. Any other error resets the connection.
                pub trait Service: ::core::marker::Send + ::core::marker::Sync + 'static {
                    #(#declarations)*
                }
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

/// A method of the service.
struct Method<'a> {
    name: &'a Ident,
    operation: &'a Operation,
    answering: Answering,
    /// The media type of its responses, if the operation has several methods.
    media: Option<&'a str>,
}

fn methods<'a>(context: &Context<'_>, operation: &'a Operation) -> Vec<Method<'a>> {
    let own = Method {
        name: &operation.name.rust,
        operation,
        answering: answers::own(context, &operation.answer),
        media: None,
    };
    let streaming = operation.streaming.iter().map(|streaming| Method {
        name: &streaming.names.name,
        operation,
        answering: answers::stream(context, &streaming.stream),
        media: Some(answers::media_of(&streaming.stream)),
    });
    let others = operation.alternatives.iter().map(|other| Method {
        name: &other.names.name,
        operation,
        answering: answers::own(context, &other.answer),
        media: Some(&other.media),
    });
    std::iter::once(own).chain(streaming).chain(others).collect()
}

impl Method<'_> {
    fn declaration(&self, context: &Context<'_>) -> TokenStream {
        let runtime = &context.runtime;
        let (name, operation, id) = (self.name, self.operation, &self.operation.name.wire);
        let request = code(&format!("{} {}", operation.method.as_str(), operation.path));
        let link = bare(name);
        let docs = Docs::new(&format!("Answers {request}, the request of [`Client::{link}`](super::Client::{link})."));
        let arguments = arguments::arguments(context, operation);
        let many = many_arguments(arguments.len() + 1);
        let names = arguments.iter().map(|argument| &argument.name);
        let declared = arguments.iter().map(|argument| {
            let (name, ty) = (&argument.name, &argument.ty);
            quote! { #name: #ty }
        });
        let ty = &self.answering.ty;
        let deprecated = operation.is_deprecated.then(|| quote! { #[deprecated] });
        quote! {
            #docs
            #deprecated
            #many
            fn #name(
                &self,
                #(#declared),*
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<#runtime::Response<#ty>, #runtime::Error>,
            > + ::core::marker::Send {
                let _ = (#(#names,)*);
                async { ::core::result::Result::Err(#runtime::private::unimplemented(#id)) }
            }
        }
    }

    fn endpoint(&self, context: &Context<'_>) -> TokenStream {
        let runtime = &context.runtime;
        let (name, id) = (self.name, &self.operation.name.wire);
        // The place of the operation can be behind references, and says nothing of its path then.
        let path = self.operation.key.replace('~', "~0").replace('/', "~1");
        let pointer = format!("/0/paths/{path}/{}", self.operation.method.as_str().to_lowercase());
        let media = match self.media {
            Some(media) => quote! { ::core::option::Option::Some(#media) },
            None => quote! { ::core::option::Option::None },
        };
        let arguments = arguments::arguments(context, self.operation).into_iter().map(|argument| argument.value);
        let reply = &self.answering.reply;
        quote! {
            #runtime::private::Endpoint {
                name: #id,
                pointer: #pointer,
                media: #media,
                answer: |service, arrived| ::std::boxed::Box::pin(async move {
                    let response = server::Service::#name(service, #(#arguments),*).await;
                    arrived.#reply(response)
                }),
            }
        }
    }
}
