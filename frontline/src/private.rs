//! Items that the expansions of [`frontline_api!`](crate::frontline_api) use. Do not use them in other code: any
//! version may change them.

pub use bytes;
pub use chrono;
pub use serde;
pub use serde_json;
pub use uuid;

pub use crate::__deserialize_from_json as deserialize_from_json;
pub use crate::__if_blocking as if_blocking;
pub use crate::__if_testing as if_testing;
pub use crate::__integer_enum as integer_enum;
pub use crate::__object as object;
pub use crate::__string_enum as string_enum;
pub use crate::__tagged_union as tagged_union;
pub use crate::__tuple as tuple;
pub use crate::__untagged_union as untagged_union;
#[cfg(feature = "blocking")]
pub use crate::client::Blocking;
pub use crate::client::{Api, Following, Transport};
pub use crate::error::{Failed, Failure};
pub use crate::json::{DecodeError, Fit, Fitting, FromJson, Node, deserialize, fit_kept, fit_read};
pub use crate::profiles::*;
pub use crate::request::{Multipart, Request, Scheme, Style};
pub use crate::response::{Answer, Decode};
#[cfg(feature = "testing")]
pub use crate::testing::{
    Encode, Encoded, Endpoint, Replaced, Serve, ServerOf, Streaming, contract, instances, unimplemented, values,
};
pub use crate::values::{
    ItemWriter, Items, Object, Optional, Properties, Reader, Redacted, Union, Writer, check_example, fit_constant,
    fit_integer_enum, fit_items, fit_object, fit_tagged, fit_union, items, known, read_example, read_object,
    read_tagged, tag, union, unknown, variant, write, write_tagged,
};

/// Expands to its input if the feature `blocking` is enabled. A procedural macro cannot see the features of this crate.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_blocking {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Expands to nothing, because the feature `blocking` is disabled.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_blocking {
    ($($tokens:tt)*) => {};
}

/// Expands to its input if the feature `testing` is enabled.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_testing {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Expands to nothing, because the feature `testing` is disabled. A program can be built twice, with and without it: for a
/// build script, for example.
#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_testing {
    ($($tokens:tt)*) => {};
}
