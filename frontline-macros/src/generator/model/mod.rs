//! The model of a client, as plain data.
//!
//! `resolve` creates the model, `check` looks for mistakes in it, and `expand` turns it into tokens. `check` and
//! `expand` know nothing about YAML, JSON or OpenAPI.
//!
//! Uses `problems`, for the place of each item, and `profile`.

mod aliases;
mod api;
mod definitions;
mod limits;
mod name;
mod operations;
mod pages;
mod payloads;
mod security;
mod servers;
mod types;

pub use aliases::{behind_aliases, without_aliases};
pub use api::{Api, Example};
pub use definitions::{
    Access, Field, Part, PartKind, Struct, Tuple, TypeDef, TypeKind, Union, UnionTag, UnionVariant, Variant,
};
pub use limits::Limits;
pub use name::{Name, Versions};
pub use operations::{
    Alternative, Answer, Body, Failure, IdempotencyKey, Location, Method, Operation, Options, Parameter, Stream,
    StreamFormat, Streaming, left_out, placeholders,
};
pub use pages::{Next, Pages, Paging, PagingKind, Step};
pub use payloads::{Content, FormStyles, Outcome, Payload, Style};
pub use security::{KeyLocation, Scheme, SchemeKind};
pub use servers::{Server, ServerEnum, ServerVariable, Servers};
pub use types::{Type, TypeId};
