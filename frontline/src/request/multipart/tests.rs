//! Tests of multipart forms.

use serde_json::json;

use super::{File, Multipart};

/// Returns the body with `BOUNDARY` in place of its boundary.
fn body(form: Multipart) -> String {
    let body = form.into_body().unwrap();
    let boundary = body.content_type.to_str().unwrap().strip_prefix("multipart/form-data; boundary=").unwrap();
    String::from_utf8(body.content.whole().unwrap().to_vec()).unwrap().replace(boundary, "BOUNDARY")
}

#[test]
fn parts_are_written_one_after_the_other() {
    let file = File::new("hello").named("a\"b\r\n.txt").of_type("text/plain");
    let form = Multipart::new().text("Tag", &["a", "b"]).json("Meta", &[1]).file("Up", file).text("None", &None::<u8>);
    assert_eq!(
        body(form),
        "--BOUNDARY\r\nContent-Disposition: form-data; name=\"Tag\"\r\n\r\na\r\n\
         --BOUNDARY\r\nContent-Disposition: form-data; name=\"Tag\"\r\n\r\nb\r\n\
         --BOUNDARY\r\nContent-Disposition: form-data; name=\"Meta\"\r\nContent-Type: application/json\r\n\r\n[1]\r\n\
         --BOUNDARY\r\nContent-Disposition: form-data; name=\"Up\"; filename=\"a%22b%0D%0A.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n\
         --BOUNDARY--\r\n"
    );
}

#[test]
fn a_value_is_json_if_it_contains_an_object() {
    let types = |form| body(form).matches("application/json").count();
    for (value, expected) in
        [(json!("auto"), 0), (json!([1, "a"]), 0), (json!(null), 0), (json!({"a": 1}), 1), (json!([{"a": 1}, 2]), 1)]
    {
        assert_eq!(types(Multipart::new().value("a", &value)), expected, "{value}");
    }
    assert!(body(Multipart::new().value("a", "auto")).contains("\r\n\r\nauto\r\n"));
}

#[test]
fn the_callers_media_type_takes_precedence_over_the_documents() {
    let form = || Multipart::new().json("a", &[1]).files("b", vec![File::new("").of_type("image/png"), "".into()]);
    let types = |form| {
        let body = body(form);
        let lines = body.lines().filter_map(|line| line.strip_prefix("Content-Type: "));
        lines.map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(types(form()), ["application/json", "image/png", "application/octet-stream"]);
    let form = form().of_type("a", "application/vnd.a+json").of_type("b", "image/gif");
    assert_eq!(types(form), ["application/vnd.a+json", "image/png", "image/gif"]);
}

#[test]
fn boundaries_are_random() {
    let boundaries: std::collections::BTreeSet<_> = (0..1000).map(|_| super::boundary()).collect();
    assert_eq!(boundaries.len(), 1000);
    assert!(boundaries.iter().all(|boundary| boundary.len() == "frontline-".len() + 32));
}

#[test]
fn media_types_and_file_names_that_servers_would_misread_are_refused() {
    let form = Multipart::new().file("a", File::new("").of_type("text/plain\r\nX: 1"));
    assert!(form.into_body().err().is_some_and(|error| error.is_invalid_argument()));
    for name in ["a\0b", "\u{1}", "a\u{7f}", "C:\\"] {
        let form = Multipart::new().file("a", File::new("").named(name));
        assert!(form.into_body().err().is_some_and(|error| error.is_invalid_argument()));
    }
}
