//! Where requests go, and how connections are made: base URLs, proxies, TLS.
//!
//! May use `error` and `profile`.

mod base_url;
pub(crate) mod connect_timeout;
mod connections;
mod failure;
mod proxy;
mod tls;

pub(crate) use base_url::{BaseUrl, Servers};
pub(crate) use connections::Network;
pub(crate) use failure::failure;
pub use proxy::Proxy;
pub(crate) use tls::Identity;
