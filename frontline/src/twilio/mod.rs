//! The parts that are specific to Twilio: the conventions of its APIs, and the setup of its clients.
//!
//! May use every room except `testing`.

mod builder;
mod client;
mod location;
mod profile;
#[cfg(feature = "webhooks")]
mod signature;

pub use profile::Twilio;
#[cfg(feature = "webhooks")]
pub use signature::TwilioSignature;
