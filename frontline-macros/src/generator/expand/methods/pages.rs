//! Methods that return the items of all pages as a stream.

use proc_macro2::TokenStream;
use quote::quote;

use super::request::request;
use super::versions::{Version, link, versions};
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::Docs;
use crate::generator::expand::types::outer;
use crate::generator::model::{Answer, Next, Operation, Payload, Step};

pub fn stream(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let pages = operation.pages.as_ref()?;
    let Answer::One(Payload::Json(page)) = &operation.answer else { return None };
    let runtime = &context.runtime;
    let docs = Docs::new(&format!("Returns a stream of the items of all pages of {}.", link(&operation.name.rust)))
        .section(&format!("A page is fetched when its first item is requested. {}", pages.docs));
    let (page, item) = (outer(context, page), outer(context, &pages.item));
    let list = moved(&pages.items);
    let items = if pages.items.is_empty() {
        quote! { page }
    } else {
        quote! { #list.unwrap_or_default() }
    };
    let following = following(context, &pages.next);
    let (more, following) = if pages.more.is_empty() {
        (None, following)
    } else {
        let more = shared(&quote! { &page }, &pages.more);
        (Some(quote! { let more = #more.copied(); }), quote! { #following.unless_last(more) })
    };
    let read = if matches!(pages.next, Next::Last(..)) {
        quote! { { #more let items = #items; let next = #following; (items, next) } }
    } else {
        quote! { { #more let next = #following; (#items, next) } }
    };
    Some(versions(context, operation, &pages.names, docs, |version| {
        let Version { name, head, arguments, has_params, .. } = version;
        let request = request(context, operation, None, has_params);
        quote! {
            #head
            pub fn #name(&self, #(#arguments),*) -> #runtime::Pages<#item> {
                self.transport.pages(#request, |page: #page| #read)
            }
        }
    }))
}

/// Returns the expression for where the next page is.
fn following(context: &Context<'_>, next: &Next) -> TokenStream {
    let runtime = &context.runtime;
    let following = quote! { #runtime::private::Following };
    let of_page = |steps: &[Step]| shared(&quote! { &page }, steps);
    let total = |steps: &[Step]| {
        if steps.is_empty() {
            quote! { ::core::option::Option::None::<&u64> }
        } else {
            of_page(steps)
        }
    };
    match next {
        Next::Link => quote! { #following::Link },
        Next::Address(steps) => {
            let address = of_page(steps);
            quote! { #following::address(#address.cloned()) }
        }
        Next::Cursor(parameter, steps) => {
            let value = of_page(steps);
            quote! { #following::parameter(#parameter, #value) }
        }
        Next::Last(parameter, steps) => {
            let rest = rest(steps);
            quote! { #following::parameter(#parameter, items.last() #rest) }
        }
        Next::Offset(parameter, steps) => {
            let total = total(steps);
            quote! { #following::offset(#parameter, #total) }
        }
        Next::Number(parameter, first, steps) => {
            let pages = total(steps);
            quote! { #following::number(#parameter, #first, #pages) }
        }
    }
}

/// Returns an `Option` with a reference to what the path leads to.
fn shared(base: &TokenStream, steps: &[Step]) -> TokenStream {
    let rest = rest(steps);
    quote! { ::core::option::Option::Some(#base) #rest }
}

fn rest(steps: &[Step]) -> TokenStream {
    steps
        .iter()
        .map(|(name, is_optional)| {
            if *is_optional {
                quote! { .and_then(|page| page.#name.as_ref()) }
            } else {
                quote! { .map(|page| &page.#name) }
            }
        })
        .collect()
}

/// Returns an `Option` with what the path leads to, which is moved out of the page.
fn moved(steps: &[Step]) -> TokenStream {
    let rest = steps.iter().map(|(name, is_optional)| {
        if *is_optional {
            quote! { .and_then(|page| page.#name) }
        } else {
            quote! { .map(|page| page.#name) }
        }
    });
    quote! { ::core::option::Option::Some(page) #(#rest)* }
}
