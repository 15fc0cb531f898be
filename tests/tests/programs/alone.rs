//! A program whose only dependencies are `frontline` and tokio. It uses each crate that `frontline` re-exports.

use frontline::chrono::{NaiveDate, TimeDelta};
use frontline::futures_core::Stream;
use frontline::http::{HeaderName, HeaderValue, StatusCode};
use frontline::serde::Deserialize;
use frontline::{ByteStream, DateTime, Error, JsonLines, Response, bytes, serde_json, uuid};

mod api {
    frontline::frontline_api!("specs/errors.yaml", warnings = false);
}

use api::{Client, errors};

/// A type of the program's own, read from an error.
#[derive(Deserialize)]
#[serde(crate = "frontline::serde")]
struct Reason {
    title: String,
}

fn is_stream<T: Stream>(_: &T) {}

fn streams(items: &JsonLines<serde_json::Value>, chunks: &ByteStream) {
    is_stream(items);
    is_stream(chunks);
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let yesterday = DateTime::from(*DateTime::now() - TimeDelta::days(1));
    assert!(yesterday.date_naive() > NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default());
    let _ = (uuid::Uuid::nil(), streams as fn(&_, &_));
    let body = bytes::Bytes::from_static(br#"{"title":"no"}"#);
    let error = Error::from_status(StatusCode::NOT_FOUND, body)
        .with_header(HeaderName::from_static("x-request-id"), HeaderValue::from_static("RQ1"));
    assert!(matches!(error.of(), errors::FetchPet::NotFound(problem) if problem.title == "no"));
    assert!(error.body_as::<Reason>().is_some_and(|reason| reason.is_ok_and(|reason| reason.title == "no")));
    assert_eq!(*Response::new(serde_json::json!(1)), 1);
    let client = Client::builder().base_url("http://127.0.0.1:9").retry(frontline::Retry::never()).build()?;
    assert!(client.fetch_pet("Ada").await.is_err_and(|error| error.is_not_sent()));
    Ok(())
}
