use std::time::Duration;

use http::HeaderValue;

use super::{Settings, Transport};
use crate::auth::{Credentials, Scheme};
use crate::base::BaseUrl;
use crate::request::Request;

fn settings(base: &str, overridden: bool) -> Settings {
    Settings {
        base: BaseUrl::parse(base).unwrap(),
        overridden,
        credentials: Credentials { keys: [("key".to_owned(), "k".into())].into(), ..Credentials::default() },
        connect_timeout: Duration::from_secs(3),
        attempt_timeout: Duration::from_secs(10),
        max_response_bytes: 1,
        user_agent: HeaderValue::from_static("agent"),
    }
}

fn transport(base: &str, overridden: bool) -> Transport {
    Transport::new(settings(base, overridden)).unwrap()
}

fn prepare(request: Request) -> reqwest::Request {
    transport("https://a.example/base", false).0.prepare(request).unwrap()
}

#[test]
fn an_operations_server_goes_before_the_documents_but_not_before_the_users() {
    let url = |overridden| {
        let request = Request::get("/x").server("https://b.example/own");
        transport("https://a.example", overridden).0.prepare(request).unwrap().url().to_string()
    };
    assert_eq!(url(false), "https://b.example/own/x");
    assert_eq!(url(true), "https://a.example/x");
}

#[test]
fn an_operations_server_is_checked_like_any_other() {
    let request = Request::get("/x").server("http://b.example");
    assert!(transport("https://a.example", false).0.prepare(request).unwrap_err().is_configuration());
}

#[test]
fn only_a_client_for_plain_http_alone_goes_without_tls() {
    assert!(settings("https://a.example", false).uses_tls());
    assert!(settings("https://127.0.0.1", true).uses_tls());
    assert!(settings("http://127.0.0.1", false).uses_tls());
    assert!(!settings("http://127.0.0.1", true).uses_tls());
}

#[test]
fn every_part_of_a_request_has_its_place() {
    const SECURITY: &[&[Scheme]] = &[&[Scheme::api_key_query("key", "api_key")]];
    let request = Request::patch("/x/{id}/y").path("id", &7).query("q", &["a", "b"]).header("X-H", &true);
    let request = prepare(request.json(&[1]).security(SECURITY));
    assert_eq!(request.method(), "PATCH");
    assert_eq!(request.url().as_str(), "https://a.example/base/x/7/y?q=a&q=b&api_key=k");
    let header = |name: &str| request.headers()[name].to_str().unwrap();
    assert_eq!((header("x-h"), header("content-type"), header("user-agent")), ("true", "application/json", "agent"));
    assert_eq!(request.body().unwrap().as_bytes(), Some(&b"[1]"[..]));
}

#[test]
fn an_empty_body_says_so_where_the_method_has_one() {
    let says_so = |request| prepare(request).headers().get("content-length") == Some(&HeaderValue::from_static("0"));
    assert!(says_so(Request::post("/")));
    assert!(says_so(Request::put("/").form(&serde_json::json!({}))));
    assert!(says_so(Request::patch("/")));
    assert!(!says_so(Request::get("/")));
    assert!(!says_so(Request::delete("/")));
    assert!(!says_so(Request::post("/").json(&1)));
}

#[test]
fn segments_that_only_become_dots_together_are_refused() {
    let request = Request::get("/x/.{id}").path("id", ".");
    assert!(transport("https://a.example", false).0.prepare(request).unwrap_err().is_invalid_argument());
    let request = Request::get("/x/{a}{b}").path("a", ".").path("b", ".");
    assert!(transport("https://a.example", false).0.prepare(request).unwrap_err().is_invalid_argument());
}
