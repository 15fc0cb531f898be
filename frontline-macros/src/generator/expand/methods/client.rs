//! The client.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::operation;
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::Docs;
use crate::generator::expand::servers;
use crate::generator::model::{KeyLocation, Scheme, SchemeKind};

pub fn client(context: &Context<'_>) -> TokenStream {
    let Context { api, runtime, deprecated, .. } = context;
    let docs = Docs::new(&api.docs);
    let server = match &api.server {
        Some(server) => quote! { ::core::option::Option::Some(#server) },
        None => quote! { ::core::option::Option::None },
    };
    let used: BTreeSet<usize> =
        api.operations.iter().flat_map(|operation| &operation.security).flatten().copied().collect();
    let schemes = used.iter().filter_map(|index| api.schemes.get(*index)).map(|each| scheme(context, each));
    let operations = api.operations.iter().map(|each| operation(context, each));
    let first = servers::first(context);
    let profile = api.profile.ident();
    quote! {
        #docs
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct Client {
            transport: #runtime::private::Transport,
        }

        #[doc(hidden)]
        impl #runtime::private::Api for Client {
            type Profile = #runtime::private::#profile;
            const SERVER: ::core::option::Option<&'static str> = #server;

            #first

            fn from_transport(transport: #runtime::private::Transport) -> Self {
                Self { transport }
            }
        }

        #deprecated
        impl Client {
            #(#schemes)*

            /// Returns a builder for a client.
            pub fn builder() -> #runtime::ClientBuilder<Self> {
                #runtime::ClientBuilder::new()
            }

            /// Returns a client whose calls use `options`.
            ///
            /// It shares connections, credentials and the retry budget with this one. Settings from the builder or from
            /// an earlier `with` still apply, unless `options` overrides them.
            pub fn with(&self, options: #runtime::CallOptions) -> Self {
                Self { transport: self.transport.with(options) }
            }

            #(#operations)*
        }
    }
}

fn scheme(context: &Context<'_>, scheme: &Scheme) -> TokenStream {
    let runtime = &context.runtime;
    let (name, wire) = (&scheme.name.rust, &scheme.name.wire);
    let value = match &scheme.kind {
        SchemeKind::Basic => quote! { basic(#wire) },
        SchemeKind::Bearer => quote! { bearer(#wire) },
        SchemeKind::ApiKey(KeyLocation::Query, parameter) => quote! { api_key_query(#wire, #parameter) },
        SchemeKind::ApiKey(KeyLocation::Header, header) => quote! { api_key_header(#wire, #header) },
        SchemeKind::ApiKey(KeyLocation::Cookie, cookie) => quote! { api_key_cookie(#wire, #cookie) },
    };
    quote! { const #name: #runtime::private::Scheme = #runtime::private::Scheme::#value; }
}
