//! Constants: the values of fields that can have only one, in general or as the tag of a union.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::generator::expand::context::Context;
use crate::generator::expand::types::inner;
use crate::generator::model::{Field, Type, TypeKind, behind_aliases};

/// Returns the only value of a field that requests must contain.
pub fn constant(context: &Context<'_>, field: &Field) -> Option<TokenStream> {
    let ty = behind_aliases(&context.api.types, &field.ty);
    let selector = || selector(ty, field.selector.as_deref()?);
    let value = field.constant.clone().or_else(selector).filter(|_| field.is_asked_for())?;
    match (ty, &value) {
        (Type::Bool, Value::Bool(value)) => Some(quote! { #value }),
        (Type::String, Value::String(value)) => Some(quote! { ::std::string::String::from(#value) }),
        (Type::Named(id), Value::String(_)) => match &context.api.types.get(*id)?.kind {
            TypeKind::Enum(variants) => {
                let variant = variants.iter().find(|variant| value == variant.value)?;
                let (name, variant) = (inner(context, ty), &variant.name);
                Some(quote! { #name::#variant })
            }
            _ => None,
        },
        (ty, value) => number(ty, value)?.parse().ok(),
    }
}

/// Returns the value of a tag. Numbers and booleans are compared as JSON.
fn selector(ty: &Type, tag: &str) -> Option<Value> {
    let is_text = matches!(ty, Type::String | Type::Named(_));
    if is_text { Some(tag.into()) } else { serde_json::from_str(tag).ok() }
}

/// Returns the literal of a number, if its type can represent it.
fn number(ty: &Type, value: &Value) -> Option<String> {
    let integer = || value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    let is_in_range = match ty {
        Type::I32 => i32::try_from(integer()?).is_ok(),
        Type::U32 => u32::try_from(integer()?).is_ok(),
        Type::I64 => i64::try_from(integer()?).is_ok(),
        Type::U64 => u64::try_from(integer()?).is_ok(),
        Type::F64 => return value.as_f64().map(|number| format!("{number:?}")),
        _ => false,
    };
    integer().filter(|_| is_in_range).map(|number| number.to_string())
}
