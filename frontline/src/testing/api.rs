//! Requests to answers.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use http_body_util::Full;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::users::Users;

/// The account that the server knows.
pub(super) const ACCOUNT_SID: &str = "AC00000000000000000000000000000000";

/// The auth token of that account.
pub(super) const AUTH_TOKEN: &str = "auth token for tests";

pub(super) type Answer = http::Response<Full<Bytes>>;

pub(super) fn answer(users: &Users, head: &Parts, body: &[u8]) -> Answer {
    if !is_authorized(head) {
        let mut answer = refuse(users, StatusCode::UNAUTHORIZED, 20003, "Authenticate");
        answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"Twilio API\""));
        return answer;
    }
    let Some(key) = key(head.uri.path()) else {
        return not_found(users, head);
    };
    let form = match head.method {
        Method::GET => Vec::new(),
        Method::POST if is_form(head) => form_urlencoded::parse(body).into_owned().collect(),
        Method::POST => return invalid(users, "the body is not application/x-www-form-urlencoded"),
        _ => {
            let mut answer = refuse(users, StatusCode::METHOD_NOT_ALLOWED, 20004, "Method not allowed");
            answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, POST"));
            return answer;
        }
    };
    match users.update(&key, &form) {
        Some(Ok(user)) => reply(users, StatusCode::OK, &user),
        Some(Err(refusal)) => invalid(users, &refusal),
        None => not_found(users, head),
    }
}

pub(super) fn invalid(users: &Users, what: &str) -> Answer {
    refuse(users, StatusCode::BAD_REQUEST, 20001, &format!("Invalid request: {what}"))
}

fn not_found(users: &Users, head: &Parts) -> Answer {
    let message = format!("The requested resource {} was not found", head.uri.path());
    refuse(users, StatusCode::NOT_FOUND, 20404, &message)
}

/// <https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions>
fn refuse(users: &Users, status: StatusCode, code: u32, message: &str) -> Answer {
    let more_info = format!("https://www.twilio.com/docs/errors/{code}");
    let body = json!({ "code": code, "message": message, "more_info": more_info, "status": status.as_u16() });
    reply(users, status, &body)
}

fn reply(users: &Users, status: StatusCode, body: &Value) -> Answer {
    let mut answer = http::Response::new(Full::from(body.to_string()));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(id) = HeaderValue::try_from(users.request_id()) {
        headers.insert("twilio-request-id", id);
    }
    answer
}

fn is_authorized(head: &Parts) -> bool {
    let pair = BASE64_STANDARD.encode(format!("{ACCOUNT_SID}:{AUTH_TOKEN}"));
    head.headers.get(AUTHORIZATION).is_some_and(|value| value.as_bytes() == format!("Basic {pair}").as_bytes())
}

fn is_form(head: &Parts) -> bool {
    let media_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// The one segment behind `/v1/Users/`.
fn key(path: &str) -> Option<String> {
    let segment = path.strip_prefix("/v1/Users/").filter(|rest| !rest.is_empty() && !rest.contains('/'))?;
    Some(percent_decode_str(segment).decode_utf8().ok()?.into_owned())
}

#[cfg(test)]
mod tests;
