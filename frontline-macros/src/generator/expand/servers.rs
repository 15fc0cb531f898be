//! The module of the servers that callers can choose.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs::{Docs, after, code};
use crate::generator::model::{Server, ServerEnum, ServerVariable};

/// Returns the module, unless there is nothing to choose.
pub fn servers(context: &Context<'_>) -> Option<TokenStream> {
    let servers = &context.api.servers;
    let functions = servers.all.iter().map(|each| server(&context.runtime, each));
    let enums = servers.enums.iter().map(enumeration);
    (!servers.all.is_empty()).then(|| {
        quote! {
            /// The servers of the document, and the values of their variables.
            pub mod servers {
                #(#functions)*
                #(#enums)*
            }
        }
    })
}

/// Returns the function that tells the runtime of the first server, if it has variables.
pub fn first(context: &Context<'_>) -> Option<TokenStream> {
    let runtime = &context.runtime;
    let first = context.api.servers.all.first().filter(|first| !first.variables.is_empty())?;
    let name = &first.name;
    Some(quote! {
        fn server() -> ::core::option::Option<#runtime::Server> {
            ::core::option::Option::Some(servers::#name())
        }
    })
}

fn server(runtime: &TokenStream, server: &Server) -> TokenStream {
    let Server { name, url, .. } = server;
    let docs = Docs::new(&server.docs).section(&format!("The URL is {}.", code(url)));
    let variables = server.variables.iter().map(described).collect::<Vec<_>>().join("\n");
    let docs = docs.section(&if variables.is_empty() { variables } else { format!("# Variables\n\n{variables}") });
    let variables = server.variables.iter().map(|ServerVariable { name, default, values, .. }| {
        quote! { (#name, #default, &[#(#values),*]) }
    });
    quote! {
        #docs
        #[must_use]
        pub fn #name() -> #runtime::Server {
            #runtime::Server::new(#url, &[#(#variables),*])
        }
    }
}

fn described(variable: &ServerVariable) -> String {
    let default = if variable.default.contains('{') {
        "without a default".to_owned()
    } else {
        format!("default {}", code(&variable.default))
    };
    let head = format!("- {} ({default})", code(&variable.name));
    if variable.docs.is_empty() { head } else { after(&format!("{head}:"), &variable.docs).replace('\n', "\n  ") }
}

fn enumeration(each: &ServerEnum) -> TokenStream {
    let name = &each.name;
    let docs = Docs::new(&format!("The values of the variable {}.", code(&each.variable)));
    let variants = each.variants.iter().map(|variant| {
        let (docs, name) = (Docs::new(&format!("{}.", code(&variant.value))), &variant.name);
        quote! { #docs #name, }
    });
    let texts = each.variants.iter().map(|variant| {
        let (name, value) = (&variant.name, &variant.value);
        quote! { Self::#name => #value, }
    });
    quote! {
        #docs
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq, ::core::cmp::Eq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }

        impl #name {
            /// Returns the value as the document spells it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    #(#texts)*
                }
            }
        }

        impl ::core::convert::From<#name> for ::std::string::String {
            fn from(value: #name) -> Self {
                value.as_str().into()
            }
        }
    }
}
