//! Checks for semantic versioning: the public API exposes no types of reqwest, and all its types can grow.

use std::collections::BTreeSet;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs::File;
use std::path::Path;
use std::process::Command;

use frontline_tests::library::Library;
use serde_json::Value;

/// The crates that public signatures name. `frontline` re-exports them, and `serde_core` as part of serde.
const REEXPORTED: [&str; 7] = ["bytes", "chrono", "futures_core", "http", "serde_core", "serde_json", "uuid"];

/// The JSON that rustdoc writes about `frontline`, with the features that the tests use.
fn documentation() -> Value {
    let library = Library::new().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("public_api");
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontline");
    let features = library.features().iter().map(|feature| format!("--cfg=feature={feature:?}"));
    let status = unstable("rustdoc")
        .arg(package.join("src/lib.rs"))
        .args(["--crate-name", "frontline", "--edition", "2024", "-Zunstable-options", "--output-format=json"])
        .args(features)
        .args(library.arguments().iter().skip(2))
        .args(externs(&library))
        .arg("--out-dir")
        .arg(&folder)
        .env("CARGO_MANIFEST_DIR", &package)
        .status()
        .unwrap();
    assert!(status.success());
    serde_json::from_reader(File::open(folder.join("frontline.json")).unwrap()).unwrap()
}

/// A command that may use unstable options.
fn unstable(tool: &str) -> Command {
    let mut command = Command::new(tool);
    command.env("RUSTC_BOOTSTRAP", "1");
    command
}

/// An `--extern` argument for each dependency of the library. There can be several builds of one crate, so rustc is
/// asked which of them the library uses.
fn externs(library: &Library) -> Vec<String> {
    let output = unstable("rustc").arg("-Zls=root").arg(library.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).unwrap();
    let dependencies = library.dependencies();
    let crates = listed.lines().filter_map(|line| {
        let crate_and_hash = line.split(' ').nth(1)?;
        let (name, _) = crate_and_hash.rsplit_once('-')?;
        let files = [format!("lib{crate_and_hash}.rlib"), format!("{DLL_PREFIX}{crate_and_hash}{DLL_SUFFIX}")];
        let file = files.iter().map(|file| dependencies.join(file)).find(|file| file.is_file())?;
        Some(format!("--extern={name}={}", file.display()))
    });
    // The list begins with the library itself.
    crates.filter(|argument| !argument.starts_with("--extern=frontline=")).collect()
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
    let mut crates = BTreeSet::new();
    let (mut open, mut sealed) = (Vec::new(), 0);
    for item in items {
        let name = item["name"].as_str().unwrap_or("an implementation");
        let mut ids = BTreeSet::new();
        named(&item["inner"], &mut ids);
        // Those of other crates for any type, such as `Into`.
        if item["inner"]["impl"]["blanket_impl"].is_null() {
            crates.extend(ids.iter().filter_map(crate_of));
        }
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
    let others = ["core", "alloc", "std", "reqwest"];
    let others: Vec<&str> = crates.into_iter().filter(|name| !others.contains(name)).collect();
    assert_eq!(others, REEXPORTED, "each crate in a public signature is re-exported and used in `programs/alone.rs`");
    // A JSON property has exactly three states, so this enum never gets another variant.
    assert_eq!(open, ["Nullable"]);
}

#[test]
fn a_program_needs_nothing_but_frontline_and_tokio() {
    let library = Library::new().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("alone");
    let status = Command::new("rustc")
        .arg(folder.join("tests/programs/alone.rs"))
        .args(["--edition", "2024", "-Dwarnings", "-o"])
        .arg(&program)
        .args(library.arguments())
        .args(externs(&library).iter().filter(|argument| argument.starts_with("--extern=tokio=")))
        .env("CARGO_MANIFEST_DIR", folder)
        .status()
        .unwrap();
    assert!(status.success());
    assert!(Command::new(program).status().unwrap().success());
}
