//! The categories of errors.

/// The category of an [`Error`](crate::Error).
///
/// The category describes the last attempt of a call. Earlier attempts may have reached the server even if the last one
/// did not: see [`Error::maybe_sent`](crate::Error::maybe_sent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is set up incorrectly or incompletely. For example, credentials are missing, or the base URL or a
    /// certificate is invalid.
    ///
    /// Nothing was sent.
    Configuration,
    /// An argument of the call, or a header from [`CallOptions`](crate::CallOptions), is invalid.
    ///
    /// Nothing was sent.
    InvalidArgument,
    /// No connection to the server could be established: the DNS lookup, the TCP connection, or the TLS handshake
    /// failed or took longer than the connect timeout. With HTTP/2, also: the server refused the request before
    /// processing it (RFC 9113, section 8.7).
    ///
    /// The last attempt had no effect.
    NotSent,
    /// A time limit was exceeded: for the whole call, for the last attempt, for the next chunk of a stream, or, with
    /// HTTP/2, for the answer to a ping. Or a body stalled: see
    /// [`StalledStreamProtection`](crate::StalledStreamProtection). If the connect timeout was exceeded, the kind is
    /// [`NotSent`](Self::NotSent).
    ///
    /// The server may have acted on the request. If the call ended before it sent anything,
    /// [`maybe_sent`](crate::Error::maybe_sent) returns `false`.
    Timeout,
    /// The connection broke after it was established, or the stream that supplies the request body failed. A stream
    /// that is longer or shorter than [`ByteStream::of_length`](crate::ByteStream::of_length) says also fails.
    ///
    /// The server may have acted on the request.
    Connection,
    /// The server answered with an unsuccessful status: one outside the range 200 to 299.
    ///
    /// The server received the request, unless a [`Middleware`](crate::Middleware) answered in its place. A status of
    /// 400 to 499 usually means that the server refused the request. With a status of 500 to 599, the server may have
    /// acted on it.
    ///
    /// A redirect (300 to 399) also counts as unsuccessful. There are two exceptions. The OpenAPI document describes a
    /// redirect for the operation, and does not describe any response with a status of 200 to 299. Or it describes 304 (Not
    /// Modified), and no success has content. [`Redirection`](crate::Redirection) turns other redirects into responses.
    Status,
    /// The server reported success, but the response does not match the OpenAPI document.
    ///
    /// An empty body (or only white space) where the document describes JSON is an error, too, unless the type allows
    /// null: a body that is missing must not look like one without properties.
    ///
    /// The server has probably acted on the request. [`Error::body_as`](crate::Error::body_as) also returns errors of
    /// this kind.
    Decode,
    /// The server reported success, but the response body, or one item of a stream, is larger than the size limit.
    ///
    /// The server has probably acted on the request.
    BodyTooLarge,
    /// The [`CredentialsProvider`](crate::CredentialsProvider) returned an error.
    ///
    /// The last attempt sent nothing.
    Credentials,
    /// A [`Middleware`](crate::Middleware) stopped the call. Or it returned an error of another kind which means that
    /// nothing was sent, although the request was sent. That error is the [source](std::error::Error::source).
    ///
    /// An attempt may have been sent already: see [`maybe_sent`](crate::Error::maybe_sent).
    Cancelled,
}

impl ErrorKind {
    /// Whether an attempt with this error sent nothing.
    pub(crate) fn is_before_sending(self) -> bool {
        matches!(self, Self::Configuration | Self::InvalidArgument | Self::NotSent | Self::Credentials)
    }

    /// Whether a request could not even be built.
    pub(crate) fn is_before_attempt(self) -> bool {
        matches!(self, Self::Configuration | Self::InvalidArgument)
    }
}
