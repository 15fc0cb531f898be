//! Operations: what they send, and what they get back.

use proc_macro2::Ident;

use super::{Name, Type, TypeDef, TypeId, is_same};
use crate::generator::problems::Place;

#[derive(Debug)]
pub struct Operation {
    pub name: Name,
    pub place: Place,
    pub docs: String,
    pub is_deprecated: bool,
    pub method: Method,
    pub path: String,
    /// The operation's own server, where it is not the document's.
    pub server: Option<String>,
    /// The path parameters, in the order of the path.
    pub parameters: Vec<Parameter>,
    pub options: Option<Options>,
    pub body: Option<Body>,
    pub answer: Answer,
    /// The method that has a stream for its answer, where the operation has another answer too.
    pub streaming: Option<Streaming>,
    /// The media types of the answer, where they are not just `application/json`.
    pub accept: Option<String>,
    /// The statuses outside of 2xx that are no errors.
    pub also: Vec<u16>,
    pub pages: Option<Pages>,
    pub failures: Vec<Failure>,
    /// Schemes by their index in [`Api::schemes`]: any of the outer ones, all of the inner ones.
    pub security: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: Name,
    pub place: Place,
    pub location: Location,
    pub style: Style,
    pub docs: String,
    pub is_required: bool,
    pub is_deprecated: bool,
    pub is_pii: bool,
    pub ty: Type,
}

/// The parameters outside of the path: fields of one struct, which has a field for each in the same order.
#[derive(Debug)]
pub struct Options {
    pub ty: TypeId,
    pub parameters: Vec<Parameter>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

#[derive(Debug)]
pub struct Body {
    pub is_required: bool,
    /// More than one where the caller chooses: then `choice` is the enum of them.
    pub contents: Vec<Content>,
    pub choice: Option<TypeId>,
}

/// A media type of a request body.
#[derive(Debug)]
pub struct Content {
    /// The variant of the choice, where there is one.
    pub name: Ident,
    pub media: String,
    pub payload: Payload,
}

/// What is sent or received under a media type.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    Json(Type),
    /// With the styles of the properties that have one of their own.
    Form(Type, Vec<(String, Style)>),
    Multipart(Type),
    Text,
    Bytes,
}

/// What a successful call returns.
#[derive(Debug)]
pub enum Answer {
    Empty,
    One(Payload),
    /// Content under some statuses, none under others.
    Optional(Type),
    /// A type for each status: the variants of an enum.
    Choice(TypeId),
    Stream(Stream),
}

/// Items that come in one after the other.
#[derive(Debug)]
pub struct Stream {
    pub item: Type,
    pub format: StreamFormat,
    pub media: String,
}

/// How the items of a stream are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamFormat {
    /// Server-sent events with the item as their data.
    Events,
    /// Server-sent events whose data is text.
    TextEvents,
    /// Server-sent events that are the item, each with all its fields.
    WholeEvents,
    /// JSON lines.
    Lines,
    /// JSON text sequences (RFC 7464).
    Sequence,
}

/// A method of its own for a stream.
#[derive(Debug)]
pub struct Streaming {
    pub name: Ident,
    pub stream: Stream,
}

/// One of several successful responses.
#[derive(Debug)]
pub struct Outcome {
    pub name: Ident,
    /// Nothing for `default`.
    pub statuses: Option<std::ops::RangeInclusive<u16>>,
    pub payload: Option<Payload>,
}

/// How an answer that is a page is read. Fields come with whether they are optional.
#[derive(Debug)]
pub struct Pages {
    pub items: (Ident, bool),
    pub item: Type,
    /// The way to the address of the next page.
    pub next: Vec<(Ident, bool)>,
}

/// A documented response that is no success.
#[derive(Debug)]
pub struct Failure {
    pub status: String,
    pub ty: Type,
}

/// How a parameter that is a list or an object is written (OpenAPI 3.0, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Form,
    FormExplode,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Simple,
    SimpleExplode,
    Label,
    LabelExplode,
    Matrix,
    MatrixExplode,
    Json,
    Any,
}

/// A security scheme of the document.
#[derive(Debug)]
pub struct Scheme {
    pub name: Name,
    pub kind: SchemeKind,
}

#[derive(Debug)]
pub enum SchemeKind {
    Basic,
    /// A bearer token, however it was come by.
    Bearer,
    /// A key in the parameter, header or cookie of this name.
    ApiKey(KeyLocation, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    Query,
    Header,
    Cookie,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

impl Payload {
    /// The type that is written or read, where there is one.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Form(ty, _) | Self::Multipart(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }

    /// Whether it is held as the same type of Rust as another one.
    pub fn is_held_alike(&self, other: &Self, types: &[TypeDef]) -> bool {
        let held = |payload| match payload {
            &Self::Text => Some(&Type::String),
            payload => payload.ty(),
        };
        match (held(self), held(other)) {
            (Some(one), Some(other)) => is_same(types, one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}
