//! Tests of how instances are made and compared, with small documents.

use std::collections::HashSet;

use frontline_tests::corpus::instances::{Allowed, Direction, bodies, compare, samples, shrink, unknown};
use serde_json::{Value, json};

/// Makes `count` instances of the component `It`, all of which must be valid.
fn made(version: &str, schemas: &Value, direction: Direction, count: usize) -> Vec<Value> {
    let document = json!({ "openapi": version, "components": { "schemas": schemas } });
    let (valid, invalid) = samples(&document, "/components/schemas/It", direction, count);
    assert_eq!(invalid, Vec::<String>::new());
    assert!(!valid.is_empty(), "nothing was made");
    valid
}

/// Returns the distinct values at a pointer.
fn values<'i>(instances: &'i [Value], pointer: &str) -> Vec<&'i Value> {
    let mut values: Vec<&Value> = instances.iter().filter_map(|instance| instance.pointer(pointer)).collect();
    values.sort_by_key(ToString::to_string);
    values.dedup();
    values
}

#[test]
fn the_first_instance_is_minimal_and_the_second_maximal() {
    let schema = json!({ "It": { "type": "object", "required": ["a"], "additionalProperties": false, "properties": {
        "a": { "type": "boolean" }, "b": { "type": "array", "items": { "type": "integer" } }, "c": { "type": "string" },
    } } });
    let made = made("3.1.0", &schema, Direction::Response, 2);
    assert_eq!(made[0].as_object().map(|object| object.keys().collect::<Vec<_>>()), Some(vec![&"a".to_owned()]));
    assert_eq!(made[1].as_object().map(serde_json::Map::len), Some(3));
}

#[test]
fn each_member_each_enum_value_and_null_are_visited() {
    let schema = json!({ "It": { "type": "object", "required": ["kind", "union", "maybe"], "properties": {
        "kind": { "enum": ["a", "b", "c", "d"] },
        "union": { "oneOf": [{ "const": 1 }, { "const": "x" }, { "type": "array", "maxItems": 0 }] },
        "maybe": { "type": ["string", "null"], "maxLength": 0 },
    } } });
    // A property that is described and required is made once.
    let made = made("3.1.0", &schema, Direction::Response, 4);
    assert_eq!(values(&made, "/kind"), ["a", "b", "c", "d"].map(Value::from).each_ref());
    assert_eq!(values(&made, "/union"), [json!("x"), json!(1), json!([])].each_ref());
    assert_eq!(values(&made, "/maybe"), [json!(""), json!(null)].each_ref());
}

#[test]
fn the_words_of_openapi_3_0_are_translated() {
    let schema = json!({ "It": { "type": "object", "required": ["n", "maybe", "id", "secret"], "properties": {
        "n": { "type": "integer", "minimum": 0, "exclusiveMinimum": true, "maximum": 1 },
        "maybe": { "allOf": [{ "$ref": "#/components/schemas/Word" }], "nullable": true },
        "id": { "type": "string", "readOnly": true },
        "secret": { "type": "string", "writeOnly": true },
    } }, "Word": { "type": "string", "enum": ["w"] } });
    let sent = made("3.0.3", &schema, Direction::Request, 16);
    assert!(values(&sent, "/n").iter().all(|n| n.as_f64() == Some(1.0)));
    assert_eq!(values(&sent, "/maybe"), [json!("w"), json!(null)].each_ref());
    assert!(values(&sent, "/id").is_empty() && !values(&sent, "/secret").is_empty());
    let received = made("3.0.3", &schema, Direction::Response, 12);
    assert!(!values(&received, "/id").is_empty() && values(&received, "/secret").is_empty());
}

#[test]
fn all_of_is_one_value_and_a_discriminator_sets_the_tag() {
    let schema = json!({
        "It": { "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }],
                "discriminator": { "propertyName": "kind", "mapping": { "meow": "#/components/schemas/Cat" } } },
        "Cat": { "allOf": [{ "$ref": "#/components/schemas/Pet" }, { "required": ["lives"],
                 "properties": { "lives": { "type": "integer", "minimum": 9, "maximum": 9 } } }] },
        "Dog": { "allOf": [{ "$ref": "#/components/schemas/Pet" }] },
        "Pet": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" } } },
    });
    let made = made("3.0.3", &schema, Direction::Response, 12);
    assert_eq!(values(&made, "/kind"), [json!("Dog"), json!("meow")].each_ref());
    assert!(made.iter().all(|pet| (pet["kind"] == "meow") == pet.get("lives").is_some()));
}

#[test]
fn heirs_of_a_schema_with_a_discriminator_are_visited() {
    let schema = json!({
        "It": { "type": "object", "required": ["kind"], "discriminator": { "propertyName": "kind" },
                "properties": { "kind": { "type": "string" } } },
        "A": { "allOf": [{ "$ref": "#/components/schemas/It" }] },
        "B": { "allOf": [{ "$ref": "#/components/schemas/It" }] },
    });
    let made = made("3.0.3", &schema, Direction::Response, 8);
    assert_eq!(values(&made, "/kind"), [json!("A"), json!("B")].each_ref());
}

#[test]
fn a_schema_that_extends_the_union_that_lists_it_has_its_own_tag() {
    let schema = json!({
        "It": { "allOf": [{ "$ref": "#/components/schemas/Pet" },
                { "required": ["lives"], "properties": { "lives": { "type": "integer" } } }] },
        "Dog": { "allOf": [{ "$ref": "#/components/schemas/Pet" }] },
        "Pet": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" } },
                 "discriminator": { "propertyName": "kind" },
                 "oneOf": [{ "$ref": "#/components/schemas/Dog" }, { "$ref": "#/components/schemas/It" }] },
    });
    let made = made("3.0.3", &schema, Direction::Response, 8);
    assert_eq!(values(&made, "/kind"), [json!("It")].each_ref());
}

#[test]
fn names_that_schemas_give_themselves_are_targets() {
    let schema = json!({
        "It": { "$id": "https://pets.example/it", "type": "object", "required": ["anchor", "own", "other", "leaf"],
                "properties": {
                    "anchor": { "$ref": "tree#leaf" },
                    "own": { "$ref": "#/$defs/one" },
                    "other": { "$ref": "tree", "required": ["leaf"] },
                    "leaf": { "$ref": "https://pets.example/tree#/$defs/leaf" },
                },
                "$defs": { "one": { "const": 1 } } },
        "Tree": { "$id": "https://pets.example/tree", "$dynamicAnchor": "node", "type": "object",
                  "properties": { "leaf": { "$ref": "#leaf" }, "twig": { "$dynamicRef": "#node" } },
                  "$defs": { "leaf": { "$anchor": "leaf", "const": "green" } } },
    });
    let made = made("3.1.0", &schema, Direction::Response, 20);
    for pointer in ["/anchor", "/other/leaf", "/leaf"] {
        assert_eq!(values(&made, pointer), [json!("green")].each_ref(), "{pointer}");
    }
    assert_eq!(values(&made, "/own"), [json!(1)].each_ref());
    assert!(values(&made, "/other/twig").iter().all(|twig| twig.is_object()));
}

#[test]
fn bodies_behind_references_have_instances() {
    let body = |schema: &str| json!({ "content": { "application/json": { "schema": { "type": schema } } } });
    let document = json!({
        "openapi": "3.1.0",
        "paths": {
            "/item": { "$ref": "#/components/pathItems/Item" },
            "/operation": { "put": { "$ref": "#/x-operations/put" } },
        },
        "components": {
            "pathItems": { "Item": { "get": { "responses": { "200": { "$ref": "#/components/responses/Item" } } } } },
            "responses": { "Item": body("string") },
            "requestBodies": { "Put": body("integer") },
        },
        "x-operations": { "put": {
            "requestBody": { "$ref": "#/components/requestBodies/Put" }, "responses": { "$ref": "#/x-responses" },
        } },
        "x-responses": { "200": body("boolean") },
    });
    let expected = ["components/responses/Item", "components/requestBodies/Put", "x-responses/200"];
    assert_eq!(bodies(&document), expected.map(|body| format!("#/{body}/content/application~1json/schema")));
}

#[test]
fn values_that_a_union_does_not_know_are_found() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "`Debug` reads them")]
    enum Union {
        Known { list: Vec<Union>, open: Enum },
        Unknown(Value),
    }
    #[derive(Debug)]
    #[expect(dead_code, reason = "`Debug` reads it")]
    enum Enum {
        Unknown(String),
    }
    let found = |item: Option<Value>, back: &Value| {
        let list = item.into_iter().map(Union::Unknown).collect();
        unknown(&format!("{:?}", Union::Known { list, open: Enum::Unknown("x".into()) }), back)
    };
    let back = json!({ "list": [{ "kind": "x" }], "open": "x" });
    assert_eq!(found(None, &back), None);
    assert_eq!(found(Some(json!({ "kind": "x" })), &back), Some(vec!["list".into(), "0".into()]));
    // Only a part of an object.
    assert_eq!(found(Some(json!({ "other": null })), &back), Some(Vec::new()));
}

#[test]
fn recursion_ends_and_patterns_limits_and_formats_hold() {
    let schema = json!({ "It": { "type": "object", "required": ["code", "at", "list"], "properties": {
        "code": { "type": "string", "pattern": "^[A-Z]{2}-\\d{3}$" },
        "at": { "type": "string", "format": "date-time" },
        "list": { "type": "array", "minItems": 2, "uniqueItems": true, "items": { "type": "integer", "maximum": 9 } },
        "name": { "type": "string", "pattern": "^(?![0-9(\\)]{3})[a-z0-9]{3}$" },
        "step": { "type": "number", "multipleOf": 0.01, "exclusiveMinimum": 0 },
        "inner": { "$ref": "#/components/schemas/It" },
    } } });
    let made = made("3.1.0", &schema, Direction::Response, 30);
    assert!(made.iter().any(|instance| instance.pointer("/inner/inner").is_some()));
    assert!(made.iter().all(|instance| instance.pointer("/inner/inner/inner/inner/inner").is_none()));
}

#[test]
fn a_property_of_a_condition_that_does_not_hold_can_have_any_value() {
    for rest in [json!(true), json!({ "type": "string" })] {
        let schema = json!({ "It": {
            "type": "object",
            "required": ["k"],
            "properties": { "k": { "enum": ["a", "b"] } },
            "if": { "properties": { "k": { "const": "a" } } },
            "then": { "properties": { "size": { "type": "integer" } } },
            "unevaluatedProperties": rest,
        } });
        let document = json!({ "openapi": "3.1.0", "components": { "schemas": schema } });
        // Those that the condition rules out after all are invalid.
        let (made, _) = samples(&document, "/components/schemas/It", Direction::Response, 40);
        assert!(made.iter().any(|instance| instance["k"] == "a" && instance["size"].is_i64()));
        assert!(made.iter().any(|instance| instance["k"] == "b" && instance["size"].is_string()));
    }
}

#[test]
fn the_seed_alone_decides() {
    let schema = json!({ "It": { "type": "object", "properties": { "a": {}, "b": { "type": "number" } } } });
    let make = || made("3.1.0", &schema, Direction::Response, 10);
    assert_eq!(make(), make());
}

#[test]
fn only_listed_differences_are_allowed() {
    let check = |sent: Value, back: Value, direction| {
        let mut allowed = Vec::new();
        compare(&sent, &back, direction, &mut allowed).map(|()| allowed).map_err(|difference| difference.path.join("."))
    };
    let response = Direction::Response;
    assert_eq!(check(json!({ "a": 1.0 }), json!({ "a": 1 }), response), Ok(vec![Allowed::Fraction]));
    for (sent, back) in [
        (json!((1_u64 << 53) + 1), json!(9_007_199_254_740_992.0)),
        (json!(u64::MAX), json!(18_446_744_073_709_551_615.0)),
    ] {
        assert_eq!(check(sent.clone(), back.clone(), response), Err(String::new()));
        assert_eq!(check(back, sent, response), Err(String::new()));
    }
    assert_eq!(check(json!(1_u64 << 60), json!(2_f64.powi(60)), response), Ok(vec![Allowed::Fraction]));
    assert_eq!(check(json!(0.123_456_789), json!(0.123_456_79), response), Err(String::new()));
    assert_eq!(
        check(json!("2020-01-01T00:00:00.10Z"), json!("2020-01-01T00:00:00.1Z"), response),
        Ok(vec![Allowed::Instant])
    );
    assert_eq!(check(json!({ "a": null }), json!({}), response), Ok(vec![Allowed::Null]));
    assert_eq!(check(json!({ "a": null }), json!({}), Direction::Request), Err("a".into()));
    assert_eq!(check(json!({ "a": [{ "b": 1 }] }), json!({ "a": [{}] }), response), Err("a.0.b".into()));
    assert_eq!(check(json!({ "a": "1" }), json!({ "a": 1 }), response), Err("a".into()));
    assert_eq!(check(json!({}), json!({ "a": 1 }), response), Err("a".into()));
}

#[test]
fn a_failing_instance_is_shrunk() {
    let instance = json!({ "kind": "x", "a": [1, 2, { "b": 1, "c": 2 }], "d": { "e": 1 } });
    let kept = HashSet::from(["kind".to_owned()]);
    let smallest = shrink(instance, &kept, |smaller| smaller.to_string().contains("\"c\""));
    assert_eq!(smallest, json!({ "kind": "x", "a": [{ "c": 2 }] }));
}
