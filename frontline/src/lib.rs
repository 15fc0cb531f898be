//! A typed, asynchronous client for the
//! [Twilio Frontline API](https://www.twilio.com/docs/frontline), generated at compile time from its OpenAPI document.
//!
//! ```no_run
//! use frontline::{Client, UpdateUserRequest, UserState};
//!
//! # async fn example() -> Result<(), frontline::Error> {
//! let client = Client::from_env()?;
//! let user = client.fetch_user("ada@example.com").await?;
//! println!("{:?}, request {:?}", user.state, user.request_id());
//!
//! let change = UpdateUserRequest::new().state(UserState::Active).is_available(true);
//! match client.update_user("ada@example.com", &change).await {
//!     Ok(user) => println!("available: {:?}", user.is_available),
//!     Err(error) if error.is_not_found() => println!("there is no such user"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Behavior of every call
//!
//! - Requests use `https`. Plain `http` is only allowed for loopback addresses, unless you call
//!   [`ClientBuilder::dangerous_allow_http`].
//! - Redirects are not followed. Proxies from environment variables such as `HTTPS_PROXY` are used.
//! - A path argument always fills exactly one path segment. An argument that cannot be a segment (an empty one, `.` or
//!   `..`) is an error, and nothing is sent.
//! - A call takes at most 30 seconds and makes at most three attempts. Failed attempts are retried if that is safe and
//!   may help: see [`Retry`]. Use [`ClientBuilder`] to change these limits for all calls, or [`CallOptions`] for some.
//! - Responses may omit fields, add new ones, and contain enum values that the document does not list.
//! - `Debug` output and error messages contain no credentials, no arguments and no personal data: see [`Error`].
//! - Calls need a running tokio runtime with time and I/O enabled.
//!
//! # Features
//!
//! Enabled by default:
//!
//! - `rustls`: TLS with rustls, using ring for cryptography and the platform's root certificates.
//! - `tracing`: a span for each call and each attempt, named after OpenTelemetry's conventions for HTTP clients. It
//!   adds no crate to your build, because dependencies of reqwest use `tracing` anyway.
//!
//! Optional:
//!
//! - `rustls-no-provider`: TLS with rustls, using the cryptography provider that your program installs with
//!   `CryptoProvider::install_default`. Disable `rustls` if you use this feature.
//! - `native-tls`: TLS with the platform's library (`SChannel`, `Secure Transport` or OpenSSL). It takes precedence
//!   over rustls if both are enabled.
//! - `gzip`: adds `ClientBuilder::gzip`, which requests compressed responses.
//! - `reqwest`: adds `ClientBuilder::reqwest_client`, which sends requests with your own `reqwest::Client`.
//! - `http2`: HTTP/2, if the server supports it. It pays off for many simultaneous calls.
//! - `blocking`: adds `Client::blocking`, which returns a `BlockingClient` with the same methods, without `async`.
//! - `testing`: adds `frontline::testing::Server`, an in-memory version of the API for your tests.
//!
//! Without `rustls`, `rustls-no-provider` and `native-tls`, only clients for `http` URLs can be built.

extern crate self as frontline;

mod auth;
mod client;
mod error;
mod network;
#[doc(hidden)]
pub mod private;
mod profile;
/// The profiles that expansions can name.
mod profiles {
    pub use crate::profile::Standard;
    pub use crate::twilio::Twilio;
}
mod random;
mod request;
mod response;
#[cfg(feature = "testing")]
pub mod testing;
mod twilio;
mod values;

frontline_macros::frontline_api!("spec/frontline.yaml");

pub use auth::{Credential, CredentialsProvider, ProviderFuture};
#[cfg(feature = "blocking")]
pub use client::Items;
pub use client::{Attempt, AttemptFuture, AttemptResponse, CallOptions, ClientBuilder, Middleware, Next, Retry};
pub use error::{Error, ErrorKind};
pub use frontline_macros::frontline_api;
pub use network::Proxy;
pub use request::File;
pub use response::{Event, Events, JsonLines, Pages, Response};
pub use types::*;
pub use values::{Base64, ByteStream, DateTime, Nullable, Rfc2822};

#[cfg(all(doctest, feature = "testing"))]
#[doc = include_str!("../README.md")]
struct Readme;
