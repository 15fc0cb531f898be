//! Requests that contradict the document.

use super::*;

use frontline::{Attempt, AttemptFuture, Middleware, Next};

/// Sends attempts to another path or without a header.
struct Changed(fn(&mut Attempt));

impl Middleware for Changed {
    fn handle<'a>(&'a self, mut attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a> {
        (self.0)(&mut attempt);
        next.run(attempt)
    }
}

fn told(error: &Error, status: u16, why: &str) {
    assert_eq!(error.status().unwrap(), status, "{error:?}");
    assert_eq!(error.message(), Some(why));
}

#[tokio::test]
async fn each_argument_is_checked() {
    let server = shelter().await;
    let client = server.client().unwrap();
    let fetch = |name: &'static str, params: FetchPetParams| {
        let client = client.clone();
        async move { client.fetch_pet_with(&types::FetchPetKind::Cat, name, &params).await.unwrap_err() }
    };
    let long = fetch("123456789", FetchPetParams::new()).await;
    told(&long, 400, "the path parameter `name` contradicts its schema: value is longer than 8 characters");
    let many = fetch("a", FetchPetParams::new().limit(101)).await;
    told(&many, 400, "the query parameter `limit` contradicts its schema: value is greater than the maximum of 100");
    let odd = fetch("a", FetchPetParams::new().x_trace("secret!")).await;
    assert!(odd.message().unwrap().starts_with("the header parameter `X-Trace` contradicts its schema"), "{odd:?}");
    assert!(!odd.message().unwrap().contains("secret"));
    let tags = FetchPetParams::new().tags(vec![String::new(), "b".into(), "c".into(), "d".into()]);
    assert!(fetch("a", tags).await.message().unwrap().contains("`tags`"));
    let kind = client.fetch_pet(&types::FetchPetKind::from("fish"), "a").await.unwrap_err();
    assert!(kind.message().unwrap().contains("the path parameter `kind`"), "{kind:?}");
    let old = client.replace_pet(&types::FetchPetKind::Cat, "a", &Pet::new("a").age(100)).await.unwrap_err();
    told(&old, 400, "the body contradicts its schema: /age: value is greater than the maximum of 99");
    let part = client.upload(UploadRequest::new("x").title("too long")).await.unwrap_err();
    assert!(part.message().unwrap().starts_with("the part `title` of the body"), "{part:?}");
    assert!(server.service().seen.lock().unwrap().is_empty());
    assert_eq!(server.requests().len(), 7);
}

#[tokio::test]
async fn credentials_must_be_there() {
    let server = shelter().await;
    let stranger = server.client_builder().middleware(Changed(|attempt| {
        attempt.headers_mut().remove("x-key");
        attempt.headers_mut().remove("authorization");
    }));
    let error = stranger.build().unwrap().fetch_pet(&types::FetchPetKind::Cat, "a").await.unwrap_err();
    told(&error, 401, "the request needs an API key in the header `X-Key`, or a bearer token");
}

#[tokio::test]
async fn the_media_type_must_be_described() {
    let server = shelter().await;
    let other = server.client_builder().middleware(Changed(|attempt| {
        attempt.headers_mut().insert("content-type", "application/xml".parse().unwrap());
    }));
    let error = other.build().unwrap().replace_pet(&types::FetchPetKind::Cat, "a", &Pet::new("a")).await.unwrap_err();
    told(&error, 415, "the `Content-Type` of the body is none of `application/json`");
}

#[tokio::test]
async fn an_operation_without_a_method_fails_the_test() {
    let server = shelter().await;
    let error = server.client().unwrap().delete_pet(&types::FetchPetKind::Cat, "a").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 501);
    assert_eq!(server.take_unexpected(), ["DELETE request: the service does not implement `deletePet`"]);
}

#[tokio::test]
#[should_panic(expected = "the service does not implement `deletePet`")]
async fn a_dropped_server_tells_what_was_unexpected() {
    let server = shelter().await;
    let _ = server.client().unwrap().delete_pet(&types::FetchPetKind::Cat, "a").await;
}
