//! Methods that request another media type than that of the operation's own method.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers;
use super::request::request;
use super::versions::{Version, link, versions};
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, code};
use crate::generator::model::{Alternative, Answer, Operation};

pub fn methods(context: &Context<'_>, operation: &Operation) -> Vec<TokenStream> {
    operation.alternatives.iter().map(|other| method(context, operation, other)).collect()
}

fn method(context: &Context<'_>, operation: &Operation, other: &Alternative) -> TokenStream {
    let runtime = &context.runtime;
    let own = link(&operation.name.rust);
    let docs = Docs::new(&format!("Version of {own} that requests {}.", code(&other.media)))
        .section(
            "If a parameter or a property selects the format, set it. This method itself only sets the header `Accept`.",
        )
        .section(&format!("# Errors\n\nReturns the same errors as {own}."));
    let (send, response) = answers::answer(context, &other.answer);
    versions(context, operation, &other.names, docs, |version| {
        let Version { name, head, arguments, has_params, .. } = version;
        let accept = match &other.answer {
            Answer::Stream(stream) => answers::media_of(stream),
            _ => Some(other.media.as_str()),
        };
        let request = request(context, operation, accept, has_params);
        quote! {
            #head
            pub async fn #name(&self, #(#arguments),*)
                -> ::core::result::Result<#runtime::Response<#response>, #runtime::Error>
            {
                self.transport.#send(#request).await
            }
        }
    })
}
