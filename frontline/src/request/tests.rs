use serde_json::json;

use super::Request;
use crate::profile::Standard;

#[test]
fn absent_arguments_are_left_out() {
    let request = Request::get("/").query("a", &None::<u8>).header("b", &None::<u8>).query("c", &Some(1));
    let request = request.query("d", &json!([])).header("e", &json!([])).header("f", &json!({"a": null}));
    assert_eq!(request.query, "c=1");
    assert!(request.headers.is_empty());
}

#[test]
fn header_texts_are_joined() {
    let request = Request::get("/").header("If-Match", &["a", "b"]);
    assert_eq!(request.headers["if-match"], "a,b");
}

#[test]
fn header_values_that_servers_would_change_are_refused() {
    let items = |items: &[&str]| Request::get("/").header("X-One", items).take_path(&Standard);
    let object = |value: serde_json::Value| Request::get("/").header("X-One", &value).take_path(&Standard);
    let text = |text: &str| Request::get("/").header("X-One", text).take_path(&Standard);
    assert!(items(&["a", "\"b, \\\"c,\"", "d e"]).is_ok() && text("a, b").is_ok() && text("").is_ok());
    assert!(object(json!({"a": 1, "b": "c=d"})).is_ok());
    let refused = [
        items(&["a,b", "c"]),
        items(&["\"a\\\",b\", c"]),
        items(&["a", ""]),
        items(&[" a"]),
        object(json!({"a": "b,c"})),
        object(json!({"a,b": "c"})),
        text(" a"),
        text("a\t"),
    ];
    for result in refused {
        let error = result.unwrap_err();
        assert!(error.is_invalid_argument() && error.to_string().starts_with("`X-One` cannot be sent"), "{error}");
    }
}

#[test]
fn the_first_bad_argument_is_reported_and_not_quoted() {
    let mut request = Request::get("/{a}").header("X-One", "secret\r\nX-Two: 1").path("a", "..");
    let error = request.take_path(&Standard).unwrap_err();
    assert!(error.is_invalid_argument());
    assert_eq!(error.to_string(), "`X-One` cannot be sent as a header");
}

#[test]
fn an_absent_path_argument_is_refused() {
    let error = Request::get("/{a}").path("a", &None::<u8>).take_path(&Standard).unwrap_err();
    assert!(error.is_invalid_argument());
}
