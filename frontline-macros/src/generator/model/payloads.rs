//! What is sent and received, and how it is written.

use proc_macro2::Ident;

use super::types::Type;

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

/// One of several successful responses.
#[derive(Debug)]
pub struct Outcome {
    pub name: Ident,
    /// Nothing for `default`.
    pub statuses: Option<std::ops::RangeInclusive<u16>>,
    pub payload: Option<Payload>,
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

impl Content {
    /// The media type that is sent: of a range such as `image/*` any will do.
    pub fn sent(&self) -> &str {
        match self.payload {
            _ if !self.media.contains('*') => &self.media,
            Payload::Json(_) => "application/json",
            Payload::Text => "text/plain",
            _ => "application/octet-stream",
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
