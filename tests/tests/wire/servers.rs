//! Servers that are chosen by name, and the values of their variables. The requests arrive at a proxy.

use frontline::{ClientBuilder, Error, Proxy, Retry, Server};
use frontline_tests::{RawServer, http};

use crate::{nothing, only};

mod api {
    frontline::frontline_api!("specs/servers.yaml", warnings = false);
}

use api::{Client, servers};

/// Returns the host and the port that a request goes to. The proxy refuses it.
async fn host(builder: ClientBuilder<Client>) -> String {
    let proxy = RawServer::start(http("403 No", "", ""));
    let client = builder.proxy(Proxy::new(proxy.url())).retry(Retry::never()).build().unwrap();
    client.list_things().await.unwrap_err();
    only(&proxy).line.strip_prefix("CONNECT ").unwrap().strip_suffix(" HTTP/1.1").unwrap().to_owned()
}

/// Returns the URL that a request to a server without TLS goes to.
async fn url(server: Server) -> String {
    let proxy = nothing();
    let builder = Client::builder().server(server).dangerous_allow_http().proxy(Proxy::new(proxy.url()));
    builder.build().unwrap().list_things().await.unwrap();
    only(&proxy).line.strip_prefix("GET ").unwrap().strip_suffix(" HTTP/1.1").unwrap().to_owned()
}

fn refused(builder: ClientBuilder<Client>) -> String {
    let error: Error = builder.build().unwrap_err();
    assert!(error.is_configuration(), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn servers_are_chosen_by_name_and_variables_by_value() {
    assert_eq!(host(Client::builder()).await, "us.api.example.com:443");
    assert_eq!(host(Client::builder().variable("region", "eu")).await, "eu.api.example.com:443");
    let builder = Client::builder().variable("region", servers::Region::ApSouth).variable("port", servers::Port::_8443);
    assert_eq!(host(builder).await, "ap-south.api.example.com:8443");
    let production = servers::production().variable("region", servers::Region::Eu);
    assert_eq!(host(Client::builder().server(production.clone())).await, "eu.api.example.com:443");
    // The builder's value takes precedence.
    assert_eq!(host(Client::builder().server(production).variable("region", "us")).await, "us.api.example.com:443");
    assert_eq!(host(Client::builder().server(servers::sandbox_example_com())).await, "sandbox.example.com:443");
    assert_eq!(host(Client::builder().server(servers::old())).await, "us.old.example.com:443");
    assert_eq!(host(Client::builder().server(servers::tenant().variable("tenant", "a"))).await, "a.example.com:443");
}

#[tokio::test]
async fn the_path_of_a_server_can_have_variables() {
    let root = |url: &str| servers::anywhere().variable("root", url);
    assert_eq!(url(root("http://a.example/b/c")).await, "http://a.example/b/c/api/things");
    let server = nothing();
    let client = |stage: &str| {
        let builder = Client::builder().base_url(format!("{}/base", server.url()));
        builder.server(servers::on_your_own_host().variable("stage", stage)).build().unwrap()
    };
    client("v1").list_things().await.unwrap();
    client("v2").list_things().await.unwrap();
    // The base URL takes the place of a server that is not relative.
    Client::builder().base_url(server.url()).variable("stage", "v3").build().unwrap().list_things().await.unwrap();
    let lines: Vec<_> = server.requests().into_iter().map(|request| request.line).collect();
    let expected = ["/base/relative/v1/things", "/base/relative/v2/things", "/things"];
    assert_eq!(lines, expected.map(|path| format!("GET {path} HTTP/1.1")));
}

#[tokio::test]
async fn operations_with_a_server_of_their_own_keep_it() {
    let proxy = RawServer::start(http("403 No", "", ""));
    let builder = Client::builder().server(servers::sandbox_example_com()).proxy(Proxy::new(proxy.url()));
    builder.retry(Retry::never()).build().unwrap().list_other().await.unwrap_err();
    assert_eq!(only(&proxy).line, "CONNECT other.example.com:443 HTTP/1.1");
}

#[tokio::test]
async fn values_that_the_document_does_not_allow_are_refused_and_not_quoted() {
    assert_eq!(
        refused(Client::builder().variable("regoin", "eu")),
        "the server `https://{region}.api.example.com:{port}/{stage}` has no variable `regoin`; it has `region`, `port`, `stage`"
    );
    assert_eq!(
        refused(Client::builder().variable("region", "secret")),
        "the variable `region` of the server must be one of `us`, `eu`, `ap-south`"
    );
    assert_eq!(
        refused(Client::builder().server(servers::sandbox_example_com()).variable("region", "secret")),
        "the server `https://sandbox.example.com` has no variable `region`"
    );
    for secret in ["evil.example/", "a@evil.example", "evil.example#", "evil.example?", "a\\b", ""] {
        let message = refused(Client::builder().server(servers::tenant().variable("tenant", secret)));
        assert_eq!(message, "the variable `tenant` of the server cannot be part of a host");
    }
    assert_eq!(
        refused(Client::builder().server(servers::tenant())),
        "the variable `tenant` of the server has no default; set it"
    );
    assert!(refused(Client::builder().variable("stage", "a?b")).contains("a query string"));
    assert!(!format!("{:?}", servers::tenant().variable("tenant", "secret")).contains("secret"));
    assert!(refused(Client::builder().server(servers::on_your_own_host())).contains("only the path of its server"));
}
