//! Errors of the HTTP client below.

use std::error::Error as _;
use std::io;

use crate::{Error, ErrorKind};

/// What an error of reqwest's means for a call.
pub(crate) fn failure(error: reqwest::Error) -> Error {
    let (kind, what) = if error.is_builder() {
        (ErrorKind::InvalidArgument, "the arguments make a URL that is too long")
    } else if error.is_connect() {
        (ErrorKind::NotSent, "no connection could be made")
    } else if error.is_timeout() {
        (ErrorKind::Timeout, "the attempt took longer than its limit")
    } else if is_corrupt(&error) {
        (ErrorKind::Decode, "the response body cannot be unpacked")
    } else {
        (ErrorKind::Connection, "the connection broke")
    };
    // The URL has arguments in it.
    Error::new(kind, what).with_source(error.without_url())
}

/// The decompressor's own errors are the ones that hyper has not wrapped.
fn is_corrupt(error: &reqwest::Error) -> bool {
    let source = error.source().and_then(|error| error.downcast_ref::<io::Error>());
    source.is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
}
