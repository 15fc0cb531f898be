//! The raw request for each kind of body.

use frontline::{ByteStream, File};
use frontline_tests::{RawServer, http};
use serde_json::json;

use crate::wire::{Client, types};
use crate::{header, nothing, only};

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

fn colors() -> Vec<String> {
    vec!["blue".into(), "a,b|c d".into()]
}

#[tokio::test]
async fn forms_repeat_the_names_of_lists_unless_an_encoding_joins_them() {
    let server = nothing();
    let form = types::SendFormRequest::new()
        .tag(colors())
        .attributes([("k".to_owned(), json!(1))].into())
        .joined(vec!["x".into(), "y".into()]);
    let answer = client(&server).send_form(&form).await.unwrap();
    assert_eq!(answer.into_inner(), None);
    let request = only(&server);
    assert_eq!(header(&request, "content-type").as_deref(), Some("application/x-www-form-urlencoded"));
    let pairs: Vec<(String, String)> = form_urlencoded::parse(request.body.as_bytes()).into_owned().collect();
    let expected = [("Tag", "blue"), ("Tag", "a,b|c d"), ("Attributes", r#"{"k":1}"#), ("Joined", "x,y")];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn form_properties_use_the_style_of_their_encoding() {
    let server = nothing();
    let range = || types::Range::new(1).to(2);
    let form = types::SendStyledFormRequest::new()
        .spaces(vec!["blue".to_owned(), "a,b|c".to_owned()])
        .pipes(vec!["blue".to_owned(), "a,b c".to_owned()])
        .deep(range())
        .exploded(range())
        .joined(range())
        .json(colors())
        .plain("a=b&c+d")
        .ranges(vec![range(), types::Range::new(3)]);
    client(&server).send_styled_form(&form).await.unwrap();
    let body = only(&server).body;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let expected = [
        ("Spaces", "blue a,b|c"),
        ("Pipes", "blue|a,b c"),
        ("Deep[from]", "1"),
        ("Deep[to]", "2"),
        ("from", "1"),
        ("to", "2"),
        ("Joined", "from,1,to,2"),
        ("Json", r#"["blue","a,b|c d"]"#),
        ("Plain", "a=b&c+d"),
        ("Ranges", r#"{"from":1,"to":2}"#),
        ("Ranges", r#"{"from":3}"#),
    ];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let divided = types::SendStyledFormRequest::new().pipes(colors());
    assert!(client(&server).send_styled_form(&divided).await.unwrap_err().is_invalid_argument());
}

#[tokio::test]
async fn optional_bodies_of_each_kind_can_be_omitted() {
    let server = nothing();
    let client = client(&server);
    client.send_text(None).await.unwrap();
    client.send_text(Some("a,b")).await.unwrap();
    client.send_bytes(None).await.unwrap();
    client.send_bytes(Some(ByteStream::from("any"))).await.unwrap();
    client.send_anything(None).await.unwrap();
    for body in [
        types::Range::new(1).into(),
        types::Cat::new().lives(9).into(),
        types::SendAnythingBody::Bytes(ByteStream::from("any")),
    ] {
        client.send_anything(Some(body)).await.unwrap();
    }
    let requests = server.requests();
    let sent: Vec<_> =
        requests.iter().map(|request| (header(request, "content-type"), request.body.as_str())).collect();
    let of = |media: &str, body| (Some(media.to_owned()), body);
    assert_eq!(
        sent,
        [
            (None, ""),
            of("text/csv", "a,b"),
            (None, ""),
            of("application/octet-stream", "any"),
            (None, ""),
            of("application/merge-patch+json", r#"{"from":1}"#),
            of("application/x-www-form-urlencoded", "lives=9"),
            of("application/octet-stream", "any"),
        ]
    );
}

#[tokio::test]
async fn the_type_of_the_argument_selects_the_media_type() {
    let server = RawServer::start(http("200 OK", "Content-Type: text/plain\r\n", "done"));
    let client = client(&server);
    assert_eq!(client.send_either(types::Range::new(1)).await.unwrap().into_inner(), "done");
    client.send_either("ä".to_owned()).await.unwrap();
    let requests = server.requests();
    let sent = |index: usize| (header(&requests[index], "content-type").unwrap(), requests[index].body.clone());
    assert_eq!(sent(0), ("application/json".into(), r#"{"from":1}"#.into()));
    assert_eq!(sent(1), ("text/plain".into(), "ä".into()));
}

#[tokio::test]
async fn text_is_decoded_in_the_charset_that_the_server_names() {
    for (charset, expected) in [("utf-8", Ok("ü")), ("ISO-8859-1", Ok("Ã¼")), ("utf-16", Err("the charset `utf-16`"))]
    {
        let server = RawServer::start(http("200 OK", &format!("Content-Type: text/plain; charset={charset}\r\n"), "ü"));
        let read = client(&server).send_either(String::new()).await;
        match expected {
            Ok(text) => assert_eq!(read.unwrap().into_inner(), text),
            Err(what) => assert!(read.unwrap_err().to_string().contains(what)),
        }
    }
}

#[tokio::test]
async fn variants_of_a_body_enum_select_the_media_type() {
    use types::SendAlikeBody;
    let server = nothing();
    let client = client(&server);
    for body in [
        SendAlikeBody::Json(colors()),
        SendAlikeBody::Json2(colors()),
        SendAlikeBody::Json3(vec!["red".to_owned()]),
        SendAlikeBody::Json4("red".to_owned()),
        SendAlikeBody::Text("red".to_owned()),
        types::Range::new(1).into(),
        ByteStream::from("any").into(),
    ] {
        client.send_alike(body).await.unwrap();
    }
    let requests = server.requests();
    let sent: Vec<_> =
        requests.iter().map(|request| (header(request, "content-type").unwrap(), request.body.as_str())).collect();
    let expected = [
        ("application/json", r#"["blue","a,b|c d"]"#),
        ("application/vnd.names+json", r#"["blue","a,b|c d"]"#),
        ("application/vnd.list+json", r#"["red"]"#),
        ("application/vnd.text+json", r#""red""#),
        ("text/plain", "red"),
        ("application/x-www-form-urlencoded", "from=1"),
        ("application/octet-stream", "any"),
    ];
    assert_eq!(sent, expected.map(|(media, body)| (media.to_owned(), body)));
}

#[tokio::test]
async fn the_value_decides_whether_a_part_is_text_or_json() {
    let strategy = |strategy| types::SendMixedRequest::new().strategy(strategy);
    let limit = types::SendMixedRequestStrategyObject::new(3);
    for (form, expected) in [
        (strategy(types::SendMixedRequestStrategy::Text("auto".into())), "name=\"strategy\"\r\n\r\nauto\r\n"),
        (
            strategy(types::SendMixedRequestStrategy::Object(limit)),
            "name=\"strategy\"\r\nContent-Type: application/json\r\n\r\n{\"limit\":3}\r\n",
        ),
        (types::SendMixedRequest::new().any(json!("auto")), "name=\"any\"\r\n\r\nauto\r\n"),
    ] {
        let server = RawServer::start(http("204 No Content", "", ""));
        client(&server).send_mixed(form).await.unwrap();
        let request = only(&server);
        assert!(header(&request, "content-type").unwrap().starts_with("multipart/mixed; boundary=frontline-"));
        assert!(request.body.contains(expected), "{}", request.body);
    }
}

#[tokio::test]
async fn parts_that_the_document_does_not_list_are_a_map() {
    let server = RawServer::start(http("204 No Content", "", ""));
    let parts = [("a".to_owned(), "1".to_owned())].into();
    client(&server).send_mixed(types::SendMixedRequest::new().additional_properties(parts)).await.unwrap();
    let body = only(&server).body;
    assert!(body.contains("form-data; name=\"a\"\r\n\r\n1\r\n"), "{body}");

    let server = RawServer::start(http("204 No Content", "", ""));
    let files = [("b".to_owned(), File::new("2").named("b.txt"))].into();
    client(&server).send_attachments(types::SendAttachmentsRequest::new().additional_properties(files)).await.unwrap();
    let body = only(&server).body;
    assert!(body.contains("form-data; name=\"b\"; filename=\"b.txt\"\r\n"), "{body}");
}

#[tokio::test]
async fn files_arrive_with_name_and_media_type() {
    let server = RawServer::start(http("200 OK", "", "\0\u{1}"));
    let file = File::new("content\r\n--x").named("a \"b\".txt").of_type("text/plain");
    let others = vec![File::new("1").named("1"), File::new(ByteStream::from("2")).named("2")];
    let form = types::UploadRequest::new(file).title("Title").range(types::Range::new(1)).others(others);
    let form = form.tags(colors()).level(types::UploadRequestLevel::High);
    let form = form.photo("png").labels(colors()).note("any");
    let form = form.cover("1").shots(vec![File::new("2"), File::new("3")]).wrapped("4").either(vec![File::new("5")]);
    let form = form.empty("6");
    let answer = client(&server).upload(form).await.unwrap().into_inner();
    assert_eq!(&answer.collect(2).await.unwrap()[..], b"\0\x01");
    let request = only(&server);
    let boundary = multer::parse_boundary(header(&request, "content-type").unwrap()).unwrap();
    let body = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(request.body.clone())]);
    let mut parts = multer::Multipart::new(body, boundary);
    let mut found = Vec::new();
    while let Some(part) = parts.next_field().await.unwrap() {
        let name = part.name().unwrap().to_owned();
        let file_name = part.file_name().map(ToOwned::to_owned);
        let media = part.content_type().map(ToString::to_string);
        let text: String = part.text().await.unwrap();
        found.push((name, file_name, media, text));
    }
    let expected = [
        ("file", Some("a %22b%22.txt"), Some("text/plain"), "content\r\n--x"),
        ("title", None, None, "Title"),
        ("range", None, Some("application/json"), r#"{"from":1}"#),
        ("others", Some("1"), Some("application/octet-stream"), "1"),
        ("others", Some("2"), Some("application/octet-stream"), "2"),
        ("tags", None, None, "blue"),
        ("tags", None, None, "a,b|c d"),
        ("level", None, None, "high"),
        ("photo", Some("file"), Some("image/png"), "png"),
        ("labels", None, Some("application/json"), r#"["blue","a,b|c d"]"#),
        ("note", None, None, "any"),
        ("cover", Some("file"), Some("application/octet-stream"), "1"),
        ("shots", Some("file"), Some("application/octet-stream"), "2"),
        ("shots", Some("file"), Some("application/octet-stream"), "3"),
        ("wrapped", Some("file"), Some("application/octet-stream"), "4"),
        ("either", Some("file"), Some("application/octet-stream"), "5"),
        ("empty", Some("file"), Some("application/octet-stream"), "6"),
    ];
    let found: Vec<_> = found
        .iter()
        .map(|(name, file, media, text)| (name.as_str(), file.as_deref(), media.as_deref(), text.as_str()))
        .collect();
    assert_eq!(found, expected);
}
