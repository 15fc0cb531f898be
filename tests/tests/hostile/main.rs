//! Values that a hostile or careless server sends: nested, wide, ambiguous. A program with a client decodes them in a
//! debug build, on a thread with the stack of tokio's workers. It also copies, compares, prints, and writes them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use frontline_tests::pipeline;
use quote::quote;
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
                let is_refused = ["is nested more deeply than ", "types inside of each other"]
                    .iter()
                    .any(|why| printed.contains(why));
                assert!(is_kept || is_refused, "{width} {body}: {printed}");
            }
        }
    }
}

/// Returns the schemas of a recursive union whose variants have the same properties.
fn expressions() -> Value {
    let children = json!({
        "children": {"type": "array", "items": reference("Expression")},
        "other": reference("Expression"),
    });
    json!({
        "Expression": {"oneOf": [reference("And"), reference("Or"), reference("Not"), reference("Leaf")]},
        "And": {"type": "object", "properties": children},
        "Or": {"type": "object", "properties": children},
        "Not": {"type": "object", "properties": {"negated": {"type": "string"}}},
        "Leaf": {"type": "object", "properties": {"leaf": {"type": "string"}}},
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
    // The unknown part is inside of all levels.
    let unknown = format!("{{\"unknown\":[{}]}}", vec!["1"; 1_000_000].join(","));
    let deep = format!("{}{unknown}{}", "{\"other\":".repeat(120), "}".repeat(120));
    assert!(program.time(deep) < Duration::from_secs(60));
}

/// Returns the path of a document that is next to the workspace, not in it.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs").join(name);
    path.canonicalize().ok()
}

#[test]
fn types_of_real_documents_are_smaller_than_4_kib() {
    let Some(path) = shared("vendor/stripe.yaml") else {
        println!("skipped: there is no vendor/stripe.yaml");
        return;
    };
    let options = quote! {
        operations = ["GetCustomersCustomer", "GetCheckoutSessionsSession"], unsupported = skip, warnings = false
    };
    let types = pipeline::types(&path, &options).unwrap();
    assert!(types.iter().any(|name| name == "Customer") && types.len() > 500, "{}", types.len());
    let sizes =
        types.iter().map(|name| format!("const _: () = assert!(size_of::<types::{name}>() < 4096, \"{name}\");"));
    let path = path.to_string_lossy();
    let client = quote! { frontline::frontline_api!(#path, #options); };
    let source = format!("{client}\n{}", sizes.collect::<Vec<_>>().join("\n"));
    let calls = r#"{
        let asynchronous = Client::builder().base_url(url).basic_auth("id", "secret").build().unwrap();
        let options = Default::default();
        let future = asynchronous.get_customers_customer_with("cus_1", &options);
        assert!(size_of_val(&future) < 8192, "a future has {} bytes", size_of_val(&future));
        client.get_checkout_sessions_session_with("cs_1", &Default::default()).unwrap();
        client.get_customers_customer_with("cus_1", &Default::default())
    }"#;
    let session = json!({
        "id": "cs_1", "object": "checkout.session", "automatic_tax": {"enabled": false}, "created": 1, "custom_fields": [],
        "custom_text": {}, "expires_at": 1, "livemode": false, "mode": "payment", "payment_method_types": [],
        "payment_status": "paid", "shipping_options": [],
    });
    let customer = r#"{"created":1,"id":"cus_1","livemode":false,"object":"customer"}"#;
    let printed = Program::of("stripe", &source, calls).run(&[session.to_string(), customer.to_owned()], 1);
    assert!(printed[0].ends_with(customer), "{printed:?}");
}

/// Returns the schemas of an object that contains itself by way of `length` unions.
fn chain(length: usize) -> Value {
    let unions = (0..length).map(|index| {
        let inside = reference(&if index == 0 { "Chain".to_owned() } else { format!("Union{}", index - 1) });
        (format!("Union{index}"), json!({"oneOf": [inside, {"type": "integer"}]}))
    });
    let mut schemas: Map<String, Value> = unions.collect();
    let texts = (0..150).map(|index| (format!("p{index}"), json!({"type": "string"})));
    let mut properties: Map<String, Value> = texts.collect();
    properties.insert("next".into(), reference(&format!("Union{}", length - 1)));
    schemas.insert("Chain".into(), json!({"type": "object", "properties": properties}));
    schemas.into()
}

#[test]
fn unions_of_unions_do_not_overflow_the_stack() {
    let program = Program::new("chain", &reference("Chain"), &chain(40));
    let bodies = [2, 60].map(|depth| nested(depth, |inside| json!({"next": inside})));
    let printed = program.fetch(&bodies);
    assert!(printed[0].ends_with(&bodies[0]), "{printed:?}");
    assert!(printed[1].contains("types inside of each other"), "{printed:?}");
}

/// Returns the schemas of a union beside properties, whose variants have the same property.
fn flattened() -> Value {
    let child = json!({"type": "object", "properties": {"child": reference("Flattened")}});
    let variants = [reference("Left"), reference("Right")];
    let flattened = json!({"type": "object", "properties": {"kind": {"type": "string"}}, "oneOf": variants});
    json!({"Flattened": flattened, "Left": child, "Right": child})
}

#[test]
fn unions_beside_properties_are_decoded_in_linear_time() {
    let program = Program::new("flattened", &reference("Flattened"), &flattened());
    let body = nested(60, |inside| json!({"kind": "k", "unknown": 1, "child": inside}));
    let printed = program.fetch(&[body]);
    assert!(printed[0].contains(r#"{"kind":"k","child":{"kind":"k","child":{"#), "{printed:?}");
}

/// Returns the schemas of unions that contain themselves without a property or an item in between.
fn cyclic() -> Value {
    let tag = |variant| json!({"propertyName": "tag", "mapping": {"x": format!("#/components/schemas/{variant}")}});
    json!({
        "Cyclic": {"type": "object", "properties": {
            "union": reference("Union"),
            "tagged": reference("Tagged"),
            "flattened": reference("Flattened"),
        }},
        "Union": {"oneOf": [reference("Other"), {"type": "integer"}]},
        "Other": {"oneOf": [reference("Union"), {"type": "boolean"}]},
        "Tagged": {"oneOf": [reference("OtherTagged"), reference("Leaf")], "discriminator": tag("OtherTagged")},
        "OtherTagged": {"oneOf": [reference("Tagged"), reference("Leaf")], "discriminator": tag("Tagged")},
        "Flattened": {"properties": {"p": {}}, "oneOf": [reference("Flattened"), reference("Leaf")]},
        "Leaf": {"type": "object", "required": ["leaf"], "properties": {"leaf": {"type": "string"}}},
    })
}

#[test]
fn unions_that_contain_themselves_are_decoded() {
    let program = Program::new("cyclic", &reference("Cyclic"), &cyclic());
    let values = [
        json!({"union": 1}),
        json!({"union": true}),
        json!({"union": "neither"}),
        json!({"tagged": {"tag": "x"}}),
        // Fields come before the properties of unions.
        json!({"flattened": {"leaf": "x", "p": 1}}),
        json!({"flattened": {"q": 2, "p": 1}}),
    ];
    let bodies = values.map(|value| value.to_string());
    for (body, printed) in bodies.iter().zip(program.fetch(&bodies)) {
        assert!(printed.ends_with(body), "{body}: {printed}");
    }
}
