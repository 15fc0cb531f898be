//! Unions beside properties, in unions beside properties: 24 levels with two variants each.

use serde_json::json;

use crate::round_trip;

// It is not among the documents whose instances are tested: the validator runs out of memory.
frontline::frontline_api!("tests/expansion/nested_unions.yaml");

/// Without memory of what was decided, this takes hours: there are 2^24 combinations of variants.
#[test]
fn nested_unions_are_decided_once_for_each_level() {
    let _: types::Nested = round_trip(&json!({"p0": "a", "q1": "b", "p23": "c"}));
    let _: types::Nested = round_trip(&json!({"q0": "a", "q23": "b"}));
}
