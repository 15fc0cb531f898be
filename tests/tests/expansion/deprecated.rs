//! Deprecated items: only their users get warnings, not the expansion itself.

mod api {
    frontline::frontline_api!("specs/deprecated.yaml");
}

#[test]
#[expect(deprecated, reason = "that it is, is what is tested")]
fn the_expansion_uses_deprecated_items_without_a_warning() {
    let a = api::types::A::new("b").old("secret");
    assert_eq!(format!("{a:?}"), r#"A { old: Some([redacted]), b: "b" }"#);
}
