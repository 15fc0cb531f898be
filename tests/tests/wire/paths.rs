//! Raw requests of paths that contain a query or a fragment.

use std::time::Duration;

use frontline::{CallOptions, Retry};
use frontline_tests::{RawServer, http};

mod api {
    frontline::frontline_api!("specs/paths.yaml", warnings = false);
}

mod relative {
    frontline::frontline_api!("specs/relative.yaml");
}

use api::Client;
use api::types::{CopyParams, FetchParams, PostTokenBetaTrueParams, SearchParams};

fn nothing() -> RawServer {
    RawServer::start(http("204 No Content", "", ""))
}

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

fn lines(server: &RawServer) -> Vec<String> {
    server.requests().iter().map(|request| request.line.replace(" HTTP/1.1", "")).collect()
}

#[tokio::test]
async fn fragments_in_paths_are_not_sent() {
    let server = nothing();
    client(&server).post_token().await.unwrap();
    client(&server).post_token_refresh_soon().await.unwrap();
    assert_eq!(lines(&server), ["POST /token", "POST /token"]);
}

#[tokio::test]
async fn the_query_of_a_path_precedes_parameters_and_credentials() {
    let server = RawServer::start_script([http("429 Too Many Requests", "", ""), http("204 No Content", "", "")]);
    let client = Client::builder()
        .base_url(format!("{}/base", server.url()))
        .api_key("key", "a&b")
        .retry(Retry::new().delays(Duration::ZERO, Duration::ZERO))
        .build()
        .unwrap();
    client.post_token_beta_true_with(&PostTokenBetaTrueParams::new().scope("x y")).await.unwrap();
    assert_eq!(lines(&server), ["POST /base/token?beta=true&scope=x%20y&key=a%26b"; 2]);
}

#[tokio::test]
async fn arguments_in_the_query_of_a_path_can_be_any_text() {
    let server = nothing();
    let client = client(&server);
    let params = FetchParams::new();
    let lists = vec!["a,b".to_owned(), "ü".to_owned()];
    client.fetch_with("7", "n", "&x=1#?", &lists, &params).await.unwrap();
    for number in ["", ".", ".."] {
        client.fetch_with("7", "n", number, &Vec::new(), &FetchParams::new().page(2)).await.unwrap();
    }
    assert_eq!(
        lines(&server),
        [
            "GET /it's/7/n?type=it%27s%20any&number=%26x%3D1%23%3F&a%2Cb,%C3%BC",
            "GET /it's/7/n?type=it%27s%20any&number=&&page=2",
            "GET /it's/7/n?type=it%27s%20any&number=.&&page=2",
            "GET /it's/7/n?type=it%27s%20any&number=..&&page=2",
        ]
    );
    assert!(client.fetch_with("..", "n", "1", &lists, &params).await.unwrap_err().is_invalid_argument());
    assert!(client.fetch_with("7", "", "1", &lists, &params).await.unwrap_err().is_invalid_argument());
}

#[tokio::test]
async fn a_declared_query_parameter_is_sent_only_once() {
    let server = nothing();
    let client = client(&server);
    client.search_with("a b", &SearchParams::new()).await.unwrap();
    let tags = vec!["x".to_owned(), "y".to_owned()];
    client.search_with("a+b", &SearchParams::new().limit(5).tags(tags).lang("en")).await.unwrap();
    client.copy_with("7", &CopyParams::new().id("8")).await.unwrap();
    assert_eq!(
        lines(&server),
        ["GET /search?exact&q=a%20b", "GET /search?exact&q=a%2Bb&limit=5&tags=x&tags=y&lang=en", "PUT /7/copy?id=8",]
    );
}

#[tokio::test]
async fn a_further_page_has_only_the_query_of_its_url() {
    let page = |body| http("200 OK", "Content-Type: application/json\r\n", body);
    let server = RawServer::start_script([
        page(r#"{"ranges": [1], "next_page_uri": "/ranges?page=2"}"#),
        page(r#"{"ranges": [2], "next_page_uri": null}"#),
    ]);
    let mut items = client(&server).list_ranges_stream();
    let mut found = Vec::new();
    while let Some(item) = items.next_item().await.unwrap() {
        found.push(item);
    }
    assert_eq!(found, [1, 2]);
    assert_eq!(lines(&server), ["GET /ranges?sort=up", "GET /ranges?page=2"]);
}

#[tokio::test]
async fn the_path_of_a_relative_server_follows_the_base_url() {
    let error = relative::Client::builder().build().unwrap_err();
    assert_eq!(error.to_string(), "the document names only the path of its server; set `base_url`");
    for (base, paths) in [
        ("", ["/api/v2/pets", "/ping"]),
        ("/", ["/api/v2/pets", "/ping"]),
        ("/proxy", ["/proxy/api/v2/pets", "/proxy/ping"]),
        // The user has already appended the path of the document's server.
        ("/proxy/api/v2/", ["/proxy/api/v2/pets", "/proxy/ping"]),
    ] {
        let server = nothing();
        let base = format!("{}{base}", server.url());
        let client = relative::Client::builder().base_url(&base).build().unwrap();
        client.list_pets().await.unwrap();
        client.ping().await.unwrap();
        let elsewhere = relative::Client::builder().base_url("http://127.0.0.1:1").build().unwrap();
        elsewhere.with(CallOptions::new().base_url(&base)).list_pets().await.unwrap();
        let [pets, ping] = paths.map(|path| format!("GET {path}"));
        assert_eq!(lines(&server), [pets.clone(), ping, pets]);
    }
}
