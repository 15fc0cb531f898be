//! JSON: texts are parsed into documents, and types are read from the documents' nodes.
//!
//! Generated types are read from nodes instead of from serde's deserializers, because a node can be looked at more than
//! once. This lets a union choose a variant in linear time ([`Fit`]), and the errors name the place of a mistake.
//!
//! May not use any other folder: `error` uses this one.

mod choice;
mod clock;
mod cursor;
mod decode_error;
mod deserializer;
mod document;
mod entries;
mod explain;
mod fit;
mod from_json;
mod members;
mod node;
mod number;
mod parser;
mod scalars;
mod string;
mod transcode;
mod view;

pub use choice::Fitting;
pub(crate) use choice::{best, decide, once};
pub use decode_error::DecodeError;
pub(crate) use decode_error::{Cause, Step};
pub(crate) use document::{Document, Limits};
pub(crate) use explain::explain;
pub(crate) use fit::Decision;
pub use fit::Fit;
pub(crate) use fit::Whole;
pub use from_json::{FromJson, fit_kept, fit_read};
pub(crate) use from_json::{fit_text, from_json, spelled};
pub(crate) use members::Members;
pub use node::{Kind, Node};
pub use transcode::deserialize;
pub(crate) use view::{Taken, View};
