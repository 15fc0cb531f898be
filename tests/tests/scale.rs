//! Compiles documents whose schemas nest more deeply than rustc permits for types.

use std::fs;
use std::path::Path;

use frontline_tests::corpus::{self, Compiler};
use serde_json::{Map, Value, json};

/// The number of nested schemas: more than rustc's limit for all kinds of nesting.
const SCHEMAS: usize = 150;

fn schema(index: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/S{}", index % SCHEMAS)})
}

/// A function that returns the properties of the object with a number.
type Properties = fn(usize) -> Value;

/// Returns a document of objects, all of which one operation sends and receives.
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
fn schemas_nested_deeper_than_rustcs_limit_compile() {
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
