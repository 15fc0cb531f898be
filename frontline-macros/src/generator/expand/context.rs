//! The context of an expansion.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::generator::args::Args;
use crate::generator::model::{Api, Struct, TypeKind};

/// Data that is the same for all quoted code of an expansion.
pub struct Context<'a> {
    pub api: &'a Api,
    /// The names of properties that are compared or merged when several types write one object: tags, and those that
    /// several types describe.
    pub shared: BTreeSet<&'a str>,
    /// The path of the runtime crate.
    pub runtime: TokenStream,
    /// `#[allow(deprecated)]`, if the expansion uses items that it deprecates itself.
    pub deprecated: Option<TokenStream>,
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api, args: &Args) -> Self {
        let runtime = args.runtime.as_ref().map_or_else(|| quote! { ::frontline }, |path| quote! { #path });
        let deprecated = api.has_deprecated().then(|| quote! { #[allow(deprecated)] });
        Self { api, shared: shared(api), runtime, deprecated }
    }
}

fn shared(api: &Api) -> BTreeSet<&str> {
    let kinds = api.types.iter().map(|definition| &definition.kind);
    let names = kinds.flat_map(|kind| match kind {
        TypeKind::Struct(structure) => {
            let Struct { shared, shared_scalars, shared_first, .. } = structure;
            shared.iter().chain(shared_scalars).chain(shared_first).map(String::as_str).collect()
        }
        TypeKind::Union(union) => union.tag.iter().map(|tag| tag.property.as_str()).collect(),
        _ => Vec::new(),
    });
    names.collect()
}
