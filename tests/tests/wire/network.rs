//! Proxies.

use std::env;
use std::process::Command;

use frontline::{CallOptions, Client, ClientBuilder, Error, ErrorKind, Proxy, Retry};
use frontline_tests::{RawRequest, RawServer, http};

fn found() -> String {
    http("200 OK", "", r#"{"sid":"US1"}"#)
}

fn builder(url: &str) -> ClientBuilder<Client> {
    Client::builder().base_url(url).basic_auth("AC1", "canary-secret").retry(Retry::never())
}

fn header<'a>(request: &'a RawRequest, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
}

#[tokio::test]
async fn the_proxy_receives_complete_plain_requests() {
    let server = RawServer::start(found());
    let proxy = Proxy::new(server.url()).basic_auth("user", "canary-password");
    let builder = builder("http://api.example").dangerous_allow_http().proxy(proxy);
    assert!(!format!("{builder:?}").contains("canary"));
    builder.build().unwrap().fetch_user("x").await.unwrap();
    let [request] = &server.requests()[..] else { panic!("one request") };
    assert_eq!(request.line, "GET http://api.example/v1/Users/x HTTP/1.1");
    assert_eq!(header(request, "proxy-authorization"), Some("Basic dXNlcjpjYW5hcnktcGFzc3dvcmQ="));
}

#[tokio::test]
async fn the_proxy_learns_only_the_host_of_https_requests() {
    let server = RawServer::start(http("403 No", "", ""));
    let proxy = Proxy::new(server.url()).basic_auth("user", "canary-password");
    let client = builder("https://api.example").proxy(proxy).build().unwrap();
    let error = client.fetch_user("canary-identity").await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::NotSent, false), "{error:?}");
    assert_no_canary(&error);
    let [request] = &server.requests()[..] else { panic!("one request") };
    assert_eq!(request.line, "CONNECT api.example:443 HTTP/1.1");
    assert_eq!(header(request, "proxy-authorization"), Some("Basic dXNlcjpjYW5hcnktcGFzc3dvcmQ="));
    assert_eq!((header(request, "authorization"), request.body.as_str()), (None, ""));
}

/// 0.0.0.0 also reaches this machine, but it is not a loopback address.
#[tokio::test]
async fn excluded_and_loopback_hosts_bypass_the_proxy() {
    let (server, proxy) = (RawServer::start(found()), RawServer::start(found()));
    let url = server.url().replace("127.0.0.1", "0.0.0.0");
    let builder = || builder(&url).dangerous_allow_http();
    let past = [
        builder().proxy(Proxy::new(proxy.url()).except("api.example, 0.0.0.0")),
        builder().proxy(Proxy::new(proxy.url()).except("api.example,*")),
        builder().proxy(Proxy::new(proxy.url())).no_proxy(),
        self::builder(&server.url()).proxy(Proxy::new(proxy.url())),
    ];
    for builder in past {
        builder.build().unwrap().fetch_user("x").await.unwrap();
    }
    assert_eq!((server.connections(), proxy.connections()), (4, 0));
    builder().proxy(Proxy::new(proxy.url()).except("api.example")).build().unwrap().fetch_user("x").await.unwrap();
    assert_eq!((server.connections(), proxy.connections()), (4, 1));
}

/// The URL of the request decides, not the URL that the client was built with.
#[tokio::test]
async fn each_url_decides_whether_the_proxy_is_used() {
    let (server, proxy) = (RawServer::start(found()), RawServer::start(http("403 No", "", "")));
    let fetch = async |built_for: &str, url: &str| {
        let client = builder(built_for).proxy(Proxy::new(proxy.url())).build().unwrap();
        client.with(CallOptions::new().base_url(url)).fetch_user("x").await
    };
    fetch("https://api.example", &server.url()).await.unwrap();
    assert_eq!((server.connections(), proxy.connections()), (1, 0));
    fetch(&server.url(), "https://api.example").await.unwrap_err();
    assert_eq!(proxy.requests()[0].line, "CONNECT api.example:443 HTTP/1.1");
    assert_eq!(server.connections(), 1);
}

/// Runs itself in another process, because the proxy comes from an environment variable.
#[tokio::test]
async fn loopback_requests_bypass_proxies_from_the_environment() {
    const SERVER: &str = "FRONTLINE_TEST_SERVER";
    if let Ok(url) = env::var(SERVER) {
        let client = builder("https://api.example").build().unwrap();
        client.with(CallOptions::new().base_url(url)).fetch_user("x").await.unwrap();
        return;
    }
    let (server, proxy) = (RawServer::start(found()), RawServer::start(found()));
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "network::loopback_requests_bypass_proxies_from_the_environment"])
        .envs([("HTTP_PROXY", proxy.url()), ("NO_PROXY", String::new()), (SERVER, server.url())])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!((server.connections(), proxy.connections()), (1, 0));
}

/// Runs itself in another process. 0.0.0.0 is an IP address, and not a loopback address.
#[tokio::test]
async fn an_asterisk_excludes_all_hosts_from_the_environment() {
    const SERVER: &str = "FRONTLINE_TEST_ASTERISK";
    if let Ok(url) = env::var(SERVER) {
        builder(&url).dangerous_allow_http().build().unwrap().fetch_user("x").await.unwrap();
        return;
    }
    let (server, proxy) = (RawServer::start(found()), RawServer::start(found()));
    let url = server.url().replace("127.0.0.1", "0.0.0.0");
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "network::an_asterisk_excludes_all_hosts_from_the_environment"])
        .envs([("HTTP_PROXY", proxy.url()), ("NO_PROXY", "a.example, *".to_owned()), (SERVER, url)])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!((server.connections(), proxy.connections()), (1, 0));
}

/// Runs itself in another process for each value. Requests must not silently go past a proxy that is misspelled.
#[test]
fn unusable_proxies_in_the_environment_are_errors() {
    const TEST: &str = "FRONTLINE_TEST_UNUSABLE_PROXY";
    if let Ok(name) = env::var(TEST) {
        builder("http://127.0.0.1:1").build().unwrap();
        builder("https://api.example").no_proxy().build().unwrap();
        builder("https://api.example").proxy(Proxy::new("http://proxy.example")).build().unwrap();
        let result = builder("https://api.example").build();
        if name.is_empty() {
            result.unwrap();
        } else {
            let error = result.unwrap_err();
            assert!(error.is_configuration() && error.to_string().contains(&name), "{error}");
            assert_no_canary(&error);
        }
        return;
    }
    for (name, value, is_usable) in [
        ("HTTPS_PROXY", "ftp://canary", false),
        ("http_proxy", "http://canary:3128 ", false),
        ("ALL_PROXY", "/canary", false),
        ("all_proxy", "http://user:password@proxy.example:3128/", true),
        ("https_proxy", "proxy.example:3128", true),
        ("HTTP_PROXY", "", true),
    ] {
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", "network::unusable_proxies_in_the_environment_are_errors"])
            .envs([(name, value), (TEST, if is_usable { "" } else { name })])
            .output()
            .unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
    }
}

#[tokio::test]
async fn an_unreachable_proxy_is_not_sent_and_leaks_nothing() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let proxy = Proxy::new(format!("http://{unused}")).basic_auth("user", "canary-password");
    let client = builder("https://api.example").proxy(proxy).build().unwrap();
    let error = client.fetch_user("canary-identity").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert_no_canary(&error);
}

fn assert_no_canary(error: &Error) {
    let chain = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    for error in chain {
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
}
