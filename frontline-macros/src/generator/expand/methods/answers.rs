//! The responses of methods: how they are received, and their types.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::generator::expand::context::Context;
use crate::generator::expand::types::{named, outer};
use crate::generator::model::{Answer, Operation, Payload, Stream, StreamFormat};

/// Returns the runtime's method that receives a response, and the type of the body.
pub fn answer(context: &Context<'_>, answer: &Answer) -> (Ident, TokenStream) {
    let (send, ty) = match answer {
        Answer::Empty => ("send_empty", quote! { () }),
        Answer::One(payload) => return payload_of(context, payload),
        Answer::Optional(ty) => {
            let ty = outer(context, ty);
            ("send", quote! { ::core::option::Option<#ty> })
        }
        Answer::Choice(id) => ("send_as", named(context, *id)),
        Answer::Stream(stream) => return stream_of(context, stream),
    };
    (format_ident!("{send}"), ty)
}

/// Returns the runtime's method that receives content of one kind, and the type of the body.
pub fn payload_of(context: &Context<'_>, payload: &Payload) -> (Ident, TokenStream) {
    let runtime = &context.runtime;
    let (send, ty) = match payload {
        Payload::Json(ty) => ("send", outer(context, ty)),
        Payload::Bytes | Payload::Multipart(_) => ("send_stream", quote! { #runtime::ByteStream }),
        Payload::Text | Payload::Form(..) => ("send_text", quote! { ::std::string::String }),
    };
    (format_ident!("{send}"), ty)
}

/// Returns the runtime's method that receives a stream, and the type of the stream.
pub fn stream_of(context: &Context<'_>, stream: &Stream) -> (Ident, TokenStream) {
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

/// Returns the media type of a stream if its format can have several.
pub fn media_of(stream: &Stream) -> Option<&str> {
    matches!(stream.format, StreamFormat::Lines | StreamFormat::Sequence).then_some(&stream.media)
}

/// Returns the value of `Accept`, if it differs from the runtime's default.
pub fn accept(operation: &Operation) -> Option<&str> {
    match &operation.answer {
        // Every media type can be read as text.
        Answer::One(Payload::Text) => Some(operation.accept.as_deref().unwrap_or("*/*")),
        Answer::Stream(stream) => media_of(stream),
        _ => operation.accept.as_deref(),
    }
}
