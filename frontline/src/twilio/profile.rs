//! The conventions of Twilio's APIs.

use super::location::Location;
use crate::error::{Error, ServiceError};
use crate::profile::failure::{self, Names};
use crate::profile::{Profile, spans};

/// The profile of clients that are generated from Twilio's documents.
#[doc(hidden)]
#[derive(Default)]
pub struct Twilio {
    pub(super) location: Location,
}

/// The property names in <https://www.twilio.com/docs/usage/twilios-response> and in Twilio's newer APIs.
const NAMES: Names = Names { more_info: &["more_info", "moreInfo", "infoUrl"], details: &["details", "params"] };

impl Profile for Twilio {
    fn request_id_headers(&self) -> &'static [&'static str] {
        &["twilio-request-id", "x-request-id"]
    }

    fn read_failure(&self, body: &[u8]) -> ServiceError {
        failure::read(body, &NAMES)
    }

    /// See <https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions>.
    fn write_failure(&self, status: u16, message: &str) -> serde_json::Value {
        let code = match status {
            400 => 20001,
            401 => 20003,
            405 => 20004,
            status => 20000 + u32::from(status),
        };
        let more_info = format!("https://www.twilio.com/docs/errors/{code}");
        serde_json::json!({ "code": code, "message": message, "more_info": more_info, "status": status })
    }

    fn base_url_variable(&self) -> Option<&'static str> {
        Some("TWILIO_BASE_URL")
    }

    fn host(&self, host: &str) -> Result<Option<String>, Error> {
        self.location.host(host)
    }

    /// Rejects an API key in place of an Account SID. Twilio would answer with 404 and no reason.
    fn check_path_argument(&self, name: &str, value: &str) -> Result<(), Error> {
        if name == "AccountSid" && value.starts_with("SK") {
            return Err(Error::invalid_argument(
                "`AccountSid` is an API key (SK…); pass the SID of its account (AC…) instead",
            ));
        }
        Ok(())
    }

    spans!(error_code = "twilio.error_code", request_id = "twilio.request_id");
}

#[cfg(test)]
mod tests {
    use http::header::{HeaderMap, HeaderValue};
    use serde_json::{Value, json};

    use super::Twilio;
    use crate::error::ServiceError;
    use crate::profile::{Profile, request_id};
    use crate::request::Request;

    /// Returns code, message, page and details as JSON. Missing ones are null.
    fn found(body: &Value) -> Value {
        let body = body.to_string();
        let ServiceError { code, message, more_info, details, .. } = Twilio::default().read_failure(body.as_bytes());
        json!([code, message, more_info, details])
    }

    #[test]
    fn all_formats_of_error_bodies_are_read() {
        let body = json!({
            "code": 20001, "message": "no", "more_info": "https://x.example/20001", "status": 400, "details": {"a": 1}
        });
        assert_eq!(found(&body), json!([20001, "no", "https://x.example/20001", {"a": 1}]));
        let body =
            json!({"code": 20001, "message": "no", "httpStatusCode": 400, "userError": true, "params": {"a": 1}});
        assert_eq!(found(&body), json!([20001, "no", null, {"a": 1}]));
        let errors = json!([{"code": 20404, "message": "none", "infoUrl": "https://x.example/20404"}, {"code": 1}]);
        assert_eq!(found(&json!({"errors": errors})), json!([20404, "none", "https://x.example/20404", errors]));
        let body = json!({"type": "https://x.example/20001", "title": "Bad", "detail": "the name", "code": 20001});
        assert_eq!(found(&body), json!([20001, "the name", "https://x.example/20001", null]));
    }

    #[test]
    fn the_request_id_header_of_twilio_takes_precedence() {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", HeaderValue::from_static("other"));
        assert_eq!(request_id(&Twilio::default(), &headers).unwrap(), "other");
        headers.insert("twilio-request-id", HeaderValue::from_static(""));
        assert_eq!(request_id(&Twilio::default(), &headers).unwrap(), "other");
        headers.insert("twilio-request-id", HeaderValue::from_static("RQ1"));
        assert_eq!(request_id(&Twilio::default(), &headers).unwrap(), "RQ1");
    }

    #[test]
    fn an_api_key_in_place_of_an_account_sid_is_rejected() {
        let path = |name, sid: &str| {
            let mut request = Request::get("/{AccountSid}").path(name, sid);
            request.take_path(&Twilio::default()).map_err(|error| error.to_string())
        };
        assert_eq!(path("AccountSid", "AC1").unwrap(), "/AC1");
        assert_eq!(
            path("AccountSid", "SK1").unwrap_err(),
            "`AccountSid` is an API key (SK…); pass the SID of its account (AC…) instead"
        );
        assert!(Twilio::default().check_path_argument("Sid", "SK1").is_ok());
    }
}
