//! The methods that ask for a stream where there is another answer.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers;
use super::arguments::arguments;
use super::request::request;
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, code};
use crate::generator::expand::lints::many_arguments;
use crate::generator::model::{Operation, Streaming};
use crate::generator::names::bare;

pub fn method(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let Streaming { name, stream } = operation.streaming.as_ref()?;
    let runtime = &context.runtime;
    let other = bare(&operation.name.rust);
    let docs = Docs::new(&format!("What {} does, with a stream for its answer.", link(&other)))
        .section(
            "Where the document has a parameter or a property that asks for the stream, such as `stream`, set it: this \
             method asks\nfor it by `Accept` alone.",
        )
        .section(&format!("# Errors\n\nAs for {}, or if the answer is no stream.", code(&other)));
    let deprecated = operation.is_deprecated.then(|| quote! { #[deprecated] });
    let arguments = arguments(context, operation);
    let many = many_arguments(arguments.len() + 1);
    let (send, response) = answers::stream_of(context, stream);
    let request = request(context, operation, answers::media_of(stream));
    Some(quote! {
        #docs
        #deprecated
        #many
        pub async fn #name(&self, #(#arguments),*)
            -> ::core::result::Result<#runtime::Response<#response>, #runtime::Error>
        {
            self.transport.#send(#request).await
        }
    })
}

fn link(method: &str) -> String {
    format!("[`{method}`](Self::{method})")
}
