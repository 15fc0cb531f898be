//! Values that a hostile or careless server sends: nested, wide, ambiguous. A program with a client decodes them in a
//! debug build, on a thread with the stack of tokio's workers. It also copies, compares, prints, and writes them.

use std::time::Duration;

use serde_json::{Map, Value, json};

mod program;

use program::Program;

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// Returns a schema of an object with `width` strings that contains itself in all ways.
fn wide(width: usize) -> Value {
    let texts = (0..width).map(|index| (format!("p{index}"), json!({"type": "string"})));
    let mut properties: Map<String, Value> = texts.collect();
    properties.insert("next".into(), reference("Wide"));
    properties.insert("list".into(), json!({"type": "array", "items": reference("Wide")}));
    properties.insert("map".into(), json!({"type": "object", "additionalProperties": reference("Wide")}));
    properties.insert("union".into(), json!({"oneOf": [{"type": "integer"}, reference("Wide"), reference("Other")]}));
    json!({
        "Wide": {"type": "object", "properties": properties},
        "Other": {"type": "object", "required": ["other"], "properties": {"other": reference("Wide")}},
    })
}

/// Returns a body that is nested in one way.
fn nested(depth: usize, level: impl Fn(Value) -> Value) -> String {
    (0..depth).fold(json!({}), |inside, _| level(inside)).to_string()
}

#[test]
fn deep_and_wide_values_are_decoded_or_an_error() {
    let ways: [fn(Value) -> Value; 5] = [
        |inside| json!({"next": inside}),
        |inside| json!({"list": [inside]}),
        |inside| json!({"map": {"key": inside}}),
        |inside| json!({"union": inside}),
        |inside| json!({"union": {"other": inside}}),
    ];
    for width in [1, 100, 300, 1000, 3000] {
        let program = Program::new(&format!("wide_{width}"), &reference("Wide"), &wide(width));
        for way in ways {
            let bodies: Vec<String> = [5, 20, 40, 62, 120, 200].map(|depth| nested(depth, way)).into();
            let printed = program.fetch(&bodies);
            for (body, printed) in bodies.iter().zip(printed) {
                let is_kept = printed.split_once(' ').is_some_and(|(_, written)| written == body);
                assert!(is_kept || printed.contains("is nested more deeply than "), "{width} {body}: {printed}");
            }
        }
    }
}

/// Returns the schemas of a recursive union whose variants have the same properties.
fn expressions() -> Value {
    let children = json!({"children": {"type": "array", "items": reference("Expression")}});
    json!({
        "Expression": {"oneOf": [reference("And"), reference("Or")]},
        "And": {"type": "object", "properties": children},
        "Or": {"type": "object", "properties": children},
    })
}

#[test]
fn ambiguous_unions_are_decoded_in_linear_time() {
    let program = Program::new("expressions", &reference("Expression"), &expressions());
    let body = |depth: usize| {
        let leaf = json!({"unknown": 1});
        (0..depth).fold(leaf, |inside, _| json!({"children": [inside]})).to_string()
    };
    let printed = program.fetch(&[body(60)]);
    assert!(printed[0].contains(r#"{"children":[{"children":["#), "{printed:?}");
    // Decoding each variant of each union would take 2 to the power of 60 steps.
    let wide = format!("{{\"children\":[{}]}}", vec![body(20); 2000].join(","));
    assert!(wide.len() > 500_000);
    assert!(program.time(wide) < Duration::from_secs(60));
}
