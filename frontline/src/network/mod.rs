//! The addresses that requests go to, and the connections to them: base URLs, proxies and TLS.
//!
//! May use `error` and `profile`.

mod base_url;
pub(crate) mod connect_timeout;
mod connections;
mod failure;
mod proxy;
mod tls;

pub(crate) use base_url::{BaseUrl, Servers, is_relative};
pub(crate) use connections::{Connections, Network};
pub(crate) use failure::failure;
pub use proxy::Proxy;
pub(crate) use tls::Identity;
