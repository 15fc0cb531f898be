//! One method for each operation: a signature and a body of one expression.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use super::docs::{Docs, code};
use super::types::{named, outer};
use crate::generator::model::{Encoding, Location, Operation, Parameter, Type};

pub fn operation(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let runtime = &context.runtime;
    let docs = docs(operation);
    let deprecated = operation.is_deprecated.then(|| quote! { #[deprecated] });
    let name = &operation.name.rust;
    let path = operation.parameters.iter().map(|parameter| {
        let (name, ty) = (&parameter.name.rust, borrowed(context, &parameter.ty));
        quote! { #name: #ty }
    });
    let options = operation.options.as_ref().map(|options| {
        let ty = named(context, options.ty);
        quote! { params: &#ty }
    });
    let body = operation.body.as_ref().map(|body| {
        let ty = borrowed(context, &body.ty);
        if body.is_required {
            quote! { body: #ty }
        } else {
            quote! { body: ::core::option::Option<#ty> }
        }
    });
    let arguments = path.chain(options).chain(body);
    let (send, response) = match &operation.response {
        Some(ty) => (format_ident!("send"), outer(context, ty)),
        None => (format_ident!("send_empty"), quote! { () }),
    };
    let request = request(context, operation);
    quote! {
        #docs
        #deprecated
        pub async fn #name(&self, #(#arguments),*)
            -> ::core::result::Result<#runtime::Response<#response>, #runtime::Error>
        {
            self.transport.#send(#request).await
        }
    }
}

fn request(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let runtime = &context.runtime;
    let constructor = format_ident!("{}", operation.method.as_str().to_ascii_lowercase());
    let template = &operation.path;
    let server = operation.server.as_ref().map(|server| quote! { .server(#server) });
    let path = operation.parameters.iter().map(|parameter| {
        let (wire, name) = (&parameter.name.wire, &parameter.name.rust);
        let value = if is_borrowed(&parameter.ty) {
            quote! { #name }
        } else {
            quote! { &#name }
        };
        quote! { .path(#wire, #value) }
    });
    let options = operation.options.iter().flat_map(|options| &options.parameters).map(option);
    let body = operation.body.as_ref().map(|body| match (body.encoding, body.is_required) {
        (Encoding::Form, _) => quote! { .form(body) },
        (Encoding::Json, true) => quote! { .json(body) },
        (Encoding::Json, false) => quote! { .optional_json(body) },
    });
    let security = security(context, operation);
    quote! { #runtime::private::Request::#constructor(#template) #server #(#path)* #(#options)* #body #security }
}

fn option(parameter: &Parameter) -> TokenStream {
    let (wire, name) = (&parameter.name.wire, &parameter.name.rust);
    match parameter.location {
        Location::Path => quote! { .path(#wire, &params.#name) },
        Location::Query => quote! { .query(#wire, &params.#name) },
        Location::Header => quote! { .header(#wire, &params.#name) },
    }
}

fn security(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let alternatives = operation.security.iter().map(|schemes| {
        let schemes =
            schemes.iter().filter_map(|index| context.api.schemes.get(*index)).map(|scheme| &scheme.name.rust);
        quote! { &[#(Self::#schemes),*] }
    });
    (!operation.security.is_empty()).then(|| quote! { .security(&[#(#alternatives),*]) })
}

/// An argument's type: what is cheap to copy by value, the rest by reference.
fn borrowed(context: &Context<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote! { &str },
        ty if is_borrowed(ty) => {
            let ty = outer(context, ty);
            quote! { &#ty }
        }
        ty => outer(context, ty),
    }
}

fn is_borrowed(ty: &Type) -> bool {
    !matches!(ty, Type::Bool | Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::F32 | Type::F64)
}

fn docs(operation: &Operation) -> Docs {
    let request = format!("{} {}", operation.method.as_str(), operation.path);
    let parameters: Vec<String> = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.docs.is_empty())
        .map(|parameter| format!("- `{}`: {}", parameter.name.rust, parameter.docs.replace('\n', "\n  ")))
        .collect();
    let arguments =
        if parameters.is_empty() { String::new() } else { format!("# Arguments\n\n{}", parameters.join("\n")) };
    Docs::new(&operation.docs)
        .section(&format!("{}.", code(&request)))
        .section(&arguments)
        .section("# Errors\n\nIf an argument cannot be sent, the service cannot be reached or does not answer with success, or the answer\ncannot be read.")
}
