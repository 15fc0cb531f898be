//! The core of generated clients: the builder, call options, and calls with their attempts, retries, middleware and
//! spans.
//!
//! May use the rooms `request`, `response`, `auth`, `network`, `profile`, `values`, `json`,
//! `error` and `random`.

mod api;
#[cfg(feature = "blocking")]
mod blocking;
mod budget;
mod builder;
mod call;
mod concurrency;
mod following;
mod load;
mod middleware;
mod options;
mod pace;
mod retry;
mod shared;
mod span;
mod streams;
mod transport;

pub use api::Api;
#[cfg(feature = "blocking")]
pub use blocking::{Blocking, Items};
pub use builder::ClientBuilder;
pub(crate) use builder::variable;
pub use following::Following;
pub use middleware::{Attempt, AttemptFuture, AttemptResponse, Middleware, Next};
pub use options::CallOptions;
pub use retry::Retry;
pub use transport::Transport;
