//! Time limits of calls over TLS.

use std::sync::Arc;
use std::time::{Duration, Instant};

use frontline::{Client, ErrorKind, Retry};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio_rustls::TlsAcceptor;

use crate::server::{authority, config, head};

/// The server runs in threads of its own, and sends informational responses (1xx) faster than the client reads them.
#[test]
fn a_flood_of_informational_responses_delays_no_time_limit() {
    const LIMIT: Duration = Duration::from_millis(200);
    let ours = authority("ours");
    let runtime = |mut builder: Builder| builder.enable_all().build().unwrap();
    let servers = runtime(Builder::new_multi_thread());
    let listener = servers.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    servers.spawn(flood(listener, TlsAcceptor::from(Arc::new(config(&ours, "127.0.0.1", None)))));
    for clients in [Builder::new_current_thread(), Builder::new_multi_thread()].map(runtime) {
        let mut times = Vec::new();
        // On a busy machine single calls may take longer: only one of several has to be in time.
        while times.len() < 5 && times.iter().all(|time| *time >= LIMIT + Duration::from_millis(50)) {
            let client = Client::builder().base_url(&url).basic_auth("AC1", "secret").retry(Retry::never());
            let client = client.root_certificates(ours.pem()).timeout(LIMIT).build().unwrap();
            let started = Instant::now();
            let error = clients.block_on(client.fetch_user("x")).unwrap_err();
            times.push(started.elapsed());
            assert!(error.is_timeout() && error.maybe_sent(), "{error:?}");
        }
        assert!(times.iter().any(|time| *time < LIMIT + Duration::from_millis(50)), "{times:?}");
    }
    servers.shutdown_background();
}

/// Answers each request with informational responses until the client closes the connection.
async fn flood(listener: TcpListener, acceptor: TlsAcceptor) {
    while let Ok((stream, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let mut stream = acceptor.accept(stream).await.ok()?;
            head(&mut stream).await?;
            let informational = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1 << 16);
            while stream.write_all(informational.as_bytes()).await.is_ok() {}
            Some(())
        });
    }
}

/// A second call begins to connect, but then uses the connection of the first call.
#[tokio::test]
async fn a_call_that_gets_another_connection_while_it_connects_may_have_been_sent() {
    let ours = authority("ours");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let builder = Client::builder().base_url(url).basic_auth("AC1", "secret").root_certificates(ours.pem());
    let builder = builder.retry(Retry::never()).attempt_timeout(Duration::from_secs(1));
    let client = builder.build().unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config(&ours, "127.0.0.1", None)));
    let serve = async {
        let (stream, _) = listener.accept().await.unwrap();
        let mut first = acceptor.accept(stream).await.unwrap();
        head(&mut first).await.unwrap();
        // The second handshake gets no answer.
        let client = client.clone();
        let second = tokio::spawn(async move { client.fetch_user("x").await.unwrap_err() });
        let _handshake = listener.accept().await.unwrap();
        let found = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        first.write_all(found.as_bytes()).await.unwrap();
        head(&mut first).await.unwrap();
        second.await.unwrap()
    };
    let (found, error) = tokio::join!(client.fetch_user("x"), serve);
    found.unwrap();
    assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::Timeout, true), "{error:?}");
}
