//! The call that a stream belongs to.

use http::Method;

use super::Error;

/// Identifies the call that returned a stream, for errors that occur while the stream is read.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) method: Method,
    pub(crate) template: &'static str,
    pub(crate) attempts: u32,
}

impl Origin {
    /// Adds the call to an error. The request was sent, because its response has begun.
    pub(crate) fn mark(&self, error: Error) -> Error {
        error.after(self.attempts, true).with_operation(self.method.clone(), self.template)
    }
}
