//! Types that OpenAPI documents need and the standard library does not have, such as [`Nullable`] and [`DateTime`],
//! and the code with which generated types are deserialized from and serialized to JSON.
//!
//! May use `error` and `json`.

mod base64;
mod byte_stream;
mod entry;
mod enums;
mod examples;
mod finite;
mod nullable;
mod object;
mod redacted;
mod same;
mod tags;
mod time;
mod tuple;
mod union;

pub use base64::Base64;
pub use byte_stream::ByteStream;
pub use enums::fit_integer_enum;
pub use examples::{check_example, read_example};
pub(crate) use finite::{explain, to_value_by_name, to_value_in_levels, to_vec};
pub use nullable::Nullable;
pub use object::{Object, Optional, Properties, Reader, Writer, fit_object, read_object, write, write_tagged};
pub use redacted::Redacted;
pub use tags::{fit_constant, tag};
pub use time::{DateTime, Rfc2822};
pub use tuple::{ItemWriter, Items, fit_items, items};
pub use union::{Union, fit_tagged, fit_union, known, read_tagged, union, unknown, variant};
