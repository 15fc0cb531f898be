//! The addresses that requests go to, and the connections to them: base URLs, proxies, TLS, and the time limits of
//! connections and bodies.
//!
//! May use `error` and `profile`.

mod base_url;
mod body;
pub(crate) mod connect_timeout;
mod connections;
mod failure;
#[cfg(feature = "gzip")]
mod gzip;
mod progress;
mod proxy;
mod server;
mod stalled;
mod tls;

pub(crate) use base_url::{BaseUrl, Servers, is_relative};
pub(crate) use body::Body;
pub(crate) use connections::{Connections, Network};
pub(crate) use failure::failure;
pub(crate) use progress::Progress;
pub use proxy::Proxy;
pub use server::Server;
pub use stalled::StalledStreamProtection;
pub(crate) use tls::Identity;
