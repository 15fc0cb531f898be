//! Multipart bodies.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::constants::constant;
use super::structs::{Argument, debug, field_docs, setters};
use crate::generator::expand::context::Context;
use crate::generator::expand::types::{inner, style_name};
use crate::generator::model::{Access, Part, PartKind, Type};

pub fn multipart(context: &Context<'_>, name: &Ident, parts: &[Part]) -> TokenStream {
    let runtime = &context.runtime;
    let types: Vec<TokenStream> = parts.iter().map(|part| part_type(context, part)).collect();
    let fields = parts.iter().zip(&types).map(|(part, ty)| {
        let (docs, name) = (field_docs(&part.field), &part.field.name.rust);
        let deprecated = part.field.is_deprecated.then(|| quote! { #[deprecated] });
        let ty = if part.field.is_optional() {
            quote! { ::core::option::Option<#ty> }
        } else {
            ty.clone()
        };
        quote! { #docs #deprecated pub #name: #ty, }
    });
    let arguments: Vec<Argument<'_>> = parts
        .iter()
        .zip(&types)
        .map(|(part, ty)| Argument {
            field: &part.field,
            ty: ty.clone(),
            is_into: (part.kind == PartKind::File && !part.field.is_flattened) || part.field.ty == Type::String,
            constant: constant(context, &part.field)
                .filter(|_| matches!(part.kind, PartKind::Text | PartKind::Json | PartKind::Header(_))),
            has_setter: part.field.access != Access::ReadOnly,
        })
        .collect();
    let setters = setters(name, &arguments);
    let writes = parts.iter().map(|part| {
        let (wire, name) = (&part.field.name.wire, &part.field.name.rust);
        let media = part.media.as_ref().map(|media| quote! { .of_type(#wire, #media) });
        let write = match part.kind {
            PartKind::File if part.field.is_flattened => {
                quote! { .map(body.#name, |form, name, file| form.file(name, file)) }
            }
            _ if part.field.is_flattened => quote! { .map(body.#name, |form, name, value| form.value(name, &value)) },
            PartKind::Text => quote! { .text(#wire, &body.#name) },
            PartKind::Json => quote! { .json(#wire, &body.#name) },
            PartKind::Value => quote! { .value(#wire, &body.#name) },
            PartKind::File => quote! { .file(#wire, body.#name) },
            PartKind::Files if part.field.is_optional() => quote! { .files(#wire, body.#name.unwrap_or_default()) },
            PartKind::Files => quote! { .files(#wire, body.#name) },
            PartKind::Header(style) => {
                let (of, style) = (&part.header_of, style_name(style));
                quote! { .header(#of, #wire, #runtime::private::Style::#style, &body.#name) }
            }
        };
        quote! { #write #media }
    });
    let (derived_debug, debug) = debug(context, name, &parts.iter().map(|part| &part.field).collect::<Vec<_>>());
    let derived_default = parts
        .iter()
        .all(|part| part.field.is_flattened || !part.field.is_asked_for())
        .then(|| quote! { ::core::default::Default });
    quote! {
        #[derive(#derived_debug #derived_default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }

        #debug
        #setters

        impl ::core::convert::From<#name> for #runtime::private::Multipart {
            fn from(body: #name) -> Self {
                Self::new() #(#writes)*
            }
        }
    }
}

fn part_type(context: &Context<'_>, part: &Part) -> TokenStream {
    let runtime = &context.runtime;
    match part.kind {
        PartKind::File if part.field.is_flattened => {
            quote! { ::std::collections::BTreeMap<::std::string::String, #runtime::File> }
        }
        PartKind::File => quote! { #runtime::File },
        PartKind::Files => quote! { ::std::vec::Vec<#runtime::File> },
        PartKind::Text | PartKind::Json | PartKind::Value | PartKind::Header(_) => inner(context, &part.field.ty),
    }
}
