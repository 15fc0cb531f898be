//! The responses of a service: their types, and how they are written.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::generator::expand::context::Context;
use crate::generator::expand::types::tested;
use crate::generator::model::{Answer, Payload, Stream, StreamFormat, Type};

/// The type of a response's body, and the runtime's method that writes it.
pub struct Answering {
    pub ty: TokenStream,
    pub reply: Ident,
}

impl Answering {
    fn new(ty: TokenStream, reply: &str) -> Self {
        Self { ty, reply: format_ident!("{reply}") }
    }
}

pub fn own(context: &Context<'_>, answer: &Answer) -> Answering {
    match answer {
        Answer::Empty => Answering::new(quote! { () }, "empty"),
        Answer::One(content) => payload(context, content),
        Answer::Optional(ty) => {
            let ty = tested(context, ty);
            Answering::new(quote! { ::core::option::Option<#ty> }, "optional")
        }
        Answer::Choice(id) => Answering::new(tested(context, &Type::Named(*id)), "choice"),
        Answer::Stream(items) => stream(context, items),
    }
}

pub fn payload(context: &Context<'_>, payload: &Payload) -> Answering {
    let runtime = &context.runtime;
    match payload {
        Payload::Json(ty) => Answering::new(tested(context, ty), "json"),
        Payload::Bytes | Payload::Multipart(_) => Answering::new(quote! { #runtime::private::bytes::Bytes }, "raw"),
        Payload::Text | Payload::Form(..) => Answering::new(quote! { ::std::string::String }, "plain"),
    }
}

/// A service returns the items of a stream as a list.
pub fn stream(context: &Context<'_>, stream: &Stream) -> Answering {
    let item = tested(context, &stream.item);
    let reply = match stream.format {
        StreamFormat::Events => "events",
        StreamFormat::TextEvents => "text_events",
        StreamFormat::WholeEvents => "whole_events",
        StreamFormat::Lines => "lines",
        StreamFormat::Sequence => "sequence",
    };
    Answering::new(quote! { ::std::vec::Vec<#item> }, reply)
}

/// Returns the media type that a client accepts if it asks for a stream.
pub fn media_of(stream: &Stream) -> &str {
    match stream.format {
        StreamFormat::Lines | StreamFormat::Sequence => &stream.media,
        _ => "text/event-stream",
    }
}
