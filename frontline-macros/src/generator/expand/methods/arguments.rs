//! The arguments of a method.

use proc_macro2::TokenStream;
use quote::quote;

use super::bodies;
use crate::generator::expand::context::Context;
use crate::generator::expand::types::{borrowed, named};
use crate::generator::model::Operation;

/// Returns the arguments of a method: path parameters, the body, and between them the struct of the other parameters if
/// the method `has_params`.
pub fn arguments(context: &Context<'_>, operation: &Operation, has_params: bool) -> Vec<TokenStream> {
    let path = operation.parameters.iter().map(|parameter| {
        let (name, ty) = (&parameter.name.rust, borrowed(context, &parameter.ty));
        quote! { #name: #ty }
    });
    let options = operation.options.as_ref().filter(|_| has_params).map(|options| {
        let ty = named(context, options.ty);
        quote! { params: &#ty }
    });
    let body = operation.body.as_ref().map(|body| bodies::argument(context, body));
    path.chain(options).chain(body).collect()
}

/// Returns the names of the arguments.
pub fn argument_names(operation: &Operation, has_params: bool) -> Vec<TokenStream> {
    let path = operation.parameters.iter().map(|parameter| {
        let name = &parameter.name.rust;
        quote! { #name }
    });
    let options = operation.options.as_ref().filter(|_| has_params).map(|_| quote! { params });
    let body = operation.body.as_ref().map(|_| quote! { body });
    path.chain(options).chain(body).collect()
}
