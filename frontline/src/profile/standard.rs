//! The profile for services without a profile of their own.

use super::{Profile, spans};

/// The conventions that most services share.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Standard;

impl Profile for Standard {
    spans!(error_code = "frontline.error_code", request_id = "frontline.request_id");
}
