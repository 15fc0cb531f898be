//! Conversion of reqwest's errors.

use std::error::Error as _;
use std::io;

use super::progress::Progress;
use crate::{Error, ErrorKind};

/// Converts an error of reqwest.
pub(crate) fn failure(error: reqwest::Error, progress: &Progress) -> Error {
    let (kind, what) = if error.is_builder() {
        (ErrorKind::InvalidArgument, "the URL with the arguments is too long")
    } else if error.is_connect() {
        (ErrorKind::NotSent, "cannot connect to the server")
    } else if is_refused(&error, progress) {
        (ErrorKind::NotSent, "the server refused the request before processing it")
    } else if error.is_timeout() {
        (ErrorKind::Timeout, "the server did not answer in time")
    } else if is_corrupt(&error) {
        (ErrorKind::Decode, "the response body cannot be decompressed")
    } else {
        (ErrorKind::Connection, "the connection broke")
    };
    // The URL contains arguments.
    Error::new(kind, what).with_source(error.without_url())
}

/// Whether the server has certainly not processed the request (RFC 9113, section 8.7).
#[cfg(feature = "http2")]
fn is_refused(error: &reqwest::Error, progress: &Progress) -> bool {
    let mut causes = std::iter::successors(error.source(), |&error| error.source());
    // After the response headers, the error is one of the body.
    error.is_request()
        && causes.find_map(|error| error.downcast_ref::<h2::Error>()).is_some_and(|error| {
            // hyper also returns the error of a GOAWAY frame that accepts the request, if the frame arrives between the
            // request's headers and its body.
            let is_denied = error.is_go_away() && progress.has_started_body();
            error.is_remote() && (is_denied || error.reason() == Some(h2::Reason::REFUSED_STREAM))
        })
}

#[cfg(not(feature = "http2"))]
fn is_refused(_: &reqwest::Error, _: &Progress) -> bool {
    false
}

/// Whether the error comes from the decompressor of a user's `reqwest::Client`: hyper wraps all other errors of this kind.
fn is_corrupt(error: &reqwest::Error) -> bool {
    let source = error.source().and_then(|error| error.downcast_ref::<io::Error>());
    source.is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
}
