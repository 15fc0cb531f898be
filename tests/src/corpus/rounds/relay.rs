//! The program of a document: its client, and a service that passes each call on to a client.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    FnArg, GenericArgument, ImplItem, Item, Pat, PathArguments, ReturnType, Signature, TraitItem, Type, TypeParamBound,
};

/// Returns the service `Relay`, made from the expansion of a document. Its methods have the names and arguments of the
/// client's. No value comes from the expansion. Returns `None` if the document is refused, and no tokens if it has no operation.
pub fn relay(expansion: TokenStream) -> Result<Option<TokenStream>, String> {
    let file: syn::File =
        syn::parse2(expansion).map_err(|error| format!("the expansion is not valid Rust: {error}"))?;
    let client = client(&file.items);
    let Some(service) = service(&file.items) else { return Ok(None) };
    if service.is_empty() {
        return Ok(Some(TokenStream::new()));
    }
    let methods = service.iter().map(|method| relayed(method, &client)).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(quote! {
        mod relay {
            #[derive(Default)]
            pub struct Relay(std::sync::OnceLock<super::Client>);

            impl frontline_tests::corpus::rounds::Relay<super::Client> for Relay {
                fn client(&self) -> &std::sync::OnceLock<super::Client> {
                    &self.0
                }
            }

            impl super::server::Service for Relay { #(#methods)* }
        }

        fn main() {
            frontline_tests::corpus::rounds::serve::<Client, relay::Relay>();
        }
    }))
}

/// Returns the methods of `Client`.
fn client(items: &[Item]) -> Vec<&Signature> {
    let is_client = |ty: &Type| matches!(ty, Type::Path(path) if path.path.is_ident("Client"));
    let blocks = items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() && is_client(&block.self_ty) => Some(&block.items),
        _ => None,
    });
    let methods = blocks.flatten().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(&method.sig),
        _ => None,
    });
    methods.collect()
}

/// Returns the methods of `server::Service`, or `None` if there is no server.
fn service(items: &[Item]) -> Option<Vec<Signature>> {
    let hidden = items.iter().filter_map(|item| match item {
        Item::Macro(call) if call.mac.path.segments.last().is_some_and(|name| name.ident == "if_testing") => {
            syn::parse2::<syn::File>(call.mac.tokens.clone()).ok()
        }
        _ => None,
    });
    let modules = hidden.flat_map(|file| file.items).filter_map(|item| match item {
        Item::Mod(module) => module.content.map(|(_, items)| items),
        _ => None,
    });
    let methods = modules.flatten().find_map(|item| match item {
        Item::Trait(item) if item.ident == "Service" => Some(item.items),
        _ => None,
    });
    let methods = methods?.into_iter();
    Some(methods.filter_map(|item| if let TraitItem::Fn(method) = item { Some(method.sig) } else { None }).collect())
}

fn arguments(method: &Signature) -> Vec<(&syn::Ident, &Type)> {
    let arguments = method.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => match &*argument.pat {
            Pat::Ident(name) => Some((&name.ident, &*argument.ty)),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    });
    arguments.collect()
}

/// Returns a method that passes its arguments on.
fn relayed(method: &Signature, client: &[&Signature]) -> Result<TokenStream, String> {
    let own = arguments(method);
    let text = |method: &Signature| method.ident.to_string().trim_start_matches("r#").to_owned();
    let name = text(method);
    let same = |known: &&&Signature| {
        let known_name = text(known);
        // A number follows if another operation has the name.
        let rest = known_name.strip_prefix(&name).map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit()));
        (known_name == name || rest == Some("_with"))
            && arguments(known).iter().map(|(name, _)| name).eq(own.iter().map(|(name, _)| name))
    };
    let called = client.iter().find(same).ok_or_else(|| format!("the client has no method like `{}`", method.ident))?;
    let passed = arguments(called).into_iter().map(|(name, ty)| pass(name, ty));
    let (name, called) = (&method.ident, &called.ident);
    let (names, types) = (own.iter().map(|(name, _)| name), own.iter().map(|(_, ty)| ty));
    let output = output(method).ok_or_else(|| format!("`{name}` returns no future"))?;
    Ok(quote! {
        async fn #name(&self, #(#names: #types),*) -> #output {
            ::frontline_tests::corpus::rounds::back(
                ::frontline_tests::corpus::rounds::Relay::client(self).get().unwrap().#called(#(#passed),*).await?
            ).await
        }
    })
}

fn pass(name: &syn::Ident, ty: &Type) -> TokenStream {
    if matches!(ty, Type::Reference(_)) {
        return quote! { &#name };
    }
    match inner(ty) {
        Some(Type::Reference(inner)) if matches!(&*inner.elem, Type::Slice(_)) => quote! { #name.as_deref() },
        Some(Type::Reference(inner)) if matches!(&*inner.elem, Type::Path(path) if path.path.is_ident("str")) => {
            quote! { #name.as_deref() }
        }
        Some(Type::Reference(_)) => quote! { #name.as_ref() },
        _ => quote! { #name },
    }
}

/// Returns the type in an `Option`.
fn inner(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.first().and_then(|argument| if let GenericArgument::Type(ty) = argument { Some(ty) } else { None })
}

/// Returns the output of the future that a method returns.
fn output(method: &Signature) -> Option<&Type> {
    let ReturnType::Type(_, ty) = &method.output else { return None };
    let Type::ImplTrait(future) = &**ty else { return None };
    let TypeParamBound::Trait(bound) = future.bounds.first()? else { return None };
    let PathArguments::AngleBracketed(arguments) = &bound.path.segments.last()?.arguments else { return None };
    arguments
        .args
        .iter()
        .find_map(|argument| if let GenericArgument::AssocType(ty) = argument { Some(&ty.ty) } else { None })
}
