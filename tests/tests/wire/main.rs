//! Requests that clients send and responses that they receive, tested against servers that record every byte.

mod answers;
mod blocking;
mod bodies;
mod compression;
mod concurrency;
mod connections;
mod credentials;
mod documented;
mod events;
mod faults;
mod idempotency;
mod limits;
mod logs;
mod middleware;
mod nested;
mod network;
mod numbers;
mod oauth;
mod outcomes;
mod paged;
mod parameters;
mod parts;
mod paths;
mod requests;
mod reserved;
mod responses;
mod retry;
mod scalars;
mod schemes;
mod servers;
mod streams;

use frontline_tests::{RawRequest, RawServer, http};

mod wire {
    frontline::frontline_api!("specs/wire.yaml", warnings = false);
}

mod methods {
    // Two responses have content although their status does not allow any.
    frontline::frontline_api!("specs/methods.yaml", warnings = false);
}

/// A server that answers without a body.
fn nothing() -> RawServer {
    RawServer::start(http("204 No Content", "", ""))
}

/// The one request that arrived.
fn only(server: &RawServer) -> RawRequest {
    let [request] = &server.requests()[..] else { panic!("one request was expected") };
    request.clone()
}

/// The value of a header.
fn header(request: &RawRequest, name: &str) -> Option<String> {
    request.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}
