//! References to the names that schemas give themselves.

use serde_json::json;

use crate::round_trip;

frontline::frontline_api!("specs/ids.yaml");

use types::{Person, References, Relative, Tree};

#[test]
fn a_dynamic_reference_leads_to_its_anchor() {
    let tree: Tree = round_trip(&json!({"data": "a", "children": [{"data": "b", "children": []}]}));
    let children: Vec<Tree> = tree.children.unwrap();
    assert_eq!(children[0].data.as_deref(), Some("b"));
}

#[test]
fn anchors_and_definitions_are_targets() {
    let references: References = round_trip(&json!({
        "person": {"name": "Ada", "friend": {"name": "Bob"}},
        "home": {"street": "Main Street"}, "age": 36, "defined": 36, "tree": {"data": "a"},
    }));
    let person: Person = references.person.unwrap();
    assert_eq!(person.friend.unwrap().name, "Bob");
    assert_eq!(references.home.unwrap().street, "Main Street");
    assert_eq!((references.age, references.defined), (Some(36_i64), Some(36_i64)));
    assert_eq!(references.tree.unwrap().data.as_deref(), Some("a"));
}

#[test]
fn references_in_a_schema_with_an_id_are_relative_to_it() {
    let json = json!({"relative": {"size": 1, "inner": {"size": 2}, "person": {"name": "Ada"}}});
    let references: References = round_trip(&json);
    let relative: Relative = references.relative.unwrap();
    let inner: Relative = *relative.inner.unwrap();
    assert_eq!((relative.size, inner.size, relative.person.unwrap().name.as_str()), (1_i64, 2_i64, "Ada"));
}
