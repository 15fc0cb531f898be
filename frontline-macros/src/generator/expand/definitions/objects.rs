//! Implementations of serde's traits for structs. They do what serde's derives do, at a third of the cost for rustc.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use crate::generator::expand::context::Context;
use crate::generator::expand::types::field_type;
use crate::generator::model::{Field, Struct, Type, TypeKind, UnionTag, behind_aliases};
use crate::generator::names::bare;

pub fn object(context: &Context<'_>, name: &Ident, structure: &Struct) -> TokenStream {
    let runtime = &context.runtime;
    let expected = format!("struct {}", bare(name));
    let (mut rest, listed): (Vec<&Field>, Vec<&Field>) = structure.fields.iter().partition(|field| field.is_flattened);
    let keeps_unknown = structure.keeps_unknown == Some(true);
    let unknown = if keeps_unknown { rest.pop() } else { None };
    let properties = listed.iter().map(|field| &field.name.wire);
    let shared = (!structure.shared.is_empty()).then(|| {
        let shared = &structure.shared;
        quote! { const SHARED: &'static [&'static str] = &[#(#shared),*]; }
    });
    let comparison = structure.is_compared.then(|| comparison(context, structure, &listed, &rest));
    let conditional = conditional(context, structure, &listed);
    let is_closed = (structure.is_closed && structure.is_compared).then(|| quote! { const IS_CLOSED: bool = true; });
    let keeps_unknown = (keeps_unknown && structure.is_compared).then(|| quote! { const KEEPS_UNKNOWN: bool = true; });
    // Beside unions, unknown properties are what is left by them.
    let unknown = if rest.is_empty() {
        unknown
    } else {
        rest.extend(unknown);
        None
    };
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
        .chain(rest.iter().map(|field| rest_value(context, field, &rest, structure.keeps_unknown == Some(true))))
        .chain(unknown.map(|field| unknown_value(field, structure.is_large)));
    let set = set(context, structure, &values.collect::<Vec<_>>());
    let slot = unknown.map(|_| quote! { let mut unknown = ::core::default::Default::default(); });
    let other = match unknown {
        Some(_) => quote! { reader.unknown(&mut unknown) },
        None => quote! { ::core::result::Result::Ok(()) },
    };
    let writes = writes(context, structure);
    quote! {
        #[doc(hidden)]
        impl #runtime::private::Object for #name {
            const EXPECTED: &'static str = #expected;
            const PROPERTIES: &'static [&'static str] = &[#(#properties),*];
            #shared
            #comparison
            #conditional
            #keeps_unknown
            #is_closed

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

        #[doc(hidden)]
        impl #runtime::private::Properties for #name {
            fn write<'a, M: #runtime::private::serde::ser::SerializeMap>(
                &'a self,
                writer: #runtime::private::Writer<'a, M>,
            ) -> #runtime::private::Writer<'a, M> {
                writer #(#writes)*
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
fn comparison(context: &Context<'_>, structure: &Struct, listed: &[&Field], rest: &[&Field]) -> TokenStream {
    let runtime = &context.runtime;
    let fits = listed.iter().map(|field| {
        // A variant that lacks a required property is not the right one, even if the property can be read without a value.
        let is_required = field.is_required && !field.is_one_way;
        let fitting = fitting(context, field);
        let is_null_absent = field.may_lack() && !field.has_three_states;
        quote! { (#is_required, #is_null_absent, #fitting) }
    });
    let rest = rest.iter().map(|field| fitting(context, field));
    let elsewhere = (!structure.required_elsewhere.is_empty()).then(|| {
        let names = &structure.required_elsewhere;
        quote! { const REQUIRED_ELSEWHERE: &'static [&'static str] = &[#(#names),*]; }
    });
    quote! {
        #elsewhere
        const FITS: &'static [(bool, bool, #runtime::private::Fitting)] = &[#(#fits),*];
        const REST: &'static [#runtime::private::Fitting] = &[#(#rest),*];
    }
}

/// Returns the functions that decide whether a field takes a property that is described under a condition only.
fn conditional(context: &Context<'_>, structure: &Struct, listed: &[&Field]) -> Option<TokenStream> {
    let runtime = &context.runtime;
    let has_map = structure.fields.iter().any(|field| field.is_flattened && !field.is_union());
    let fits = listed.iter().enumerate().filter(|(_, field)| field.is_conditional).map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let ty = field_type(context, field);
        if has_map {
            let keeps_null = !field.may_lack() || field.has_three_states;
            quote! { (#index, #runtime::private::fit_kept::<#ty, #keeps_null>) }
        } else {
            quote! { (#index, #runtime::private::fit_read::<#ty>) }
        }
    });
    let fits: Vec<TokenStream> = fits.collect();
    (!fits.is_empty())
        .then(|| quote! { const CONDITIONAL: &'static [(usize, #runtime::private::Fitting)] = &[#(#fits),*]; })
}

/// Returns the function that compares a property with the field's type.
fn fitting(context: &Context<'_>, field: &Field) -> TokenStream {
    let runtime = &context.runtime;
    let ty = field_type(context, field);
    match &field.constant {
        // Texts become enums, which know their values.
        Some(value @ (Value::Number(_) | Value::Bool(_) | Value::Null)) => {
            let value = value.to_string();
            quote! { |node| #runtime::private::fit_constant::<#ty>(node, #value) }
        }
        _ => quote! { <#ty as #runtime::private::FromJson>::fit },
    }
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

/// Returns the value of a field that contains several properties. `rest` are all such fields.
fn rest_value(context: &Context<'_>, field: &Field, rest: &[&Field], is_unknown: bool) -> TokenStream {
    let is_map = |field: &&&Field| matches!(behind_aliases(&context.api.types, &field.ty), Type::Map(_));
    let last = rest.last().filter(is_map);
    let name = &field.name.rust;
    if last.is_some_and(|last| last.name.rust == *name) {
        return quote! { #name: reader.rest(#is_unknown)? };
    }
    let keeps_rest = last.is_some();
    // One of several unions could not leave to the others what they describe.
    let closes_maps = keeps_rest && rest.len() > 2;
    quote! { #name: reader.part(#keeps_rest, #closes_maps)? }
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

/// Returns the calls that write the properties. Those of unions come last, because the struct's own take precedence.
fn writes(context: &Context<'_>, structure: &Struct) -> Vec<TokenStream> {
    let (unions, others): (Vec<&Field>, Vec<&Field>) = structure.fields.iter().partition(|field| field.is_union());
    let start = match others.last().filter(|field| field.is_flattened) {
        _ if !unions.is_empty() => {
            let Struct { shared_scalars, shared, shared_first, .. } = structure;
            Some(quote! { .share(&[#(#shared_scalars),*], &[#(#shared),*], &[#(#shared_first),*]) })
        }
        Some(Field { name, .. }) => {
            let name = &name.rust;
            Some(quote! { .beside(&self.#name) })
        }
        None => None,
    };
    let unions = unions.into_iter().map(|field| {
        let name = &field.name.rust;
        let own = |tag: &UnionTag| others.iter().find(|field| field.name.wire == tag.property);
        match tag(context, field).and_then(|tag| Some((&tag.property, &own(tag)?.name.rust))) {
            Some((tag, own)) => quote! { .tagged(&self.#name, #tag, &self.#own) },
            None => quote! { .object(&self.#name) },
        }
    });
    start.into_iter().chain(others.iter().map(|field| write(context, field))).chain(unions).collect()
}

/// Returns the tag of a union.
fn tag<'a>(context: &Context<'a>, field: &'a Field) -> Option<&'a UnionTag> {
    let ty = if let Type::Boxed(ty) = &field.ty { ty } else { &field.ty };
    let Type::Named(id) = behind_aliases(&context.api.types, ty) else { return None };
    if let TypeKind::Union(union) = &context.api.types.get(*id)?.kind { union.tag.as_ref() } else { None }
}

fn write(context: &Context<'_>, field: &Field) -> TokenStream {
    let (name, wire) = (&field.name.rust, &field.name.wire);
    let is_optional = field.has_three_states || field.may_lack();
    let is_any = is_any(context, &field.ty);
    match (context.shared.contains(wire.as_str()), is_optional) {
        _ if field.is_flattened => quote! { .map(&self.#name) },
        (true, true) => quote! { .shared_optional(#wire, &self.#name, #is_any) },
        (true, false) => quote! { .shared(#wire, &self.#name, #is_any) },
        (false, true) => quote! { .optional(#wire, &self.#name) },
        (false, false) => quote! { .field(#wire, &self.#name) },
    }
}

/// Returns whether a type keeps all properties of an object without describing them.
fn is_any(context: &Context<'_>, ty: &Type) -> bool {
    match behind_aliases(&context.api.types, ty) {
        Type::Nullable(inner) | Type::Boxed(inner) | Type::List(inner) => is_any(context, inner),
        Type::Value | Type::Map(_) => true,
        _ => false,
    }
}
