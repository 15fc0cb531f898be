//! Connections to servers that use TLS, tested with real handshakes. They use rustls, or the platform's TLS if the
//! feature `native-tls` is enabled.

mod certificates;
mod http2;
mod limits;
mod server;
