//! Implementations of serde's traits for structs. They do what serde's derives do, at a third of the cost for rustc.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use crate::generator::expand::context::Context;
use crate::generator::expand::types::field_type;
use crate::generator::model::{Field, Struct, Type, TypeDef, TypeKind, UnionTag, behind_aliases};
use crate::generator::names::bare;

pub fn object(context: &Context<'_>, name: &Ident, structure: &Struct) -> TokenStream {
    let runtime = &context.runtime;
    let expected = format!("struct {}", bare(name));
    let (rest, listed): (Vec<&Field>, Vec<&Field>) = structure.fields.iter().partition(|field| field.is_flattened);
    let properties = listed.iter().map(|field| &field.name.wire);
    let comparison = structure.is_compared.then(|| comparison(context, structure));
    let slots: Vec<Ident> = (0..listed.len()).map(|index| format_ident!("property_{index}")).collect();
    let arms = listed.iter().zip(&slots).enumerate().map(|(index, (field, slot))| {
        let (index, method) = (Literal::usize_unsuffixed(index), reading(context, field));
        quote! { #index => reader.#method(&mut #slot), }
    });
    let values = listed
        .iter()
        .zip(&slots)
        .map(|(field, slot)| value(field, slot, structure.is_large))
        .chain(rest.iter().map(|field| rest_value(context, field, rest.last().copied())));
    let set = set(context, structure, &values.collect::<Vec<_>>());
    let writes = writes(context, structure);
    quote! {
        #[doc(hidden)]
        impl #runtime::private::Object for #name {
            const EXPECTED: &'static str = #expected;
            const PROPERTIES: &'static [&'static str] = &[#(#properties),*];
            #comparison

            fn read(
                reader: &mut #runtime::private::Reader<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), #runtime::private::DecodeError> {
                #(let mut #slots = ::core::default::Default::default();)*
                while let ::core::option::Option::Some(index) = reader.property()? {
                    match index { #(#arms)* _ => ::core::result::Result::Ok(()) }?;
                }
                #set
                ::core::result::Result::Ok(())
            }
        }

        #runtime::private::object!(#name);

        impl #runtime::private::serde::Serialize for #name {
            fn serialize<S: #runtime::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #runtime::private::Writer::new(serializer) #(#writes)* .end()
            }
        }
    }
}

/// Returns the statement that writes the struct to its place.
fn set(context: &Context<'_>, structure: &Struct, values: &[TokenStream]) -> TokenStream {
    let runtime = &context.runtime;
    let set = quote! { *place = ::core::option::Option::Some(Self { #(#values),* }); };
    if !structure.is_large {
        return set;
    }
    // In a function of its own, the struct is not on the stack while its properties are read.
    quote! {
        let mut set = || -> ::core::result::Result<(), #runtime::private::DecodeError> {
            #set
            ::core::result::Result::Ok(())
        };
        set()?;
    }
}

/// Returns the functions that compare the properties with the fields' types.
///
/// Properties that the struct keeps for other members of its union count as lost: the other members describe them.
fn comparison(context: &Context<'_>, structure: &Struct) -> TokenStream {
    let runtime = &context.runtime;
    let described = structure.fields.len() - usize::from(structure.keeps_rest);
    let (rest, listed): (Vec<&Field>, Vec<&Field>) =
        structure.fields.iter().take(described).partition(|field| field.is_flattened);
    let fits = listed.iter().map(|field| {
        let (is_required, fitting) = (!field.is_optional(), fitting(context, field));
        quote! { (#is_required, #fitting) }
    });
    let rest = rest.iter().map(|field| fitting(context, field));
    quote! {
        const FITS: &'static [(bool, #runtime::private::Fitting)] = &[#(#fits),*];
        const REST: &'static [#runtime::private::Fitting] = &[#(#rest),*];
    }
}

/// Returns the function that compares a property with the field's type.
fn fitting(context: &Context<'_>, field: &Field) -> TokenStream {
    let runtime = &context.runtime;
    let mut ty = field_type(context, field);
    if is_loose(&context.api.types, &field.ty) {
        ty = quote! { #runtime::private::Either<#ty> };
    }
    let fitting = quote! { <#ty as #runtime::private::FromJson>::fit };
    match &field.constant {
        // Texts become enums, which know their values.
        Some(value @ (Value::Number(_) | Value::Bool(_))) => {
            let value = value.to_string();
            quote! { |node| #runtime::private::fit_constant(node, #value, #fitting) }
        }
        _ => fitting,
    }
}

/// Returns the name of the method that reads a property.
fn reading(context: &Context<'_>, field: &Field) -> Ident {
    let loose = if is_loose(&context.api.types, &field.ty) { "loose_" } else { "" };
    let kind = if field.is_optional() { "optional" } else { "required" };
    format_ident!("{loose}{kind}")
}

/// Returns the value of a field. If the struct is large, a closure cannot move the slot.
fn value(field: &Field, slot: &Ident, is_large: bool) -> TokenStream {
    let (name, wire) = (&field.name.rust, &field.name.wire);
    if !field.is_optional() {
        quote! { #name: reader.found(&mut #slot, #wire)? }
    } else if is_large {
        quote! { #name: ::core::mem::take(&mut #slot) }
    } else {
        quote! { #name: #slot }
    }
}

/// Returns the value of a field that contains several properties. `last` is the last such field.
fn rest_value(context: &Context<'_>, field: &Field, last: Option<&Field>) -> TokenStream {
    let types = &context.api.types;
    let is_map = |field: &Field| matches!(behind_aliases(types, &field.ty), Type::Map(_));
    let last = last.filter(|last| is_map(last));
    let name = &field.name.rust;
    if last.is_some_and(|last| last.name.rust == *name) {
        let method = format_ident!("{}rest", if is_loose(types, &field.ty) { "loose_" } else { "" });
        return quote! { #name: reader.#method()? };
    }
    let keeps_rest = last.is_some();
    quote! { #name: reader.part(#keeps_rest)? }
}

/// Returns the calls that write the properties. Those of unions come first, because the struct's own take precedence.
fn writes(context: &Context<'_>, structure: &Struct) -> Vec<TokenStream> {
    let is_part = |field: &&Field| field.is_flattened && !matches!(field.ty, Type::Map(_));
    let (parts, others): (Vec<&Field>, Vec<&Field>) = structure.fields.iter().partition(is_part);
    let parts = parts.into_iter().map(|part| {
        let name = &part.name.rust;
        let (ty, value) = match &part.ty {
            Type::Boxed(ty) => (&**ty, quote! { &*self.#name }),
            ty => (ty, quote! { &self.#name }),
        };
        let kind = match behind_aliases(&context.api.types, ty) {
            Type::Named(id) => context.api.types.get(*id).map(|definition| &definition.kind),
            _ => None,
        };
        let tag = match kind {
            Some(TypeKind::Union(union)) => union.tag.as_ref(),
            _ => None,
        };
        let own = |tag: &UnionTag| others.iter().find(|field| field.name.wire == tag.property);
        match tag.and_then(|tag| Some((&tag.property, &own(tag)?.name.rust))) {
            Some((tag, own)) => quote! { .tagged(#value, #tag, &self.#own) },
            None => quote! { .object(#value) },
        }
    });
    let parts: Vec<TokenStream> = parts.collect();
    parts.into_iter().chain(others.into_iter().map(write)).collect()
}

fn write(field: &Field) -> TokenStream {
    let (name, wire) = (&field.name.rust, &field.name.wire);
    if field.is_flattened {
        quote! { .map(&self.#name) }
    } else if field.has_three_states || field.may_lack() {
        quote! { .optional(#wire, &self.#name) }
    } else {
        quote! { .field(#wire, &self.#name) }
    }
}

/// Returns whether a type is or contains a number or a date. Some services send numbers as text, and dates as times.
fn is_loose(types: &[TypeDef], ty: &Type) -> bool {
    match behind_aliases(types, ty) {
        Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::F32 | Type::F64 | Type::Date => true,
        Type::Nullable(item) | Type::List(item) | Type::Map(item) => is_loose(types, item),
        _ => false,
    }
}
