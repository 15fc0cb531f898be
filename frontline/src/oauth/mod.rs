//! Tokens of OAuth 2.0 servers (RFC 6749).
//!
//! A client gets a token before the first call that needs one, and a new one shortly before it ends. Only one call asks for
//! a token at a time; others wait for it. Requests for tokens have the time limits, retries, proxies and certificates of the
//! client, but not its middleware and rate limit. What a server refuses is the source of the call's
//! [`Error`](crate::Error), whose kind is [`ErrorKind::Credentials`](crate::ErrorKind::Credentials).
//!
//! | what the program has | how it is used |
//! |---|---|
//! | an id and a secret | [`ClientCredentials`] |
//! | a refresh token of a user | [`Refresh`] |
//! | a user at another device, such as a phone | [`DeviceFlow`], which leads to [`Refresh`] |
//!
//! ```
//! use frontline::oauth::ClientCredentials;
//!
//! mod api {
//!     // Its security scheme is of the type `oauth2`, with the flow `clientCredentials`.
//!     frontline::frontline_api!("examples/oauth.yaml");
//! }
//!
//! let client = api::Client::builder()
//!     .oauth(ClientCredentials::new("client id", "client secret").scopes(["read"]))
//!     .build()?;
//! # Ok::<(), frontline::Error>(())
//! ```
//!
//! May use `auth`, `client`, `error`, `request` and `response`.

mod builder;
mod device;
mod endpoint;
mod grant;
mod tokens;

pub use device::{DeviceAuthorization, DeviceFlow};
pub use grant::{ClientCredentials, Grant, Refresh};
pub use tokens::Tokens;
