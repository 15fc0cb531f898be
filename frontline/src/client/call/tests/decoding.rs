//! Tests of the limits of decoding.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::*;
use crate::json::{DecodeError, FromJson, Node};

/// A middleware that answers with a JSON list of empty objects.
struct Objects(Bytes);

impl Objects {
    fn client(number: usize) -> Transport {
        let body = format!("[{}]", vec!["{}"; number].join(","));
        let builder = ClientBuilder::<Bare>::new().base_url("http://127.0.0.1:1").middleware(Self(body.into()));
        builder.retry(Retry::never()).build().unwrap().0
    }
}

impl Middleware for Objects {
    fn handle<'a>(&'a self, _: Attempt, _: Next<'a>) -> AttemptFuture<'a> {
        Box::pin(async { Ok(AttemptResponse::new(StatusCode::OK, HeaderMap::new(), self.0.clone())) })
    }
}

/// A struct of 512 bytes without required properties.
#[derive(Debug)]
struct Wide(#[expect(dead_code, reason = "only the size matters")] [u8; 512]);

impl FromJson for Wide {
    fn read_json(_: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        *place = Some(Self([0; 512]));
        Ok(())
    }
}

type Maps = Vec<BTreeMap<String, String>>;

#[tokio::test]
async fn decoding_ends_at_the_time_limit_of_the_call() {
    let client = Objects::client(5 << 20);
    let started = Instant::now();
    let options = CallOptions::new().timeout(Duration::from_millis(10));
    let error = client.with(options).send::<Maps>(Request::get("/")).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1), "{error:?}");
    assert_eq!(error.to_string(), "GET /: the response body was not decoded within the time limit");
    assert!(started.elapsed() < Duration::from_millis(500), "{:?}", started.elapsed());
}

#[tokio::test]
async fn the_values_of_a_response_may_take_16_times_the_limit_of_its_size() {
    let client = Objects::client(10_000);
    let with = |limit| client.with(CallOptions::new().max_response_bytes(limit));
    // 10,000 maps of 24 bytes, then structs of 512 bytes.
    assert_eq!(with(30_001).send::<Maps>(Request::get("/")).await.unwrap().len(), 10_000);
    let error = with(30_001).send::<Vec<Wide>>(Request::get("/")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge, "{error:?}");
    assert_eq!(error.to_string(), "GET /: the response body takes more than 480016 bytes of memory");
    assert_eq!(with(320_002).send::<Vec<Wide>>(Request::get("/")).await.unwrap().len(), 10_000);
}
