//! Types as tokens.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::context::Context;
use crate::generator::model::{Field, Style, Type, TypeId};

/// Returns the path of a type inside of `mod types`.
pub fn inner(context: &Context<'_>, ty: &Type) -> TokenStream {
    tokens(context, ty, &TokenStream::new())
}

/// Returns the type of a struct's field inside of `mod types`.
pub fn field_type(context: &Context<'_>, field: &Field) -> TokenStream {
    let ty = inner(context, &field.ty);
    if field.has_three_states {
        let runtime = &context.runtime;
        quote! { #runtime::Nullable<#ty> }
    } else if field.is_optional() {
        quote! { ::core::option::Option<#ty> }
    } else {
        ty
    }
}

/// Returns the path of a type next to `mod types`.
pub fn outer(context: &Context<'_>, ty: &Type) -> TokenStream {
    tokens(context, ty, &quote! { types:: })
}

/// Returns the path of a type in a module next to `mod types`.
pub fn tested(context: &Context<'_>, ty: &Type) -> TokenStream {
    tokens(context, ty, &quote! { super::types:: })
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
        Type::I128 => quote! { i128 },
        Type::F64 => quote! { f64 },
        Type::String => quote! { ::std::string::String },
        Type::DateTime => quote! { #runtime::DateTime },
        Type::Rfc2822 => quote! { #runtime::Rfc2822 },
        Type::Date => quote! { #runtime::private::chrono::NaiveDate },
        Type::Uuid => quote! { #runtime::private::uuid::Uuid },
        Type::Base64 => quote! { #runtime::Base64 },
        Type::Value => quote! { #runtime::private::serde_json::Value },
        Type::Nullable(inner) => {
            let inner = tokens(context, inner, prefix);
            quote! { ::core::option::Option<#inner> }
        }
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

/// Returns the type of an argument. Types that are cheap to copy are passed by value, all others by reference. A
/// nullable argument is an option of these.
pub fn borrowed(context: &Context<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote! { &str },
        Type::Nullable(inner) => {
            let inner = borrowed(context, inner);
            quote! { ::core::option::Option<#inner> }
        }
        ty if is_borrowed(ty) => {
            let ty = outer(context, ty);
            quote! { &#ty }
        }
        ty => outer(context, ty),
    }
}

pub fn is_borrowed(ty: &Type) -> bool {
    let is_scalar = matches!(ty, Type::Bool | Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::I128 | Type::F64);
    !is_scalar && !matches!(ty, Type::Nullable(_))
}

/// Returns the name of the runtime's style.
pub fn style_name(style: Style) -> Ident {
    format_ident!("{style:?}")
}
