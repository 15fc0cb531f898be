//! Answers that are streams, and the methods that ask for them where there is another answer.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use super::docs::{Docs, code};
use super::operations::{arguments, request};
use super::structs::many_arguments;
use super::types::outer;
use crate::generator::model::{Operation, Stream, StreamFormat, Streaming};
use crate::generator::names::bare;

/// How a stream is received, and as what.
pub fn answer(context: &Context<'_>, stream: &Stream) -> (Ident, TokenStream) {
    let runtime = &context.runtime;
    let item = outer(context, &stream.item);
    let (send, ty) = match stream.format {
        StreamFormat::Events => ("send_events", quote! { Events }),
        StreamFormat::TextEvents => ("send_text_events", quote! { Events }),
        StreamFormat::WholeEvents => ("send_whole_events", quote! { Events }),
        StreamFormat::Lines => ("send_lines", quote! { JsonLines }),
        StreamFormat::Sequence => ("send_sequence", quote! { JsonLines }),
    };
    (format_ident!("{send}"), quote! { #runtime::#ty<#item> })
}

/// The media type of a stream, where that can be one of several.
pub fn accept(stream: &Stream) -> Option<&str> {
    matches!(stream.format, StreamFormat::Lines | StreamFormat::Sequence).then_some(&stream.media)
}

pub fn method(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let Streaming { name, stream } = operation.streaming.as_ref()?;
    let runtime = &context.runtime;
    let other = bare(&operation.name.rust);
    let docs = Docs::new(&format!("What {} does, with a stream for its answer.", link(&other)))
        .section(
            "Where the document has a parameter or a property that asks for the stream, such as `stream`, set it: this \
             method asks\nfor it by `Accept` alone.",
        )
        .section(&format!("# Errors\n\nAs for {}, or if the answer is no stream.", code(&other)));
    let deprecated = operation.is_deprecated.then(|| quote! { #[deprecated] });
    let arguments = arguments(context, operation);
    let many = many_arguments(arguments.len() + 1);
    let (send, response) = answer(context, stream);
    let request = request(context, operation, accept(stream));
    Some(quote! {
        #docs
        #deprecated
        #many
        pub async fn #name(&self, #(#arguments),*)
            -> ::core::result::Result<#runtime::Response<#response>, #runtime::Error>
        {
            self.transport.#send(#request).await
        }
    })
}

fn link(method: &str) -> String {
    format!("[`{method}`](Self::{method})")
}
