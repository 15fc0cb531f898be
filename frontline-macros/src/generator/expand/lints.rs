//! Lints that the expansion allows.

use proc_macro2::TokenStream;
use quote::quote;

/// Allows a method to have more arguments than clippy accepts. `count` includes `self`.
pub fn many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7).then(|| quote! { #[allow(clippy::too_many_arguments)] })
}
