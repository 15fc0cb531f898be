//! What is the same for all quoted code of an expansion.

use proc_macro2::TokenStream;
use quote::quote;

use crate::generator::args::Args;
use crate::generator::model::Api;

/// What quoted code has to know beside the item at hand.
pub struct Context<'a> {
    pub api: &'a Api,
    /// The path of the runtime crate.
    pub runtime: TokenStream,
    /// The same, as serde's attributes want it.
    pub serde: String,
    /// Leave for the expansion to use what it deprecates itself.
    pub deprecated: Option<TokenStream>,
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api, args: &Args) -> Self {
        let runtime = args.runtime.as_ref().map_or_else(|| quote! { ::frontline }, |path| quote! { #path });
        let serde = format!("{runtime}::private::serde").replace(' ', "");
        let deprecated = api.has_deprecated().then(|| quote! { #[allow(deprecated)] });
        Self { api, runtime, serde, deprecated }
    }
}
