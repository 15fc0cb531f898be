//! What a service writes into the body of an unsuccessful response.

use bytes::Bytes;
use serde_json::{Map, Value};

/// The body of an unsuccessful response, as far as it could be read.
#[derive(Default)]
pub(crate) struct ServiceError {
    pub(crate) code: Option<u32>,
    pub(crate) message: Option<String>,
    pub(crate) more_info: Option<String>,
    pub(crate) details: Option<Value>,
    pub(crate) body: Bytes,
}

impl ServiceError {
    /// Takes what is there and has the right type; a proxy's HTML page leaves all but the body empty.
    ///
    /// Twilio writes three shapes: its own (<https://www.twilio.com/docs/usage/twilios-response>), problem details
    /// (RFC 9457), and a list of errors, of which the first one speaks for all.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut whole = match serde_json::from_slice(bytes) {
            Ok(Value::Object(object)) => object,
            _ => Map::new(),
        };
        let errors = whole.remove("errors").filter(Value::is_array);
        let says_something = ["code", "message", "title", "detail"].iter().any(|name| whole.contains_key(*name));
        let first = errors.as_ref().and_then(|errors| errors.get(0)?.as_object()).filter(|_| !says_something).cloned();
        let speaker = first.as_ref().unwrap_or(&whole);
        let text = |names: &[&str]| names.iter().find_map(|name| speaker.get(*name)?.as_str()).map(str::to_owned);
        Self {
            code: speaker.get("code").and_then(Value::as_u64).and_then(|code| code.try_into().ok()),
            message: text(&["message", "detail", "title"]),
            more_info: text(&["more_info", "moreInfo", "infoUrl"]).or_else(|| problem_type(speaker)),
            details: whole.remove("details").or_else(|| whole.remove("params")).or(errors),
            body: Bytes::copy_from_slice(bytes),
        }
    }
}

/// RFC 9457, section 3.1.1: the type is an address of documentation, or `about:blank` where there is none.
fn problem_type(problem: &Map<String, Value>) -> Option<String> {
    problem.get("type")?.as_str().filter(|address| address.starts_with("https://")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::ServiceError;

    /// Code, message, address and details, with null for what is not there.
    fn read(body: &Value) -> Value {
        let ServiceError { code, message, more_info, details, .. } = ServiceError::read(body.to_string().as_bytes());
        json!([code, message, more_info, details])
    }

    #[test]
    fn twilios_own_shape() {
        let body = json!({
            "code": 20001, "message": "no", "more_info": "https://x.example/20001", "status": 400, "details": {"a": 1}
        });
        assert_eq!(read(&body), json!([20001, "no", "https://x.example/20001", {"a": 1}]));
        let body =
            json!({"code": 20001, "message": "no", "httpStatusCode": 400, "userError": true, "params": {"a": 1}});
        assert_eq!(read(&body), json!([20001, "no", null, {"a": 1}]));
    }

    #[test]
    fn problem_details() {
        let errors = json!([{"detail": "too long", "pointer": "#/name"}]);
        let body = json!({
            "type": "https://x.example/20001", "title": "Bad", "detail": "the name", "status": 400, "code": 20001,
            "errors": errors,
        });
        assert_eq!(read(&body), json!([20001, "the name", "https://x.example/20001", errors]));
        let body = json!({"type": "about:blank", "title": "Bad", "status": 400});
        assert_eq!(read(&body), json!([null, "Bad", null, null]));
    }

    #[test]
    fn several_errors() {
        let errors = json!([{"code": 20404, "message": "none", "infoUrl": "https://x.example/20404"}, {"code": 1}]);
        let expected = json!([20404, "none", "https://x.example/20404", errors]);
        assert_eq!(read(&json!({"errors": errors})), expected);
    }

    #[test]
    fn any_other_body_leaves_all_empty() {
        for body in ["", "<html>", "[]", "{}", r#"{"code":"x","message":1}"#, r#"{"code":-1}"#, r#"{"errors":[1]}"#] {
            let ServiceError { code, message, more_info, .. } = ServiceError::read(body.as_bytes());
            assert_eq!((code, message, more_info), (None, None, None), "{body}");
        }
        assert_eq!(ServiceError::read(br#"{"code":99999999999}"#).code, None);
    }
}
