//! One method for each operation: a signature and a body of one expression.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::arguments;
use super::request::request;
use super::{answers, pages, streams};
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, code};
use crate::generator::expand::lints::many_arguments;
use crate::generator::expand::types::outer;
use crate::generator::model::{Failure, Operation};
use crate::generator::names::bare;

pub fn operation(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let runtime = &context.runtime;
    let docs = docs(context, operation);
    let deprecated = operation.is_deprecated.then(|| quote! { #[deprecated] });
    let name = &operation.name.rust;
    let arguments = arguments(context, operation);
    let many = many_arguments(arguments.len() + 1);
    let (send, response) = answers::answer(context, &operation.answer);
    let request = request(context, operation, answers::accept(operation));
    let pages = pages::stream(context, operation);
    let stream = streams::method(context, operation);
    quote! {
        #docs
        #deprecated
        #many
        pub async fn #name(&self, #(#arguments),*)
            -> ::core::result::Result<#runtime::Response<#response>, #runtime::Error>
        {
            self.transport.#send(#request).await
        }

        #pages

        #stream
    }
}

fn docs(context: &Context<'_>, operation: &Operation) -> Docs {
    let request = format!("{} {}", operation.method.as_str(), operation.path);
    let parameters: Vec<String> = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.docs.is_empty())
        .map(|parameter| format!("- `{}`: {}", parameter.name.rust, parameter.docs.replace('\n', "\n  ")))
        .collect();
    let arguments =
        if parameters.is_empty() { String::new() } else { format!("# Arguments\n\n{}", parameters.join("\n")) };
    let failures: Vec<String> = operation.failures.iter().map(|failure| failure_docs(context, failure)).collect();
    let stream = operation.streaming.as_ref().map(|streaming| {
        let name = bare(&streaming.name);
        format!("The answer as a stream: [`{name}`](Self::{name}).")
    });
    Docs::new(&operation.docs)
        .section(&format!("{}.", code(&request)))
        .section(&stream.unwrap_or_default())
        .section(&arguments)
        .section("# Errors\n\nIf an argument cannot be sent, the service cannot be reached or does not answer with success, or the answer\ncannot be read.")
        .section(&failures.join("\n"))
}

/// The type of a documented error's body, for `Error::body_as`.
fn failure_docs(context: &Context<'_>, failure: &Failure) -> String {
    let ty = outer(context, &failure.ty).to_string().replace(' ', "");
    format!("- status {}: the error's body is a `{ty}`", failure.status)
}
