//! The exact requests of both operations, and the arguments that they refuse to send.

use std::process::Command;

use frontline::{Client, UpdateUserRequest, UserState};
use frontline_tests::{RawServer, http};

const USER: &str = r#"{"sid":"US1"}"#;

fn server() -> RawServer {
    RawServer::start(http("200 OK", "Content-Type: application/json\r\n", USER))
}

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).basic_auth("AC1", "päss").build().unwrap()
}

/// Returns the expected headers of a request: the common ones and `more`.
fn headers(server: &RawServer, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let user_agent = format!("frontline/0.1.0 ({} {}) rust/1.89", std::env::consts::OS, std::env::consts::ARCH);
    let host = server.host();
    let common = [
        ("accept", "application/json"),
        ("authorization", "Basic QUMxOnDDpHNz"),
        ("host", &host),
        ("user-agent", &user_agent),
    ];
    let mut headers: Vec<_> =
        common.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    headers.sort();
    headers
}

fn identities() -> Vec<(String, String)> {
    let plain = "a".repeat(10_000);
    let wide = "ü".repeat(10_000);
    [
        ("ada@example.com", "ada%40example.com"),
        ("US00000000000000000000000000000001", "US00000000000000000000000000000001"),
        ("a/b", "a%2Fb"),
        ("/", "%2F"),
        ("../a", "..%2Fa"),
        ("a\\..\\b", "a%5C..%5Cb"),
        ("ü ñ", "%C3%BC%20%C3%B1"),
        ("%2e%2e", "%252e%252e"),
        ("%2E", "%252E"),
        (".%2e", ".%252e"),
        (".\t.", ".%09."),
        ("\n..\r", "%0A..%0D"),
        ("...", "..."),
        (" ..", "%20.."),
        ("a?b#c", "a%3Fb%23c"),
        ("a;b=c,d&e+f", "a%3Bb%3Dc%2Cd%26e%2Bf"),
        ("http://example.com", "http%3A%2F%2Fexample.com"),
        ("{Sid}", "%7BSid%7D"),
        ("\0\u{202e}~", "%00%E2%80%AE~"),
        (&plain, &plain),
        (&wide, &"%C3%BC".repeat(10_000)),
    ]
    .map(|(identity, segment)| (identity.to_owned(), segment.to_owned()))
    .into()
}

#[tokio::test]
async fn fetch_user_sends_exactly_these_bytes() {
    let server = server();
    let client = client(&server);
    for (index, (identity, segment)) in identities().iter().enumerate() {
        let user = client.fetch_user(identity).await.unwrap();
        assert_eq!(user.sid.as_deref(), Some("US1"));
        let request = &server.requests()[index];
        assert_eq!(request.line, format!("GET /v1/Users/{segment} HTTP/1.1"));
        assert_eq!(request.headers, headers(&server, &[]));
        assert_eq!(request.body, "");
    }
}

#[tokio::test]
async fn update_user_sends_exactly_these_bytes() {
    let server = server();
    let client = client(&server);
    let change = UpdateUserRequest::new()
        .is_available(false)
        .state(UserState::Deactivated)
        .friendly_name("Ada & Bob+1=ü\r\n%2e")
        .avatar("");
    let form = "FriendlyName=Ada+%26+Bob%2B1%3D%C3%BC%0D%0A%252e&Avatar=&State=deactivated&IsAvailable=false";
    let length = form.len().to_string();
    let more = [("content-length", length.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    for (index, (identity, segment)) in identities().iter().enumerate() {
        client.update_user(identity, &change).await.unwrap();
        let request = &server.requests()[index];
        assert_eq!(request.line, format!("POST /v1/Users/{segment} HTTP/1.1"));
        assert_eq!(request.headers, headers(&server, &more));
        assert_eq!(request.body, form);
    }
}

#[tokio::test]
async fn fields_that_are_not_set_are_not_sent() {
    let server = server();
    let client = client(&server);
    for (change, form) in [
        (UpdateUserRequest::new(), ""),
        (UpdateUserRequest::new().is_available(true), "IsAvailable=true"),
        (UpdateUserRequest::new().state(UserState::from("on leave")), "State=on+leave"),
    ] {
        client.update_user("ada", &change).await.unwrap();
        let request = server.requests().pop().unwrap();
        assert_eq!(request.body, form);
        assert!(request.headers.contains(&("content-length".to_owned(), form.len().to_string())));
    }
}

#[tokio::test]
async fn identities_that_cannot_be_one_segment_are_refused_before_connecting() {
    let server = server();
    let client = client(&server);
    let too_long = "x".repeat(70_000);
    for identity in ["", ".", "..", &too_long] {
        let fetched = client.fetch_user(identity).await.unwrap_err();
        let updated = client.update_user(identity, &UpdateUserRequest::new()).await.unwrap_err();
        for error in [fetched, updated] {
            assert!(error.is_invalid_argument(), "{error}");
            assert!(error.to_string().contains("/v1/Users/{Sid}: "), "{error}");
        }
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn nothing_is_sent_without_credentials() {
    let server = server();
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = client.fetch_user("ada").await.unwrap_err();
    assert!(error.is_configuration());
    assert_eq!(
        error.to_string(),
        "GET /v1/Users/{Sid}: the operation requires credentials for `accountSid_authToken` \
         (set them with `ClientBuilder::basic_auth`)"
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_base_urls_path_and_the_user_agents_extension_are_sent() {
    let server = server();
    let client = Client::builder()
        .base_url(format!("{}/proxy/x/", server.url()))
        .basic_auth("AC1", "päss")
        .user_agent_extension("my-app/1.2")
        .build()
        .unwrap();
    client.fetch_user("ada").await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.line, "GET /proxy/x/v1/Users/ada HTTP/1.1");
    let (_, user_agent) = request.headers.iter().find(|(name, _)| name == "user-agent").unwrap();
    assert!(user_agent.ends_with(") rust/1.89 my-app/1.2"), "{user_agent}");
}

#[test]
fn requests_to_loopback_bypass_proxies() {
    let proxy = "http://127.0.0.1:1";
    let proxied = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "requests::fetch_user_sends_exactly_these_bytes"])
        .envs([("http_proxy", proxy), ("ALL_PROXY", proxy), ("NO_PROXY", "")])
        .output();
    let said = String::from_utf8(proxied.unwrap().stdout).unwrap();
    assert!(said.contains("test result: ok. 1 passed"), "{said}");
}

#[test]
fn calls_can_be_made_from_any_thread() {
    fn sendable<T: Send>(_: &T) {}
    let client = Client::new("AC1", "token").unwrap();
    sendable(&client.fetch_user("ada"));
    sendable(&client.update_user("ada", &UpdateUserRequest::new()));
    eprintln!("a call's future has {} bytes", size_of_val(&client.fetch_user("ada")));
}
