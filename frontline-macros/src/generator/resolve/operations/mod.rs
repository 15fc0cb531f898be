//! Operations: what they send, and what they get back.
//!
//! `operation` finds the operations and puts each together from what the other files read.
//!
//! Of the rest of `resolve` it uses `resolver`, `merged`, `schemas`, `root` and `distinct`.

mod body;
mod examples;
mod media;
mod multipart;
mod operation;
mod parameters;
mod paths;
mod responses;
mod security;
mod skip;
mod streams;
mod unused;
mod webhooks;
