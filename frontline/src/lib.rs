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
//! # What holds for every call
//!
//! - Nothing is sent over `http`, but to a loopback address. Redirects are not followed. Environment variables such
//!   as `HTTPS_PROXY` are.
//! - An argument in the path is always exactly one segment: what cannot be one (empty, `.`, `..`) is refused.
//! - A call takes 30 seconds at most. What did no harm and may go better the next time is tried again, up to three
//!   times in all: see [`Retry`]. [`CallOptions`] change that for some calls, [`ClientBuilder`] for all.
//! - Responses may lack fields, have new ones, or new values of enums.
//! - `Debug` and error texts hold no credentials, no arguments and no personal data: see [`Error`].
//! - A tokio runtime has to be running, with time and I/O enabled.
//!
//! # Features
//!
//! On by default:
//!
//! - `rustls`: TLS by rustls, with the cryptography of ring and the platform's certificates.
//! - `tracing`: a span for each call and each attempt, with OpenTelemetry's names for HTTP clients. It costs no further
//!   crate: reqwest's own dependencies have it.
//!
//! Others:
//!
//! - `rustls-no-provider`: TLS by rustls with the cryptography that the program has installed
//!   (`CryptoProvider::install_default`); switch `rustls` off then.
//! - `native-tls`: TLS by the platform (`SChannel`, `Secure Transport`, OpenSSL); it goes before rustls where both are
//!   on. Without any of the three, a client can only be built for `http`.
//! - `gzip`: `ClientBuilder::gzip`, to ask for compressed responses.
//! - `reqwest`: `ClientBuilder::reqwest_client`, to send requests with a client of your own.
//! - `http2`: HTTP/2 where the server offers it; worth it for many calls at once.
//! - `blocking`: `Client::blocking`, which makes a `BlockingClient`: the same methods without `async`.
//! - `testing`: `frontline::testing::Server`, the API in memory, for the tests of your program.

extern crate self as frontline;

mod answer;
mod auth;
mod base;
#[cfg(feature = "blocking")]
mod block;
mod body;
mod bytes64;
mod call;
mod client;
mod config;
mod connect;
mod decode;
mod error;
mod events;
mod examples;
mod incoming;
mod lines;
mod loose;
mod middleware;
mod multipart;
mod network;
mod nullable;
mod object;
mod options;
mod pages;
mod path;
#[doc(hidden)]
pub mod private;
mod request;
mod response;
mod retry;
mod stream;
mod style;
#[cfg(feature = "testing")]
pub mod testing;
mod time;
mod tls;
mod trace;
mod twilio;
mod union;
mod upload;
mod value;

frontline_macros::frontline_api!("spec/frontline.yaml");

pub use auth::{Credential, CredentialsProvider, ProviderFuture};
#[cfg(feature = "blocking")]
pub use block::Items;
pub use bytes64::Base64;
pub use config::ClientBuilder;
pub use error::{Error, ErrorKind};
pub use events::{Event, Events};
pub use frontline_macros::frontline_api;
pub use lines::JsonLines;
pub use middleware::{Attempt, AttemptFuture, AttemptResponse, Middleware, Next};
pub use multipart::File;
pub use network::Proxy;
pub use nullable::Nullable;
pub use options::CallOptions;
pub use pages::Pages;
pub use response::Response;
pub use retry::Retry;
pub use stream::ByteStream;
pub use time::{DateTime, Rfc2822};
pub use types::*;

#[cfg(all(doctest, feature = "testing"))]
#[doc = include_str!("../README.md")]
struct Readme;
