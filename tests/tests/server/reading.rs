//! Requests that a server reads in its own way, such as those of documents with mistakes.

use std::sync::Mutex;

use frontline::{Error, Response};

frontline::frontline_api!("specs/reading.yaml", mistakes = warn, warnings = false);

/// Remembers its arguments.
#[derive(Default)]
struct Seen(Mutex<Vec<String>>);

impl Seen {
    #[expect(clippy::unnecessary_wraps, reason = "the methods of a service return results")]
    fn see(&self, what: impl std::fmt::Debug) -> Result<Response<()>, Error> {
        self.0.lock().unwrap().push(format!("{what:?}"));
        Ok(Response::new(()))
    }
}

impl server::Service for Seen {
    async fn get_headers(&self, params: types::GetHeadersParams) -> Result<Response<()>, Error> {
        self.see(params.x_name)
    }

    async fn send_form(&self, body: types::SendFormRequest) -> Result<Response<()>, Error> {
        self.see(body)
    }

    async fn send_parts(&self, body: types::SendPartsRequest) -> Result<Response<()>, Error> {
        self.see(body.tags)
    }

    async fn get_pairs(&self, params: types::GetPairsParams) -> Result<Response<()>, Error> {
        self.see(params)
    }

    async fn get_file(&self, path: String) -> Result<Response<()>, Error> {
        self.see(path)
    }

    async fn get_thing(&self, id: String) -> Result<Response<()>, Error> {
        self.see(id)
    }

    async fn find(&self, name: String, text: String, list: Vec<i64>) -> Result<Response<()>, Error> {
        self.see((name, text, list))
    }

    async fn go_elsewhere(&self) -> Result<Response<()>, Error> {
        self.see("elsewhere")
    }
}

async fn start() -> (server::Server<Seen>, Client) {
    let server = server::Server::start(Seen::default()).await.unwrap();
    let client = server.client().unwrap();
    (server, client)
}

impl Seen {
    fn last(&self) -> String {
        self.0.lock().unwrap().pop().unwrap_or_default()
    }
}

#[tokio::test]
async fn headers_that_openapi_ignores_are_no_parameters_and_the_others_are_utf_8() {
    let (server, client) = start().await;
    client.get_headers().await.unwrap();
    assert_eq!(server.service().last(), "None");
    client.get_headers_with(&types::GetHeadersParams::new().x_name("Ünal")).await.unwrap();
    assert_eq!(server.service().last(), r#"Some("Ünal")"#);
}

#[tokio::test]
async fn properties_of_forms_are_read_by_their_encoding() {
    let (server, client) = start().await;
    let span = types::Span::new().from(1).to(2);
    let texts = || vec!["a,b".to_owned(), "c".to_owned()];
    let mut form = types::SendFormRequest::new().name("x").span(span.clone()).tags(texts()).names(texts());
    form.additional_properties.insert("more".into(), span);
    client.send_form(&form).await.unwrap();
    assert_eq!(server.service().last(), format!("{form:?}"));
}

#[tokio::test]
async fn lists_of_parts_by_another_name_and_parts_that_only_the_service_sets() {
    let (server, client) = start().await;
    client.send_parts(types::SendPartsRequest::new("x").tags(vec!["one".to_owned()])).await.unwrap();
    assert_eq!(server.service().last(), r#"Some(["one"])"#);
}

#[tokio::test]
async fn items_of_tuples_have_their_own_types_and_open_objects_only_what_no_other_parameter_has() {
    let (server, client) = start().await;
    let pair: types::Pair = serde_json::from_value(serde_json::json!({"it": [1.5, "2"]})).unwrap();
    let params = types::GetPairsParams::new().deep(pair).free([("a".to_owned(), "b".to_owned())].into());
    client.get_pairs_with(&params).await.unwrap();
    assert_eq!(server.service().last(), format!("{params:?}"));
}

#[tokio::test]
async fn paths_with_reserved_characters_and_undeclared_parameters_have_operations() {
    let (server, client) = start().await;
    client.get_file("a/b/c d").await.unwrap();
    assert_eq!(server.service().last(), r#""a/b/c d""#);
    client.get_thing("a/b").await.unwrap();
    assert_eq!(server.service().last(), r#""a/b""#);
    client.find("a", "b&c", &vec![1, 2]).await.unwrap();
    assert_eq!(server.service().last(), r#"("a", "b&c", [1, 2])"#);
    client.go_elsewhere().await.unwrap();
    assert_eq!(server.service().last(), r#""elsewhere""#);
}
