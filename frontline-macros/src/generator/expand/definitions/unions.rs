//! Unions: enums of types. Like string enums, they have a variant for unknown values.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{code, type_text};
use crate::generator::expand::types::inner;
use crate::generator::model::Union;

pub fn union(context: &Context<'_>, name: &Ident, union: &Union) -> TokenStream {
    let Context { runtime, .. } = context;
    let variants = union.variants.iter().map(|variant| {
        let (name, ty) = (&variant.name, inner(context, &variant.ty));
        let docs = match (&union.tag, variant.tags.as_slice()) {
            (Some(tag), [_, ..]) => {
                let values: Vec<String> = variant.tags.iter().map(|value| code(value)).collect();
                format!(" A value whose {} is {}.", code(tag), values.join(" or "))
            }
            _ => format!(" A value of type `{}`.", type_text(&ty)),
        };
        quote! { #[doc = #docs] #name(#ty), }
    });
    let serde = match &union.tag {
        Some(tag) => {
            let arms = union.variants.iter().map(|variant| {
                let (name, ty, tags) = (&variant.name, inner(context, &variant.ty), &variant.tags);
                quote! { #name #ty [#(#tags),*], }
            });
            quote! { #runtime::private::tagged_union!(#name, #tag, #(#arms)*); }
        }
        None => {
            let arms = union.variants.iter().enumerate().map(|(index, variant)| {
                let (name, ty, index) = (&variant.name, inner(context, &variant.ty), Literal::usize_unsuffixed(index));
                quote! { #name #index #ty, }
            });
            quote! { #runtime::private::untagged_union!(#name, #(#arms)*); }
        }
    };
    quote! {
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that fits no other variant.
            Unknown(#runtime::private::serde_json::Value),
        }

        #serde
    }
}
