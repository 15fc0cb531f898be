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

mod auth;
mod client;
mod error;
mod network;
#[doc(hidden)]
pub mod private;
mod profile;
/// The profiles that expansions choose from.
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
