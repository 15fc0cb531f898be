//! Structs, with a constructor and setters where a request can hold them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use super::docs::{Docs, code};
use super::types::{inner, is_optional};
use crate::generator::model::{Field, Struct, Type};
use crate::generator::names::bare;

pub fn structure(context: &Context<'_>, name: &Ident, structure: &Struct) -> TokenStream {
    let runtime = &context.runtime;
    let serde = &context.serde;
    let fields = structure.fields.iter().map(|field| declaration(context, field));
    let additional = structure.additional.as_ref().map(|ty| {
        let ty = inner(context, ty);
        let field = additional_name(structure);
        quote! {
            /// The properties that the document does not list.
            #[serde(flatten)]
            pub #field: ::std::collections::BTreeMap<::std::string::String, #ty>,
        }
    });
    let has_pii = structure.fields.iter().any(|field| field.is_pii);
    let derived_debug = (!has_pii).then(|| quote! { ::core::fmt::Debug, });
    let derived_default = structure.fields.iter().all(is_optional).then(|| quote! { ::core::default::Default, });
    let debug = has_pii.then(|| debug(context, name, structure));
    let setters = structure.is_sent.then(|| setters(context, name, structure));
    quote! {
        #[derive(
            ::core::clone::Clone, #derived_debug #derived_default ::core::cmp::PartialEq,
            #runtime::private::serde::Serialize, #runtime::private::serde::Deserialize,
        )]
        #[serde(crate = #serde)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #additional
        }

        #debug
        #setters
    }
}

fn declaration(context: &Context<'_>, field: &Field) -> TokenStream {
    let docs = field_docs(field);
    let deprecated = field.is_deprecated.then(|| quote! { #[deprecated] });
    let name = &field.name.rust;
    let mut options = Vec::new();
    let wire = &field.name.wire;
    if bare(name) != *wire {
        options.push(quote! { rename = #wire });
    }
    if !field.is_required {
        options.push(quote! { skip_serializing_if = "::core::option::Option::is_none" });
    }
    let serde = (!options.is_empty()).then(|| quote! { #[serde(#(#options),*)] });
    let ty = field_type(context, field);
    quote! { #docs #deprecated #serde pub #name: #ty, }
}

fn field_docs(field: &Field) -> Docs {
    Docs::new(&field.docs).or(|| format!("The property {}.", code(&field.name.wire)))
}

fn field_type(context: &Context<'_>, field: &Field) -> TokenStream {
    let ty = inner(context, &field.ty);
    if is_optional(field) {
        quote! { ::core::option::Option<#ty> }
    } else {
        ty
    }
}

/// `additional_properties`, or with underscores behind it where a property has that name.
fn additional_name(structure: &Struct) -> Ident {
    let mut name = format_ident!("additional_properties");
    while structure.fields.iter().any(|field| field.name.rust == name) {
        name = format_ident!("{name}_");
    }
    name
}

/// `Debug` that does not show personal data.
fn debug(context: &Context<'_>, name: &Ident, structure: &Struct) -> TokenStream {
    let runtime = &context.runtime;
    let title = bare(name);
    let fields = structure.fields.iter().map(|field| {
        let (name, label) = (&field.name.rust, bare(&field.name.rust));
        match (field.is_pii, is_optional(field)) {
            (false, _) => quote! { .field(#label, &self.#name) },
            (true, false) => quote! { .field(#label, &#runtime::private::Redacted) },
            (true, true) => quote! { .field(#label, &self.#name.as_ref().map(|_| #runtime::private::Redacted)) },
        }
    });
    let additional = structure.additional.as_ref().map(|_| {
        let name = additional_name(structure);
        let label = name.to_string();
        quote! { .field(#label, &self.#name) }
    });
    quote! {
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.debug_struct(#title) #(#fields)* #additional .finish()
            }
        }
    }
}

fn setters(context: &Context<'_>, name: &Ident, structure: &Struct) -> TokenStream {
    let (optional, required): (Vec<_>, Vec<_>) = structure.fields.iter().partition(|field| is_optional(field));
    let constructor = if required.is_empty() {
        quote! { ::core::default::Default::default() }
    } else {
        let required = required.iter().map(|field| {
            let (name, value) = (&field.name.rust, value(field));
            quote! { #name: #value, }
        });
        let optional = optional.iter().map(|field| &field.name.rust);
        let additional = structure.additional.as_ref().map(|_| {
            let name = additional_name(structure);
            quote! { #name: ::std::collections::BTreeMap::new(), }
        });
        quote! { Self { #(#required)* #(#optional: ::core::option::Option::None,)* #additional } }
    };
    let arguments = required.iter().map(|field| argument(context, field));
    let docs = if required.is_empty() { "Nothing set." } else { "What is required; the rest is not set." };
    let setters = optional.iter().map(|field| setter(context, field));
    quote! {
        impl #name {
            #[doc = #docs]
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                #constructor
            }

            #(#setters)*
        }
    }
}

fn setter(context: &Context<'_>, field: &Field) -> TokenStream {
    let docs = field_docs(field);
    let deprecated = field.is_deprecated.then(|| quote! { #[deprecated] });
    let (name, argument, value) = (&field.name.rust, argument(context, field), value(field));
    let method = if *name == "new" { format_ident!("new_") } else { name.clone() };
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #method(mut self, #argument) -> Self {
            self.#name = ::core::option::Option::Some(#value);
            self
        }
    }
}

fn argument(context: &Context<'_>, field: &Field) -> TokenStream {
    let (name, ty) = (&field.name.rust, inner(context, &field.ty));
    let ty = if field.ty == Type::String {
        quote! { impl ::core::convert::Into<#ty> }
    } else {
        ty
    };
    quote! { #name: #ty }
}

fn value(field: &Field) -> TokenStream {
    let name = &field.name.rust;
    if field.ty == Type::String {
        quote! { #name.into() }
    } else {
        quote! { #name }
    }
}
