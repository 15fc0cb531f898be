//! Bytes that are encoded as base64 in JSON.

use std::fmt;
use std::ops::Deref;

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::json::spelled;

/// Bytes that are serialized as base64 with padding (RFC 4648, section 4).
///
/// Deserialization also accepts base64 without padding, the URL-safe alphabet, and white space, such as the line ends
/// of MIME (RFC 2045, section 6.8). `Base64` dereferences to [`Bytes`].
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Base64(Bytes);

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

impl Deref for Base64 {
    type Target = Bytes;

    fn deref(&self) -> &Bytes {
        &self.0
    }
}

impl<T: Into<Bytes>> From<T> for Base64 {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

/// Shows the number of bytes, but not the bytes.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64::prelude::BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = String::deserialize(deserializer)?;
        text.retain(|character| !character.is_ascii_whitespace());
        let alphabet = if text.contains(['-', '_']) { URL_SAFE } else { STANDARD };
        GeneralPurpose::new(&alphabet, LENIENT)
            .decode(text)
            .map(|bytes| Self(bytes.into()))
            .map_err(|_| de::Error::invalid_value(de::Unexpected::Other("another string"), &"base64"))
    }
}

spelled!(Base64, false, |_| false);

#[cfg(test)]
mod tests {
    use super::Base64;

    #[test]
    fn both_alphabets_are_read_with_and_without_padding() {
        for text in ["+/8=", "+/8", "-_8=", "-_8"] {
            let bytes: Base64 = serde_json::from_value(text.into()).unwrap();
            assert_eq!(bytes[..], [0xfb, 0xff], "{text}");
            assert_eq!(serde_json::to_value(&bytes).unwrap(), "+/8=");
            assert_eq!(format!("{bytes:?}"), "Base64(2 bytes)");
        }
    }

    #[test]
    fn white_space_between_lines_is_skipped() {
        for text in ["+/\r\n8=\r\n", " +/ 8\t", "-_\n8\n"] {
            let bytes: Base64 = serde_json::from_value(text.into()).unwrap();
            assert_eq!(bytes[..], [0xfb, 0xff], "{text:?}");
        }
    }

    #[test]
    fn text_that_does_not_stand_for_whole_bytes_is_refused() {
        for text in ["ada@example.com", "+/9=", "+/9", "+/8==", "+_8=", "A", "+/8=+/8=", "+/8=A", "\u{a0}"] {
            assert!(serde_json::from_value::<Base64>(text.into()).is_err(), "{text:?}");
        }
    }
}
