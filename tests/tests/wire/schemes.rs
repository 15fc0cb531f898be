//! Credentials for security schemes by their names.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use frontline::{Credential, CredentialsProvider, ErrorKind, ProviderFuture};
use frontline_tests::{RawServer, http};

use crate::credentials::{api, header};

/// Returns API keys with consecutive numbers.
#[derive(Clone, Default)]
struct Keys(Arc<AtomicUsize>);

impl CredentialsProvider for Keys {
    fn credential(&self) -> ProviderFuture<'_> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Credential::api_key(format!("key-{number}"))) })
    }
}

#[tokio::test]
async fn each_scheme_has_its_own_provider() {
    let (no, yes) = (http("401 No", "", ""), http("204 No Content", "", ""));
    let server = RawServer::start_script([&yes, &no, &yes, &yes].map(Clone::clone));
    let keys = Keys::default();
    let client = api::Client::builder()
        .base_url(server.url())
        .credentials_for("headerKey", keys.clone())
        .credentials_for("queryKey", Credential::api_key("fixed"))
        .credentials_for("cookieKey", Credential::api_key("never used"))
        .bearer_token("general")
        .build()
        .unwrap();
    client.get_keys().await.unwrap();
    // The server refuses the keys of an earlier call, so the providers are asked again.
    assert_eq!(client.get_keys().await.unwrap().attempts(), 2);
    client.get_me().await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(|each| (each.line.as_str(), header(each, "x-api-key"))).collect();
    assert_eq!(
        sent,
        [
            ("GET /keys?api_key=fixed HTTP/1.1", Some("key-0")),
            ("GET /keys?api_key=fixed HTTP/1.1", Some("key-0")),
            ("GET /keys?api_key=fixed HTTP/1.1", Some("key-1")),
            ("GET /me HTTP/1.1", None),
        ]
    );
    assert_eq!(header(&requests[3], "authorization"), Some("Bearer general"));
}

#[tokio::test]
async fn credentials_of_another_kind_are_refused_and_not_sent() {
    let server = RawServer::start(http("204 No Content", "", ""));
    let client = api::Client::builder()
        .base_url(server.url())
        .credentials_for("headerKey", Credential::api_key("canary"))
        .credentials_for("queryKey", Credential::basic("canary", "canary"))
        .build()
        .unwrap();
    let error = client.get_keys().await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::Credentials, false));
    let text = error.to_string();
    assert!(text.contains("returned credentials of another kind than the security scheme `queryKey`"), "{text}");
    assert!(!format!("{error:?} {client:?}").contains("canary"));
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_scheme_that_the_document_does_not_define_is_an_error() {
    let builder = api::Client::builder().credentials_for("headerKee", Credential::api_key("k"));
    let error = builder.build().unwrap_err();
    assert!(error.is_configuration());
    assert!(
        error.to_string().starts_with("the document defines no security scheme `headerKee`; it defines `"),
        "{error}"
    );
    assert!(api::Client::builder().api_key("login", "k").build().is_err_and(|error| error.is_configuration()));
}

#[tokio::test]
async fn the_error_of_missing_credentials_names_each_alternative() {
    let server = RawServer::start(http("204 No Content", "", ""));
    let client = api::Client::builder().base_url(server.url()).build().unwrap();
    let error = client.get_keys().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /keys: the operation requires credentials for `headerKey` (set them with `ClientBuilder::api_key`) \
         and `queryKey` (set them with `ClientBuilder::api_key`), or for `login` (set them with `ClientBuilder::basic_auth`)"
    );
}

#[tokio::test]
async fn a_key_from_the_provider_for_all_schemes_is_refused() {
    let server = RawServer::start(http("204 No Content", "", ""));
    let builder = api::Client::builder().base_url(server.url());
    let client = builder.credentials_provider(Credential::api_key("canary")).build().unwrap();
    // Credentials are optional for this operation, so it would be sent without any.
    let error = client.get_optional().await.unwrap_err();
    assert_eq!((error.kind(), server.connections()), (ErrorKind::Credentials, 0));
    assert!(error.to_string().contains("`credentials_for`") && !error.to_string().contains("canary"), "{error}");
}
