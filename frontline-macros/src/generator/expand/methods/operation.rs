//! Methods for operations. The body of each method is a single expression.

use proc_macro2::TokenStream;
use quote::quote;

use super::request::request;
use super::versions::{Version, link, versions};
use super::{alternatives, answers, pages, streams};
use crate::generator::docs::paragraphs;
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, after, code, type_text};
use crate::generator::expand::types::outer;
use crate::generator::model::{Failure, Operation, Payload, Type};
use crate::generator::names::bare;

pub fn operation(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let runtime = &context.runtime;
    let docs = docs(context, operation);
    let (send, response) = answers::answer(context, &operation.answer);
    let methods = versions(context, operation, &operation.versions(), docs, |version| {
        let Version { name, head, arguments, has_params, .. } = version;
        let request = request(context, operation, answers::accept(operation), has_params);
        quote! {
            #head
            pub async fn #name(&self, #(#arguments),*)
                -> ::core::result::Result<#runtime::Response<#response>, #runtime::Error>
            {
                self.transport.#send(#request).await
            }
        }
    });
    let pages = pages::stream(context, operation);
    let stream = streams::method(context, operation);
    let others = alternatives::methods(context, operation);
    quote! {
        #methods

        #pages

        #stream

        #(#others)*
    }
}

const ERRORS: &str = "\
# Errors

Returns an error if an argument is invalid, if the request fails or times out, if the status is unsuccessful, or if the
response cannot be decoded. `ErrorKind` lists all kinds of errors.";

fn docs(context: &Context<'_>, operation: &Operation) -> Docs {
    let request = format!("{} {}", operation.method.as_str(), operation.path);
    let parameters: Vec<String> = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.docs.is_empty())
        .map(|parameter| after(&format!("- `{}`:", parameter.name.rust), &parameter.docs).replace('\n', "\n  "))
        .collect();
    let arguments =
        if parameters.is_empty() { String::new() } else { format!("# Arguments\n\n{}", parameters.join("\n")) };
    let failures = failures(context, operation);
    let stream = operation
        .streaming
        .as_ref()
        .map(|streaming| format!("{} returns the response as a stream.", link(&streaming.names.name)));
    let others = operation
        .alternatives
        .iter()
        .map(|other| format!("{} requests {} instead.", link(&other.names.name), code(&other.media)));
    Docs::new(&operation.docs)
        .section(&format!("Sends {}.", code(&request)))
        .section(&stream.unwrap_or_default())
        .section(&others.collect::<Vec<_>>().join("\n\n"))
        .section(&arguments)
        .section(if has_nullable_body(operation) { "If `body` is `None`, null is sent." } else { "" })
        .section(ERRORS)
        .section(&failures)
}

/// Returns whether the argument for the request body can be null.
fn has_nullable_body(operation: &Operation) -> bool {
    let body = operation.body.as_ref().filter(|body| body.choice.is_none());
    let mut contents = body.iter().flat_map(|body| &body.contents);
    contents.any(|content| matches!(content.payload, Payload::Json(Type::Nullable(_))))
}

/// Lists the errors that the document describes, and the redirects, which are no failures.
fn failures(context: &Context<'_>, operation: &Operation) -> String {
    let item = |failure: &Failure| {
        let (name, ty) = (bare(&failure.name), type_text(&outer(context, &failure.ty)));
        match failure.status.as_str() {
            "default" => format!("\n- other statuses: `{name}({ty})`"),
            status => format!("\n- status {status}: `{name}({ty})`"),
        }
    };
    let items: String = operation.failures.iter().map(item).collect();
    let errors = operation.errors.as_ref().map(|name| {
        let name = bare(name);
        format!("`Error::of` returns documented errors as [`errors::{name}`]:\n{items}")
    });
    let redirects: Vec<String> = operation.redirects.iter().map(ToString::to_string).collect();
    let redirects = (!redirects.is_empty()).then(|| {
        format!(
            "Redirects that the document describes: {}. `Redirection` returns them as responses.",
            redirects.join(", ")
        )
    });
    paragraphs(errors.into_iter().chain(redirects))
}
