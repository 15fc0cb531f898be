//! Methods that return a stream, for operations that can also return something else.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers;
use super::request::request;
use super::versions::{Version, link, versions};
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::Docs;
use crate::generator::model::{Operation, Streaming};

pub fn method(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let Streaming { names, stream } = operation.streaming.as_ref()?;
    let runtime = &context.runtime;
    let other = link(&operation.name.rust);
    let docs = Docs::new(&format!("Streaming version of {other}."))
        .section(
            "If a parameter or a property requests the stream, such as `stream`, set it. This method itself only sets \
             the header\n`Accept`.",
        )
        .section(&format!(
            "# Errors\n\nReturns the same errors as {other}, and an error if the response is not a stream."
        ));
    let (send, response) = answers::stream_of(context, stream);
    Some(versions(context, operation, names, docs, |version| {
        let Version { name, head, arguments, has_params, .. } = version;
        let request = request(context, operation, answers::media_of(stream), has_params);
        quote! {
            #head
            pub async fn #name(&self, #(#arguments),*)
                -> ::core::result::Result<#runtime::Response<#response>, #runtime::Error>
            {
                self.transport.#send(#request).await
            }
        }
    }))
}
