//! Unions: enums of types. Like string enums, they have a variant for unknown values.

use std::collections::HashMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{code, type_text};
use crate::generator::expand::types::inner;
use crate::generator::model::{Type, Union, UnionTag, UnionVariant, without_aliases};
use crate::generator::names::bare;

pub fn union(context: &Context<'_>, name: &Ident, union: &Union) -> TokenStream {
    let Context { runtime, .. } = context;
    let variants = union.variants.iter().map(|variant| {
        let (name, ty) = (&variant.name, inner(context, &variant.ty));
        let docs = match (&union.tag, variant.tags.as_slice()) {
            (Some(tag), [_, ..]) => {
                let values: Vec<String> = variant.tags.iter().map(|value| code(value)).collect();
                format!(" A value whose {} is {}.", code(&tag.property), values.join(" or "))
            }
            _ => format!(" A value of type `{}`.", type_text(&ty)),
        };
        quote! { #[doc = #docs] #name(#ty), }
    });
    let serde = match &union.tag {
        Some(UnionTag { property, is_text, .. }) => {
            let arms = union.variants.iter().map(|variant| {
                let (name, ty, tags) = (&variant.name, inner(context, &variant.ty), &variant.tags);
                quote! { #name #ty [#(#tags),*], }
            });
            quote! { #runtime::private::tagged_union!(#name, #property, #is_text, #(#arms)*); }
        }
        None => {
            let arms = union.variants.iter().enumerate().map(|(index, variant)| {
                let (name, ty, index) = (&variant.name, inner(context, &variant.ty), Literal::usize_unsuffixed(index));
                quote! { #name #index #ty, }
            });
            quote! { #runtime::private::untagged_union!(#name, #(#arms)*); }
        }
    };
    let (derived_debug, debug) = debug(context, name, union);
    let conversions = conversions(context, name, union);
    quote! {
        #[derive(::core::clone::Clone, #derived_debug ::core::cmp::PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that fits no other variant.
            Unknown(#runtime::private::serde_json::Value),
        }

        #debug
        #serde
        #conversions
    }
}

/// Returns a conversion for each variant whose type no other variant has. All have `Unknown`, which has any JSON value.
fn conversions(context: &Context<'_>, name: &Ident, union: &Union) -> TokenStream {
    let types = &context.api.types;
    let own = |variant: &UnionVariant| match without_aliases(types, &variant.ty) {
        Type::Boxed(ty) => (*ty, true),
        ty => (ty, false),
    };
    let held: Vec<(Type, bool)> = union.variants.iter().map(own).collect();
    let mut counts: HashMap<&Type, usize> = HashMap::from([(&Type::Value, 1)]);
    for (ty, _) in &held {
        *counts.entry(ty).or_default() += 1;
    }
    // A variant can contain its union, whose conversion from itself exists already.
    let is_union = |ty: &Type| matches!(ty, Type::Named(id) if types.get(*id).is_some_and(|each| each.name == *name));
    let alone = union.variants.iter().zip(&held).filter(|(_, (ty, _))| counts.get(ty) == Some(&1) && !is_union(ty));
    let conversions = alone.map(|(UnionVariant { name: variant, .. }, (ty, is_boxed))| {
        let ty = inner(context, ty);
        let value = if *is_boxed {
            quote! { ::std::boxed::Box::new(value) }
        } else {
            quote! { value }
        };
        quote! {
            impl ::core::convert::From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(#value)
                }
            }
        }
    });
    conversions.collect()
}

/// Returns the derive of `Debug`, or an implementation that does not show personal data.
fn debug(context: &Context<'_>, name: &Ident, union: &Union) -> (TokenStream, TokenStream) {
    if !union.has_pii {
        return (quote! { ::core::fmt::Debug, }, TokenStream::new());
    }
    let runtime = &context.runtime;
    let (redacted, value) = (quote! { &#runtime::private::Redacted }, quote! { value });
    let arms = union.variants.iter().map(|UnionVariant { name, .. }| {
        let title = bare(name);
        let (value, shown) = if union.is_pii { (quote! { _ }, &redacted) } else { (value.clone(), &value) };
        quote! { Self::#name(#value) => formatter.debug_tuple(#title).field(#shown).finish(), }
    });
    let implementation = quote! {
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    #(#arms)*
                    Self::Unknown(_) => formatter.debug_tuple("Unknown").field(#redacted).finish(),
                }
            }
        }
    };
    (TokenStream::new(), implementation)
}
