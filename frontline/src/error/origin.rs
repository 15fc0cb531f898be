//! The call that a stream belongs to.

use http::Method;

use super::Error;

/// Identifies the call that returned a stream, for errors that occur while the stream is read.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) method: Method,
    pub(crate) template: &'static str,
    pub(crate) attempts: u32,
    pub(crate) maybe_sent: bool,
}

impl Origin {
    /// Adds the call to an error.
    pub(crate) fn mark(&self, error: Error) -> Error {
        error.after(self.attempts, self.maybe_sent).with_operation(self.method.clone(), self.template)
    }
}
