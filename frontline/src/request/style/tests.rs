//! Tests of the styles.

use serde_json::{Value, json};

use super::*;

fn query(style: Style, value: Value) -> String {
    pairs("color", style, value).iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn list() -> Value {
    json!(["blue", "black", "brown"])
}

fn object() -> Value {
    json!({"R": 100, "G": 200, "B": 150})
}

/// The table in OpenAPI 3.0.4, "Style Examples".
#[test]
fn examples_of_the_specification_are_encoded_as_documented() {
    assert_eq!(segment("color", Style::Matrix, json!("blue")), ";color=blue");
    assert_eq!(segment("color", Style::Matrix, list()), ";color=blue,black,brown");
    assert_eq!(segment("color", Style::Matrix, object()), ";color=R,100,G,200,B,150");
    assert_eq!(segment("color", Style::MatrixExplode, list()), ";color=blue;color=black;color=brown");
    assert_eq!(segment("color", Style::MatrixExplode, object()), ";R=100;G=200;B=150");
    assert_eq!(segment("color", Style::Label, list()), ".blue,black,brown");
    assert_eq!(segment("color", Style::Label, object()), ".R,100,G,200,B,150");
    assert_eq!(segment("color", Style::LabelExplode, list()), ".blue.black.brown");
    assert_eq!(segment("color", Style::LabelExplode, object()), ".R=100.G=200.B=150");
    assert_eq!(segment("color", Style::Simple, list()), "blue,black,brown");
    assert_eq!(segment("color", Style::Simple, object()), "R,100,G,200,B,150");
    assert_eq!(segment("color", Style::SimpleExplode, object()), "R=100,G=200,B=150");
    assert_eq!(query(Style::Form, list()), "color=blue,black,brown");
    assert_eq!(query(Style::Form, object()), "color=R,100,G,200,B,150");
    assert_eq!(query(Style::FormExplode, list()), "color=blue&color=black&color=brown");
    assert_eq!(query(Style::FormExplode, object()), "R=100&G=200&B=150");
    assert_eq!(query(Style::SpaceDelimited, list()), "color=blue%20black%20brown");
    assert_eq!(query(Style::PipeDelimited, list()), "color=blue%7Cblack%7Cbrown");
    assert_eq!(query(Style::DeepObject, object()), "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150");
    assert_eq!(header("color", Style::Simple, object()).unwrap().unwrap(), "R,100,G,200,B,150");
    assert_eq!(header("color", Style::SimpleExplode, object()).unwrap().unwrap(), "R=100,G=200,B=150");
}

#[test]
fn delimiters_inside_values_are_encoded() {
    assert_eq!(query(Style::Form, json!(["a,b", "c"])), "color=a%2Cb,c");
    assert_eq!(segment("color", Style::Matrix, json!("a;b=c")), ";color=a%3Bb%3Dc");
}

#[test]
fn reserved_characters_are_kept_if_the_document_allows_it() {
    let url = "https://x.example/a b?b='c'&d=%2F#e+[f]";
    assert_eq!(query(Style::Reserved, json!(url)), "color=https://x.example/a%20b?b=%27c%27%26d=%252F%23e%2B%5Bf%5D");
    assert_eq!(query(Style::Reserved, json!(["a/b", "c"])), "color=a/b&color=c");
    assert_eq!(query(Style::ReservedForm, json!(["a/b", "c"])), "color=a/b,c");
    let path = "x.example/a%20b%3Fb='c'&d=%252F%23e+%5Bf%5D";
    assert_eq!(segment("color", Style::ReservedSimple, json!(url)), format!("https://{path}"));
    assert_eq!(segment("color", Style::ReservedSimple, json!({"a": "b/c"})), "a,b/c");
}

#[test]
fn delimiters_that_are_sent_like_those_in_values_are_refused() {
    for (style, refused) in [
        (Style::SpaceDelimited, vec![json!(["a b", "c"]), json!({"a b": "c"}), json!({"a": "b c"})]),
        (Style::PipeDelimited, vec![json!(["a|b"]), json!({"a|b": 1}), json!([["a|b"]])]),
        (Style::ReservedForm, vec![json!(["a,b", "c"]), json!({"a,b": "c"})]),
        (Style::ReservedSimple, vec![json!(["a,b"]), json!({"a": "b,c"})]),
        (Style::LabelExplode, vec![json!(["a.b", "c"]), json!([1.5]), json!({"a.b": "c"})]),
        (Style::DeepObject, vec![json!({"a][b": 1}), json!({"": 1}), json!({"a": {"b]": 1}}), json!([{"b]": 1}])]),
    ] {
        for secret in refused {
            let error = value("color", style, &secret).unwrap_err();
            assert!(error.is_invalid_argument() && error.to_string().starts_with("`color` cannot be"), "{error}");
        }
        let has_commas = !matches!(style, Style::ReservedForm | Style::ReservedSimple);
        for text in [json!("a b|c.d[e],"), json!(["a,b", "c"]), json!({"a": "b,c"})] {
            assert!(value("color", style, &text).is_ok() || (text != json!("a b|c.d[e],") && !has_commas));
        }
    }
    assert!(value("color", Style::DeepObject, &json!({"a": ["b]"], "c": {"d": "[]"}})).is_ok());
    for style in [Style::Form, Style::FormExplode, Style::Matrix, Style::Simple, Style::Json] {
        assert!(value("color", style, &json!(["a b|c.d[e]"])).is_ok());
    }
}

#[test]
fn nested_values_are_json_except_in_deep_objects() {
    assert_eq!(query(Style::FormExplode, json!({"a": {"b": 1}})), "a=%7B%22b%22%3A1%7D");
    let deep = |value| query(Style::DeepObject, value).replace("%5B", "[").replace("%5D", "]");
    assert_eq!(deep(json!({"a": {"b": [1, 2]}})), "color[a][b][0]=1&color[a][b][1]=2");
    assert_eq!(
        deep(json!([{"a": 1, "b": [2]}, {"a": 3}, 4])),
        "color[0][a]=1&color[0][b][0]=2&color[1][a]=3&color[2]=4"
    );
    assert_eq!(deep(json!({"a": [{"b": 1}]})), "color[a][0][b]=1");
    assert_eq!(query(Style::Json, json!({"a": null})), "color=%7B%22a%22%3Anull%7D");
    assert_eq!(query(Style::Json, json!("a")), "color=%22a%22");
    assert_eq!(query(Style::Any, json!([1, null])), "color=%5B1%2Cnull%5D");
    assert_eq!(query(Style::Any, json!("a")), "color=a");
}

#[test]
fn empty_lists_and_objects_are_omitted() {
    for style in [Style::Form, Style::FormExplode, Style::PipeDelimited, Style::DeepObject] {
        assert_eq!(query(style, json!([])), "", "{style:?}");
        assert_eq!(query(style, json!({"a": null})), "", "{style:?}");
    }
    assert_eq!(segment("color", Style::LabelExplode, json!([])), "");
}

#[test]
fn lists_that_would_lose_items_are_refused() {
    let loses = |style, value: serde_json::Value| check("x", style, &value).is_err();
    for style in [Style::Simple, Style::Form, Style::FormExplode, Style::PipeDelimited, Style::DeepObject] {
        assert!(loses(style, json!([1, null])), "{style:?}");
        assert_eq!(loses(style, json!({"a": [[null]]})), style == Style::DeepObject, "{style:?}");
        assert!(!loses(style, json!({"a": null})), "{style:?}");
    }
    let empty = [json!({"b": null}), json!({}), json!([]), json!([{"b": []}])];
    for item in empty {
        assert!(loses(Style::DeepObject, json!({"a": [1, item]})), "{item}");
        assert!(!loses(Style::DeepObject, json!({"a": [1], "b": item})) || item == json!([{"b": []}]), "{item}");
        assert!(!loses(Style::FormExplode, json!([1, item])), "{item}");
    }
    for style in [Style::Json, Style::Any] {
        assert!(!loses(style, json!([null])), "{style:?}");
    }
}
