//! Tuple structs for lists whose items each have their own type.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::generator::expand::context::Context;
use crate::generator::expand::types::inner;
use crate::generator::model::{Tuple, Type};

/// A tuple struct. It is not `non_exhaustive`, because another item would make it a different type anyway.
pub fn tuple(context: &Context<'_>, name: &Ident, tuple: &Tuple) -> TokenStream {
    let runtime = &context.runtime;
    let (mut fields, mut first, mut optional, mut rest) = (Vec::new(), Vec::new(), Vec::new(), TokenStream::new());
    let count = tuple.items.len() - usize::from(tuple.has_rest);
    for (index, item) in tuple.items.iter().enumerate() {
        let (position, ty) = (Literal::usize_unsuffixed(index), inner(context, item));
        fields.push(if index >= count {
            rest = quote! { #position #ty };
            quote! { ::std::vec::Vec<#ty> }
        } else if index < tuple.least {
            first.push(quote! { #position #ty });
            ty
        } else {
            let field = optional_field(context, item, &ty);
            optional.push(quote! { #position #field = #ty });
            field
        });
    }
    let least = Literal::usize_unsuffixed(tuple.least);
    let most = if tuple.has_rest {
        quote! { ::core::primitive::usize::MAX }
    } else {
        let count = Literal::usize_unsuffixed(count);
        quote! { #count }
    };
    let implementation = match first.as_slice() {
        [only] if fields.len() == 1 => quote! { #only },
        _ => quote! { #least to #most, [#(#first),*] [#(#optional),*] [#rest] },
    };
    quote! {
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        pub struct #name(#(pub #fields),*);

        #runtime::private::tuple!(#name, #implementation);
    }
}

/// Returns the type of an item that can be missing.
fn optional_field(context: &Context<'_>, item: &Type, ty: &TokenStream) -> TokenStream {
    let runtime = &context.runtime;
    match item {
        Type::Nullable(value) => {
            let value = inner(context, value);
            quote! { #runtime::Nullable<#value> }
        }
        _ => quote! { ::core::option::Option<#ty> },
    }
}
