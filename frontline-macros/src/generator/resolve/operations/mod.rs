//! Reads operations: their parameters, bodies, responses and security.
//!
//! `operation` finds the operations, and combines what the other files read.
//!
//! Within `resolve` it uses `resolver`, `merged`, `places`, `schemas`, `root`, `servers`, `headers` and `distinct`.

mod body;
mod contents;
mod examples;
mod failures;
mod idempotency;
mod media;
mod multipart;
mod operation;
mod paging;
mod parameters;
mod part_headers;
mod paths;
mod responses;
mod security;
mod statuses;
mod streams;
mod unused;
mod webhooks;
