//! The client without `async`: a method for each of the asynchronous client's, that waits for it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::answers;
use super::arguments::{argument_names, arguments};
use super::pages;
use crate::generator::expand::context::Context;
use crate::generator::expand::lints::many_arguments;
use crate::generator::model::{Answer, Operation, Payload};
use crate::generator::names::bare;

pub fn client(context: &Context<'_>) -> TokenStream {
    let Context { api, runtime, deprecated, .. } = context;
    let operations = api.operations.iter().map(|each| operation(context, each));
    quote! {
        #runtime::private::if_blocking! {
            /// [`Client`] without `async`: each method waits for the answer. Not for use in asynchronous code, where
            /// calls are refused.
            #[derive(::core::clone::Clone, ::core::fmt::Debug)]
            pub struct BlockingClient {
                inner: #runtime::private::Blocking<Client>,
            }

            impl Client {
                /// The same client without `async`, on a runtime of its own.
                ///
                /// # Errors
                ///
                /// If the system has no thread left for the runtime.
                pub fn blocking(self) -> ::core::result::Result<BlockingClient, #runtime::Error> {
                    ::core::result::Result::Ok(BlockingClient { inner: #runtime::private::Blocking::new(self)? })
                }
            }

            #deprecated
            impl BlockingClient {
                /// The same client, with what its calls shall do otherwise. It shares connections with this one.
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
    let deprecated = operation.is_deprecated.then(|| quote! { #[deprecated] });
    let name = &operation.name.rust;
    let (arguments, names) = (arguments(context, operation), argument_names(operation));
    let many = many_arguments(arguments.len() + 1);
    let pages = pages::item(context, operation).map(|item| {
        let name = format_ident!("{}_stream", bare(name));
        quote! {
            /// What the method of the same name of [`Client`] streams, as an iterator.
            #deprecated
            #many
            pub fn #name(&self, #(#arguments),*) -> #runtime::Items<#runtime::Pages<#item>> {
                self.inner.items(|client| client.#name(#(#names),*))
            }
        }
    });
    let streaming = operation.streaming.as_ref().map(|streaming| {
        let response = answers::stream_of(context, &streaming.stream).1;
        method(context, operation, &streaming.name, &quote! { #runtime::Items<#response> }, "stream")
    });
    let response = answers::response(context, operation);
    let own = match operation.answer {
        Answer::Stream(_) | Answer::One(Payload::Bytes | Payload::Multipart(_)) => {
            method(context, operation, name, &quote! { #runtime::Items<#response> }, "stream")
        }
        _ => method(context, operation, name, &response, "call"),
    };
    quote! {
        #own

        #pages

        #streaming
    }
}

fn method(
    context: &Context<'_>,
    operation: &Operation,
    name: &Ident,
    response: &TokenStream,
    wait: &str,
) -> TokenStream {
    let runtime = &context.runtime;
    let deprecated = operation.is_deprecated.then(|| quote! { #[deprecated] });
    let (arguments, names) = (arguments(context, operation), argument_names(operation));
    let many = many_arguments(arguments.len() + 1);
    let wait = format_ident!("{wait}");
    quote! {
        /// What the method of the same name of [`Client`] does.
        ///
        /// # Errors
        ///
        /// As there, and in asynchronous code.
        #deprecated
        #many
        pub fn #name(&self, #(#arguments),*)
            -> ::core::result::Result<#runtime::Response<#response>, #runtime::Error>
        {
            self.inner.#wait(|client| client.#name(#(#names),*))
        }
    }
}
