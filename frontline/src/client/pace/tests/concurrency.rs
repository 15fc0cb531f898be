//! Who goes first if the number of requests is limited.

use super::*;

#[tokio::test(start_paused = true)]
async fn retries_go_before_calls_that_wait_for_the_concurrency_limit() {
    let server = Server::new(|time, _| if time < 5 * MILLISECOND { 503 } else { 200 }, None);
    let retry = Retry::new().delays(Duration::ZERO, Duration::ZERO);
    let transport = server.builder().concurrency_limit(1).retry(retry).build().unwrap().0;
    let mut all = JoinSet::new();
    for _ in 0..20 {
        let transport = transport.clone();
        all.spawn(async move { transport.send_empty(Request::get("/")).await.unwrap().attempts() });
    }
    // The first call is refused. When its retry begins to wait, at most one other call is ahead, and one in progress.
    let mut attempts = Vec::new();
    while let Some(call) = all.join_next().await {
        attempts.push(call.unwrap());
    }
    assert!(attempts[..3].contains(&2), "{attempts:?}");
}
