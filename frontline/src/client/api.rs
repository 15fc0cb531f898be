//! The seam between a generated client and the runtime.

use super::transport::Transport;
use crate::profile::Profile;

/// A generated client.
#[doc(hidden)]
pub trait Api {
    /// The conventions of the service that the document describes.
    type Profile: Profile + Default;

    /// The first server of the document, if its URL is absolute.
    const SERVER: Option<&'static str>;

    /// Wraps a transport.
    fn from_transport(transport: Transport) -> Self;
}
