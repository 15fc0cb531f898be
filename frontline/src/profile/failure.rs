//! Reads error bodies in the shapes that services commonly use.

use serde_json::{Map, Value};

use crate::error::ServiceError;

/// The keys that differ between services.
pub(crate) struct Names {
    /// The URL of a page about the error.
    pub(crate) more_info: &'static [&'static str],
    /// Machine-readable details.
    pub(crate) details: &'static [&'static str],
}

pub(crate) const USUAL_NAMES: Names =
    Names { more_info: &["documentation_url", "doc_url", "error_uri"], details: &["details"] };

const MESSAGES: [&str; 4] = ["message", "detail", "title", "error_description"];

/// Reads the properties that are present and have the expected type. Other bodies, such as a proxy's HTML page, have
/// none.
///
/// Known shapes are problem details (RFC 9457), OAuth errors (RFC 6749, section 5.2), and `code` and `message` at the
/// root, in an object `error`, or in the first item of a list `errors`. The first of these that has a code or a message
/// is used.
pub(crate) fn read(body: &[u8], names: &Names) -> ServiceError {
    let root = match serde_json::from_slice(body) {
        Ok(Value::Object(root)) => root,
        _ => Map::new(),
    };
    let errors = root.get("errors").filter(|errors| errors.is_array() || errors.is_object());
    let inner = root.get("error").and_then(Value::as_object);
    let first = errors.and_then(|errors| errors.get(0));
    let speakers = [Some(&root), inner, first.and_then(Value::as_object)].into_iter().flatten();
    let speaker = speakers.into_iter().find(|object| code(object).is_some() || text(object, &MESSAGES).is_some());
    let speaker = speaker.unwrap_or(&root);
    let details = names.details.iter().flat_map(|name| [root.get(*name), inner.and_then(|inner| inner.get(*name))]);
    let label = || text(&root, &["error"]).or_else(|| first?.as_str().map(str::to_owned));
    ServiceError {
        code: code(speaker).or_else(|| code(inner?)),
        message: text(speaker, &MESSAGES).or_else(label),
        more_info: text(speaker, names.more_info).or_else(|| problem_type(speaker)),
        details: details.flatten().find(|details| !details.is_null()).or(errors).cloned(),
    }
}

fn text(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let texts = names.iter().filter_map(|name| object.get(*name)?.as_str());
    texts.map(str::to_owned).find(|text| !text.is_empty())
}

/// A code that is a string is not read: it could be an argument of the call, and codes are part of error messages.
fn code(object: &Map<String, Value>) -> Option<u32> {
    object.get("code")?.as_u64()?.try_into().ok()
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
        let body = json!({"code": 17, "message": "no", "documentation_url": "https://x.example", "details": [1]});
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
    fn a_code_or_message_that_cannot_be_read_does_not_hide_others() {
        let error = json!({"code": 5, "message": "inner"});
        for code in [json!(null), json!("E_X"), json!(-1), json!("482913")] {
            let body = json!({"code": code, "message": "", "error": error});
            assert_eq!(found(&body), json!([5, "inner", null, null]), "{body}");
        }
        let body = json!({"message": "Unauthorized", "error": {"code": 401, "details": ["d"]}});
        assert_eq!(found(&body), json!([401, "Unauthorized", null, ["d"]]));
        let errors = json!([{"code": 20404, "message": "first", "details": {"a": 1}}, {"code": 1}]);
        for error in [json!("Bad"), json!({})] {
            let body = json!({"error": error, "errors": errors, "details": null});
            assert_eq!(found(&body), json!([20404, "first", null, errors]), "{body}");
        }
        assert_eq!(found(&json!({"errors": ["name missing"]})), json!([null, "name missing", null, ["name missing"]]));
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
