//! The responses of a service: their types, and how they are written.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::generator::expand::context::Context;
use crate::generator::expand::types::{named, tested};
use crate::generator::model::{Answer, Outcome, Payload, Stream, StreamFormat, Type, TypeKind};

/// The type of a response's body, and the runtime's method that writes it.
pub struct Answering {
    pub ty: TokenStream,
    pub reply: Ident,
    /// How the response is written, if it is a stream.
    pub stream: Option<Ident>,
}

impl Answering {
    fn new(ty: TokenStream, reply: &str) -> Self {
        Self { ty, reply: format_ident!("{reply}"), stream: None }
    }
}

pub fn own(context: &Context<'_>, answer: &Answer) -> Answering {
    match answer {
        Answer::Empty => Answering::new(quote! { () }, "empty"),
        Answer::One(one) => payload(context, one),
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
    let format = match stream.format {
        StreamFormat::Events => "Events",
        StreamFormat::TextEvents => "TextEvents",
        StreamFormat::WholeEvents => "WholeEvents",
        StreamFormat::Lines => "Lines",
        StreamFormat::Sequence => "Sequence",
    };
    let ty = quote! { ::std::vec::Vec<#item> };
    Answering { stream: Some(format_ident!("{format}")), ..Answering::new(ty, "stream") }
}

/// Returns the media type that a client accepts if it asks for a stream.
pub fn media_of(stream: &Stream) -> &str {
    match stream.format {
        StreamFormat::Lines | StreamFormat::Sequence => &stream.media,
        _ => "text/event-stream",
    }
}

/// Returns the code that writes the responses of operations that describe several.
pub fn encoders(context: &Context<'_>) -> impl Iterator<Item = TokenStream> {
    context.api.types.iter().enumerate().filter_map(|(id, definition)| match &definition.kind {
        TypeKind::Outcomes(outcomes) => Some(encoder(context, &named(context, id), outcomes)),
        _ => None,
    })
}

fn encoder(context: &Context<'_>, ty: &TokenStream, outcomes: &[Outcome]) -> TokenStream {
    let runtime = &context.runtime;
    let arms = outcomes.iter().map(|outcome| {
        let name = &outcome.name;
        let status = match &outcome.statuses {
            Some(statuses) => {
                let status = statuses.start();
                quote! { ::core::option::Option::Some(#status) }
            }
            None => quote! { ::core::option::Option::None },
        };
        match &outcome.payload {
            Some(Payload::Json(_)) => quote! { Self::#name(body) => #runtime::private::Encoded::json(#status, body) },
            Some(Payload::Bytes) => quote! { Self::#name(body) => #runtime::private::Encoded::raw(#status, body) },
            Some(_) => quote! { Self::#name(body) => #runtime::private::Encoded::plain(#status, body) },
            None => quote! { Self::#name => #runtime::private::Encoded::empty(#status) },
        }
    });
    quote! {
        #[doc(hidden)]
        impl #runtime::private::Encode for #ty {
            fn encode(&self) -> ::core::result::Result<#runtime::private::Encoded, #runtime::Error> {
                match self { #(#arms),* }
            }
        }
    }
}
