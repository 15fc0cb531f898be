//! The statuses of responses as patterns and in docs.

use std::ops::RangeInclusive;

use proc_macro2::TokenStream;
use quote::quote;

/// Returns the pattern of some statuses, or of all if the response is the default.
pub fn pattern(statuses: Option<&RangeInclusive<u16>>) -> TokenStream {
    match statuses.map(|statuses| (statuses.start(), statuses.end())) {
        Some((start, end)) if start == end => quote! { #start },
        Some((start, end)) => quote! { #start..=#end },
        None => quote! { _ },
    }
}

/// Returns the docs of a variant for some statuses.
pub fn told(statuses: Option<&RangeInclusive<u16>>) -> String {
    match statuses {
        Some(statuses) if statuses.len() == 1 => format!("Status {}.", statuses.start()),
        Some(statuses) => format!("Statuses {} to {}.", statuses.start(), statuses.end()),
        None => "Any other status.".to_owned(),
    }
}
