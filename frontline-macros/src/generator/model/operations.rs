//! Operations: what they send, and what they get back.

use proc_macro2::Ident;

use super::name::Name;
use super::payloads::{Content, Payload, Style};
use super::types::{Type, TypeId};
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

/// The names in braces in a path, in their order.
pub fn placeholders(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}
