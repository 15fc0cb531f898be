//! Conversion of reqwest's errors.

use std::error::Error as _;
use std::io;

use crate::{Error, ErrorKind};

/// Converts an error of reqwest.
pub(crate) fn failure(error: reqwest::Error) -> Error {
    let (kind, what) = if error.is_builder() {
        (ErrorKind::InvalidArgument, "the URL with the arguments is too long")
    } else if error.is_connect() {
        (ErrorKind::NotSent, "cannot connect to the server")
    } else if error.is_timeout() {
        (ErrorKind::Timeout, "the attempt exceeded its time limit")
    } else if is_corrupt(&error) {
        (ErrorKind::Decode, "the response body cannot be decompressed")
    } else {
        (ErrorKind::Connection, "the connection broke")
    };
    // The URL contains arguments.
    Error::new(kind, what).with_source(error.without_url())
}

/// Whether the error comes from the decompressor: hyper wraps all other errors of this kind.
fn is_corrupt(error: &reqwest::Error) -> bool {
    let source = error.source().and_then(|error| error.downcast_ref::<io::Error>());
    source.is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
}
