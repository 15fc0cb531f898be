//! The types and methods that the macro generates for each construct of OpenAPI.

#![deny(warnings)]

mod choices;
mod conditions;
mod deprecated;
mod elsewhere;
mod enums;
mod files;
mod ids;
mod inheritance;
mod json_schema;
mod loose;
mod merging;
mod mistakes;
mod names;
mod nested_unions;
mod notation;
mod null;
mod objects;
mod odd;
mod operations;
mod options;
mod presence;
mod required;
mod sent_back;
mod sharing;
mod spellings;
mod survival;
mod telephony;
mod unions;
mod unknown;
mod versions;
mod writing;

use frontline_tests::{RawServer, http};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Returns a server that answers every request with `body`.
fn answering(status: &str, body: &str) -> RawServer {
    RawServer::start(http(status, "Content-Type: application/json\r\n", body))
}

/// Deserializes a value from `json`.
fn decode<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("the value is of its type")
}

fn encode(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("the value can be written")
}

/// Asserts that `json` can be deserialized as `T` and serializes to the same JSON. Returns the value.
fn round_trip<T: DeserializeOwned + Serialize>(json: &Value) -> T {
    let value: T = decode(json.clone());
    assert_eq!(encode(&value), *json);
    value
}
