//! Documents whose schemas refer to each other further than rustc follows types, compiled.

use std::fs;
use std::path::Path;

use frontline_tests::corpus::{self, Compiler};
use serde_json::{Map, Value, json};

/// More than rustc follows, however they hold each other.
const SCHEMAS: usize = 150;

fn schema(index: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/S{}", index % SCHEMAS)})
}

/// The properties of the object with a number.
type Properties = fn(usize) -> Value;

/// A document of objects, all of which one operation sends and receives.
fn document(properties: Properties) -> Value {
    let object = |index| (format!("S{index}"), json!({"type": "object", "properties": properties(index)}));
    let schemas: Map<String, Value> = (0..SCHEMAS).map(object).collect();
    let content = json!({"application/json": {"schema": schema(0)}});
    let operation = json!({
        "operationId": "change",
        "requestBody": {"content": content},
        "responses": {"200": {"description": "Changed.", "content": content}},
    });
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Depths", "version": "1"},
        "paths": {"/": {"put": operation}},
        "components": {"schemas": schemas},
    })
}

#[test]
fn depths_that_rustc_does_not_follow_compile() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scale");
    fs::create_dir_all(&scratch).unwrap();
    let chains: [(&str, Properties); 5] = [
        ("objects", |index| json!({"next": schema(index + 1)})),
        ("lists", |index| json!({"next": {"type": "array", "items": schema(index + 1)}})),
        ("maps", |index| json!({"next": {"type": "object", "additionalProperties": schema(index + 1)}})),
        ("unions", |index| json!({"next": {"oneOf": [{"type": "integer"}, schema(index + 1)]}})),
        ("circles", |index| {
            let list = json!({"type": "array", "items": schema(index * 7 + 3)});
            json!({"next": schema(index + 1), "list": list, "other": schema(index * 11 + 5)})
        }),
    ];
    let documents = chains.map(|(name, properties)| {
        let path = scratch.join(format!("{name}.json"));
        fs::write(&path, document(properties).to_string()).unwrap();
        path
    });
    let compiler = Compiler::new(&scratch).unwrap();
    for outcome in corpus::run(&compiler, &documents, |outcome| println!("{outcome}")) {
        assert_eq!(outcome.error, None, "{}", outcome.document.display());
    }
}
