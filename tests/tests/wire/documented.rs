//! The errors and redirects that a document describes, read by status.

use frontline::http::StatusCode;
use frontline::{Error, Redirection};
use frontline_tests::{RawServer, http};

mod api {
    // Errors of two operations would have the same name, which is no reason for a warning.
    frontline::frontline_api!("specs/errors.yaml", warnings = false);
}

use api::{Client, errors, types};

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).retry(frontline::Retry::never()).build().unwrap()
}

/// The error of deleting a pet, for which the document describes exact statuses, ranges and a default.
async fn delete(status: &str, body: &str) -> Error {
    client(&RawServer::start(http(status, "", body))).delete_pet("Ada").await.unwrap_err()
}

fn problem(title: &str) -> types::Problem {
    serde_json::from_value(serde_json::json!({ "title": title })).unwrap()
}

#[tokio::test]
async fn the_status_selects_the_variant() {
    let title = r#"{"title":"no"}"#;
    assert_eq!(delete("400 Bad", title).await.of::<errors::DeletePet>(), errors::DeletePet::BadRequest(problem("no")));
    assert_eq!(
        delete("503 Down", title).await.of::<errors::DeletePet>(),
        errors::DeletePet::ServerError(problem("no"))
    );
    // 404 is described without a body, so its range is.
    for status in ["404 None", "499 Odd"] {
        let read = delete(status, r#"{"pets":2}"#).await.of();
        assert!(matches!(read, errors::DeletePet::ClientError(conflict) if conflict.pets == 2), "{status}");
    }
    let read = delete("418 Tea", r#"{"tea":"green"}"#).await.of();
    assert!(matches!(read, errors::DeletePet::Status418(own) if own.tea == "green"));
    let read = delete("302 Found", r#"["a","b"]"#).await.of();
    assert!(matches!(read, errors::DeletePet::Default(list) if list == ["a", "b"]));
}

#[tokio::test]
async fn all_other_errors_are_other() {
    for (status, body) in [
        ("400 Bad", r#"{"pets":2}"#),
        ("400 Bad", ""),
        ("400 Bad", "<html>"),
        ("404 None", r#"{"title":"no"}"#),
        ("302 Found", r#"{"title":"no"}"#),
    ] {
        let error = delete(status, body).await;
        assert_eq!(error.of::<errors::DeletePet>(), errors::DeletePet::Other, "{status} {body}");
    }
    let long = format!(r#"{{"title":"{}"}}"#, "x".repeat(70_000));
    assert_eq!(delete("400 Bad", &long).await.of::<errors::DeletePet>(), errors::DeletePet::Other);
    // Not even the default response belongs to errors without one, or to a success that cannot be read.
    assert_eq!(Error::cancelled("[]").of::<errors::DeletePet>(), errors::DeletePet::Other);
    let undecodable = client(&RawServer::start(http("200 OK", "", r#"{"title":"no"}"#))).fetch_pet("Ada").await;
    assert_eq!(undecodable.unwrap_err().of::<errors::Get1>(), errors::Get1::Other);
}

#[tokio::test]
async fn operations_with_the_same_errors_share_an_enum() {
    let error = Error::from_status(StatusCode::NOT_FOUND, r#"{"title":"no"}"#);
    let read: errors::FetchPet = error.of();
    let same: errors::ReplacePet = read.clone();
    assert_eq!(same, errors::FetchPet::NotFound(problem("no")));
    // `get_1` and `get1` are one name in camel case.
    let numbered: errors::Get12 = error.of::<errors::Get1>();
    assert_eq!(numbered, errors::Get12::Default(problem("no")));
    // A schema may have the name that an enum of errors often has.
    assert!(types::FetchPetError::default().name.is_none());
}

#[tokio::test]
async fn an_error_that_may_be_null_or_a_redirect_with_content_has_a_variant() {
    let fail = async |status, body| {
        let server = RawServer::start(http(status, "", body));
        client(&server).fetch_photo("Ada").await.unwrap_err().of::<errors::FetchPhoto>()
    };
    assert_eq!(fail("404 None", "").await, errors::FetchPhoto::NotFound(None));
    let titled = fail("404 None", r#"{"title":"no"}"#).await;
    assert!(matches!(titled, errors::FetchPhoto::NotFound(Some(known)) if known.title.as_deref() == Some("no")));
    let moved = fail("307 Moved", r#"{"pets":1}"#).await;
    assert!(matches!(moved, errors::FetchPhoto::TemporaryRedirect(conflict) if conflict.pets == 1));
    // The document describes a text.
    assert_eq!(fail("400 Bad", "no").await, errors::FetchPhoto::Other);
}

#[tokio::test]
async fn not_modified_is_no_error() {
    let server = RawServer::start(http("304 Not Modified", "ETag: \"a\"\r\n", ""));
    let client = client(&server);
    let unmodified = client.fetch_pet("Ada").await.unwrap_err();
    assert!(unmodified.is_redirect() && unmodified.is_not_modified());
    assert!(unmodified.of::<errors::FetchPet>() == errors::FetchPet::Other);
    assert!(client.fetch_pet("Ada").await.modified().unwrap().is_none());
    // Where no success has content, 304 is one of them.
    let response = client.replace_pet("Ada").await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["etag"]), (304, &"\"a\"".parse().unwrap()));
    assert!(client.replace_pet("Ada").await.modified().unwrap().is_none());
    assert_eq!(client.look_at_pet("Ada").await.unwrap().status(), 304);
    // The document does not describe it here.
    assert!(client.delete_pet("Ada").await.unwrap_err().is_redirect());
    let server = RawServer::start(http("200 OK", "", r#"{"name":"Ada"}"#));
    let pet = self::client(&server).fetch_pet("Ada").await.modified().unwrap().unwrap();
    assert_eq!(pet.name, "Ada");
}

#[tokio::test]
async fn a_redirect_can_be_a_response() {
    let server = RawServer::start(http("302 Found", "Location: /elsewhere\r\nX-Request-Id: RQ1\r\n", "ignored"));
    let client = client(&server);
    let redirect = client.fetch_photo("Ada").await.or_redirect().unwrap().unwrap_err();
    assert_eq!((redirect.status().as_u16(), &redirect.headers()["location"]), (302, &"/elsewhere".parse().unwrap()));
    assert_eq!((redirect.request_id(), redirect.attempts()), (Some("RQ1"), 1));
    // A redirect does not show that anything was done.
    assert!(client.replace_pet("Ada").await.unwrap_err().is_redirect());
    assert_eq!(client.fetch_photo("Ada").await.modified().unwrap_err().status().unwrap(), 302);
    let server = RawServer::start(http("200 OK", "", r#"{"name":"Ada"}"#));
    assert_eq!(self::client(&server).fetch_pet("Ada").await.or_redirect().unwrap().unwrap().name, "Ada");
    let server = RawServer::start(http("500 Down", "", ""));
    assert!(self::client(&server).fetch_pet("Ada").await.or_redirect().unwrap_err().is_server_error());
}
