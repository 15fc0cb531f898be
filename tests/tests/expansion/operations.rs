//! Operations: their arguments, their requests, and their responses.

use frontline::private::Api;
use frontline_tests::{RawRequest, RawServer};
use serde_json::json;

use crate::{answering, decode, encode};

frontline::frontline_api!("specs/operations.yaml");

use types::{ListPetsParams, ListPetsType, NewPet, Pet, PetsFeedOneRequest, Size};

/// Returns a server that answers with `body`, and a client for it.
fn pair(status: &str, body: &str) -> (RawServer, Client) {
    let server = answering(status, body);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    (server, client)
}

fn only(server: &RawServer) -> RawRequest {
    let [request] = server.requests().try_into().expect("one request was sent");
    request
}

fn header<'a>(request: &'a RawRequest, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

#[test]
fn the_server_url_contains_the_defaults_of_its_variables() {
    assert_eq!(Client::SERVER, Some("https://eu.example.com:8443"));
}

/// The path's own server uses `http`. The error about that shows that its URL was used.
#[tokio::test]
async fn a_path_can_have_its_own_server() {
    let client = Client::builder().build().unwrap();
    let error = client.feed("a", 1, &PetsFeedOneRequest::new(0.5)).await.unwrap_err();
    assert_eq!(error.kind(), frontline::ErrorKind::Configuration, "{error}");
}

#[tokio::test]
async fn all_parameters_outside_the_path_are_in_one_struct() {
    let (server, client) = pair("200 OK", r#"[{"id": 1}]"#);
    // The operation overrides the path's `limit` and inherits its `tenant`.
    let params = ListPetsParams::new(5_i32)
        .x_tenant("acme")
        .tag(vec!["a&b".to_owned(), "c".to_owned()])
        .born_before("2026")
        .r#type(ListPetsType::Cat);
    let pets: Vec<Pet> = client.list_pets(&params).await.unwrap().into_inner();
    assert_eq!(pets[0].id, Some(1));
    let request = only(&server);
    assert_eq!(request.line, "GET /pets?limit=5&tag=a%26b&tag=c&Born%3C=2026&type=cat HTTP/1.1");
    assert_eq!(header(&request, "x-tenant"), Some("acme"));
    assert_eq!(request.body, "");
}

#[tokio::test]
async fn unset_parameters_are_not_sent() {
    let (server, client) = pair("200 OK", "[]");
    client.list_pets(&ListPetsParams::new(0)).await.unwrap();
    let request = only(&server);
    assert_eq!(request.line, "GET /pets?limit=0 HTTP/1.1");
    assert_eq!(header(&request, "x-tenant"), None);
}

#[tokio::test]
async fn a_required_json_body_is_an_argument() {
    let (server, client) = pair("201 Created", r#"{"id": 1, "name": "Ada"}"#);
    let pet = client.add_pet(&NewPet::new("Ada").size(Size::Large)).await.unwrap();
    assert_eq!((pet.status().as_u16(), pet.id), (201, Some(1)));
    let request = only(&server);
    assert_eq!(request.line, "POST /stock HTTP/1.1");
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    assert_eq!(request.body, r#"{"name":"Ada","size":"large"}"#);
}

#[tokio::test]
async fn an_optional_json_body_is_an_option() {
    let (server, client) = pair("204 No Content", "");
    client.replace_pets(None).await.unwrap();
    client.replace_pets(Some(&vec![NewPet::new("Ada")])).await.unwrap();
    let requests = server.requests();
    let bodies: Vec<_> = requests.iter().map(|each| (header(each, "content-type"), each.body.as_str())).collect();
    assert_eq!(bodies, [(None, ""), (Some("application/json; charset=utf-8"), r#"[{"name":"Ada"}]"#)]);
}

#[tokio::test]
async fn path_parameters_precede_the_form_in_the_order_of_the_path() {
    let (server, client) = pair("200 OK", "");
    let form = PetsFeedOneRequest::new(0.5).notes(vec!["slowly".to_owned(), "twice".to_owned()]);
    let fed: frontline::Response<()> = client.feed("a/b", 2, &form).await.unwrap();
    assert_eq!(fed.status().as_u16(), 200);
    let request = only(&server);
    assert_eq!(request.line, "POST /pets/a%2Fb/feed/2 HTTP/1.1");
    assert_eq!(header(&request, "content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.body, "Amount=0.5&Notes=slowly&Notes=twice");
}

#[tokio::test]
#[expect(deprecated, reason = "the document says that it is")]
async fn an_operation_without_an_id_is_named_after_its_method_and_path() {
    let (server, client) = pair("204 No Content", "");
    client.delete_move().await.unwrap();
    assert_eq!(only(&server).line, "DELETE /move HTTP/1.1");
}

#[test]
fn constructors_take_only_required_properties() {
    assert_eq!(encode(&NewPet::new("Ada")), json!({"name": "Ada"}));
    assert_eq!(decode::<NewPet>(json!({"name": "Ada", "size": null, "more": 1})), NewPet::new("Ada"));
}
