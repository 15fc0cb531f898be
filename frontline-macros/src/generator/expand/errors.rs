//! The enums of documented errors, which are the items of `mod errors`.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use super::docs::Docs;
use super::statuses::{pattern, told};
use super::types::tested;
use crate::generator::model::{Failure, Type};
use crate::generator::names::bare;

/// Returns the module, unless the document describes no errors. Operations with the same errors share an enum: it has the
/// name of the first, and the others are aliases. Most documents describe few different errors.
pub fn errors(context: &Context<'_>) -> Option<TokenStream> {
    let mut known: HashMap<Vec<(&str, &Type)>, &Ident> = HashMap::new();
    let mut items = Vec::new();
    for operation in &context.api.operations {
        let Some(name) = &operation.errors else { continue };
        let docs = Docs::new(&format!("Errors of `Client::{}`.", bare(&operation.name.rust)));
        let failures = operation.failures.iter().map(|failure| (failure.status.as_str(), &failure.ty));
        let first = *known.entry(failures.collect()).or_insert(name);
        let item = if first == name {
            definition(context, name, &operation.failures)
        } else {
            quote! { pub type #name = #first; }
        };
        items.push(quote! { #docs #item });
    }
    let deprecated = &context.deprecated;
    (!items.is_empty()).then(|| {
        quote! {
            /// The errors that the document describes, for `Error::of`.
            #deprecated
            pub mod errors {
                #(#items)*
            }
        }
    })
}

fn definition(context: &Context<'_>, name: &Ident, failures: &[Failure]) -> TokenStream {
    let runtime = &context.runtime;
    let variants = failures.iter().map(|failure| {
        let docs = Docs::new(&told(failure.statuses.as_ref()));
        let (name, ty) = (&failure.name, tested(context, &failure.ty));
        quote! { #docs #name(#ty), }
    });
    // An exact status takes precedence over a range, and a range over `default`.
    let mut failures: Vec<_> = failures.iter().collect();
    failures.sort_by_key(|failure| failure.statuses.as_ref().map_or(usize::MAX, ExactSizeIterator::len));
    let is_total = failures.iter().any(|failure| failure.statuses.is_none());
    let arms = failures.into_iter().map(|failure| {
        let (name, pattern) = (&failure.name, pattern(failure.statuses.as_ref()));
        quote! { #pattern => failed.body().map(Self::#name), }
    });
    let rest = (!is_total).then(|| quote! { _ => ::core::option::Option::None, });
    quote! {
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// Any other error, or a body that is not as the document describes it.
            Other,
        }

        #[doc(hidden)]
        impl #runtime::private::Failure for #name {
            fn read(failed: &#runtime::private::Failed<'_>) -> Self {
                let read = match failed.status() {
                    #(#arms)*
                    #rest
                };
                read.unwrap_or(Self::Other)
            }
        }
    }
}
