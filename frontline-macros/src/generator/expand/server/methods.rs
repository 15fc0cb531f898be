//! The methods of a service.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::answers::{self, Answering};
use super::arguments::{self, Argument};
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, code};
use crate::generator::expand::lints::many_arguments;
use crate::generator::model::Operation;
use crate::generator::names::bare;

/// A method of the service.
pub struct Method<'a> {
    pub name: &'a Ident,
    operation: &'a Operation,
    pub arguments: Vec<Argument>,
    pub answering: Answering,
    /// The media type of its responses, if the operation has several methods.
    media: Option<&'a str>,
}

/// Returns the methods of an operation, as the client has them.
pub fn methods<'a>(context: &Context<'_>, operation: &'a Operation) -> Vec<Method<'a>> {
    let own = Method {
        name: &operation.name.rust,
        operation,
        arguments: arguments::arguments(context, operation),
        answering: answers::own(context, &operation.answer),
        media: None,
    };
    let streaming = operation.streaming.iter().map(|streaming| Method {
        name: &streaming.names.name,
        operation,
        arguments: arguments::arguments(context, operation),
        answering: answers::stream(context, &streaming.stream),
        media: Some(answers::media_of(&streaming.stream)),
    });
    let others = operation.alternatives.iter().map(|other| Method {
        name: &other.names.name,
        operation,
        arguments: arguments::arguments(context, operation),
        answering: answers::own(context, &other.answer),
        media: Some(&other.media),
    });
    std::iter::once(own).chain(streaming).chain(others).collect()
}

impl Method<'_> {
    pub fn declared(&self) -> impl Iterator<Item = TokenStream> {
        self.arguments.iter().map(|argument| {
            let (name, ty) = (&argument.name, &argument.ty);
            quote! { #name: #ty }
        })
    }

    pub fn many(&self) -> Option<TokenStream> {
        many_arguments(self.arguments.len() + 1)
    }

    pub fn declaration(&self, context: &Context<'_>) -> TokenStream {
        let runtime = &context.runtime;
        let (name, operation, id) = (self.name, self.operation, &self.operation.name.wire);
        let request = code(&format!("{} {}", operation.method.as_str(), operation.path));
        let link = bare(name);
        let docs = Docs::new(&format!("Answers {request}, the request of [`Client::{link}`](super::Client::{link})."));
        let (many, declared) = (self.many(), self.declared());
        let names = self.arguments.iter().map(|argument| &argument.name);
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

    pub fn endpoint(&self, context: &Context<'_>) -> TokenStream {
        let runtime = &context.runtime;
        let (name, id) = (self.name, &self.operation.name.wire);
        // The place of the operation can be behind references, and says nothing of its path then.
        let path = self.operation.key.replace('~', "~0").replace('/', "~1");
        let pointer = format!("/0/paths/{path}/{}", self.operation.method.as_str().to_lowercase());
        let media = match self.media {
            Some(media) => quote! { ::core::option::Option::Some(#media) },
            None => quote! { ::core::option::Option::None },
        };
        let arguments = self.arguments.iter().map(|argument| &argument.value);
        let reply = &self.answering.reply;
        let format = self.answering.stream.as_ref().map(|stream| quote! { #runtime::private::Streaming::#stream });
        let stream = match &format {
            Some(format) => quote! { ::core::option::Option::Some(#format) },
            None => quote! { ::core::option::Option::None },
        };
        let format = format.into_iter();
        quote! {
            #runtime::private::Endpoint {
                name: #id,
                pointer: #pointer,
                media: #media,
                stream: #stream,
                answer: |service, arrived| ::std::boxed::Box::pin(async move {
                    let response = server::Service::#name(service, #(#arguments),*).await;
                    arrived.#reply(#(#format,)* response)
                }),
            }
        }
    }
}
