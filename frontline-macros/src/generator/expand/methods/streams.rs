//! Methods that return a stream, for operations that can also return something else.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers;
use super::arguments::arguments;
use super::request::request;
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::Docs;
use crate::generator::expand::lints::many_arguments;
use crate::generator::model::{Operation, Streaming};
use crate::generator::names::bare;

pub fn method(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let Streaming { name, stream } = operation.streaming.as_ref()?;
    let runtime = &context.runtime;
    let other = bare(&operation.name.rust);
    let other = format!("[`{other}`](Self::{other})");
    let docs = Docs::new(&format!("Streaming version of {other}."))
        .section(
            "If a parameter or a property requests the stream, such as `stream`, set it. This method itself only sets \
             the header\n`Accept`.",
        )
        .section(&format!(
            "# Errors\n\nReturns the same errors as {other}, and an error if the response is not a stream."
        ));
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
