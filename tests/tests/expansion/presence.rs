//! Properties that occur only in requests or only in responses, and properties that can be absent, null, or set.

use frontline::Nullable;
use serde_json::json;

use crate::{answering, decode, encode, round_trip};

frontline::frontline_api!("specs/presence.yaml");

use types::{AddPhotoRequest, Address, Change, Form, Login, Person, Report};

#[tokio::test]
async fn one_schema_serves_requests_and_responses() {
    let server = answering("201 Created", r#"{"id": 7, "name": "Ada", "created": "2026-01-02"}"#);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let person: Person = client.add_person(&Person::new("Ada", "secret")).await.unwrap().into_inner();
    assert_eq!(server.requests()[0].body, r#"{"name":"Ada","password":"secret"}"#);
    assert_eq!((person.id, person.password), (Some(7), None));
    assert_eq!(person.created.unwrap().to_string(), "2026-01-02");
    // A read-only property is not `Nullable`, because requests never contain it.
    assert_eq!(decode::<Person>(json!({"name": "Ada", "seen": null})).seen, None);
}

/// These methods are called only if the struct has no setters with these names.
trait ReadOnly: Sized {
    fn id(self, _: i64) -> &'static str {
        "no setter"
    }

    fn created(self, _: &str) -> &'static str {
        "no setter"
    }
}

impl ReadOnly for Person {}

#[test]
fn read_only_properties_have_no_setter() {
    assert_eq!((Person::new("a", "b").id(1), Person::new("a", "b").created("c")), ("no setter", "no setter"));
}

#[test]
fn properties_are_required_in_structs_of_one_direction() {
    let login = Login::new("Ada", "secret");
    let password: String = login.password.clone();
    assert_eq!(encode(&login), json!({"name": "Ada", "password": password}));
    let report: Report = round_trip(&json!({"id": 7}));
    let (id, note): (i64, Option<String>) = (report.id, report.note);
    assert_eq!((id, note), (7, None));
    assert!(serde_json::from_value::<Report>(json!({})).is_err());
    let photo = AddPhotoRequest::new(frontline::File::new("x"));
    let (id, note): (Option<String>, Option<String>) = (photo.id, photo.note);
    assert_eq!((id, note), (None, None));
}

#[tokio::test]
async fn absent_null_and_set_are_distinguished() {
    let server = answering("200 OK", r#"{"state": null, "nickname": null, "age": 36}"#);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let address = Address::new().street("Here").parent(Box::new(Address::new().street(None)));
    let change = Change::new().nickname("Ada").age(36).score(None).address(address);
    let changed = client.change_person(&change).await.unwrap().into_inner();
    assert_eq!(
        server.requests()[0].body,
        r#"{"state":null,"nickname":"Ada","age":36,"score":null,"address":{"street":"Here","parent":{"street":null}}}"#
    );
    assert_eq!((&changed.nickname, &changed.age), (&Nullable::Null, &Nullable::Value(36)));
    assert!(changed.score.is_absent() && changed.email.value().is_none());
    client.change_person(&changed).await.unwrap();
    assert_eq!(server.requests()[1].body, r#"{"state":null,"nickname":null,"age":36}"#);
}

#[test]
fn absent_null_and_set_round_trip() {
    for json in [
        json!({"state": null}),
        json!({"state": "a", "nickname": null, "age": null, "score": null, "email": null}),
        json!({"state": "a", "nickname": "b", "age": 1, "score": 0.5, "email": "c", "title": "d"}),
    ] {
        let _: Change = round_trip(&json);
    }
    // Numbers are also read from strings.
    assert_eq!(decode::<Change>(json!({"state": null, "score": "0.5"})).score, Nullable::Value(0.5));
}

#[test]
fn setters_accept_values_and_options() {
    let text = Some("Ada".to_owned());
    let change = Change::new().nickname(text.clone()).email(String::from("ada@example.com")).title("Dr");
    assert_eq!((Option::from(change.nickname.clone()), change.title.as_deref()), (text, Some("Dr")));
    assert!(format!("{change:?}").contains("email: Some([redacted])"), "{change:?}");
}

#[test]
fn forms_have_no_nullable_properties() {
    let nickname: Option<String> = Form::new().nickname("Ada").nickname;
    assert_eq!(nickname.as_deref(), Some("Ada"));
}
