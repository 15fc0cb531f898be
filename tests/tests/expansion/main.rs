//! What small documents become: each construct of OpenAPI that the generator reads, with the types that it makes of it.

#![deny(warnings)]

mod deprecated;
mod enums;
mod files;
mod inheritance;
mod json_schema;
mod loose;
mod names;
mod notation;
mod objects;
mod operations;
mod options;
mod presence;
mod telephony;

use frontline_tests::{RawServer, http};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A server that answers every request with `body`.
fn answering(status: &str, body: &str) -> RawServer {
    RawServer::start(http(status, "Content-Type: application/json\r\n", body))
}

/// The value that `json` is read as.
fn decode<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("the value is of its type")
}

fn encode(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("the value can be written")
}

/// Asserts that `json` is read as a `T` and written as it was.
fn round_trip<T: DeserializeOwned + Serialize>(json: &Value) -> T {
    let value: T = decode(json.clone());
    assert_eq!(encode(&value), *json);
    value
}
