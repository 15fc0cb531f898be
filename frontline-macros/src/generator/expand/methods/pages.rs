//! Methods that return the items of all pages as a stream.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::request::request;
use super::versions::{Version, link, versions};
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::Docs;
use crate::generator::expand::types::outer;
use crate::generator::model::{Answer, Operation, Pages, Payload};

pub fn stream(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let Pages { names, items, item, next } = operation.pages.as_ref()?;
    let Answer::One(Payload::Json(page)) = &operation.answer else { return None };
    let runtime = &context.runtime;
    let docs = Docs::new(&format!("Returns a stream of the items of all pages of {}.", link(&operation.name.rust)))
        .section("A page is fetched when its first item is requested.");
    let (page, item) = (outer(context, page), outer(context, item));
    let (list, is_optional) = items;
    let items = if *is_optional {
        quote! { page.#list.unwrap_or_default() }
    } else {
        quote! { page.#list }
    };
    let next = follow(next);
    Some(versions(context, operation, names, docs, |version| {
        let Version { name, head, arguments, has_params, .. } = version;
        let request = request(context, operation, None, has_params);
        quote! {
            #head
            pub fn #name(&self, #(#arguments),*) -> #runtime::Pages<#item> {
                self.transport.pages(#request, |page: #page| (#items, #next))
            }
        }
    }))
}

/// Returns the expression that reads the address of the next page: `page.meta.and_then(|page| page.next_page_url)`.
fn follow(steps: &[(Ident, bool)]) -> TokenStream {
    match steps {
        [] => quote! { ::core::option::Option::Some(page) },
        [(name, true)] => quote! { page.#name },
        [(name, false)] => quote! { ::core::option::Option::Some(page.#name) },
        [(name, is_optional), rest @ ..] => {
            let rest = follow(rest);
            if *is_optional {
                quote! { page.#name.and_then(|page| #rest) }
            } else {
                quote! { { let page = page.#name; #rest } }
            }
        }
    }
}
