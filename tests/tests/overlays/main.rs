//! Documents with overlays: what is generated, and where mistakes are reported.

mod mends;

use std::fs;
use std::path::{Path, PathBuf};

use frontline_tests::pipeline::{self, Told};
use quote::quote;

/// Writes the files to a folder, and returns its path.
fn write(folder: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("overlays").join(folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

/// Returns the macro's messages about the first file, to which the second one is applied.
fn tell(folder: &str, files: &[(&str, &str)]) -> Told {
    let folder = write(folder, files);
    let [document, overlay] = [0, 1].map(|index| folder.join(files[index].0));
    let overlay = overlay.to_string_lossy();
    pipeline::tell(&document, &quote! { overlay = #overlay }).unwrap()
}

/// Asserts that the messages begin with these texts, and point to these places.
fn assert_told(told: &[String], expected: &[(&str, &str)]) {
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, (message, place)) in told.iter().zip(expected) {
        assert!(told.starts_with(message) && told.contains(&format!("/{place}\n")), "{told}\n{message} {place}");
    }
}

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: first, in: query, schema: {type: integer}}
        - {name: second, in: query, schema: {type: strng}}
        - {name: third, in: query, schema: {type: string}}
        - {name: fourth, in: qery, schema: {type: string}}
      responses: {'200': {description: Pets.}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: objct}}}
";

fn overlay(actions: &str) -> String {
    format!("overlay: 1.1.0\ninfo: {{title: Changes, version: 1.0.0}}\nactions:\n{actions}")
}

#[test]
fn mistakes_of_the_document_are_reported_in_its_lines() {
    let list = "$.paths['/pets'].get.parameters";
    let actions = format!(
        "  - {{target: \"{list}[?@.name == 'first']\", remove: true}}
  - {{target: \"{list}[?@.name == 'third']\", remove: true}}
  - {{target: $.components.schemas, update: {{Other: {{type: string}}}}}}\n"
    );
    let told = tell("shifted", &[("api.yaml", DOCUMENT), ("o.yaml", &overlay(&actions))]);
    assert_told(
        &told.errors,
        &[
            ("`type` of a schema cannot be `strng`", "api.yaml:9:52"),
            ("`in` of a parameter cannot be `qery`", "api.yaml:11:30"),
            ("`type` of a schema cannot be `objct`", "api.yaml:15:51"),
        ],
    );
}

#[test]
fn mistakes_of_an_overlay_are_reported_in_its_lines() {
    let document = DOCUMENT.replace("strng", "string").replace("qery", "query").replace("objct", "string");
    let actions = "  - target: $.paths['/pets'].get.parameters
    update:
      - {name: fifth, in: query, schema: {$ref: '#/components/schemas/Kind'}}
      - {name: sixth, in: query, schema: {$ref: 'parts.yaml#/Missing'}}
  - target: $.components.schemas
    update:
      Kind: {type: strng}
      Pet:
        required: [name]
        properties:
          name: {type: number, propertes: {}}
          parent: {$ref: '#/components/schemas/Pett'}
          owner: {$ref: 'parts.yaml#/Owner'}
  - target: $.components.schemas.Pet.properties.name.type
    update: bool
";
    let parts = "Owner: {type: object, properties: {pet: {$ref: 'api.yaml#/components/schemas/Kindd'}}}\n";
    let told = tell("inserted", &[("api.yaml", &document), ("o.yaml", &overlay(actions)), ("parts.yaml", parts)]);
    assert_told(
        &told.errors,
        &[
            ("`parts.yaml#/Missing` is not defined", "o.yaml:7:49"),
            ("`type` of a schema cannot be `strng`", "o.yaml:10:20"),
            ("a schema has no key `propertes`", "o.yaml:14:32"),
            ("`#/components/schemas/Pett` is not defined; did you mean `Pet`?", "o.yaml:15:26"),
            ("`type` of a schema cannot be `bool`", "o.yaml:18:13"),
            ("`api.yaml#/components/schemas/Kindd` is not defined; did you mean `Kind`?", "parts.yaml:1:48"),
        ],
    );
}

#[test]
fn mistakes_in_copies_name_the_copy() {
    let document = "openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'204': {description: None.}}
  /cats: {}
";
    let actions = "  - target: $.paths['/cats']\n    copy: $.paths['/pets']\n";
    let told = tell("copied", &[("api.yaml", document), ("o.yaml", &overlay(actions))]);
    let [warning] = told.warnings.as_slice() else { panic!("{told:?}") };
    assert!(warning.contains("api.yaml:6:20\n"), "{warning}");
    assert!(warning.contains("= note: this is about the copy that is made at "), "{warning}");
    assert!(warning.contains("o.yaml:5:5"), "{warning}");
}

#[test]
fn problems_of_the_overlay_are_the_only_ones() {
    let actions = "  - {target: $.paths.*.get.parameters, remove: yes}\n";
    let told = tell("only", &[("api.yaml", DOCUMENT), ("o.yaml", &overlay(actions))]);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("overlays/only");
    assert_told(&told.errors, &[("`remove` of an action must be `true` or `false`", "o.yaml:4:48")]);
    // They are not mistakes in the document.
    let [document, path] = ["api.yaml", "o.yaml"].map(|name| folder.join(name).to_string_lossy().into_owned());
    let told = pipeline::tell(document.as_ref(), &quote! { overlay = #path, mistakes = warn }).unwrap();
    assert_told(&told.errors, &[("`remove` of an action must be `true` or `false`", "o.yaml:4:48")]);
    // A document that cannot be parsed is reported beside them.
    let told = tell("both", &[("api.yaml", "a: [\n"), ("o.yaml", &overlay(actions))]);
    let places = [("a value is missing", "api.yaml:2:1"), ("`remove` of an action", "o.yaml:4:48")];
    assert_told(&told.errors, &places);
}

#[test]
fn overlays_can_be_json_and_apply_in_order() {
    let first = r#"{"overlay": "1.0.0", "info": {"title": "A", "version": "1"}, "extends": "api.yaml", "actions": [
        {"target": "$.components.schemas", "update": {"Added": {"type": "object", "properties": {"a": {}}}}},
        {"target": "$.components.schemas.Pet", "remove": true}]}"#;
    let second = overlay(
        "  - {target: $.components.schemas.Added, update: {x-rust-name: Renamed}}
  - {target: '$.paths.*.get.parameters', remove: true}
  - {target: $.components.schemas, update: {Nodes: {$dynamicRef: '#node'}, Node: {$dynamicAnchor: node, type: object, properties: {a: {}}}}}\n",
    );
    let folder = write("json", &[("api.yaml", DOCUMENT), ("a.json", first), ("b.yaml", &second)]);
    let [first, second] = ["a.json", "b.yaml"].map(|name| folder.join(name).to_string_lossy().into_owned());
    let options = quote! { overlay = [#first, #second] };
    let told = pipeline::tell(&folder.join("api.yaml"), &options).unwrap();
    assert!(told.errors.is_empty() && told.warnings.is_empty(), "{told:?}");
    let types = pipeline::types(&folder.join("api.yaml"), &options).unwrap();
    assert_eq!(types, ["Renamed", "Node"]);
    // In the other order, there is nothing yet to rename.
    let told = pipeline::tell(&folder.join("api.yaml"), &quote! { overlay = [#second, #first] }).unwrap();
    assert_told(&told.warnings, &[("`target` selects nothing", "b.yaml:4:14")]);
}

#[test]
fn an_overlay_for_another_document_is_told() {
    let overlay = |extends: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{title: A, version: '1'}}\nextends: {extends}\nactions: [{{target: $.info, update: {{title: B}}}}]\n"
        )
    };
    let document = "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\npaths: {}\n";
    for (extends, is_told) in
        [("./api.yaml", false), ("https://example.com/other.yaml", false), ("o.yaml", true), ("missing.yaml", true)]
    {
        let told = tell("extends", &[("api.yaml", document), ("o.yaml", &overlay(extends))]);
        assert_eq!(told.warnings.len(), usize::from(is_told), "{told:?}");
        if is_told {
            assert_told(&told.warnings, &[(&format!("the overlay is for `{extends}`, but"), "o.yaml:3:10")]);
        }
    }
}

#[test]
fn a_removed_part_that_is_still_needed_is_told_in_the_overlay() {
    let document = DOCUMENT.replace("strng", "string").replace("qery", "query").replace("objct", "string");
    let user = "    Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}\n";
    let document = format!("{document}{user}security:\n  - key: []\n");
    let document =
        document.replace("components:\n", "components:\n  securitySchemes: {key: {type: http, scheme: basic}}\n");
    let files = |actions: &str| [("api.yaml".to_owned(), document.clone()), ("o.yaml".to_owned(), overlay(actions))];
    for (target, removed) in [
        ("$.components.schemas.Pet", "#/components/schemas/Pet"),
        ("$.components.securitySchemes", "#/components/securitySchemes"),
        ("$.info", "#/info"),
    ] {
        let files = files(&format!("  - {{target: {target}, remove: true}}\n"));
        let files = files.each_ref().map(|(name, text)| (name.as_str(), text.as_str()));
        let told = tell("removed", &files);
        let message = format!("this removes `{removed}`, which the document still needs");
        assert_told(&told.errors, &[(&message, "o.yaml:4:14")]);
    }
}

#[test]
fn functions_that_are_not_supported_are_named() {
    for name in ["match", "search"] {
        let actions = format!("  - {{target: \"$.tags[?{name}(@.name, 'a.*')]\", remove: true}}\n");
        let told = tell("functions", &[("api.yaml", DOCUMENT), ("o.yaml", &overlay(&actions))]);
        let message = format!("`target` is not a valid JSONPath query: the function `{name}` is not supported");
        assert_told(&told.errors, &[(&message, "o.yaml:4:14")]);
        assert!(told.errors[0].contains("`||` joins several comparisons"), "{told:?}");
    }
}

#[test]
fn fractions_are_read_as_they_are_written_in_the_document_and_in_overlays() {
    let document = "openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths: {}
components:
  schemas:
    Gone: {type: string, enum: [2.10]}
    Size: {type: string, enum: [1.10]}
";
    let actions = "  - {target: $.components.schemas.Gone, remove: true}
  - {target: $.components.schemas.Size, update: {enum: [1.20]}}\n";
    let told = tell("fractions", &[("api.yaml", document), ("o.yaml", &overlay(actions))]);
    assert!(told.errors.is_empty(), "{told:?}");
    let message = |text| format!("`{text}` is a number, but the type is `string`, so it is read as the text `{text}`");
    assert_told(&told.warnings, &[(&message("1.10"), "api.yaml:7:33"), (&message("1.20"), "o.yaml:5:57")]);
}

#[test]
fn overlays_and_tolerance_apply_to_the_released_document_too() {
    let document = "openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'204': {description: None.}}
components:
  schemas:
    Pet: {type: strng}
";
    let actions = "  - target: $.paths['/pets'].get
    update:
      parameters: [{name: since, in: query, required: true, schema: {type: string}}]\n";
    let files = [("api.yaml", document), ("released.yaml", document), ("o.yaml", &overlay(actions))];
    let folder = write("released", &files);
    let [overlay, released] = ["o.yaml", "released.yaml"].map(|name| folder.join(name).to_string_lossy().into_owned());
    let options = quote! { overlay = #overlay, baseline = #released, mistakes = warn };
    let told = pipeline::tell(&folder.join("api.yaml"), &options).unwrap();
    assert!(told.errors.is_empty(), "{told:?}");
    assert_told(&told.warnings, &[("`#/components/schemas/Pet` becomes any JSON value", "api.yaml:10:17")]);
}
