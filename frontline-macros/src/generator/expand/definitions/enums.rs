//! Enums. They also decode values that the document does not list.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, code};
use crate::generator::model::Variant;

pub fn string_enum(context: &Context<'_>, name: &Ident, variants: &[Variant<String>]) -> TokenStream {
    let runtime = &context.runtime;
    let names: Vec<_> = variants.iter().map(|variant| &variant.name).collect();
    let known = Literal::usize_unsuffixed(variants.len());
    let wires: Vec<_> = variants.iter().map(|variant| &variant.value).collect();
    let docs = variants.iter().map(|variant| docs(variant, &variant.value));
    quote! {
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #names,)*
            /// A value that the document does not list.
            Unknown(::std::string::String),
        }

        impl #name {
            /// Returns the value that is sent and received.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #wires,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::core::convert::From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#wires => Self::#names,)*
                    _ => Self::Unknown(::std::string::String::from(value)),
                }
            }
        }

        #runtime::private::string_enum!(#name, #known);
    }
}

pub fn integer_enum(context: &Context<'_>, name: &Ident, variants: &[Variant<i64>]) -> TokenStream {
    let runtime = &context.runtime;
    let names: Vec<_> = variants.iter().map(|variant| &variant.name).collect();
    let known = Literal::usize_unsuffixed(variants.len());
    let values: Vec<_> = variants.iter().map(|variant| Literal::i64_unsuffixed(variant.value)).collect();
    let docs = variants.iter().map(|variant| docs(variant, &variant.value.to_string()));
    quote! {
        #[derive(
            ::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq, ::core::cmp::Eq,
            ::core::hash::Hash,
        )]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #names,)*
            /// A value that the document does not list.
            Unknown(i64),
        }

        impl #name {
            /// Returns the value that is sent and received.
            pub fn as_i64(self) -> i64 {
                match self {
                    #(Self::#names => #values,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::core::convert::From<i64> for #name {
            fn from(value: i64) -> Self {
                match value {
                    #(#values => Self::#names,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        #runtime::private::integer_enum!(#name, #known);
    }
}

fn docs<T>(variant: &Variant<T>, value: &str) -> Docs {
    Docs::new(&variant.docs).section(&format!("The value {}.", code(value)))
}
