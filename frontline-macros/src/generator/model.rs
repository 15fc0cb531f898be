//! What a document says, as plain data: nothing behind `resolve` knows YAML, JSON or OpenAPI.

use proc_macro2::Ident;

use super::place::Place;

/// A client to be.
#[derive(Debug)]
pub struct Api {
    pub docs: String,
    /// The document's own server, if it is absolute.
    pub server: Option<String>,
    pub schemes: Vec<Scheme>,
    pub types: Vec<TypeDef>,
    pub operations: Vec<Operation>,
}

/// A name in the document and its counterpart in Rust.
#[derive(Clone, Debug)]
pub struct Name {
    pub wire: String,
    pub rust: Ident,
}

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
    /// The statuses outside of 2xx that are no errors.
    pub also: Vec<u16>,
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
}

/// One of several successful responses.
#[derive(Debug)]
pub struct Outcome {
    pub name: Ident,
    /// Nothing for `default`.
    pub statuses: Option<std::ops::RangeInclusive<u16>>,
    pub payload: Option<Payload>,
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

/// A type that the expansion defines.
#[derive(Debug)]
pub struct TypeDef {
    pub name: Ident,
    pub place: Place,
    pub docs: String,
    pub is_deprecated: bool,
    pub kind: TypeKind,
}

#[derive(Debug)]
pub enum TypeKind {
    Struct(Struct),
    Enum(Vec<Variant>),
    Union(Union),
    /// The media types that a request body can have.
    Choice(Vec<Content>),
    /// The responses that a call can have.
    Outcomes(Vec<Outcome>),
    Multipart(Vec<Part>),
    Alias(Type),
}

#[derive(Debug, Default)]
pub struct Struct {
    pub fields: Vec<Field>,
    /// Whether a request can hold it: then it has a constructor and setters.
    pub is_sent: bool,
}

#[derive(Debug)]
pub struct Field {
    pub name: Name,
    pub place: Place,
    pub docs: String,
    pub is_deprecated: bool,
    pub is_required: bool,
    pub is_nullable: bool,
    /// Whether the properties of its type stand among the struct's own: unions, and the map of what is not listed.
    pub is_flattened: bool,
    /// Personal data, which `Debug` does not show.
    pub is_pii: bool,
    pub ty: Type,
}

/// A value of a string enum.
#[derive(Debug)]
pub struct Variant {
    pub name: Name,
}

/// A part of a multipart body.
#[derive(Debug)]
pub struct Part {
    pub field: Field,
    pub kind: PartKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    Text,
    Json,
    File,
    Files,
}

/// One of several types.
#[derive(Debug)]
pub struct Union {
    /// The property whose value says which type it is; without one they are tried.
    pub tag: Option<String>,
    pub variants: Vec<UnionVariant>,
}

#[derive(Debug)]
pub struct UnionVariant {
    pub name: Ident,
    /// The values of the tag that mean this variant.
    pub tags: Vec<String>,
    pub ty: Type,
}

/// An index into [`Api::types`].
pub type TypeId = usize;

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Bool,
    I32,
    I64,
    U32,
    U64,
    F32,
    F64,
    String,
    DateTime,
    /// A date and time as RFC 2822 writes them.
    Rfc2822,
    Date,
    Uuid,
    /// Bytes that are base64 on the wire.
    Base64,
    /// Any JSON value.
    Value,
    List(Box<Type>),
    Map(Box<Type>),
    Named(TypeId),
    Boxed(Box<Type>),
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
}
