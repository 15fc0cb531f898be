//! The context of an expansion.

use proc_macro2::TokenStream;
use quote::quote;

use crate::generator::args::Args;
use crate::generator::model::Api;

/// Data that is the same for all quoted code of an expansion.
pub struct Context<'a> {
    pub api: &'a Api,
    /// The path of the runtime crate.
    pub runtime: TokenStream,
    /// `#[allow(deprecated)]`, if the expansion uses items that it deprecates itself.
    pub deprecated: Option<TokenStream>,
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api, args: &Args) -> Self {
        let runtime = args.runtime.as_ref().map_or_else(|| quote! { ::frontline }, |path| quote! { #path });
        let deprecated = api.has_deprecated().then(|| quote! { #[allow(deprecated)] });
        Self { api, runtime, deprecated }
    }
}
