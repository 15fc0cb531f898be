//! Tokens of OAuth 2.0 servers: which requests get them, and when they are replaced.

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use frontline::oauth::{ClientCredentials, DeviceFlow, Refresh};
use frontline::{ClientBuilder, ErrorKind, Retry};
use frontline_tests::{RawServer, http};

use crate::credentials::{api, header};

fn tokens(body: &str) -> String {
    http("200 OK", "content-type: application/json\r\n", body)
}

fn builder(server: &RawServer) -> ClientBuilder<api::Client> {
    let retry = Retry::new().delays(Duration::ZERO, Duration::ZERO);
    api::Client::builder().base_url(server.url()).retry(retry)
}

fn credentials(login: &RawServer) -> ClientCredentials {
    ClientCredentials::new("the id", "se:cret&").token_url(format!("{}/token?tenant=1", login.url()))
}

fn authorizations(server: &RawServer) -> Vec<Option<String>> {
    server.requests().iter().map(|request| header(request, "authorization").map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_token_is_used_until_the_server_refuses_it() {
    let (no, yes) = (http("401 No", "", ""), http("204 No Content", "", ""));
    let server = RawServer::start_script([&yes, &yes, &yes, &no, &yes].map(Clone::clone));
    let login = RawServer::start_script([
        // The grant may be repeated after any failure.
        http("503 Busy", "", ""),
        tokens(r#"{"access_token":"one","token_type":"Bearer","expires_in":3600}"#),
        tokens(r#"{"access_token":"two","token_type":"bearer","expires_in":"3600"}"#),
    ]);
    let grant = credentials(&login).scopes(["read", "write"]).parameter("audience", "https://api");
    let client = builder(&server).oauth_for("oauth", grant).build().unwrap();
    client.sign_in().await.unwrap();
    assert_eq!(login.connections(), 0);
    client.get_me().await.unwrap();
    client.get_me().await.unwrap();
    assert_eq!(client.get_me().await.unwrap().attempts(), 2);
    assert_eq!(authorizations(&server)[1..], ["one", "one", "one", "two"].map(|token| Some(format!("Bearer {token}"))));
    assert_eq!(login.connections(), 3);
}

#[tokio::test]
async fn the_client_credentials_grant_is_sent_as_rfc_6749_says() {
    let server = RawServer::start(http("204 No Content", "", ""));
    let login = RawServer::start(tokens(r#"{"access_token":"one","token_type":"Bearer"}"#));
    let grant = credentials(&login).scopes(["read", "write"]).parameter("audience", "https://api");
    builder(&server).oauth_for("oauth", grant).build().unwrap().get_me().await.unwrap();
    builder(&server).oauth_for("oauth", credentials(&login).secret_in_body()).build().unwrap().get_me().await.unwrap();
    let [in_header, in_body] = &login.requests()[..] else { panic!("two requests") };
    assert_eq!(in_header.line, "POST /token?tenant=1 HTTP/1.1");
    assert_eq!(header(in_header, "content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(header(in_header, "accept"), Some("application/json"));
    // `the+id:se%3Acret%26`
    assert_eq!(header(in_header, "authorization"), Some("Basic dGhlK2lkOnNlJTNBY3JldCUyNg=="));
    assert_eq!(in_header.body, "grant_type=client_credentials&scope=read+write&audience=https%3A%2F%2Fapi");
    assert_eq!(header(in_body, "authorization"), None);
    assert_eq!(in_body.body, "grant_type=client_credentials&client_id=the+id&client_secret=se%3Acret%26");
    assert_eq!(authorizations(&server), [Some("Bearer one".to_owned()), Some("Bearer one".to_owned())]);
}

#[tokio::test]
async fn simultaneous_calls_share_one_request_for_a_token() {
    let server = RawServer::start(http("204 No Content", "", ""));
    let login = RawServer::start(tokens(r#"{"access_token":"one","token_type":"Bearer","expires_in":60}"#));
    let client = builder(&server).oauth_for("oauth", credentials(&login)).build().unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            tokio::spawn({
                let client = client.clone();
                async move { client.get_me().await }
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((login.connections(), server.connections()), (1, 20));
}

#[tokio::test]
async fn a_refused_grant_is_the_source_of_the_error() {
    let server = RawServer::start(http("204 No Content", "", ""));
    let refused = r#"{"error":"invalid_client","error_description":"unknown client"}"#;
    let login = RawServer::start(http("401 No", "content-type: application/json\r\n", refused));
    let client = builder(&server).oauth_for("oauth", credentials(&login)).build().unwrap();
    let error = client.get_me().await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::Credentials, false));
    let source = error.source().unwrap();
    assert_eq!(source.to_string(), "POST {token_url}: the token server refused the grant: invalid_client");
    let answer = source.source().unwrap();
    assert_eq!(answer.downcast_ref::<frontline::Error>().unwrap().message(), Some("unknown client"));
    assert!(!format!("{error:?} {client:?} {source}").contains("cret"));
    assert_eq!((login.connections(), server.connections()), (1, 0));

    for (body, expected) in [
        (r#"{"token_type":"Bearer"}"#, "the answer of the token server has no `access_token`"),
        (r#"{"access_token":"canary","token_type":"mac"}"#, "a token that is not a bearer token"),
        ("canary", "is not valid JSON"),
    ] {
        let login = RawServer::start(tokens(body));
        let client = builder(&server).oauth_for("oauth", credentials(&login)).build().unwrap();
        let error = client.get_me().await.unwrap_err();
        let source = error.source().unwrap().to_string();
        assert!(source.contains(expected), "{source}");
        assert!(!format!("{error:?} {source}").contains("canary"));
    }
}

#[tokio::test]
async fn a_refresh_token_is_replaced_and_told_to_the_program() {
    let (no, yes) = (http("401 No", "", ""), http("204 No Content", "", ""));
    let server = RawServer::start_script([&yes, &no, &yes].map(Clone::clone));
    let login = RawServer::start_script([
        tokens(r#"{"access_token":"a1","token_type":"Bearer","refresh_token":"r2"}"#),
        tokens(r#"{"access_token":"a2","token_type":"Bearer"}"#),
    ]);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&heard);
    let refresh = Refresh::new("id", "r1").token_url(format!("{}/token", login.url()));
    let refresh =
        refresh.on_refresh(move |tokens| listener.lock().unwrap().push(tokens.refresh_token().map(str::to_owned)));
    let client = builder(&server).oauth_for("oauth", refresh).build().unwrap();
    client.get_me().await.unwrap();
    assert_eq!(client.get_me().await.unwrap().attempts(), 2);
    let bodies: Vec<_> = login.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(
        bodies,
        [
            "grant_type=refresh_token&refresh_token=r1&client_id=id",
            "grant_type=refresh_token&refresh_token=r2&client_id=id"
        ]
    );
    assert_eq!(*heard.lock().unwrap(), [Some("r2".to_owned()), None]);
    assert_eq!(authorizations(&server), ["a1", "a1", "a2"].map(|token| Some(format!("Bearer {token}"))));
}

#[tokio::test]
async fn a_refresh_that_the_server_may_have_received_is_not_repeated() {
    let server = RawServer::start(http("204 No Content", "", ""));
    let login = RawServer::start(http("503 Busy", "", ""));
    let refresh = Refresh::new("id", "r1").token_url(login.url());
    let client = builder(&server).oauth_for("oauth", refresh).build().unwrap();
    assert_eq!(client.get_me().await.unwrap_err().kind(), ErrorKind::Credentials);
    assert_eq!(login.connections(), 1);
}

#[tokio::test]
async fn a_user_confirms_at_another_device() {
    let pending = |error: &str| {
        http("400 Bad Request", "content-type: application/json\r\n", &format!(r#"{{"error":"{error}"}}"#))
    };
    let login = RawServer::start_script([
        tokens(
            r#"{"device_code":"d","user_code":"WDJB","verification_uri":"https://x/d","expires_in":600,"interval":0}"#,
        ),
        pending("authorization_pending"),
        pending("slow_down"),
        tokens(r#"{"access_token":"a1","token_type":"Bearer","refresh_token":"r1","expires_in":600}"#),
    ]);
    let server = RawServer::start(http("204 No Content", "", ""));
    let flow = DeviceFlow::new("id", format!("{}/device", login.url())).token_url(login.url()).scopes(["read"]);
    let mut authorization = flow.start(&builder(&server)).await.unwrap();
    assert_eq!((authorization.user_code(), authorization.verification_uri()), ("WDJB", "https://x/d"));
    assert!(authorization.poll().await.unwrap().is_none());
    assert!(authorization.poll().await.unwrap().is_none());
    // The server asked for five more seconds.
    let early = tokio::time::timeout(Duration::from_millis(20), authorization.poll()).await;
    assert!(early.is_err());
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(5)).await;
    tokio::time::resume();
    let tokens = authorization.wait().await.unwrap();
    let refresh = Refresh::from_tokens("id", tokens).token_url(login.url());
    builder(&server).oauth_for("oauth", refresh).build().unwrap().get_me().await.unwrap();
    let sent: Vec<_> = login.requests().into_iter().map(|request| (request.line, request.body)).collect();
    let poll = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d&client_id=id";
    assert_eq!(sent[0], ("POST /device HTTP/1.1".to_owned(), "scope=read&client_id=id".to_owned()));
    assert!(sent[1..].iter().all(|(line, body)| line == "POST / HTTP/1.1" && body == poll), "{sent:?}");
    assert_eq!(authorizations(&server), [Some("Bearer a1".to_owned())]);
}

#[test]
fn a_grant_that_has_no_address_or_no_scheme_is_an_error() {
    let text = |builder: ClientBuilder<api::Client>| {
        let error = builder.build().unwrap_err();
        assert!(error.is_configuration());
        format!("{error} {}", error.source().map(ToString::to_string).unwrap_or_default())
    };
    let grant = || ClientCredentials::new("id", "secret");
    let new = api::Client::builder;
    assert!(text(new().oauth(grant())).contains("several security schemes for OAuth"));
    assert!(text(new().oauth_for("oath", grant())).contains("no security scheme `oath`"));
    assert!(text(new().oauth_for("headerKey", grant())).contains("`headerKey` is not for bearer tokens"));
    assert!(text(new().oauth_for("openId", grant())).contains("client credentials grant come from; set `token_url`"));
    let http = grant().token_url("http://example.com/token");
    assert!(text(new().oauth_for("oauth", http)).contains("only allowed for loopback"));
    let fragment = grant().token_url("https://example.com/token#x");
    assert!(text(new().oauth_for("oauth", fragment)).contains("fragment"));
    new().oauth_for("oauth", grant()).build().unwrap();
    let frontline = frontline::Client::builder().oauth(grant()).build();
    assert_eq!(frontline.unwrap_err().to_string(), "the document has no security scheme for OAuth");
}
