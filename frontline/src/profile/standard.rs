//! The profile of any service that has none of its own.

use super::{Profile, spans};

/// What most services have in common.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Standard;

impl Profile for Standard {
    spans!(error_code = "frontline.error_code", request_id = "frontline.request_id");
}
