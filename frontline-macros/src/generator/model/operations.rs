//! Operations: what they send and what they return.

use std::ops::RangeInclusive;

use proc_macro2::Ident;
use serde_json::Value;

use super::limits::Limits;
use super::name::{Name, Versions};
use super::pages::{Pages, Paging};
use super::payloads::{Content, Payload, Style};
use super::types::{Type, TypeId};
use crate::generator::problems::Place;

#[derive(Debug)]
pub struct Operation {
    pub name: Name,
    /// The name of the method that also takes optional parameters. See [`Versions::with`].
    pub with: Option<Ident>,
    pub place: Place,
    pub docs: String,
    pub is_deprecated: bool,
    pub method: Method,
    pub path: String,
    /// The path as the document writes it.
    pub key: String,
    /// The URL or path of the operation's server, if it differs from the document's.
    pub server: Option<String>,
    /// The place of the servers of the operation, or else of its path.
    pub servers_place: Place,
    /// The path parameters, in the order of the path.
    pub parameters: Vec<Parameter>,
    pub options: Option<Options>,
    pub body: Option<Body>,
    pub answer: Answer,
    /// The place of the first successful response.
    pub answer_place: Place,
    /// Whether the response body as a whole is personal data, which `Debug` does not show.
    pub answers_pii: bool,
    /// The method that returns a stream, if the operation can also return something else.
    pub streaming: Option<Streaming>,
    /// Methods that request other media types. Until a pass names them, the names are the ends of their names.
    pub alternatives: Vec<Alternative>,
    /// The value of `Accept`, if it is not just `application/json`.
    pub accept: Option<String>,
    /// The statuses outside of 2xx that are not errors.
    pub also: Vec<u16>,
    pub pages: Option<Pages>,
    /// What the macro's options or the document say of pages.
    pub paging: Option<Paging>,
    /// Whether the document describes the header `Link` of the successful response.
    pub has_link: bool,
    pub failures: Vec<Failure>,
    /// The name of the enum of the failures, which a pass chooses if there are any.
    pub errors: Option<Ident>,
    /// The redirects, including 304, that the document describes beside other successes. They are errors that
    /// users can read as responses.
    pub redirects: Vec<u16>,
    /// Indices into [`Api::schemes`](super::Api::schemes): alternatives, each of which is a list of schemes to combine.
    pub security: Vec<Vec<usize>>,
    /// The place of these alternatives: the operation's or the document's.
    pub security_place: Place,
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
    /// The value that an absent parameter stands for.
    pub default: Option<Value>,
    pub limits: Limits,
    pub ty: Type,
    /// Set if requests with the same value have an effect only once.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Where the value comes from by which a service recognizes a repeated request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdempotencyKey {
    /// From the caller.
    Given,
    /// From the caller or, if there is none, from the client.
    Made,
}

impl Operation {
    /// Returns the names of the operation's own method.
    pub fn versions(&self) -> Versions {
        Versions { name: self.name.rust.clone(), with: self.with.clone() }
    }

    /// Whether there are parameters outside of the path, and all of them are optional.
    pub fn has_only_optional_parameters(&self) -> bool {
        self.options.as_ref().is_some_and(|options| options.parameters.iter().all(|parameter| !parameter.is_required))
    }
}

/// The parameters outside of the path. One struct has a field for each of them, in the same order.
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
    /// If there are several, the caller chooses one, and `choice` is the enum of them.
    pub contents: Vec<Content>,
    pub choice: Option<TypeId>,
}

/// What a successful call returns.
#[derive(Debug)]
pub enum Answer {
    Empty,
    One(Payload),
    /// Some statuses have content, others have none.
    Optional(Type),
    /// An enum with a variant for each status.
    Choice(TypeId),
    Stream(Stream),
}

impl Answer {
    /// Returns the type that is deserialized, unless the status decides.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::One(payload) => payload.ty(),
            Self::Optional(ty) => Some(ty),
            Self::Stream(stream) => Some(&stream.item),
            Self::Empty | Self::Choice(_) => None,
        }
    }
}

/// A response body that is read item by item.
#[derive(Debug)]
pub struct Stream {
    pub item: Type,
    pub format: StreamFormat,
    pub media: String,
}

/// The format of a stream's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamFormat {
    /// Server-sent events whose data is the item, as JSON.
    Events,
    /// Server-sent events whose data is text.
    TextEvents,
    /// Server-sent events where the whole event, with all its fields, is the item.
    WholeEvents,
    /// JSON lines.
    Lines,
    /// JSON text sequences (RFC 7464).
    Sequence,
}

/// A separate method that returns a stream.
#[derive(Debug)]
pub struct Streaming {
    pub names: Versions,
    pub stream: Stream,
}

/// A separate method that requests another media type.
#[derive(Debug)]
pub struct Alternative {
    pub names: Versions,
    pub media: String,
    /// The content, or a stream.
    pub answer: Answer,
}

/// A documented error response.
#[derive(Debug)]
pub struct Failure {
    /// A status, a range such as `4XX`, or `default`.
    pub status: String,
    /// `None` for `default`.
    pub statuses: Option<RangeInclusive<u16>>,
    /// The variant in the enum of failures.
    pub name: Ident,
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

/// Returns what a warning says about an operation that the client does without.
pub fn left_out(operation: &Name) -> String {
    format!("the operation `{}` is left out", operation.wire)
}

/// Returns the names in braces in a path, in order.
pub fn placeholders(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}
