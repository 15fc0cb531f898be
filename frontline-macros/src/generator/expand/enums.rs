//! String enums: open, so that a value the document does not list decodes too.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{Docs, code};
use crate::generator::model::Variant;

pub fn string_enum(context: &Context<'_>, name: &Ident, variants: &[Variant]) -> TokenStream {
    let runtime = &context.runtime;
    let names: Vec<_> = variants.iter().map(|variant| &variant.name.rust).collect();
    let wires: Vec<_> = variants.iter().map(|variant| &variant.name.wire).collect();
    let docs = variants.iter().map(|variant| Docs::new(&format!("{}.", code(&variant.name.wire))));
    quote! {
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #names,)*
            /// A value that the document does not list.
            Unknown(::std::string::String),
        }

        impl #name {
            /// The value as it is sent and received.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #wires,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for #name {
            fn from(value: ::std::string::String) -> Self {
                match value.as_str() {
                    #(#wires => Self::#names,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        #runtime::private::string_enum!(#name);
    }
}
