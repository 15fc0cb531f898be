//! A typed, asynchronous client for the
//! [Twilio Frontline API](https://www.twilio.com/docs/frontline), generated at compile time from its OpenAPI document.
//!
//! [`frontline_api!`] generates such a client from any other OpenAPI document. Types that the Frontline client does not
//! use, such as [`Pages`], are for those clients.
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
//!     Err(error) if error.is_not_found() => println!("no such user"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What every call does
//!
//! - Requests use `https`. Plain `http` is only allowed for loopback addresses, unless you call
//!   [`ClientBuilder::dangerous_allow_http`].
//! - Redirects are not followed. A redirect is an error of kind [`ErrorKind::Status`], which states the exceptions;
//!   [`Redirection`] turns it into a response.
//! - Proxies from environment variables such as `HTTPS_PROXY` are used.
//! - A path argument becomes exactly one path segment: `a/b` is sent as `a%2Fb`. If the argument is empty, `.` or `..`,
//!   the call fails with [`ErrorKind::InvalidArgument`] and sends nothing.
//! - A call takes at most 30 seconds and makes at most three attempts. It is retried if a retry is safe and could
//!   succeed: see [`Retry`]. To change these limits, use [`ClientBuilder`] for all calls or [`CallOptions`] for
//!   individual calls.
//! - The client accepts responses that omit optional properties, and responses that contain unknown properties or
//!   unknown enum values. A required property that is missing or null is an error, unless the macro's option `required`
//!   says otherwise.
//! - A type that is both read and sent keeps unknown properties in its field `additional_properties`. A type that is
//!   only read drops them. The macro's option `unknown_properties` changes this.
//! - Credentials and arguments appear neither in the `Debug` output of clients, options and errors, nor in the text of
//!   errors: see [`Error`]. The `Debug` output of generated types hides values that the OpenAPI document marks as
//!   personal data.
//! - Asynchronous calls must run in a tokio runtime with time and I/O enabled.
//!
//! # Crates that you need
//!
//! tokio, and no other. Signatures and generated types name types of these crates, which this one re-exports, so you use the
//! same versions: [`bytes`], [`chrono`] (dates and times, without its feature `clock`: see [`DateTime::now`]), [`futures_core`] (`Stream`), [`http`] (statuses and headers),
//! [`serde`], [`serde_json`] (JSON values) and [`uuid`], and with the feature `reqwest` also `reqwest`. To derive serde's traits,
//! add `#[serde(crate = "frontline::serde")]`.
//!
//! ```
//! use frontline::chrono::NaiveDate;
//! use frontline::http::header::ETAG;
//! use frontline::{serde_json, uuid};
//!
//! # fn example(response: &frontline::Response<serde_json::Value>) {
//! let version = response.headers().get(ETAG);
//! let name = response["name"].as_str();
//! # }
//! let (id, day) = (uuid::Uuid::nil(), NaiveDate::from_ymd_opt(2026, 1, 31));
//! ```
//!
//! # Features
//!
//! Enabled by default:
//!
//! - `rustls`: TLS with rustls. ring provides the cryptography, and the platform's root certificates are trusted.
//! - `tracing`: a span for each call and each attempt, following OpenTelemetry's conventions for HTTP clients. This
//!   feature adds no crate to your build, because reqwest's dependencies already use `tracing`.
//!
//! Optional:
//!
//! - `rustls-no-provider`: TLS with rustls, using the crypto provider that your program installs with
//!   `CryptoProvider::install_default`. Use it with `default-features = false`, because `rustls` takes precedence.
//!   Enable `tracing` again if you need it.
//! - `native-tls`: TLS with the platform's library (`SChannel`, `Secure Transport` or OpenSSL). It takes precedence
//!   over both rustls features.
//! - `gzip`: adds `ClientBuilder::gzip`, which requests compressed responses.
//! - `reqwest`: adds `ClientBuilder::reqwest_client`, which sends requests with your own `reqwest::Client`.
//! - `http2`: HTTP/2, if the server supports it. This helps if you make many concurrent calls. If a server sends nothing
//!   for 3 seconds during a call, the connection is tested with a ping, and closed if the server does not answer within
//!   5 more seconds. An idle connection is not tested until the next call. After an attempt has timed out, later
//!   attempts use new connections.
//! - `blocking`: adds `Client::blocking`, which returns a `BlockingClient` with the same methods, without `async`.
//! - `webhooks`: adds `frontline::webhooks`, which verifies the signatures of requests that a service sends to your program.
//! - `testing`: adds servers for your tests, and the Frontline API in memory: see `frontline::testing`.
//!
//! If none of `rustls`, `rustls-no-provider` and `native-tls` is enabled, you can only build clients for `http` URLs.
//!
//! # Logs
//!
//! With the feature `tracing`, a retry is an event of the level `WARN`, whose text says what failed and how long the pause is.
//! Calls are spans of the level `INFO`, and attempts of `DEBUG`. `tracing-subscriber` shows the events by default; these lines also show each
//! span when it ends, with its fields and its duration:
//!
//! ```
//! use tracing_subscriber::fmt::format::FmtSpan;
//!
//! tracing_subscriber::fmt().with_span_events(FmtSpan::CLOSE).init();
//! ```
//!
//! Neither contains arguments, credentials or bodies.
//!
//! # Programs that also use reqwest
//!
//! Cargo enables features for a whole program. This crate enables reqwest's rustls without a crypto provider, because it
//! passes its own. If no other crate of your program enables TLS in reqwest 0.13, `reqwest::Client::new()` therefore
//! panics with "No rustls crypto provider is configured". Install the provider that is already part of your program at
//! the start of `main`:
//!
//! ```
//! // Cargo.toml: rustls = { version = "0.23", default-features = false, features = ["ring"] }
//! rustls::crypto::ring::default_provider().install_default().expect("no provider is installed yet");
//! ```
//!
//! Alternatively, enable reqwest's feature `rustls`, which adds a second provider, aws-lc-rs, to your build.

extern crate self as frontline;

mod auth;
mod client;
mod error;
mod json;
mod network;
pub mod oauth;
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
#[cfg(feature = "webhooks")]
pub mod webhooks;

frontline_macros::frontline_api!("spec/frontline.yaml");

pub use auth::{Credential, CredentialsProvider, ProviderFuture};
#[cfg(feature = "blocking")]
pub use client::Items;
pub use client::{Attempt, AttemptFuture, AttemptResponse, CallOptions, ClientBuilder, Middleware, Next, Retry};
pub use error::{Error, ErrorKind};
pub use frontline_macros::frontline_api;
pub use network::{Proxy, Server, StalledStreamProtection};
pub use request::File;
#[cfg(feature = "reqwest")]
pub use reqwest;
pub use response::{Event, Events, JsonLines, Pages, Redirection, Response};
#[cfg(feature = "webhooks")]
pub use twilio::TwilioSignature;
pub use types::*;
pub use values::{Base64, ByteStream, DateTime, Nullable, Rfc2822};
pub use {bytes, chrono, futures_core, http, serde, serde_json, uuid};

#[cfg(all(doctest, feature = "testing"))]
#[doc = include_str!("../README.md")]
struct Readme;
