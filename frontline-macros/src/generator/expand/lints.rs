//! Lints that the expansion is allowed.

use proc_macro2::TokenStream;
use quote::quote;

/// A document can require more than clippy likes in a signature; `self` counts.
pub fn many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7).then(|| quote! { #[allow(clippy::too_many_arguments)] })
}
