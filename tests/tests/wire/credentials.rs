//! Credentials: those that each operation requires, and those that a provider replaces.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::types::{GetCookieParams, GetKeysParams};
use frontline::{
    Attempt, AttemptFuture, AttemptResponse, Client, ClientBuilder, Credential, CredentialsProvider, ErrorKind,
    Middleware, Next, ProviderFuture, UpdateUserRequest,
};
use frontline_tests::{RawRequest, RawServer, http};
use reqwest::header::HeaderMap;

pub(crate) mod api {
    frontline::frontline_api!("specs/security.yaml", warnings = false);
}

/// Returns secrets with consecutive numbers.
#[derive(Clone, Default)]
struct Vault(Arc<AtomicUsize>);

impl CredentialsProvider for Vault {
    fn credential(&self) -> ProviderFuture<'_> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Credential::basic("SK1", number.to_string())) })
    }
}

/// The basic authorization of `SK1:0`, `SK1:1`, and `SK1:2`.
const SIGNED: [&str; 3] = ["Basic U0sxOjA=", "Basic U0sxOjE=", "Basic U0sxOjI="];

fn authorizations(server: &RawServer) -> Vec<String> {
    let of = |(name, value): (String, String)| (name == "authorization").then_some(value);
    server.requests().into_iter().filter_map(|request| request.headers.into_iter().find_map(of)).collect()
}

#[tokio::test]
async fn a_refused_credential_is_replaced_once_it_was_accepted() {
    let (no, yes) = (http("401 No", "", ""), http("200 OK", "", "{}"));
    let server = RawServer::start_script([&no, &yes, &no, &yes].map(Clone::clone));
    let vault = Vault::default();
    let client = Client::builder().base_url(server.url()).credentials_provider(vault.clone()).build().unwrap();
    let change = UpdateUserRequest::new().is_available(true);

    // A new credential that is refused is not replaced within the call.
    let error = client.update_user("x", &change).await.unwrap_err();
    assert_eq!((error.is_unauthorized(), error.attempts()), (true, 1));
    // The next call asks the provider again.
    assert_eq!(client.update_user("x", &change).await.unwrap().attempts(), 1);
    // A credential that was accepted before may have been replaced. A refused request had no effect, so any method is
    // retried.
    assert_eq!(client.update_user("x", &change).await.unwrap().attempts(), 2);
    assert_eq!(authorizations(&server), [SIGNED[0], SIGNED[1], SIGNED[1], SIGNED[2]]);
    assert_eq!(vault.0.load(Ordering::SeqCst), 3);
}

struct Closed;

impl CredentialsProvider for Closed {
    fn credential(&self) -> ProviderFuture<'_> {
        Box::pin(async { Err("the vault is closed".into()) })
    }
}

#[tokio::test]
async fn a_failing_provider_sends_nothing() {
    let server = RawServer::start(http("200 OK", "", "{}"));
    let client = Client::builder().base_url(server.url()).credentials_provider(Closed).build().unwrap();
    let error = client.fetch_user("x").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (ErrorKind::Credentials, 1, false));
    assert_eq!(error.source().unwrap().to_string(), "the vault is closed");
    assert_eq!(server.connections(), 0);
}

struct Broken;

impl CredentialsProvider for Broken {
    fn credential(&self) -> ProviderFuture<'_> {
        Box::pin(async { Ok(Credential::basic("canary:user", "canary\r\nX: y")) })
    }
}

#[tokio::test]
async fn invalid_credentials_are_refused_and_not_quoted() {
    let server = RawServer::start(http("200 OK", "", "{}"));
    let client = Client::builder().base_url(server.url()).credentials_provider(Broken).build().unwrap();
    let error = client.fetch_user("x").await.unwrap_err();
    assert!(error.is_configuration());
    assert!(!format!("{error} {error:?} {client:?}").contains("canary"));
    assert_eq!(server.connections(), 0);
}

/// Returns tokens with consecutive numbers.
#[derive(Clone, Default)]
struct Tokens(Arc<AtomicUsize>);

impl CredentialsProvider for Tokens {
    fn credential(&self) -> ProviderFuture<'_> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Credential::bearer(format!("token-{number}"))) })
    }
}

#[tokio::test]
async fn a_provider_supplies_bearer_tokens() {
    let (no, yes) = (http("401 No", "", ""), http("204 No Content", "", ""));
    let server = RawServer::start_script([&yes, &yes, &yes, &no, &yes].map(Clone::clone));
    let tokens = Tokens::default();
    let client = api::Client::builder().base_url(server.url()).credentials_provider(tokens.clone()).build().unwrap();
    // For an operation without security, the provider is not asked.
    client.sign_in().await.unwrap();
    assert_eq!(tokens.0.load(Ordering::SeqCst), 0);
    client.get_me().await.unwrap();
    client.get_id().await.unwrap();
    assert_eq!(client.get_me().await.unwrap().attempts(), 2);
    assert_eq!(
        authorizations(&server),
        ["token-0", "token-0", "token-0", "token-1"].map(|token| format!("Bearer {token}"))
    );
    assert_eq!(server.connections(), 5);
}

pub(crate) fn header<'a>(request: &'a RawRequest, name: &str) -> Option<&'a str> {
    let mut values = request.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let value = values.next();
    assert_eq!(values.next(), None, "{name} occurs twice");
    value
}

fn with(server: &RawServer, change: fn(ClientBuilder<api::Client>) -> ClientBuilder<api::Client>) -> api::Client {
    change(api::Client::builder().base_url(server.url())).build().unwrap()
}

/// The basic authorization of `user:password`.
const LOGIN: Option<&str> = Some("Basic dXNlcjpwYXNzd29yZA==");

#[tokio::test]
async fn each_operation_gets_only_the_credentials_that_it_requires() {
    let server = RawServer::start(http("204 No Content", "", ""));
    let login = with(&server, |builder| builder.basic_auth("user", "password"));
    let keys = with(&server, |builder| {
        let builder = builder.api_key("headerKey", "h&1").api_key("queryKey", "q&1").api_key("cookieKey", "c1");
        builder.basic_auth("user", "password").bearer_token("token")
    });
    keys.get_keys_with(&GetKeysParams::new().page(1)).await.unwrap();
    login.get_keys_with(&GetKeysParams::new().page(1)).await.unwrap();
    keys.get_cookie_with(&GetCookieParams::new().theme("dark")).await.unwrap();
    keys.get_optional().await.unwrap();
    with(&server, |builder| builder).get_optional().await.unwrap();
    keys.sign_in().await.unwrap();
    keys.get_me().await.unwrap();
    keys.get_removed().await.unwrap();
    let expected = [
        ("GET /keys?page=1&api_key=q%261 HTTP/1.1", None, Some("h&1"), None),
        ("GET /keys?page=1 HTTP/1.1", LOGIN, None, None),
        ("GET /cookie HTTP/1.1", None, None, Some("theme=dark; session=c1")),
        ("GET /optional HTTP/1.1", LOGIN, None, None),
        ("GET /optional HTTP/1.1", None, None, None),
        ("POST /sign-in HTTP/1.1", None, None, None),
        ("GET /me HTTP/1.1", Some("Bearer token"), None, None),
        ("GET /removed HTTP/1.1", None, Some("h&1"), None),
    ];
    let requests = server.requests();
    let sent: Vec<_> = requests
        .iter()
        .map(|each| {
            (each.line.as_str(), header(each, "authorization"), header(each, "x-api-key"), header(each, "cookie"))
        })
        .collect();
    assert_eq!(sent, expected);

    // One key is not enough for an operation that requires two.
    let half = with(&server, |builder| builder.api_key("headerKey", "h1"));
    let error = half.get_keys_with(&GetKeysParams::new()).await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`queryKey`"), "{error}");
    assert_eq!(server.connections(), expected.len());
}

/// Reports the URL of each request instead of sending it.
struct Nowhere(std::sync::mpsc::Sender<String>);

impl Middleware for Nowhere {
    fn handle<'a>(&'a self, attempt: Attempt, _: Next<'a>) -> AttemptFuture<'a> {
        self.0.send(attempt.url().to_owned()).unwrap();
        Box::pin(async { Ok(AttemptResponse::new("204".parse().unwrap(), HeaderMap::new(), "")) })
    }
}

#[tokio::test]
async fn the_operations_server_precedes_the_paths_and_the_documents() {
    let (sender, urls) = std::sync::mpsc::channel();
    let client = api::Client::builder().middleware(Nowhere(sender)).build().unwrap();
    client.sign_in().await.unwrap();
    client.get_optional().await.unwrap();
    client.put_optional().await.unwrap();
    let urls: Vec<String> = urls.try_iter().collect();
    assert_eq!(
        urls,
        [
            "https://eu.example.com/v1/sign-in",
            "https://path.example.com/optional",
            "https://operation.example.com:8443/own/optional",
        ]
    );
}
