//! One method for each operation: a signature and a body of one expression.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::{Docs, code};
use super::structs::many_arguments;
use super::types::{borrowed, is_borrowed, named, outer};
use super::{Context, bodies, pages, streams};
use crate::generator::model::{Answer, Failure, Location, Operation, Parameter, Payload, Style};
use crate::generator::names::bare;

pub fn operation(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let runtime = &context.runtime;
    let docs = docs(context, operation);
    let deprecated = operation.is_deprecated.then(|| quote! { #[deprecated] });
    let name = &operation.name.rust;
    let arguments = arguments(context, operation);
    let many = many_arguments(arguments.len() + 1);
    let (send, response) = answer(context, &operation.answer);
    let request = request(context, operation, accept(operation));
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

/// The method's arguments: path parameters, the struct of the others, the body.
pub fn arguments(context: &Context<'_>, operation: &Operation) -> Vec<TokenStream> {
    let path = operation.parameters.iter().map(|parameter| {
        let (name, ty) = (&parameter.name.rust, borrowed(context, &parameter.ty));
        quote! { #name: #ty }
    });
    let options = operation.options.as_ref().map(|options| {
        let ty = named(context, options.ty);
        quote! { params: &#ty }
    });
    let body = operation.body.as_ref().map(|body| bodies::argument(context, body));
    path.chain(options).chain(body).collect()
}

/// Their names, to pass them on.
pub fn argument_names(operation: &Operation) -> Vec<TokenStream> {
    let path = operation.parameters.iter().map(|parameter| {
        let name = &parameter.name.rust;
        quote! { #name }
    });
    let options = operation.options.as_ref().map(|_| quote! { params });
    let body = operation.body.as_ref().map(|_| quote! { body });
    path.chain(options).chain(body).collect()
}

/// The type of the answer's body.
pub fn response(context: &Context<'_>, operation: &Operation) -> TokenStream {
    answer(context, &operation.answer).1
}

/// The media types that are asked for, where they are not what the runtime asks for.
fn accept(operation: &Operation) -> Option<&str> {
    match &operation.answer {
        // What else a service may send, it can be read.
        Answer::One(Payload::Text) => Some("*/*"),
        Answer::One(Payload::Bytes) => None,
        Answer::Stream(stream) => streams::accept(stream),
        _ => operation.accept.as_deref(),
    }
}

pub fn request(context: &Context<'_>, operation: &Operation, accept: Option<&str>) -> TokenStream {
    let runtime = &context.runtime;
    let constructor = format_ident!("{}", operation.method.as_str().to_ascii_lowercase());
    let template = &operation.path;
    let server = operation.server.as_ref().map(|server| quote! { .server(#server) });
    let path = operation.parameters.iter().map(|parameter| {
        let name = &parameter.name.rust;
        let value = if is_borrowed(&parameter.ty) {
            quote! { #name }
        } else {
            quote! { &#name }
        };
        set(context, parameter, &value)
    });
    let options = operation.options.iter().flat_map(|options| &options.parameters);
    let options = options.map(|parameter| {
        let name = &parameter.name.rust;
        set(context, parameter, &quote! { &params.#name })
    });
    let body = operation.body.as_ref().and_then(|body| bodies::setter(context, body));
    let accept = accept.map(|media| quote! { .accept(#media) });
    let also = &operation.also;
    let also = (!also.is_empty()).then(|| quote! { .also(&[#(#also),*]) });
    let security = security(context, operation);
    quote! { #runtime::private::Request::#constructor(#template) #server #(#path)* #(#options)* #body #accept #also #security }
}

/// How an answer is received, and as what.
fn answer(context: &Context<'_>, answer: &Answer) -> (Ident, TokenStream) {
    let runtime = &context.runtime;
    let (send, ty) = match answer {
        Answer::Empty => ("send_empty", quote! { () }),
        Answer::One(Payload::Json(ty)) => ("send", outer(context, ty)),
        Answer::One(Payload::Bytes | Payload::Multipart(_)) => ("send_stream", quote! { #runtime::ByteStream }),
        Answer::One(Payload::Text | Payload::Form(..)) => ("send_text", quote! { ::std::string::String }),
        Answer::Optional(ty) => {
            let ty = outer(context, ty);
            ("send_optional", quote! { ::core::option::Option<#ty> })
        }
        Answer::Choice(id) => ("send_as", named(context, *id)),
        Answer::Stream(stream) => return streams::answer(context, stream),
    };
    (format_ident!("{send}"), ty)
}

/// The call that puts a parameter into the request; the style is named where it is not the place's own.
fn set(context: &Context<'_>, parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let runtime = &context.runtime;
    let wire = &parameter.name.wire;
    let (setter, own) = match parameter.location {
        Location::Path => ("path", Style::Simple),
        Location::Query => ("query", Style::FormExplode),
        Location::Header => ("header", Style::Simple),
        Location::Cookie => ("cookie", Style::FormExplode),
    };
    if parameter.style == own {
        let setter = format_ident!("{setter}");
        return quote! { .#setter(#wire, #value) };
    }
    let (setter, style) = (format_ident!("{setter}_as"), bodies::style_name(parameter.style));
    quote! { .#setter(#wire, #runtime::private::Style::#style, #value) }
}

fn security(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let alternatives = operation.security.iter().map(|schemes| {
        let schemes =
            schemes.iter().filter_map(|index| context.api.schemes.get(*index)).map(|scheme| &scheme.name.rust);
        quote! { &[#(Self::#schemes),*] }
    });
    (!operation.security.is_empty()).then(|| quote! { .security(&[#(#alternatives),*]) })
}

pub fn docs(context: &Context<'_>, operation: &Operation) -> Docs {
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
