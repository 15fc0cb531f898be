//! The blocking client, whose methods wait for those of the asynchronous client.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::answers;
use super::versions::{Version, versions};
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::Docs;
use crate::generator::expand::types::outer;
use crate::generator::model::{Answer, Operation, Payload, Versions};
use crate::generator::names::bare;

pub fn client(context: &Context<'_>) -> TokenStream {
    let Context { api, runtime, deprecated, .. } = context;
    let operations = api.operations.iter().map(|each| operation(context, each));
    quote! {
        #runtime::private::if_blocking! {
            /// A blocking version of [`Client`], created by [`Client::blocking`].
            ///
            /// Each operation blocks the current thread until it succeeds or fails. A call from an async task returns
            /// an error of the kind `Configuration`. Use `tokio::task::spawn_blocking` to make calls from async code.
            #[derive(::core::clone::Clone, ::core::fmt::Debug)]
            pub struct BlockingClient {
                inner: #runtime::private::Blocking<Client>,
            }

            impl Client {
                /// Converts this client into a blocking client, which runs its own tokio runtime on a background
                /// thread.
                ///
                /// # Errors
                ///
                /// Returns an error of the kind `Configuration` if the runtime cannot be started.
                pub fn blocking(self) -> ::core::result::Result<BlockingClient, #runtime::Error> {
                    ::core::result::Result::Ok(BlockingClient { inner: #runtime::private::Blocking::new(self)? })
                }
            }

            #deprecated
            impl BlockingClient {
                /// Returns a client whose calls use `options`. See [`Client::with`].
                pub fn with(&self, options: #runtime::CallOptions) -> Self {
                    Self { inner: self.inner.map(|client| client.with(options)) }
                }

                #(#operations)*
            }
        }
    }
}

fn operation(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let runtime = &context.runtime;
    let pages = operation.pages.as_ref().map(|pages| {
        let item = outer(context, &pages.item);
        let docs = Docs::new(&format!("Blocking version of {}.", link(&pages.names.name)))
            .section("The iterator fetches a page when its first item is requested.");
        versions(context, operation, &pages.names, docs, |version| {
            let Version { name, head, arguments, argument_names, .. } = version;
            let client = inner_client();
            quote! {
                #head
                pub fn #name(&self, #(#arguments),*) -> #runtime::Items<#runtime::Pages<#item>> {
                    self.inner.items(|#client| #client.#name(#(#argument_names),*))
                }
            }
        })
    });
    let streaming = operation.streaming.as_ref().map(|streaming| {
        let response = answers::stream_of(context, &streaming.stream).1;
        methods(context, operation, &streaming.names, &quote! { #runtime::Items<#response> }, "stream")
    });
    let others = operation.alternatives.iter().map(|other| of_answer(context, operation, &other.names, &other.answer));
    let own = of_answer(context, operation, &operation.versions(), &operation.answer);
    quote! {
        #own

        #pages

        #streaming

        #(#others)*
    }
}

/// Returns the method for a response. Bytes are a stream, too.
fn of_answer(context: &Context<'_>, operation: &Operation, names: &Versions, answer: &Answer) -> TokenStream {
    let runtime = &context.runtime;
    let response = answers::answer(context, answer).1;
    match answer {
        Answer::Stream(_) | Answer::One(Payload::Bytes | Payload::Multipart(_)) => {
            methods(context, operation, names, &quote! { #runtime::Items<#response> }, "stream")
        }
        _ => methods(context, operation, names, &response, "call"),
    }
}

/// A link to a method of the asynchronous client.
fn link(name: &Ident) -> String {
    format!("[`Client::{}`]", bare(name))
}

/// Returns the name of a closure's argument. An argument of the method may have the same name, because this one is
/// hygienic.
fn inner_client() -> Ident {
    Ident::new("client", Span::mixed_site())
}

fn methods(
    context: &Context<'_>,
    operation: &Operation,
    names: &Versions,
    response: &TokenStream,
    wait: &str,
) -> TokenStream {
    let runtime = &context.runtime;
    let wait = format_ident!("{wait}");
    let link = link(&names.name);
    let docs = Docs::new(&format!("Blocking version of {link}.")).section(&format!(
        "# Errors\n\nReturns the same errors as {link}, and an error of the kind `Configuration` if it is called from an async task."
    ));
    versions(context, operation, names, docs, |version| {
        let Version { name, head, arguments, argument_names, .. } = version;
        let client = inner_client();
        quote! {
            #head
            pub fn #name(&self, #(#arguments),*)
                -> ::core::result::Result<#runtime::Response<#response>, #runtime::Error>
            {
                self.inner.#wait(|#client| #client.#name(#(#argument_names),*))
            }
        }
    })
}
