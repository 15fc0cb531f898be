//! Servers for tests that do not use the real service (feature `testing`).
//!
//! For each document, [`frontline_api!`](crate::frontline_api) also expands a module `server`: a trait `Service` with a
//! method for each operation, and a `Server` that checks each request against the document and passes it on. Implement the
//! methods that your test needs:
//!
//! ```
//! use frontline::server::{Server, Service};
//! use frontline::{Error, Response, User};
//!
//! struct Anybody;
//!
//! impl Service for Anybody {
//!     async fn fetch_user(&self, sid: String) -> Result<Response<User>, Error> {
//!         let mut user = User::default();
//!         user.identity = Some(sid);
//!         Ok(Response::new(user))
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = Server::start(Anybody).await?;
//! let user = server.client()?.fetch_user("ada@example.com").await?;
//! assert_eq!(user.identity.as_deref(), Some("ada@example.com"));
//! assert_eq!(server.requests()[0].operation(), Some("FetchUser"));
//! # Ok(())
//! # }
//! ```
//!
//! [`Examples`] answers without code: with the examples of the document, or with values that are made of its schemas. Each
//! answer can be replaced by a closure, and [`Fault`]s show what a program does if the service fails:
//!
//! ```
//! use frontline::http::StatusCode;
//! use frontline::testing::{Examples, Fault, Server};
//! use frontline::{Response, User};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let examples = Examples::new().on_update_user(|_sid, _change| async { Ok(Response::new(User::default())) });
//! let server = Server::start(examples).await?;
//! let client = server.client()?;
//! assert!(client.fetch_user("ada@example.com").await?.sid.is_some());
//!
//! server.fail_next(Fault::status(StatusCode::NOT_FOUND));
//! assert!(client.fetch_user("ada@example.com").await.is_err());
//! # Ok(())
//! # }
//! ```
//!
//! A program that creates its client with `Client::from_env` talks to a test server if `FRONTLINE_BASE_URL` is the server's
//! [`url`](ServerOf::url): see [`ClientBuilder::base_url_env`](crate::ClientBuilder::base_url_env).
//!
//! # The clock
//!
//! With `#[tokio::test(start_paused = true)]` (tokio's feature `test-util`), pauses of faults, `Retry-After`, delays between
//! attempts and time limits take no real time: tokio's clock jumps ahead whenever the test waits for nothing else. Measure
//! with `tokio::time::Instant`. After `Retry-After`, a call waits up to half of that time longer: see
//! [`Retry`](crate::Retry#pauses).
//!
//! [`Users`] is a service for the Frontline API: it keeps users in memory.
//!
//! ```
//! use frontline::UpdateUserRequest;
//! use frontline::testing::{Server, Users};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = Server::start(Users::new()).await?;
//! server.service().add("ada@example.com");
//! let client = server.client()?;
//!
//! client.update_user("ada@example.com", &UpdateUserRequest::new().is_available(true)).await?;
//! assert_eq!(client.fetch_user("ada@example.com").await?.is_available, Some(true));
//! # Ok(())
//! # }
//! ```
// May use `client`, `error`, `json`, `profile`, `request`, `response` and `values`.

mod connection;
#[doc(hidden)]
pub mod contract;
mod examples;
mod exchange;
mod fault;
#[doc(hidden)]
pub mod instances;
mod received;
mod replies;
mod server;
mod service;
mod streaming;
mod users;
#[doc(hidden)]
pub mod values;
mod wire;

pub use examples::{Replaced, example};
pub use fault::Fault;
pub use received::Received;
pub use replies::{Encode, Encoded};
pub use server::ServerOf;
pub use service::{Answering, Arrived, Endpoint, Reply, Serve, unimplemented};
pub use streaming::Streaming;
pub use users::Users;

/// A service for [`Client`](crate::Client) that answers from Twilio's document.
pub use crate::server::Examples;

/// A server for [`Client`](crate::Client), which answers with the service `S`, such as [`Users`]. [`ServerOf`] has its methods.
pub type Server<S> = crate::server::Server<S>;
