use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::{CallOptions, Error, Limits, Request, Settings, Transport};
use crate::StalledStreamProtection;
use crate::auth::{Credentials, Given, Login};
use crate::client::load::Load;
use crate::network::{Connections, Network, Progress, Servers};
use crate::profile::Standard;
use crate::request::Scheme;

fn settings(base: &str, overridden: bool) -> Settings {
    let base = Servers::new(Standard, false).base(base).unwrap();
    Settings {
        http: Connections::new(Network::default(), &base).unwrap(),
        base,
        servers: Servers::new(Standard, false),
        server: None,
        overridden,
        credentials: Credentials {
            keys: [("key".to_owned(), Login::Key("k".into()))].into(),
            ..Credentials::default()
        },
        limits: Limits::default(),
        load: Load::default(),
        middleware: Vec::new(),
        user_agent: HeaderValue::from_static("agent"),
        random: || 1.0,
    }
}

fn transport(base: &str, overridden: bool) -> Transport {
    Transport::new(settings(base, overridden)).unwrap()
}

/// Prepares a request without sending it.
fn try_prepare(transport: &Transport, mut request: Request) -> Result<reqwest::Request, Error> {
    let path = request.take_path(&Standard)?;
    let progress = Progress::new(Duration::ZERO, StalledStreamProtection::new());
    transport.shared.prepare(&request, &path, &transport.options, &Given::default(), &progress)
}

fn prepare(request: Request) -> reqwest::Request {
    try_prepare(&transport("https://a.example/base", false), request).unwrap()
}

#[test]
fn an_operations_server_overrides_the_documents_but_not_the_base_url() {
    let url = |overridden| {
        let request = Request::get("/x").server("https://b.example/own");
        try_prepare(&transport("https://a.example", overridden), request).unwrap().url().to_string()
    };
    assert_eq!(url(false), "https://b.example/own/x");
    assert_eq!(url(true), "https://a.example/x");
}

#[test]
fn the_path_of_an_operations_server_replaces_that_of_the_document() {
    let request = Request::get("/x").server("/v2");
    let transport = transport("https://a.example/v1", false);
    assert_eq!(try_prepare(&transport, request).unwrap().url().as_str(), "https://a.example/v2/x");
}

#[test]
fn the_url_of_an_operations_server_is_checked() {
    let request = Request::get("/x").server("http://b.example");
    assert!(try_prepare(&transport("https://a.example", false), request).unwrap_err().is_configuration());
}

#[test]
fn requests_contain_path_query_headers_body_and_credentials() {
    const SECURITY: &[&[Scheme]] = &[&[Scheme::api_key_query("key", "api_key")]];
    let request = Request::patch("/x/{id}/y").path("id", &7).query("q", &["a", "b"]).header("X-H", &true);
    let request = prepare(request.json(&[1]).security(SECURITY));
    assert_eq!(request.method(), "PATCH");
    assert_eq!(request.url().as_str(), "https://a.example/base/x/7/y?q=a&q=b&api_key=k");
    let header = |name: &str| request.headers()[name].to_str().unwrap();
    assert_eq!((header("x-h"), header("content-type"), header("user-agent")), ("true", "application/json", "agent"));
}

/// Some servers repeat the whole query string in the address of the next page.
#[test]
fn further_pages_have_each_credential_once() {
    const SECURITY: &[&[Scheme]] = &[&[Scheme::api_key_query("key", "api key")]];
    let next = |address: &str| {
        let mut request = Request::get("/x").security(SECURITY);
        request.address = Some((Arc::default(), address.to_owned()));
        try_prepare(&transport("https://a.example", false), request).unwrap().url().to_string()
    };
    assert_eq!(next("/x?api+key=k&p=2&p=%26&api%20key=old"), "https://a.example/x?p=2&p=%26&api%20key=k");
    assert_eq!(next("/x?p=2"), "https://a.example/x?p=2&api%20key=k");
    assert_eq!(next("/x"), "https://a.example/x?api%20key=k");
}

#[test]
fn an_empty_body_of_post_put_or_patch_has_a_content_length() {
    let has_zero_length =
        |request| prepare(request).headers().get("content-length") == Some(&HeaderValue::from_static("0"));
    assert!(has_zero_length(Request::post("/")));
    assert!(has_zero_length(Request::put("/").form(&serde_json::json!({}))));
    assert!(has_zero_length(Request::patch("/")));
    assert!(!has_zero_length(Request::get("/")));
    assert!(!has_zero_length(Request::delete("/")));
    assert!(!has_zero_length(Request::post("/").json(&1)));
}

#[test]
fn arguments_that_together_form_dot_segments_are_refused() {
    let request = Request::get("/x/.{id}").path("id", ".");
    assert!(try_prepare(&transport("https://a.example", false), request).unwrap_err().is_invalid_argument());
    let request = Request::get("/x/{a}{b}").path("a", ".").path("b", ".");
    assert!(try_prepare(&transport("https://a.example", false), request).unwrap_err().is_invalid_argument());
}

#[test]
fn call_options_override_base_url_and_headers() {
    let options = CallOptions::new().base_url("http://127.0.0.1:7/v2").header("X-H", "own").header("User-Agent", "me");
    let client = transport("https://a.example", false);
    let request = || Request::get("/x").server("https://b.example").header("X-H", "its");
    let own = try_prepare(&client.with(options), request()).unwrap();
    assert_eq!(own.url().as_str(), "http://127.0.0.1:7/v2/x");
    assert_eq!(
        (&own.headers()["x-h"], &own.headers()["user-agent"]),
        (&"own".parse().unwrap(), &"me".parse().unwrap())
    );
    // The original client does not change.
    let its = try_prepare(&client, request()).unwrap();
    assert_eq!((its.url().as_str(), &its.headers()["x-h"]), ("https://b.example/x", &"its".parse().unwrap()));
    // The rules for base URLs apply.
    for url in ["http://b.example", "https://u:p@b.example", "x"] {
        let error = try_prepare(&client.with(CallOptions::new().base_url(url)), request()).unwrap_err();
        assert!(error.is_configuration(), "{url}");
    }
}
