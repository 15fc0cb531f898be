use base64::{Engine as _, prelude::BASE64_STANDARD};
use http_body_util::BodyExt;
use serde_json::{Value, json};

use super::{ACCOUNT_SID, AUTH_TOKEN, Users};

const FORM: &str = "application/x-www-form-urlencoded";

async fn ask(users: &Users, method: &str, path: &str, content_type: &str, body: &str) -> (u16, Value) {
    let credentials = format!("{ACCOUNT_SID}:{AUTH_TOKEN}");
    let authorization = format!("Basic {}", BASE64_STANDARD.encode(credentials));
    let request = http::Request::builder()
        .method(method)
        .uri(path)
        .header("Authorization", authorization)
        .header("Content-Type", content_type)
        .body(())
        .unwrap();
    let answer = super::answer(users, &request.into_parts().0, body.as_bytes());
    let status = answer.status().as_u16();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

fn ada() -> Users {
    let users = Users::new("http://127.0.0.1:1".to_owned());
    users.add("ada@example.com".to_owned());
    users
}

#[tokio::test]
async fn a_user_is_found_by_sid_and_by_identity() {
    let users = ada();
    let (status, by_identity) = ask(&users, "GET", "/v1/Users/ada%40example.com", "", "").await;
    assert_eq!(status, 200);
    let sid = by_identity["sid"].as_str().unwrap();
    assert_eq!(sid.len(), 34);
    assert_eq!(ask(&users, "GET", &format!("/v1/Users/{sid}"), "", "").await, (200, by_identity.clone()));
    assert_eq!(by_identity["url"], format!("http://127.0.0.1:1/v1/Users/{sid}"));
}

#[tokio::test]
async fn a_form_changes_what_it_names() {
    let users = ada();
    let form = "FriendlyName=Ada+L%C3%B6v&State=deactivated&IsAvailable=true";
    let (status, user) =
        ask(&users, "POST", "/v1/Users/ada@example.com", &format!("{FORM}; charset=UTF-8"), form).await;
    assert_eq!(status, 200);
    assert_eq!(user["friendly_name"], "Ada Löv");
    assert_eq!(
        (&user["state"], &user["is_available"], &user["avatar"]),
        (&json!("deactivated"), &json!(true), &json!(""))
    );
    assert_eq!(ask(&users, "GET", "/v1/Users/ada@example.com", "", "").await.1, user);
}

#[tokio::test]
async fn a_form_with_a_mistake_changes_nothing() {
    let users = ada();
    for (content_type, form) in [
        ("application/json", "{}"),
        (FORM, "Avatar=x&friendly_name=y"),
        (FORM, "Avatar=x&State=gone"),
        (FORM, "Avatar=x&IsAvailable=True"),
        (FORM, "Avatar=x&Avatar=y"),
    ] {
        let (status, error) = ask(&users, "POST", "/v1/Users/ada@example.com", content_type, form).await;
        assert_eq!((status, &error["code"], &error["status"]), (400, &json!(20001), &json!(400)), "{form}");
        assert_eq!(ask(&users, "GET", "/v1/Users/ada@example.com", "", "").await.1["avatar"], "");
    }
}

#[tokio::test]
async fn other_paths_and_methods_are_refused() {
    let users = ada();
    for path in [
        "/",
        "/v1/Users/",
        "/v1/Users/bob",
        "/v1/Users/ada@example.com/x",
        "/v2/Users/ada@example.com",
        "/v1/Users/%ff",
    ] {
        let (status, error) = ask(&users, "GET", path, "", "").await;
        assert_eq!((status, &error["code"]), (404, &json!(20404)), "{path}");
    }
    let (status, error) = ask(&users, "DELETE", "/v1/Users/ada@example.com", "", "").await;
    assert_eq!((status, &error["code"]), (405, &json!(20004)));
}

#[test]
fn without_the_right_credentials_nothing_is_told() {
    for value in ["", "Basic", "Basic QUM6eA==", "Bearer x"] {
        let request = http::Request::get("/v1/Users/bob").header("Authorization", value).body(()).unwrap();
        let answer = super::answer(&ada(), &request.into_parts().0, b"");
        assert_eq!(answer.status().as_u16(), 401);
        assert!(answer.headers().contains_key("www-authenticate"));
    }
}

#[test]
fn debug_names_no_user() {
    assert_eq!(format!("{:?}", ada()), "[1 users]");
}
