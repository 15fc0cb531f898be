//! Structs. Those that requests can contain have a constructor and setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::constants::constant;
use super::objects::object;
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, code};
use crate::generator::expand::lints::many_arguments;
use crate::generator::expand::types::{field_type, inner};
use crate::generator::model::{Access, Field, Struct, Type, TypeKind, behind_aliases};
use crate::generator::names::bare;

pub fn structure(context: &Context<'_>, name: &Ident, structure: &Struct) -> TokenStream {
    let fields = structure.fields.iter().map(|field| declaration(context, field));
    let (derived_debug, debug) = debug(context, name, &structure.fields.iter().collect::<Vec<_>>());
    let derived_default =
        structure.fields.iter().all(Field::starts_empty).then(|| quote! { ::core::default::Default, });
    let object = object(context, name, structure);
    let setters = structure.is_sent.then(|| {
        let mut arguments = arguments(context, &structure.fields);
        if structure.keeps_unknown == Some(true)
            && let Some(unknown) = arguments.last_mut()
        {
            unknown.has_setter = false;
        }
        setters(name, &arguments)
    });
    quote! {
        #[derive(::core::clone::Clone, #derived_debug #derived_default ::core::cmp::PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }

        #debug
        #object
        #setters
    }
}

fn declaration(context: &Context<'_>, field: &Field) -> TokenStream {
    let docs = field_docs(field);
    let deprecated = field.is_deprecated.then(|| quote! { #[deprecated] });
    let name = &field.name.rust;
    let ty = field_type(context, field);
    quote! { #docs #deprecated pub #name: #ty, }
}

pub fn field_docs(field: &Field) -> Docs {
    Docs::new(&field.docs).or(|| format!("The value of {}.", code(&field.name.wire)))
}

/// Returns the derive of `Debug`, or an implementation that does not show personal data.
pub fn debug(context: &Context<'_>, name: &Ident, fields: &[&Field]) -> (TokenStream, TokenStream) {
    if !fields.iter().any(|field| field.is_pii) {
        return (quote! { ::core::fmt::Debug, }, TokenStream::new());
    }
    let runtime = &context.runtime;
    let title = bare(name);
    let fields = fields.iter().map(|field| {
        let (name, label) = (&field.name.rust, bare(&field.name.rust));
        match (field.is_pii, field.is_optional()) {
            (false, _) => quote! { .field(#label, &self.#name) },
            (true, false) => quote! { .field(#label, &#runtime::private::Redacted) },
            (true, true) if field.has_three_states => {
                quote! { .field(#label, &self.#name.value().map(|_| #runtime::private::Redacted)) }
            }
            (true, true) => quote! { .field(#label, &self.#name.as_ref().map(|_| #runtime::private::Redacted)) },
        }
    });
    let implementation = quote! {
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.debug_struct(#title) #(#fields)* .finish()
            }
        }
    };
    (TokenStream::new(), implementation)
}

/// A field as an argument of the constructor or of its setter.
pub struct Argument<'a> {
    pub field: &'a Field,
    pub ty: TokenStream,
    /// Whether the argument is `impl Into<ty>`.
    pub is_into: bool,
    pub has_setter: bool,
    /// The only value that it can have. The constructor sets it.
    pub constant: Option<TokenStream>,
}

/// Returns whether the variants of a field's type have conversions.
fn is_union(context: &Context<'_>, field: &Field) -> bool {
    let types = &context.api.types;
    let Type::Named(id) = behind_aliases(types, &field.ty) else { return false };
    types.get(*id).is_some_and(|definition| matches!(definition.kind, TypeKind::Union(_)))
}

impl Argument<'_> {
    fn declaration(&self) -> TokenStream {
        let (name, ty) = (&self.field.name.rust, &self.ty);
        if self.is_into {
            quote! { #name: impl ::core::convert::Into<#ty> }
        } else {
            quote! { #name: #ty }
        }
    }

    fn value(&self) -> TokenStream {
        let name = &self.field.name.rust;
        let value = if self.is_into {
            quote! { #name.into() }
        } else {
            quote! { #name }
        };
        if self.field.is_optional() && !self.field.has_three_states {
            quote! { ::core::option::Option::Some(#value) }
        } else {
            value
        }
    }

    /// Returns the constant as a value of the field's type.
    fn fixed(&self) -> Option<TokenStream> {
        let (ty, constant) = (&self.ty, self.constant.as_ref()?);
        Some(match (self.field.has_three_states, self.field.is_optional()) {
            (true, _) => quote! { <#ty>::Value(#constant) },
            (false, true) => quote! { ::core::option::Option::Some(#constant) },
            (false, false) => constant.clone(),
        })
    }

    fn setter(&self) -> TokenStream {
        let null = if self.field.has_three_states {
            "`None` is sent as null. A property that is not set is not sent."
        } else {
            ""
        };
        let docs = Docs::new(&format!("Sets {}.", code(&self.field.name.wire))).section(&self.field.docs).section(null);
        let deprecated = self.field.is_deprecated.then(|| quote! { #[deprecated] });
        let (name, argument, value) = (&self.field.name.rust, self.declaration(), self.value());
        let (method, _) = self.field.setter();
        quote! {
            #docs
            #deprecated
            #[must_use]
            pub fn #method(mut self, #argument) -> Self {
                self.#name = #value;
                self
            }
        }
    }
}

fn arguments<'a>(context: &Context<'_>, fields: &'a [Field]) -> Vec<Argument<'a>> {
    let argument = |field: &'a Field| {
        let ty = if field.has_three_states { field_type(context, field) } else { inner(context, &field.ty) };
        let is_into =
            matches!(field.ty, Type::String | Type::Boxed(_)) || field.has_three_states || is_union(context, field);
        let has_setter = field.access != Access::ReadOnly;
        Argument { field, ty, is_into, has_setter, constant: constant(context, field) }
    };
    fields.iter().map(argument).collect()
}

/// A constructor that takes the required fields, and setters for the others.
pub fn setters(name: &Ident, fields: &[Argument<'_>]) -> TokenStream {
    let (optional, rest): (Vec<_>, Vec<_>) = fields.iter().partition(|each| each.field.starts_empty());
    let (constants, required): (Vec<_>, Vec<_>) = rest.into_iter().partition(|each| each.constant.is_some());
    let constructor = if required.is_empty() && constants.is_empty() {
        quote! { ::core::default::Default::default() }
    } else {
        let fields = fields.iter().map(|each| {
            let empty = || each.field.starts_empty().then(|| quote! { ::core::default::Default::default() });
            let value = each.fixed().or_else(empty).unwrap_or_else(|| each.value());
            let name = &each.field.name.rust;
            quote! { #name: #value }
        });
        quote! { Self { #(#fields),* } }
    };
    let default = (required.is_empty() && !constants.is_empty()).then(|| {
        quote! {
            impl ::core::default::Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let arguments: Vec<_> = required.iter().map(|each| each.declaration()).collect();
    let many = many_arguments(arguments.len());
    let docs = if required.is_empty() {
        " Creates a value with no properties set."
    } else {
        " Creates a value with its required properties."
    };
    let set = optional.iter().filter(|each| each.has_setter);
    let setters = set.map(|each| each.setter());
    quote! {
        impl #name {
            #[doc = #docs]
            #many
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                #constructor
            }

            #(#setters)*
        }

        #default
    }
}
