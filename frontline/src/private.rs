//! What expansions name. No part of it is for other use, and any of it may change in any version.

pub use bytes;
pub use chrono;
pub use serde;
pub use serde_json;
pub use uuid;

pub use crate::__if_blocking as if_blocking;
pub use crate::__integer_enum as integer_enum;
pub use crate::__string_enum as string_enum;
pub use crate::__tagged_union as tagged_union;
pub use crate::__untagged_union as untagged_union;
#[cfg(feature = "blocking")]
pub use crate::client::Blocking;
pub use crate::client::{Api, Transport};
pub use crate::profiles::*;
pub use crate::request::{Multipart, Request, Scheme, Style};
pub use crate::response::{Answer, Decode};
pub use crate::values::{
    Loose, Object, Optional, Reader, Redacted, Writer, best, candidate, check_example, object, tag, tagged,
};

/// Keeps what is for blocking clients, where there are any: the macro that writes it does not know.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_blocking {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Leaves it out.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_blocking {
    ($($tokens:tt)*) => {};
}
