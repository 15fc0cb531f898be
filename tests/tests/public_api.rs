//! Checks for semantic versioning: the public API exposes no types of reqwest, and all its types can grow.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Returns rustdoc's JSON for `frontline`, with all features that change the public API.
fn documentation() -> Value {
    // A different value of the variable below would make cargo rebuild everything.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("public_api");
    let status = Command::new(env!("CARGO"))
        .args(["rustdoc", "--quiet", "--package", "frontline", "--lib", "--no-default-features"])
        .args(["--features", "blocking,gzip,reqwest,testing,tracing", "--target-dir"])
        .arg(&target)
        .args(["--", "-Zunstable-options", "--output-format=json"])
        // rustdoc writes JSON only if it is, or claims to be, a nightly version.
        .env("RUSTC_BOOTSTRAP", "1")
        .status()
        .unwrap();
    assert!(status.success());
    serde_json::from_reader(File::open(target.join("doc/frontline.json")).unwrap()).unwrap()
}

/// Collects the ids of the types and traits that an item names.
fn named(value: &Value, found: &mut BTreeSet<u64>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("id").filter(|_| fields.contains_key("args")).and_then(Value::as_u64));
            fields.values().for_each(|field| named(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| named(item, found)),
        _ => {}
    }
}

#[test]
fn public_types_can_grow_and_reqwest_is_named_only_once() {
    let documentation = documentation();
    let items: Vec<&Value> =
        documentation["index"].as_object().unwrap().values().filter(|item| item["crate_id"] == 0).collect();
    let crate_of = |id: &u64| {
        let number = documentation["paths"][id.to_string()]["crate_id"].to_string();
        documentation["external_crates"][number]["name"].as_str()
    };
    let (mut reqwest, mut http) = (Vec::new(), 0);
    let (mut open, mut sealed) = (Vec::new(), 0);
    for item in items {
        let name = item["name"].as_str().unwrap_or("an implementation");
        let mut ids = BTreeSet::new();
        named(&item["inner"], &mut ids);
        http += ids.iter().filter(|id| crate_of(id) == Some("http")).count();
        if ids.iter().any(|id| crate_of(id) == Some("reqwest")) {
            reqwest.push(name);
        }
        let (structure, variants) = (&item["inner"]["struct"], &item["inner"]["enum"]);
        if !structure.is_object() && !variants.is_object() {
            continue;
        }
        let kind = &structure["kind"];
        let has_own = kind["plain"]["has_stripped_fields"] == true
            || kind["tuple"].as_array().is_some_and(|fields| fields.contains(&Value::Null));
        if has_own || item["attrs"].to_string().contains("non_exhaustive") {
            sealed += 1;
        } else {
            open.push(name);
        }
    }
    // These checks show that the test has found the items.
    assert!(http > 5 && sealed > 20, "{http} {sealed}");
    assert_eq!(reqwest, ["reqwest_client"]);
    // A JSON property has exactly three states, so this enum never gets another variant.
    assert_eq!(open, ["Nullable"]);
}
