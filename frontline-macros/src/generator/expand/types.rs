//! Types as tokens.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::generator::model::{Field, Type, TypeId};

/// A type as it is named inside `mod types`.
pub fn inner(context: &Context<'_>, ty: &Type) -> TokenStream {
    tokens(context, ty, &TokenStream::new())
}

/// A type as it is named beside `mod types`.
pub fn outer(context: &Context<'_>, ty: &Type) -> TokenStream {
    tokens(context, ty, &quote! { types:: })
}

pub fn named(context: &Context<'_>, id: TypeId) -> TokenStream {
    tokens(context, &Type::Named(id), &quote! { types:: })
}

fn tokens(context: &Context<'_>, ty: &Type, prefix: &TokenStream) -> TokenStream {
    let runtime = &context.runtime;
    match ty {
        Type::Bool => quote! { bool },
        Type::I32 => quote! { i32 },
        Type::I64 => quote! { i64 },
        Type::U32 => quote! { u32 },
        Type::U64 => quote! { u64 },
        Type::F32 => quote! { f32 },
        Type::F64 => quote! { f64 },
        Type::String => quote! { ::std::string::String },
        Type::Value => quote! { #runtime::private::serde_json::Value },
        Type::List(item) => {
            let item = tokens(context, item, prefix);
            quote! { ::std::vec::Vec<#item> }
        }
        Type::Map(value) => {
            let value = tokens(context, value, prefix);
            quote! { ::std::collections::BTreeMap<::std::string::String, #value> }
        }
        Type::Named(id) => {
            let name = context.api.types.get(*id).map(|definition| &definition.name);
            quote! { #prefix #name }
        }
        Type::Boxed(inner) => {
            let inner = tokens(context, inner, prefix);
            quote! { ::std::boxed::Box<#inner> }
        }
    }
}

/// Whether a field is left out, or null, at times.
pub fn is_optional(field: &Field) -> bool {
    !field.is_required || field.is_nullable
}
