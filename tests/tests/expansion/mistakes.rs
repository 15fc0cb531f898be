//! `mistakes = warn`: a mistake costs only the part of the document that it is in.

use frontline::Response;
use serde_json::{Value, json};

use crate::{answering, round_trip};

frontline::frontline_api!("specs/mistakes.yaml", mistakes = warn, warnings = false);

use types::{AllOfObject, Both, Circle, Food, Heir, ListPetsParams, Pet, SameTwiceParams, Shifted};

#[test]
fn what_cannot_be_read_becomes_a_json_value() {
    let json = json!({
        "name": "Rex", "owner": {"name": "Ada"}, "kinds": ["dog", 1], "food": {"fresh": true}, "both": "a",
        "heir": {"b": 1}, "file": [1], "broken": 2.5, "shifted": {"a": 1}, "object": false
    });
    let pet: Pet = round_trip(&json);
    let (owner, kinds): (Option<Value>, Option<Vec<Value>>) = (pet.owner.into(), pet.kinds);
    assert_eq!((owner.unwrap()["name"].as_str(), kinds.unwrap().len()), (Some("Ada"), 2));
    let (file, broken): (Option<Value>, Option<Value>) = (pet.file.into(), pet.broken.into());
    assert_eq!((file, broken), (Some(json!([1])), Some(json!(2.5))));
    let values: [Value; 6] = [
        Food::default(),
        Both::default(),
        Heir::default(),
        Shifted::default(),
        AllOfObject::default(),
        Circle::default(),
    ];
    assert!(values.iter().all(Value::is_null));
}

#[test]
fn keys_that_only_annotate_are_ignored() {
    // `required` is not a list, so nothing is required.
    assert_eq!(round_trip::<Pet>(&json!({})).name, None);
}

#[tokio::test]
async fn operations_keep_what_can_be_read() {
    let server = answering("200 OK", r#"[{"name": "Rex"}]"#);
    let client = Client::builder().base_url(server.url()).bearer_token("abc").build().unwrap();
    let pets = client.list_pets_with(&ListPetsParams::new().limit(json!(3))).await.unwrap();
    assert_eq!(pets[0].name.as_deref(), Some("Rex"));
    // A response that is not defined, and a body whose other media types cannot be sent.
    let added: Response<Value> = client.add_pet(Some(&Pet::new())).await.unwrap();
    assert_eq!(added[0]["name"], "Rex");
    client.same_twice_with(&SameTwiceParams::new().kind("dog")).await.unwrap();
    let lines: Vec<String> = server.requests().into_iter().map(|request| request.line).collect();
    assert_eq!(lines, ["GET /pets?limit=3 HTTP/1.1", "POST /pets HTTP/1.1", "GET /twice?kind=dog HTTP/1.1"]);
}

#[tokio::test]
async fn schemes_that_are_not_defined_are_not_used() {
    let server = answering("204 No Content", "");
    let client = Client::builder().base_url(server.url()).bearer_token("abc").build().unwrap();
    client.replace_pets().await.unwrap();
    client.remove_pets().await.unwrap();
    client.change_pets().await.unwrap();
    let bearer = ("authorization".to_owned(), "Bearer abc".to_owned());
    let sent: Vec<bool> = server.requests().iter().map(|request| request.headers.contains(&bearer)).collect();
    assert_eq!(sent, [false, false, true]);
}

/// Methods that are called only if the client has no methods with these names.
trait Absent {
    fn without_scopes(&self) {}
    fn twice_in_path(&self) {}
    fn without_parameter(&self) {}
    fn without_body(&self) {}
    fn two_meanings(&self) {}
    fn without_server(&self) {}
    fn without_slash(&self) {}
}

impl Absent for Client {}

#[test]
fn operations_that_cannot_be_made_are_left_out() {
    let client = Client::builder().base_url("https://pets.example").build().unwrap();
    let absent: [(); 7] = [
        client.without_scopes(),
        client.twice_in_path(),
        client.without_parameter(),
        client.without_body(),
        client.two_meanings(),
        client.without_server(),
        client.without_slash(),
    ];
    assert_eq!(absent.len(), 7);
}

#[test]
fn errors_that_an_operation_shares_with_one_that_is_left_out_stay() {
    let error = frontline::Error::from_status(frontline::http::StatusCode::IM_A_TEAPOT, r#""tea""#);
    assert_eq!(error.of::<errors::FailsTheSame>(), errors::FailsTheSame::Default("tea".to_owned()));
}
