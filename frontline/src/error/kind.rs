//! What errors are of.

/// What went wrong, in the broadest terms that a program can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is not set up to make the call: credentials, base URL, certificates.
    Configuration,
    /// An argument cannot be sent; nothing was.
    InvalidArgument,
    /// No connection could be made: name lookup, TCP, TLS. The server has seen nothing of the request.
    NotSent,
    /// The call, or its last attempt, took longer than its limit. The server may have acted on it.
    Timeout,
    /// The connection broke after it had been made. The server may have acted on the request.
    Connection,
    /// The server answered with a status outside 200 to 299.
    Status,
    /// The server reported success, but its body is not what the document promises.
    Decode,
    /// The response body is larger than the client accepts.
    BodyTooLarge,
    /// The [`CredentialsProvider`](crate::CredentialsProvider) gave no credentials. Nothing was sent.
    Credentials,
    /// A [`Middleware`](crate::Middleware) stopped the call.
    Cancelled,
}
