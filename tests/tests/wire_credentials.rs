//! Credentials that change while a client lives.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use frontline::{Client, Credential, CredentialsProvider, ErrorKind, ProviderFuture, UpdateUserRequest};
use frontline_tests::{RawServer, http};

mod oauth {
    frontline::frontline_api!("specs/oauth.yaml");
}

/// Numbers the secrets that it gives.
#[derive(Clone, Default)]
struct Vault(Arc<AtomicUsize>);

impl CredentialsProvider for Vault {
    fn credential(&self) -> ProviderFuture<'_> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Credential::basic("SK1", number.to_string())) })
    }
}

/// Basic authorization of `SK1:0`, `SK1:1` and `SK1:2`.
const SIGNED: [&str; 3] = ["Basic U0sxOjA=", "Basic U0sxOjE=", "Basic U0sxOjI="];

fn authorizations(server: &RawServer) -> Vec<String> {
    let of = |(name, value): (String, String)| (name == "authorization").then_some(value);
    server.requests().into_iter().filter_map(|request| request.headers.into_iter().find_map(of)).collect()
}

#[tokio::test]
async fn a_refused_credential_is_replaced() {
    let (no, yes) = (http("401 No", "", ""), http("200 OK", "", "{}"));
    let server = RawServer::start_script([&no, &yes, &no, &yes].map(Clone::clone));
    let vault = Vault::default();
    let client = Client::builder().base_url(server.url()).credentials_provider(vault.clone()).build().unwrap();
    let change = UpdateUserRequest::new().is_available(true);

    // What is new and refused helps nobody.
    let error = client.update_user("x", &change).await.unwrap_err();
    assert_eq!((error.is_unauthorized(), error.attempts()), (true, 1));
    // The next call asks anew.
    assert_eq!(client.update_user("x", &change).await.unwrap().attempts(), 1);
    // What was good until now may have been replaced: whatever the method, a request that was refused did nothing.
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
async fn without_credentials_nothing_is_sent() {
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
async fn what_cannot_be_sent_is_refused_and_not_quoted() {
    let server = RawServer::start(http("200 OK", "", "{}"));
    let client = Client::builder().base_url(server.url()).credentials_provider(Broken).build().unwrap();
    let error = client.fetch_user("x").await.unwrap_err();
    assert!(error.is_configuration());
    assert!(!format!("{error} {error:?} {client:?}").contains("canary"));
    assert_eq!(server.connections(), 0);
}

/// Numbers the tokens that it gives.
#[derive(Clone, Default)]
struct Tokens(Arc<AtomicUsize>);

impl CredentialsProvider for Tokens {
    fn credential(&self) -> ProviderFuture<'_> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Credential::bearer(format!("token-{number}"))) })
    }
}

#[tokio::test]
async fn a_provider_serves_any_document_whose_operations_want_tokens() {
    let (no, yes) = (http("401 No", "", ""), http("204 No Content", "", ""));
    let server = RawServer::start_script([&yes, &yes, &yes, &no, &yes].map(Clone::clone));
    let tokens = Tokens::default();
    let client = oauth::Client::builder().base_url(server.url()).credentials_provider(tokens.clone()).build().unwrap();
    // What asks for nothing gets nothing, and the provider is not troubled.
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
