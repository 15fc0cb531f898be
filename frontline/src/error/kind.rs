//! The categories of errors.

/// The category of an [`Error`](crate::Error).
///
/// The category describes the last attempt of a call. Earlier attempts may have reached the server even if the last one
/// did not: see [`Error::maybe_sent`](crate::Error::maybe_sent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is not set up for the call. For example, credentials are missing, or the base URL or a certificate
    /// is invalid.
    ///
    /// Nothing was sent.
    Configuration,
    /// An argument or an option of the call cannot be sent.
    ///
    /// Nothing was sent.
    InvalidArgument,
    /// No connection to the server could be made: the name lookup, the TCP connection, or the TLS handshake failed or
    /// took longer than the connect timeout.
    ///
    /// The request was not sent.
    NotSent,
    /// The call, its last attempt, or the next chunk of a stream took longer than its time limit.
    ///
    /// The server may have acted on the request. If the call ended before it sent anything,
    /// [`maybe_sent`](crate::Error::maybe_sent) returns `false`.
    Timeout,
    /// The connection broke after it had been made, or the stream that supplies the request body failed.
    ///
    /// The server may have acted on the request.
    Connection,
    /// The server answered with an unsuccessful status: one outside the range 200 to 299.
    ///
    /// The server received the request, unless a [`Middleware`](crate::Middleware) answered in its place. A status of
    /// 400 to 499 usually means that the server refused the request. With a status of 500 to 599, the server may have
    /// acted on it.
    ///
    /// A redirect is not an error if the document describes it as the only successful response.
    Status,
    /// The server reported success, but the response does not match the document.
    ///
    /// The server has probably acted on the request. [`Error::body_as`](crate::Error::body_as) also returns this kind.
    Decode,
    /// The server reported success, but the response body, or one item of a stream, is larger than the size limit.
    ///
    /// The server has probably acted on the request.
    BodyTooLarge,
    /// The [`CredentialsProvider`](crate::CredentialsProvider) returned an error.
    ///
    /// Nothing was sent.
    Credentials,
    /// A [`Middleware`](crate::Middleware) stopped the call.
    ///
    /// The request may have been sent before: see [`maybe_sent`](crate::Error::maybe_sent).
    Cancelled,
}
