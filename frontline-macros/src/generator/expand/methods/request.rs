//! The request that a method sends.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::bodies;
use crate::generator::expand::context::Context;
use crate::generator::expand::types::{is_borrowed, style_name};
use crate::generator::model::{IdempotencyKey, Location, Operation, Parameter, Style};

/// Returns the request of a method that `has_params`, or of one that does not take the parameters outside of the path.
pub fn request(context: &Context<'_>, operation: &Operation, accept: Option<&str>, has_params: bool) -> TokenStream {
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
    let options = options.filter_map(|parameter| {
        let (name, wire) = (&parameter.name.rust, &parameter.name.wire);
        match parameter.idempotency_key {
            Some(IdempotencyKey::Made) if !has_params => Some(quote! { .idempotency_key(#wire, &()) }),
            _ if !has_params => None,
            Some(IdempotencyKey::Made) => Some(quote! { .idempotency_key(#wire, &params.#name) }),
            Some(IdempotencyKey::Given) => Some(quote! { .given_idempotency_key(#wire, &params.#name) }),
            None => Some(set(context, parameter, &quote! { &params.#name })),
        }
    });
    let body = operation.body.as_ref().and_then(|body| bodies::setter(context, body));
    let accept = accept.map(|media| quote! { .accept(#media) });
    let also = &operation.also;
    let also = (!also.is_empty()).then(|| quote! { .also(&[#(#also),*]) });
    let personal = operation.answers_pii.then(|| quote! { .personal() });
    let security = security(context, operation);
    quote! {
        #runtime::private::Request::#constructor(#template)
            #server #(#path)* #(#options)* #body #accept #also #personal #security
    }
}

/// Returns the call that adds a parameter to the request. It names the style if that is not the location's default.
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
    let (setter, style) = (format_ident!("{setter}_as"), style_name(parameter.style));
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
