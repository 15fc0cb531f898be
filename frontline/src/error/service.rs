//! A service's description of a failure.

use serde_json::Value;

/// The error details that were found in the body of an unsuccessful response.
#[doc(hidden)]
#[derive(Default)]
pub struct ServiceError {
    pub(crate) code: Option<u32>,
    pub(crate) message: Option<String>,
    pub(crate) more_info: Option<String>,
    pub(crate) details: Option<Value>,
}
