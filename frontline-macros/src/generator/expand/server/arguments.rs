//! The arguments of a service's methods: their types, and how they are read from a request.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::types::tested;
use crate::generator::model::{
    Body, Content, Location, Operation, Options, Parameter, Part, PartKind, Payload, Type, TypeId, TypeKind,
    behind_aliases,
};

/// An argument: its name and type, and the expression that reads it from `arrived`.
pub struct Argument {
    pub name: Ident,
    pub ty: TokenStream,
    pub value: TokenStream,
}

/// Returns the arguments of a method, in the order of the client's: path parameters, other parameters, and the body.
pub fn arguments(context: &Context<'_>, operation: &Operation) -> Vec<Argument> {
    let path = operation.parameters.iter().map(|parameter| Argument {
        name: parameter.name.rust.clone(),
        ty: tested(context, &parameter.ty),
        value: argument(parameter),
    });
    let options = operation.options.as_ref().map(|options| parameters(context, options));
    let body = operation.body.as_ref().map(|own| body(context, own));
    path.chain(options).chain(body).collect()
}

fn argument(parameter: &Parameter) -> TokenStream {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let wire = &parameter.name.wire;
    quote! { arrived.argument(#location, #wire)? }
}

fn name(text: &str) -> Ident {
    Ident::new(text, Span::call_site())
}

fn parameters(context: &Context<'_>, options: &Options) -> Argument {
    let fields = options.parameters.iter().map(|parameter| {
        let (name, value) = (&parameter.name.rust, argument(parameter));
        quote! { #name: #value }
    });
    let own = path(context, options.ty);
    Argument {
        name: name("params"),
        ty: tested(context, &Type::Named(options.ty)),
        value: quote! { #own { #(#fields),* } },
    }
}

/// Returns the path of a type next to the client.
fn path(context: &Context<'_>, id: TypeId) -> TokenStream {
    crate::generator::expand::types::named(context, id)
}

fn body(context: &Context<'_>, body: &Body) -> Argument {
    let (ty, value) = match (body.choice, body.contents.as_slice()) {
        (Some(choice), contents) => (tested(context, &Type::Named(choice)), chosen(context, choice, contents)),
        (None, [first, ..]) => (held(context, &first.payload), read(context, &first.payload)),
        (None, []) => (quote! { () }, quote! { () }),
    };
    let (ty, value) = if body.is_required {
        (ty, value)
    } else {
        let value = quote! {
            if arrived.has_body() { ::core::option::Option::Some(#value) } else { ::core::option::Option::None }
        };
        (quote! { ::core::option::Option<#ty> }, value)
    };
    Argument { name: name("body"), ty, value }
}

fn chosen(context: &Context<'_>, choice: TypeId, contents: &[Content]) -> TokenStream {
    let own = path(context, choice);
    let media = contents.iter().map(|content| &content.media);
    let last = contents.len().saturating_sub(1);
    let arms = contents.iter().enumerate().map(|(index, content)| {
        let (variant, value) = (&content.name, read(context, &content.payload));
        let pattern = if index == last {
            quote! { _ }
        } else {
            quote! { #index }
        };
        quote! { #pattern => #own::#variant(#value) }
    });
    quote! { match arrived.content(&[#(#media),*]) { #(#arms),* } }
}

fn held(context: &Context<'_>, payload: &Payload) -> TokenStream {
    let runtime = &context.runtime;
    match payload {
        Payload::Json(ty) | Payload::Form(ty, _) | Payload::Multipart(ty) => tested(context, ty),
        Payload::Text => quote! { ::std::string::String },
        Payload::Bytes => quote! { #runtime::ByteStream },
    }
}

fn read(context: &Context<'_>, payload: &Payload) -> TokenStream {
    match payload {
        Payload::Json(_) | Payload::Form(..) => quote! { arrived.body()? },
        Payload::Text => quote! { arrived.text()? },
        Payload::Bytes => quote! { arrived.bytes()? },
        Payload::Multipart(ty) => multipart(context, ty),
    }
}

fn multipart(context: &Context<'_>, ty: &Type) -> TokenStream {
    let Type::Named(id) = ty else { return quote! { arrived.body()? } };
    let Some(TypeKind::Multipart(parts)) = context.api.types.get(*id).map(|definition| &definition.kind) else {
        return quote! { arrived.body()? };
    };
    let own = path(context, *id);
    let known: Vec<&str> = parts
        .iter()
        .filter(|part| !part.field.is_flattened && part.header_of.is_none())
        .map(|part| part.field.name.wire.as_str())
        .collect();
    let fields = parts.iter().map(|part| {
        let (name, value) = (&part.field.name.rust, read_part(context, part, &known));
        quote! { #name: #value }
    });
    quote! { #own { #(#fields),* } }
}

fn read_part(context: &Context<'_>, part: &Part, known: &[&str]) -> TokenStream {
    let wire = &part.field.name.wire;
    let is_optional = part.field.is_optional();
    let is_list = matches!(behind_aliases(&context.api.types, &part.field.ty), Type::List(_));
    match part.kind {
        PartKind::File if part.field.is_flattened => quote! { arrived.other_files(&[#(#known),*])? },
        _ if part.field.is_flattened => quote! { arrived.other_parts(&[#(#known),*])? },
        PartKind::File if is_optional => quote! { arrived.file(#wire).ok() },
        PartKind::File => quote! { arrived.file(#wire)? },
        PartKind::Files if is_optional => {
            quote! { ::core::option::Option::Some(arrived.files(#wire)).filter(|files| !files.is_empty()) }
        }
        PartKind::Files => quote! { arrived.files(#wire) },
        PartKind::Text | PartKind::Json | PartKind::Value => quote! { arrived.part(#wire, #is_list)? },
        PartKind::Header(_) => {
            let of = &part.header_of;
            quote! { arrived.part_header(#of, #wire, #is_list)? }
        }
    }
}
