//! Everything that is Twilio's own: the conventions of its APIs, and how its clients are set up.
//!
//! May use every room but `testing`.

mod builder;
mod client;
mod location;
mod profile;

pub use profile::Twilio;
