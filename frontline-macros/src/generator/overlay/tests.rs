//! The rules of the specification: each example of 1.0 and 1.1 has a test with other values.

use serde_json::{Value, json};

use super::{Origin, Overlay};
use crate::generator::problems::{Errors, Place, Problem};
use crate::generator::text::parse;

/// The document after an overlay, the origins of its values, and the messages.
struct Result {
    document: Value,
    origin: Origin,
    errors: Vec<String>,
    warnings: Vec<String>,
}

/// Applies the actions, a list in YAML, with version 1.0 or 1.1.
fn apply_with(version: &str, document: &str, actions: &str) -> Result {
    let mut document = parse(document, false).unwrap();
    let text = format!("overlay: {version}.0\ninfo: {{title: T, version: 1.0.0}}\nactions:\n{actions}");
    let root = parse(&text, false).unwrap();
    let (mut errors, mut origin) = (Errors::default(), Origin::new(Place::root(0)));
    if let Some(overlay) = Overlay::read(&root, 1, &mut errors) {
        overlay.apply(&mut document, &mut origin, &mut errors);
    }
    let (errors, warnings) = errors.into_parts();
    let told = |problems: Vec<_>| problems.into_iter().map(|problem: Problem| problem.message);
    Result { document, origin, errors: told(errors).collect(), warnings: told(warnings).collect() }
}

/// Returns the document after an overlay without mistakes.
fn apply(version: &str, document: &str, actions: &str) -> Value {
    let result = apply_with(version, document, actions);
    assert!(result.errors.is_empty() && result.warnings.is_empty(), "{:?} {:?}", result.errors, result.warnings);
    result.document
}

/// Returns the only error of an overlay.
fn error(version: &str, document: &str, actions: &str) -> String {
    let errors = apply_with(version, document, actions).errors;
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.concat()
}

#[test]
fn an_update_mirrors_the_structure_of_the_document() {
    let document = "info: {title: Shop}\npaths: {/: {get: {x-cost: 1}}, /carts: {get: {}}}";
    let actions = "
  - target: '$'
    update:
      info: {x-by: us}
      paths:
        /: {summary: Start, get: {summary: The start, x-cost: 5}}
        /carts: {get: {summary: All carts}}";
    for version in ["1.0", "1.1"] {
        let expected = json!({
            "info": {"title": "Shop", "x-by": "us"},
            "paths": {
                "/": {"get": {"x-cost": 5, "summary": "The start"}, "summary": "Start"},
                "/carts": {"get": {"summary": "All carts"}},
            },
        });
        assert_eq!(apply(version, document, actions), expected);
    }
}

#[test]
fn a_key_without_a_value_changes_nothing() {
    let result = apply_with("1.0", "tags: [a]\ninfo: {}\npaths:", "  - {target: $, update: {tags: , info: , new: }}");
    assert_eq!(result.document, json!({"tags": ["a"], "info": {}, "paths": null, "new": null}));
    assert_eq!(
        result.warnings,
        ["`#/tags`", "`#/info`"].map(|at| format!("this has no value, so it does not change {at}"))
    );
    // In the document, it is as good as missing.
    assert_eq!(apply("1.0", "paths:", "  - {target: $, update: {paths: {/a: {}}}}"), json!({"paths": {"/a": {}}}));
}

#[test]
fn targets_can_be_scalars_since_1_1() {
    let document = "paths: {/a: {get: {description: old}}, /b: {post: {description: old}}}";
    let actions = "
  - {target: \"$.paths['/a'].get.description\", update: new}
  - {target: \"$.paths['/b']\", update: {post: {description: newer, x-safe: false}}}";
    let expected = json!({"paths": {
        "/a": {"get": {"description": "new"}},
        "/b": {"post": {"description": "newer", "x-safe": false}},
    }});
    assert_eq!(apply("1.1", document, actions), expected);
    let message = "`target` selects a string; with version 1.0, it must select objects or lists";
    assert_eq!(error("1.0", document, actions), message);
    let tags = "tags: [old, new]";
    let removal = "  - {target: \"$.tags[?@ == 'old']\", remove: true}";
    assert_eq!(apply("1.1", tags, removal), json!({"tags": ["new"]}));
    assert_eq!(error("1.0", tags, removal), message);
}

#[test]
fn one_update_applies_to_all_targets() {
    let document =
        "paths: {/a: {get: {parameters: [{name: q, in: query}, {name: q, in: path}]}}, /b: {get: {}, put: {}}}";
    let actions = "
  - {target: $.paths.*.get, update: {x-safe: true}}
  - target: $.paths.*.get.parameters[?@.name=='q' && @.in=='query']
    update: {schema: {$ref: '#/components/schemas/Q'}}";
    let expected = json!({"paths": {
        "/a": {"get": {
            "parameters": [
                {"name": "q", "in": "query", "schema": {"$ref": "#/components/schemas/Q"}},
                {"name": "q", "in": "path"},
            ],
            "x-safe": true,
        }},
        "/b": {"get": {"x-safe": true}, "put": {}},
    }});
    assert_eq!(apply("1.0", document, actions), expected);
    // A query that selects a value twice changes it once.
    let twice = "  - {target: \"$.tags['a', 'a']\", update: [1]}";
    assert_eq!(apply("1.1", "tags: {a: []}", twice), json!({"tags": {"a": [1]}}));
}

#[test]
fn items_are_appended_and_removed() {
    let document = "parameters: [{name: a}, {name: b}, {name: a}]";
    let add = "  - {target: $.parameters, update: {name: c}}";
    let expected = json!({"parameters": [{"name": "a"}, {"name": "b"}, {"name": "a"}, {"name": "c"}]});
    assert_eq!(apply("1.0", document, add), expected);
    assert_eq!(apply("1.1", document, add), expected);
    let remove = "  - {target: \"$.parameters[?@.name == 'a']\", remove: true}";
    assert_eq!(apply("1.0", document, remove), json!({"parameters": [{"name": "b"}]}));
    assert_eq!(apply("1.1", "tags: [a]", "  - {target: $.tags, update: b}"), json!({"tags": ["a", "b"]}));
}

#[test]
fn a_list_is_one_item_in_1_0_and_several_in_1_1() {
    let actions = "  - {target: $.tags, update: [{name: b}, {name: c}]}";
    let document = "tags: [{name: a}]";
    assert_eq!(apply("1.1", document, actions), json!({"tags": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}));
    let result = apply_with("1.0", document, actions);
    assert_eq!(result.document, json!({"tags": [{"name": "a"}, [{"name": "b"}, {"name": "c"}]]}));
    assert_eq!(result.warnings, ["with version 1.0, the list is appended as a single item"]);
}

#[test]
fn traits_of_the_document_select_operations() {
    let document = "
paths:
  /a: {get: {x-traits: [paged]}}
  /b: {get: {x-traits: [other, paged], parameters: [{name: id}]}}
  /c: {get: {}}";
    let actions = "
  - target: $.paths[?@.get['x-traits'][?@ == 'paged']].get
    update: {parameters: [{name: top}, {name: skip}]}";
    let expected = json!({"paths": {
        "/a": {"get": {"x-traits": ["paged"], "parameters": [{"name": "top"}, {"name": "skip"}]}},
        "/b": {"get": {"x-traits": ["other", "paged"], "parameters": [{"name": "id"}, {"name": "top"}, {"name": "skip"}]}},
        "/c": {"get": {}},
    }});
    assert_eq!(apply("1.0", document, actions), expected);
    assert_eq!(apply("1.1", document, actions), expected);
}

const TWO_PATHS: &str = "paths: {/old: {get: {summary: All}}, /other: {delete: {summary: None}}}";

#[test]
fn values_are_copied() {
    let copied = apply("1.1", TWO_PATHS, "  - {target: \"$.paths['/other']\", copy: \"$.paths['/old']\"}");
    let (get, delete) = (json!({"summary": "All"}), json!({"summary": "None"}));
    assert_eq!(copied, json!({"paths": {"/old": {"get": get}, "/other": {"delete": delete, "get": get}}}));
}

#[test]
fn values_are_copied_to_a_new_place_and_moved() {
    let copy = "
  - {target: $.paths, update: {/new: {}}}
  - {target: \"$.paths['/new']\", copy: \"$.paths['/old']\"}";
    let (get, delete) = (json!({"summary": "All"}), json!({"summary": "None"}));
    let copied = apply("1.1", TWO_PATHS, copy);
    assert_eq!(copied["paths"], json!({"/old": {"get": get}, "/other": {"delete": delete}, "/new": {"get": get}}));
    let moved = apply("1.1", TWO_PATHS, &format!("{copy}\n  - {{target: \"$.paths['/old']\", remove: true}}"));
    assert_eq!(moved["paths"], json!({"/other": {"delete": delete}, "/new": {"get": get}}));
}

#[test]
fn a_copy_has_one_source() {
    let copy = |from: &str| format!("  - {{target: $.a, copy: {from}}}");
    let told = |from| error("1.1", "a: {}\nb: {c: 1, d: 2}", &copy(from));
    assert_eq!(told("$.x"), "`copy` must select a single value, but it selects nothing");
    assert_eq!(told("$.b.*"), "`copy` must select a single value, but it selects 2 values");
    // A value can be copied into itself.
    assert_eq!(apply("1.1", "a: {b: {}}", "  - {target: $.a.b, copy: $.a}"), json!({"a": {"b": {"b": {}}}}));
}

#[test]
fn values_of_different_kinds_are_not_merged() {
    let document = "info: {title: T, contact: {name: N}}\ntags: [a]";
    for (update, message) in [
        ("{info: x}", "a string cannot be merged into `#/info`, which is an object"),
        ("{info: {title: []}}", "a list cannot be merged into `#/info/title`, which is a string"),
        ("{info: {contact: [1]}}", "a list cannot be merged into `#/info/contact`, which is an object"),
        ("{tags: {}}", "an object cannot be merged into `#/tags`, which is a list"),
    ] {
        for version in ["1.0", "1.1"] {
            assert_eq!(error(version, document, &format!("  - {{target: $, update: {update}}}")), message);
        }
    }
    let mixed = "  - {target: $.*, update: {x-a: 1}}";
    assert_eq!(error("1.1", document, mixed), "`target` must select only objects, only lists, or only other values");
    let expected = json!({"info": {"title": "T", "contact": {"name": "N"}, "x-a": 1}, "tags": ["a", {"x-a": 1}]});
    assert_eq!(apply("1.0", document, mixed), expected);
}

#[test]
fn nested_targets_are_removed_once() {
    let document = "a: {x: {b: {x: 1}}}\nlist: [{x: 1}, 2, {x: [3]}, 4]";
    assert_eq!(apply("1.1", document, "  - {target: $..x, remove: true}"), json!({"a": {}, "list": [{}, 2, {}, 4]}));
    assert_eq!(apply("1.1", document, "  - {target: '$.list[0, 2, 3, 0]', remove: true}")["list"], json!([2]));
    assert_eq!(error("1.1", document, "  - {target: $, remove: true}"), "an action cannot remove the whole document");
}

#[test]
fn removal_takes_precedence_over_an_update() {
    let result = apply_with("1.1", "a: 1\nb: 2", "  - {target: $.a, update: 3, remove: true}");
    assert_eq!(result.document, json!({"b": 2}));
    assert_eq!(result.warnings, ["`update` has no effect, because the action removes its target"]);
    assert_eq!(apply("1.1", "a: 1", "  - {target: $.a, update: 3, remove: false}"), json!({"a": 3}));
}

#[test]
fn targets_that_select_nothing_are_told() {
    let result = apply_with("1.0", "a: 1", "  - {target: $.b, remove: true}\n  - {target: $, update: {c: 1}}");
    assert_eq!(result.document, json!({"a": 1, "c": 1}));
    assert_eq!(result.warnings, ["`target` selects nothing, so the action changes nothing"]);
}

#[test]
fn documents_do_not_grow_without_limit() {
    let double = "  - {target: $.a, copy: $}\n".repeat(2);
    assert_eq!(apply_with("1.1", "a: {}", &double).errors, Vec::<String>::new());
    let deeper = "  - {target: $.a, copy: $}\n".repeat(150);
    let error = apply_with("1.1", "a: {b: {}}", &deeper).errors;
    assert_eq!(error.first().map(String::as_str), Some("with this action, the document is nested too deeply"));
    let wider = format!("{}  - {{target: $.a, update: {{}}}}\n", "  - {target: $.a, copy: $.a}\n".repeat(30));
    let error = apply_with("1.1", "a: [1]", &wider).errors;
    assert_eq!(error.first().map(String::as_str), Some("the overlay adds more than 100000 values to the document"));
}

#[test]
fn origins_follow_the_values() {
    let document = "list: [a, b, c]\nmap: {x: {y: 1}, z: 2}";
    let actions = "
  - {target: '$.list[0]', remove: true}
  - {target: $.list, update: [d]}
  - {target: $.map, update: {new: {deep: 1}, z: 3}}
  - {target: $.map.new, copy: $.map.x}
  - {target: $.map.x, remove: true}
  - {target: $.map, update: {x: {other: 1}}}";
    let result = apply_with("1.1", document, actions);
    assert_eq!(
        result.document,
        json!({
            "list": ["b", "c", "d"],
            "map": {"z": 3, "new": {"deep": 1, "y": 1}, "x": {"other": 1}},
        })
    );
    for (pointer, file, written) in [
        ("/list", 0, "/list"),
        ("/list/0", 0, "/list/1"),
        ("/list/1", 0, "/list/2"),
        ("/list/2", 1, "/actions/1/update/0"),
        ("/map", 0, "/map"),
        ("/map/z", 1, "/actions/2/update/z"),
        ("/map/new/deep", 1, "/actions/2/update/new/deep"),
        ("/map/new/y", 0, "/map/x/y"),
        ("/map/x/other", 1, "/actions/5/update/x/other"),
    ] {
        let origin = result.origin.find(Place { file: 0, pointer: pointer.into() }.keys());
        assert_eq!(origin.place, Place { file, pointer: written.into() }, "{pointer}");
        let copied = origin.copied.map(|copy| copy.pointer);
        assert_eq!(copied.as_deref(), (pointer == "/map/new/y").then_some("/actions/3/copy"));
    }
}
