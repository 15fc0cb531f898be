//! Points in time and dates in the formats that services use.
//!
//! May use `error` and `json`.

mod date;
mod date_time;
mod iso;
mod rfc2822;

pub use date_time::DateTime;
pub use rfc2822::Rfc2822;
