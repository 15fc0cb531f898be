//! Implementations of serde's traits for structs. They do what serde's derives do, at a third of the cost for rustc.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::generator::expand::context::Context;
use crate::generator::expand::types::field_type;
use crate::generator::model::{Field, Struct, Type};
use crate::generator::names::bare;

pub fn object(context: &Context<'_>, name: &Ident, structure: &Struct) -> TokenStream {
    let runtime = &context.runtime;
    let expected = format!("struct {}", bare(name));
    let (mut rest, listed): (Vec<&Field>, Vec<&Field>) = structure.fields.iter().partition(|field| field.is_flattened);
    let unknown = if structure.keeps_unknown == Some(true) { rest.pop() } else { None };
    let keeps_unknown =
        (unknown.is_some() && structure.is_compared).then(|| quote! { const KEEPS_UNKNOWN: bool = true; });
    let properties = listed.iter().map(|field| &field.name.wire);
    let comparison = structure.is_compared.then(|| comparison(context, &listed, &rest));
    let slots: Vec<Ident> = (0..listed.len()).map(|index| format_ident!("property_{index}")).collect();
    let arms = listed.iter().zip(&slots).enumerate().map(|(index, (field, slot))| {
        let index = Literal::usize_unsuffixed(index);
        let method = if field.is_optional() {
            quote! { optional }
        } else {
            quote! { required }
        };
        quote! { #index => reader.#method(&mut #slot), }
    });
    let values = listed
        .iter()
        .zip(&slots)
        .map(|(field, slot)| value(field, slot, structure.is_large))
        .chain(rest.iter().map(|field| rest_value(field)))
        .chain(unknown.map(|field| unknown_value(field, structure.is_large)));
    let set = set(context, structure, &values.collect::<Vec<_>>());
    let slot = unknown.map(|_| quote! { let mut unknown = ::core::default::Default::default(); });
    let other = match unknown {
        Some(_) => quote! { reader.unknown(&mut unknown) },
        None => quote! { ::core::result::Result::Ok(()) },
    };
    let writes = structure.fields.iter().map(write);
    quote! {
        #[doc(hidden)]
        impl #runtime::private::Object for #name {
            const EXPECTED: &'static str = #expected;
            const PROPERTIES: &'static [&'static str] = &[#(#properties),*];
            #comparison
            #keeps_unknown

            fn read(
                reader: &mut #runtime::private::Reader<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), #runtime::private::DecodeError> {
                #(let mut #slots = ::core::default::Default::default();)*
                #slot
                while let ::core::option::Option::Some(index) = reader.property()? {
                    match index { #(#arms)* _ => #other }?;
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
fn comparison(context: &Context<'_>, listed: &[&Field], rest: &[&Field]) -> TokenStream {
    let runtime = &context.runtime;
    let fits = listed.iter().map(|field| {
        // A variant that lacks a required property is not the right one, even if the service is unreliable.
        let is_required = !field.is_optional() || field.is_unreliable;
        let fitting = fitting(context, field);
        let is_null_absent = field.may_lack() && !field.has_three_states;
        quote! { (#is_required, #is_null_absent, #fitting) }
    });
    let rest = rest.iter().map(|field| fitting(context, field));
    quote! {
        const FITS: &'static [(bool, bool, #runtime::private::Fitting)] = &[#(#fits),*];
        const REST: &'static [#runtime::private::Fitting] = &[#(#rest),*];
    }
}

/// Returns the function that compares a property with the field's type.
fn fitting(context: &Context<'_>, field: &Field) -> TokenStream {
    let runtime = &context.runtime;
    let ty = field_type(context, field);
    quote! { <#ty as #runtime::private::FromJson>::fit }
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

fn rest_value(field: &Field) -> TokenStream {
    let name = &field.name.rust;
    quote! { #name: reader.rest()? }
}

/// Returns the value of the field for unknown properties.
fn unknown_value(field: &Field, is_large: bool) -> TokenStream {
    let name = &field.name.rust;
    if is_large {
        quote! { #name: ::core::mem::take(&mut unknown) }
    } else {
        quote! { #name: unknown }
    }
}

fn write(field: &Field) -> TokenStream {
    let (name, wire) = (&field.name.rust, &field.name.wire);
    match &field.ty {
        Type::Map(_) if field.is_flattened => quote! { .map(&self.#name) },
        _ if field.is_flattened => quote! { .object(&self.#name) },
        _ if field.has_three_states || field.may_lack() => quote! { .optional(#wire, &self.#name) },
        _ => quote! { .field(#wire, &self.#name) },
    }
}
