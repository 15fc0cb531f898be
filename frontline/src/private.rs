//! What expansions name. No part of it is for other use, and any of it may change in any version.

use std::fmt;

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
pub use crate::answer::{Answer, Decode};
pub use crate::auth::Scheme;
#[cfg(feature = "blocking")]
pub use crate::block::Blocking;
pub use crate::client::Transport;
pub use crate::examples::check_example;
pub use crate::loose::Loose;
pub use crate::multipart::Multipart;
pub use crate::object::{Object, Optional, Reader, Writer, object};
pub use crate::request::Request;
pub use crate::style::Style;
pub use crate::union::{best, candidate, tag, tagged};

/// A generated client.
pub trait Api {
    /// The document's server, where it names an absolute one.
    const SERVER: Option<&'static str>;

    /// The client of a transport.
    fn from_transport(transport: Transport) -> Self;
}

/// Stands in `Debug` for what the document marks as personal.
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

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

/// All that an enum of strings is besides its variants, `as_str` and `From<String>`.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    ($name:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                <Self as ::core::convert::From<::std::string::String>>::from(::std::string::String::from(text))
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(<Self as ::core::convert::From<&str>>::from(text))
            }
        }

        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                <::std::string::String as $crate::private::serde::Deserialize>::deserialize(deserializer)
                    .map(<Self as ::core::convert::From<::std::string::String>>::from)
            }
        }
    };
}

/// All that an enum of integers is besides its variants, `as_i64` and `From<i64>`.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum {
    ($name:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::core::convert::From<$name> for i64 {
            fn from(value: $name) -> Self {
                value.as_i64()
            }
        }

        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                <i64 as $crate::private::serde::Deserialize>::deserialize(deserializer)
                    .map(<Self as ::core::convert::From<i64>>::from)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_personal_is_said_to_be() {
        assert_eq!(format!("{:?}", Some(super::Redacted)), "Some([redacted])");
    }
}
