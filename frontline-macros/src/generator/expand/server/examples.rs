//! `server::Examples`, a service that answers from the document.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::methods::Method;
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::Docs;
use crate::generator::names::bare;

/// Returns the service, in which closures can replace single methods.
pub fn examples<'a>(context: &Context<'_>, methods: impl Iterator<Item = Method<'a>>) -> TokenStream {
    let (mut fields, mut setters, mut answers) = (Vec::new(), Vec::new(), Vec::new());
    for method in methods {
        let replaced = format_ident!("on_{}", bare(method.name));
        fields.push(field(context, &method, &replaced));
        setters.push(setter(context, &method, &replaced));
        answers.push(answer(context, &method, &replaced));
    }
    quote! {
        /// A service that answers from the document: with examples of the responses, or with values that are made of
        /// their schemas.
        ///
        /// The methods `on_…` replace single answers by closures.
        #[derive(Debug, Default)]
        pub struct Examples {
            seed: u64,
            #(#fields,)*
        }

        impl Examples {
            /// Creates the service, with the seed 0.
            #[must_use]
            pub fn new() -> Self {
                ::core::default::Default::default()
            }

            /// Creates the service with a seed, which chooses among several examples, and makes values. The same
            /// seed gives the same answers.
            #[must_use]
            pub fn seeded(seed: u64) -> Self {
                Self { seed, ..::core::default::Default::default() }
            }

            #(#setters)*
        }

        impl Service for Examples {
            #(#answers)*
        }
    }
}

fn field(context: &Context<'_>, method: &Method<'_>, replaced: &Ident) -> TokenStream {
    let runtime = &context.runtime;
    let (types, ty) = (method.arguments.iter().map(|argument| &argument.ty), &method.answering.ty);
    quote! { #replaced: #runtime::private::Replaced<(#(#types,)*), #ty> }
}

fn setter(context: &Context<'_>, method: &Method<'_>, replaced: &Ident) -> TokenStream {
    let runtime = &context.runtime;
    let link = bare(method.name);
    let docs = Docs::new(&format!("Calls `answer` instead of answering [`Service::{link}`] from the document."));
    let (types, ty) = (method.arguments.iter().map(|argument| &argument.ty), &method.answering.ty);
    let names: Vec<&Ident> = method.arguments.iter().map(|argument| &argument.name).collect();
    // An argument can have the same name.
    let answer = Ident::new("answer", Span::mixed_site());
    quote! {
        #docs
        #[must_use]
        pub fn #replaced<F>(
            mut self,
            #answer: impl ::core::ops::Fn(#(#types),*) -> F + ::core::marker::Send + ::core::marker::Sync + 'static,
        ) -> Self
        where
            F: ::core::future::Future<
                    Output = ::core::result::Result<#runtime::Response<#ty>, #runtime::Error>,
                > + ::core::marker::Send
                + 'static,
        {
            self.#replaced = #runtime::private::Replaced::new(move |(#(#names,)*)| #answer(#(#names),*));
            self
        }
    }
}

fn answer(context: &Context<'_>, method: &Method<'_>, replaced: &Ident) -> TokenStream {
    let runtime = &context.runtime;
    let (name, ty) = (method.name, &method.answering.ty);
    let declared = method.declared();
    let many = method.many();
    let names = method.arguments.iter().map(|argument| &argument.name);
    quote! {
        #many
        fn #name(
            &self,
            #(#declared),*
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<#runtime::Response<#ty>, #runtime::Error>,
        > + ::core::marker::Send {
            self.#replaced.answer(self.seed, (#(#names,)*))
        }
    }
}
