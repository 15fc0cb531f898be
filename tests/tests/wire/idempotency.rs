//! Keys by which a service recognizes repeated requests.

use std::time::Duration;

use frontline::{Error, Response, Retry};
use frontline_tests::{RawServer, http};

use crate::header;

mod api {
    frontline::frontline_api!("specs/idempotency.yaml", warnings = false);
}

use api::types::{ChargeParams, PayParams, TransferParams};

fn client(server: &RawServer) -> api::Client {
    let retry = Retry::new().delays(Duration::ZERO, Duration::ZERO);
    api::Client::builder().base_url(server.url()).retry(retry).build().unwrap()
}

/// Returns the number of attempts of a call whose first attempt fails, and the header `name` of each.
async fn attempts(
    name: &str,
    call: impl AsyncFnOnce(api::Client) -> Result<Response<()>, Error>,
) -> (u32, Vec<Option<String>>) {
    let server = RawServer::start_script([http("503 Busy", "", ""), http("204 No Content", "", "")]);
    let attempts = match call(client(&server)).await {
        Ok(response) => response.attempts(),
        Err(error) => error.attempts(),
    };
    (attempts, server.requests().iter().map(|request| header(request, name)).collect())
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.as_bytes()[14] == b'4' && text.split('-').count() == 5
}

#[tokio::test]
async fn all_attempts_of_a_call_have_one_random_key() {
    let name = "idempotency-key";
    let (count, mut keys) = attempts(name, async |client| client.pay().await).await;
    let (_, more) = attempts(name, async |client| client.pay_with(&PayParams::new().dry(true)).await).await;
    assert_eq!((count, &keys[0], &more[0]), (2, &keys[1], &more[1]));
    keys.extend(more);
    assert!(keys.iter().flatten().filter(|key| is_uuid(key)).count() == 4 && keys[0] != keys[2], "{keys:?}");
    let (count, keys) = attempts("x-request-token", async |client| client.refund().await).await;
    assert!(count == 2 && keys[0] == keys[1] && is_uuid(keys[0].as_deref().unwrap()), "{keys:?}");
}

#[tokio::test]
async fn a_key_of_the_programs_own_is_sent() {
    let own = PayParams::new().idempotency_key("mine");
    let (_, keys) = attempts("idempotency-key", async |client| client.pay_with(&own).await).await;
    assert_eq!(keys, [Some("mine".to_owned()), Some("mine".to_owned())]);
    let own = ChargeParams::new("mine");
    let (count, keys) = attempts("x-request-token", async |client| client.charge(&own).await).await;
    assert_eq!((count, keys.len()), (2, 2));
}

#[tokio::test]
async fn calls_are_repeated_only_with_a_key_or_by_their_method() {
    let (count, keys) = attempts("idempotency-key", async |client| client.transfer().await).await;
    assert_eq!((count, keys), (1, vec![None]));
    let own = TransferParams::new().idempotency_key("t-1");
    let (count, _) = attempts("idempotency-key", async |client| client.transfer_with(&own).await).await;
    assert_eq!(count, 2);
    let (count, keys) = attempts("idempotency-key", async |client| client.set_transfer().await).await;
    assert_eq!((count, keys), (2, vec![None, None]));
}
