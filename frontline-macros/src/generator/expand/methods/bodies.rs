//! Request bodies: the arguments that take them, and the calls that add them to requests.

use proc_macro2::TokenStream;
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::types::{borrowed, is_borrowed, named, outer, style_name};
use crate::generator::model::{Body, Content, FormStyles, Payload, Type};

/// Returns the argument for a body.
pub fn argument(context: &Context<'_>, body: &Body) -> TokenStream {
    let runtime = &context.runtime;
    let ty = match (body.choice, body.contents.as_slice()) {
        (Some(choice), _) => named(context, choice),
        (None, [Content { payload: Payload::Json(ty) | Payload::Form(ty, _), .. }, ..]) => borrowed(context, ty),
        (None, [Content { payload: Payload::Multipart(ty), .. }, ..]) => outer(context, ty),
        (None, [Content { payload: Payload::Text, .. }, ..]) => quote! { &str },
        _ => quote! { #runtime::ByteStream },
    };
    let is_made =
        body.choice.is_some() || matches!(body.contents.as_slice(), [Content { payload: Payload::Bytes, .. }]);
    match (body.is_required, is_made) {
        (true, true) => quote! { body: impl ::core::convert::Into<#ty> },
        (true, false) => quote! { body: #ty },
        (false, _) => quote! { body: ::core::option::Option<#ty> },
    }
}

/// Returns the call that adds the argument to the request.
pub fn setter(context: &Context<'_>, body: &Body) -> Option<TokenStream> {
    let first = body.contents.first()?;
    if let Some(choice) = body.choice {
        let ty = named(context, choice);
        let arms = body.contents.iter().map(|content| {
            let (name, call) = (&content.name, write(&context.runtime, content, true));
            quote! { #ty::#name(body) => request #call }
        });
        let write = quote! { |request, body| match body { #(#arms,)* } };
        return Some(if body.is_required {
            quote! { .with(body.into(), #write) }
        } else {
            quote! { .optional(body, #write) }
        });
    }
    let write = write(&context.runtime, first, false);
    Some(if body.is_required {
        write
    } else {
        quote! { .optional(body, |request, body| request #write) }
    })
}

/// Returns the call that serializes `body`. `is_owned` says that `body` is a value, whatever the argument's type is.
fn write(runtime: &TokenStream, content: &Content, is_owned: bool) -> TokenStream {
    let media = content.sent();
    let borrow = |ty: &Type| (is_owned || !is_borrowed(ty)).then(|| quote! { & });
    match &content.payload {
        Payload::Json(ty) => {
            let borrow = borrow(ty);
            match media {
                "application/json" => quote! { .json(#borrow body) },
                _ => quote! { .json_as(#media, #borrow body) },
            }
        }
        Payload::Form(ty, styles) if *styles == FormStyles::default() => {
            let borrow = borrow(ty);
            quote! { .form(#borrow body) }
        }
        Payload::Form(ty, styles) => {
            let borrow = borrow(ty);
            let setter = if styles.has_brackets {
                quote! { form_nested }
            } else {
                quote! { form_with }
            };
            let styles = styles.own.iter().map(|(property, style)| {
                let style = style_name(*style);
                quote! { (#property, #runtime::private::Style::#style) }
            });
            quote! { .#setter(#borrow body, &[#(#styles),*]) }
        }
        Payload::Multipart(_) if media == "multipart/form-data" => quote! { .multipart(body) },
        Payload::Multipart(_) => quote! { .multipart_as(#media, body) },
        Payload::Text if is_owned => quote! { .text(#media, &body) },
        Payload::Text => quote! { .text(#media, body) },
        Payload::Bytes => quote! { .bytes(#media, body) },
    }
}
