//! Reads error bodies in the shapes that services commonly use.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::error::ServiceError;

/// The keys that differ between services.
pub(crate) struct Names {
    /// The URL of a page about the error.
    pub(crate) more_info: &'static [&'static str],
    /// Machine-readable details.
    pub(crate) details: &'static [&'static str],
}

pub(crate) const USUAL_NAMES: Names = Names { more_info: &["documentation_url", "doc_url"], details: &["details"] };

const MESSAGES: [&str; 5] = ["message", "detail", "title", "error_description", "error"];

/// Reads the properties that are present and have the expected type. From other bodies, such as a proxy's HTML page,
/// only the body itself is kept.
///
/// Known shapes are problem details (RFC 9457), OAuth errors (RFC 6749, section 5.2), `code` and `message` at the
/// root or in an object `error`, and a list of `errors`, of which the first one is used.
pub(crate) fn read(body: &[u8], names: &Names) -> ServiceError {
    let mut root = match serde_json::from_slice(body) {
        Ok(Value::Object(root)) => root,
        _ => Map::new(),
    };
    let errors = root.remove("errors").filter(|errors| errors.is_array() || errors.is_object());
    let error = root.get("error").and_then(Value::as_object);
    let first = errors.as_ref().and_then(|errors| errors.get(0)?.as_object());
    let says_something = root.contains_key("code") || text(&root, &MESSAGES).is_some();
    let speaker = if says_something { &root } else { error.or(first).unwrap_or(&root) };
    let details = names.details.iter().find_map(|name| speaker.get(*name).or_else(|| root.get(*name)));
    ServiceError {
        code: speaker.get("code").and_then(number),
        message: text(speaker, &MESSAGES),
        more_info: text(speaker, names.more_info).or_else(|| problem_type(speaker)),
        details: details.cloned().or_else(|| errors.clone()),
        body: Bytes::copy_from_slice(body),
    }
}

fn text(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| object.get(*name)?.as_str()).map(str::to_owned)
}

/// Some services write the number as a string.
fn number(code: &Value) -> Option<u32> {
    code.as_u64().and_then(|code| code.try_into().ok()).or_else(|| code.as_str()?.parse().ok())
}

/// RFC 9457, section 3.1.1: the type is the URL of a page, or `about:blank` if no page exists.
fn problem_type(problem: &Map<String, Value>) -> Option<String> {
    problem.get("type")?.as_str().filter(|address| address.starts_with("https://")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{ServiceError, USUAL_NAMES, read};

    /// Returns code, message, page, and details, with null for missing ones.
    fn found(body: &Value) -> Value {
        let ServiceError { code, message, more_info, details, .. } = read(body.to_string().as_bytes(), &USUAL_NAMES);
        json!([code, message, more_info, details])
    }

    #[test]
    fn problem_details_are_read() {
        let errors = json!([{"detail": "too long", "pointer": "#/name"}]);
        let body = json!({
            "type": "https://x.example/20001", "title": "Bad", "detail": "the name", "status": 400, "code": 20001,
            "errors": errors,
        });
        assert_eq!(found(&body), json!([20001, "the name", "https://x.example/20001", errors]));
        let body = json!({"type": "about:blank", "title": "Bad", "status": 400});
        assert_eq!(found(&body), json!([null, "Bad", null, null]));
    }

    #[test]
    fn code_and_message_are_read_at_the_root() {
        let body = json!({"code": "17", "message": "no", "documentation_url": "https://x.example", "details": [1]});
        assert_eq!(found(&body), json!([17, "no", "https://x.example", [1]]));
    }

    #[test]
    fn code_and_message_are_read_in_an_object_error() {
        let body = json!({"error": {"code": 404, "message": "none", "status": "NOT_FOUND", "details": [{"a": 1}]}});
        assert_eq!(found(&body), json!([404, "none", null, [{"a": 1}]]));
        let body = json!({"error": {"code": "invalid_api_key", "message": "no", "param": null}});
        assert_eq!(found(&body), json!([null, "no", null, null]));
    }

    #[test]
    fn oauth_errors_are_read() {
        let body = json!({"error": "invalid_grant", "error_description": "it has expired"});
        assert_eq!(found(&body), json!([null, "it has expired", null, null]));
        assert_eq!(found(&json!({"error": "invalid_grant"})), json!([null, "invalid_grant", null, null]));
    }

    #[test]
    fn the_first_of_several_errors_is_used() {
        let errors = json!([{"code": 20404, "message": "none", "doc_url": "https://x.example/20404"}, {"code": 1}]);
        let expected = json!([20404, "none", "https://x.example/20404", errors]);
        assert_eq!(found(&json!({"errors": errors})), expected);
        let errors = json!({"name": ["is missing"]});
        assert_eq!(found(&json!({"message": "invalid", "errors": errors})), json!([null, "invalid", null, errors]));
    }

    #[test]
    fn other_bodies_have_no_code_message_or_page() {
        for body in ["", "<html>", "[]", "{}", r#"{"code":"x","message":1}"#, r#"{"code":-1}"#, r#"{"errors":[1]}"#] {
            let ServiceError { code, message, more_info, .. } = read(body.as_bytes(), &USUAL_NAMES);
            assert_eq!((code, message, more_info), (None, None, None), "{body}");
        }
        assert_eq!(read(br#"{"code":99999999999}"#, &USUAL_NAMES).code, None);
    }
}
