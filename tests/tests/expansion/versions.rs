//! Methods without optional parameters, and with them. An operation that gets optional parameters keeps its methods.

use futures_util::StreamExt;

use crate::answering;

mod released {
    frontline::frontline_api!("specs/released.yaml");
}

mod extended {
    frontline::frontline_api!("specs/extended.yaml");
}

/// A program that uses the client of either document, and returns what it sent.
macro_rules! program {
    ($client:ident) => {{
        let server = answering("200 OK", r#"{"things": ["a"]}"#);
        let client = $client::Client::builder().base_url(server.url()).build().unwrap();
        client.list().await.unwrap();
        assert_eq!(client.list_stream().next().await.unwrap().unwrap(), "a");
        client.read("7").await.unwrap_err();
        client.read_stream("7").await.unwrap();
        client.rename("7", "new").await.unwrap();
        client.list_with().await.unwrap();
        let blocking = $client::Client::builder().base_url(server.url()).build().unwrap().blocking().unwrap();
        tokio::task::spawn_blocking(move || blocking.list().unwrap()).await.unwrap();
        server.requests().into_iter().map(|request| request.line).collect::<Vec<_>>()
    }};
}

#[tokio::test]
async fn optional_parameters_can_be_added_without_breaking_programs() {
    let sent = program!(released);
    assert_eq!(sent.len(), 7);
    assert_eq!(sent, program!(extended));
}

#[tokio::test]
async fn methods_with_optional_parameters_send_them() {
    use extended::types::{ListParams, ReadParams, RenameParams};
    let server = answering("200 OK", r#"{"things": ["a"]}"#);
    let client = extended::Client::builder().base_url(server.url()).build().unwrap();
    let params = ListParams::new().filter("x");
    // Another operation has the name `list_with`.
    client.list_with2(&params).await.unwrap();
    assert_eq!(client.list_stream_with(&params).next().await.unwrap().unwrap(), "a");
    client.read_with("7", &ReadParams::new().version(2)).await.unwrap_err();
    client.read_stream_with("7", &ReadParams::new().version(3)).await.unwrap();
    client.rename_with("7", &RenameParams::new().x_reason("typo"), "new").await.unwrap();
    let requests = server.requests();
    let lines: Vec<&str> = requests.iter().map(|request| request.line.as_str()).collect();
    let list = "GET /things?filter=x HTTP/1.1";
    let expected =
        [list, list, "GET /things/7?version=2 HTTP/1.1", "GET /things/7?version=3 HTTP/1.1", "POST /things/7 HTTP/1.1"];
    assert_eq!(lines, expected);
    let renamed = requests.last().unwrap();
    assert!(renamed.headers.contains(&("x-reason".to_owned(), "typo".to_owned())), "{:?}", renamed.headers);
    assert_eq!(renamed.body, "new");
}
