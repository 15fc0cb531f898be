//! The client.

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
    let server = optional(api.server.as_ref());
    let schemes = api.schemes.iter().map(|each| scheme(context, each));
    let names = api.schemes.iter().map(|scheme| &scheme.name.rust);
    let list = (!api.schemes.is_empty()).then(|| {
        quote! { const SCHEMES: &'static [#runtime::private::Scheme] = &[#(Self::#names),*]; }
    });
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
            #list

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

fn optional(text: Option<&String>) -> TokenStream {
    match text {
        Some(text) => quote! { ::core::option::Option::Some(#text) },
        None => quote! { ::core::option::Option::None },
    }
}

fn scheme(context: &Context<'_>, scheme: &Scheme) -> TokenStream {
    let runtime = &context.runtime;
    let (name, wire) = (&scheme.name.rust, &scheme.name.wire);
    let value = match &scheme.kind {
        SchemeKind::Basic => quote! { basic(#wire) },
        SchemeKind::Bearer => quote! { bearer(#wire) },
        SchemeKind::OAuth { token_url, refresh_url } => {
            let [token_url, refresh_url] = [token_url, refresh_url].map(|url| optional(url.as_ref()));
            quote! { oauth(#wire, #token_url, #refresh_url) }
        }
        SchemeKind::ApiKey(KeyLocation::Query, parameter) => quote! { api_key_query(#wire, #parameter) },
        SchemeKind::ApiKey(KeyLocation::Header, header) => quote! { api_key_header(#wire, #header) },
        SchemeKind::ApiKey(KeyLocation::Cookie, cookie) => quote! { api_key_cookie(#wire, #cookie) },
    };
    quote! { const #name: #runtime::private::Scheme = #runtime::private::Scheme::#value; }
}
