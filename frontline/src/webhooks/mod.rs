//! Verification of webhooks: requests that a service sends to your program.
//!
//! A request without a valid signature may come from anyone. Verify it with the bytes of its body as they arrived, before you
//! decode them. Signatures are compared in constant time.
//!
//! [`StandardWebhooks`] verifies the signatures of the [Standard Webhooks](https://www.standardwebhooks.com) specification. Services
//! that sign their requests in another way have a type of their own at the root of the crate.
//!
//! May use `error`.

mod standard;

pub use crate::error::SignatureError;
pub use standard::StandardWebhooks;
