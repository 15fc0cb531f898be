//! Request and response bodies, and how they are serialized.

use proc_macro2::Ident;

use super::types::Type;

/// A media type of a request body.
#[derive(Debug)]
pub struct Content {
    /// The variant of the enum, if the caller can choose between media types.
    pub name: Ident,
    pub media: String,
    pub payload: Payload,
}

/// The content of a media type.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    Json(Type),
    Form(Type, FormStyles),
    Multipart(Type),
    Text,
    Bytes,
}

/// The styles of a form's properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormStyles {
    /// Those of properties that do not have the default style.
    pub own: Vec<(String, Style)>,
    /// Whether the other objects and lists have the style `deepObject`, instead of the default.
    pub has_brackets: bool,
}

/// One of several successful responses.
#[derive(Debug)]
pub struct Outcome {
    pub name: Ident,
    /// `None` for `default`.
    pub statuses: Option<std::ops::RangeInclusive<u16>>,
    pub payload: Option<Payload>,
}

/// The style in which a list or an object is serialized (OpenAPI 3.0, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Form,
    FormExplode,
    /// [`Style::FormExplode`] without percent-encoding of reserved characters.
    Reserved,
    /// [`Style::Form`] without it.
    ReservedForm,
    /// [`Style::Simple`] without it.
    ReservedSimple,
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

impl Style {
    /// Returns the version of a style that keeps reserved characters, if RFC 6570 has one.
    pub fn with_reserved(self) -> Option<Self> {
        match self {
            Self::FormExplode => Some(Self::Reserved),
            Self::Form => Some(Self::ReservedForm),
            Self::Simple => Some(Self::ReservedSimple),
            _ => None,
        }
    }
}

impl Content {
    /// Returns the media type to send. For a range such as `image/*`, any media type is acceptable.
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
    /// Returns the type that is serialized or deserialized, if any.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Form(ty, _) | Self::Multipart(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }

    pub fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Json(ty) | Self::Form(ty, _) | Self::Multipart(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }
}
