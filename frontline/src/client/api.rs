//! The interface between generated clients and the runtime.

use super::transport::Transport;
use crate::network::Server;
use crate::profile::Profile;
use crate::request::Scheme;

/// A generated client.
#[doc(hidden)]
pub trait Api {
    /// The profile: the conventions of the service that the document describes.
    type Profile: Profile + Default;

    /// The URL of the document's server, or only its path if the URL is relative.
    const SERVER: Option<&'static str>;

    /// The security schemes that the document defines.
    const SCHEMES: &'static [Scheme] = &[];

    /// Returns the document's server with its variables, if it has any.
    #[must_use]
    fn server() -> Option<Server> {
        None
    }

    /// Creates a client that sends its requests with `transport`.
    fn from_transport(transport: Transport) -> Self;
}
