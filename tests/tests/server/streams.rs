//! Streams, and faults of them.

use frontline::http::StatusCode;
use frontline::testing::Fault;
use frontline::{Error, Response, Retry};

mod streamed {
    frontline::frontline_api!("specs/streams.yaml", warnings = false);
}

use streamed::server::{Examples, Server};

/// Serves texts as events.
async fn serve(texts: &'static [&'static str]) -> (Server<Examples>, streamed::Client) {
    let answer = move || async move { Ok(Response::new(texts.iter().map(|&text| text.to_owned()).collect())) };
    let server = Server::start(Examples::new().on_text(answer)).await.unwrap();
    let client = server.client_builder().retry(Retry::never()).build().unwrap();
    (server, client)
}

/// Reads the texts until the end or an error.
async fn read(client: &streamed::Client) -> (Vec<String>, Result<(), Error>) {
    let mut texts = Vec::new();
    let mut stream = match client.text().await {
        Ok(stream) => stream.into_inner(),
        Err(error) => return (texts, Err(error)),
    };
    loop {
        match stream.next_event().await {
            Ok(Some(event)) => texts.push(event.data),
            Ok(None) => return (texts, Ok(())),
            Err(error) => return (texts, Err(error)),
        }
    }
}

#[tokio::test]
async fn lines_of_events_come_out_equal() {
    let (_server, client) = serve(&["a\nb", "", " c ", "\n"]).await;
    let (texts, end) = read(&client).await;
    end.unwrap();
    assert_eq!(texts, ["a\nb", "", " c ", "\n"]);
}

#[tokio::test]
async fn a_text_that_events_have_no_notation_for_is_told() {
    for texts in [&["a\rb"][..], &["a", "b\r\nc"]] {
        let (_server, client) = serve(texts).await;
        let (_, end) = read(&client).await;
        let error = end.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR), "{error:?}");
        assert!(error.message().unwrap().contains("no notation for a carriage return"), "{error:?}");
    }
}

#[tokio::test]
async fn faults_reach_streams() {
    let (server, client) = serve(&["one", "two", "three", "four"]).await;
    server.fail_next(Fault::reset_in_body());
    let (texts, end) = read(&client).await;
    assert!(end.unwrap_err().is_connection());
    assert_eq!(texts, ["one", "two"]);
    server.fail_next(Fault::truncated());
    let (texts, _) = read(&client).await;
    assert_eq!(texts, ["one", "two"]);
    server.fail_next(Fault::content_type("text/html".parse().unwrap()));
    let (texts, end) = read(&client).await;
    assert!(end.unwrap_err().is_decode() && texts.is_empty());
    server.fail_next(Fault::status(StatusCode::CONFLICT));
    assert_eq!(read(&client).await.1.unwrap_err().status(), Some(StatusCode::CONFLICT));
    read(&client).await.1.unwrap();
}
