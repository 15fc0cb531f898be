//! Faults that a test asks for.

use std::time::Duration;

use super::*;

use frontline::Retry;
use frontline::testing::Fault;

const KIND: types::FetchPetKind = types::FetchPetKind::Cat;

async fn call(server: &server::Server<Shelter>) -> Result<Response<Pet>, Error> {
    server.client_builder().retry(Retry::never()).build().unwrap().fetch_pet(&KIND, "ada").await
}

#[tokio::test]
async fn each_fault_is_the_error_that_it_says() {
    let server = shelter().await;
    server.fail_next(Fault::status(StatusCode::SERVICE_UNAVAILABLE).retry_after(Duration::from_millis(1500)));
    let busy = call(&server).await.unwrap_err();
    assert_eq!((busy.status().unwrap().as_u16(), busy.retry_after()), (503, Some(Duration::from_secs(2))));
    server.fail_next(Fault::reset());
    assert!(call(&server).await.unwrap_err().is_connection());
    server.fail_next(Fault::reset_in_body());
    assert!(call(&server).await.unwrap_err().is_connection());
    server.fail_next(Fault::truncated());
    assert!(call(&server).await.unwrap_err().is_decode());
    server.fail_next(Fault::content_type("text/html".parse().unwrap()));
    assert_eq!(call(&server).await.unwrap().headers()["content-type"], "text/html");
    assert!(call(&server).await.is_ok());
}

#[tokio::test]
async fn a_fault_can_be_for_one_operation() {
    let server = shelter().await;
    server.fail_next_of("upload", Fault::status(StatusCode::PAYLOAD_TOO_LARGE));
    assert!(call(&server).await.is_ok());
    let client = server.client().unwrap();
    assert_eq!(client.upload(UploadRequest::new("x")).await.unwrap_err().status().unwrap(), 413);
    assert!(client.upload(UploadRequest::new("x")).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn retries_and_limits_are_tested_on_the_paused_clock() {
    let server = shelter().await;
    for _ in 0..2 {
        server.fail_next(Fault::status(StatusCode::TOO_MANY_REQUESTS).retry_after(Duration::from_secs(60)));
    }
    let start = tokio::time::Instant::now();
    let client = server.client_builder().timeout(Duration::from_secs(300)).build().unwrap();
    assert_eq!(client.fetch_pet(&KIND, "ada").await.unwrap().attempts(), 3);
    assert!(start.elapsed() >= Duration::from_secs(120));
    server.fail_next(Fault::delay(Duration::from_secs(600)));
    assert!(call(&server).await.unwrap_err().is_timeout());
}

#[tokio::test]
#[should_panic(expected = "the document has no operation `fetchPets`")]
async fn an_unknown_operation_is_told() {
    shelter().await.fail_next_of("fetchPets", Fault::reset());
}

/// The service has registered the name, although the client does not learn it.
#[tokio::test(start_paused = true)]
async fn a_late_answer_to_a_change_that_was_made_is_a_timeout() {
    let server = shelter().await;
    server.fail_next(Fault::delay(Duration::from_secs(600)));
    let client = server.client_builder().retry(Retry::never()).build().unwrap();
    let kinds = vec!["cat".to_owned()];
    let error = client.register(&kinds, &RegisterRequest::new("ada")).await.unwrap_err();
    assert!(error.is_timeout() && error.maybe_sent(), "{error:?}");
    assert_eq!(server.service().seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_fault_can_be_for_all_requests_from_then_on() {
    let server = shelter().await;
    server.fail_next_of("fetchPet", Fault::reset().always());
    for _ in 0..3 {
        assert!(call(&server).await.unwrap_err().is_connection());
    }
}

#[tokio::test]
#[should_panic(expected = "a fault for `fetchPet` was not used")]
async fn a_fault_that_no_request_meets_fails_the_test() {
    shelter().await.fail_next_of("fetchPet", Fault::reset());
}
