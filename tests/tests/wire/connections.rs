//! Connections that are reused, and connections that must not be.

use std::time::Duration;

use frontline::{CallOptions, ClientBuilder, ErrorKind, Retry};
use frontline_tests::{RawServer, http};
use tokio::runtime::Handle;
use tokio::task::yield_now;

use crate::methods::Client;

fn builder(url: String) -> ClientBuilder<Client> {
    Client::builder().base_url(url).retry(Retry::never())
}

const WHOLE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"name\":\"x\"}";

/// Extra bytes after a response are discarded: the next call gets its own response.
#[tokio::test]
async fn a_response_is_never_mistaken_for_that_of_another_request() {
    let mine = r#"{"name":"mine"}"#;
    let others = "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"name\":\"others\"}";
    for first in [
        format!("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{{}}{others}"),
        format!("HTTP/1.1 204 None\r\nContent-Length: 80\r\n\r\n{others}"),
        format!("HTTP/1.1 304 Same\r\n\r\n{others}"),
    ] {
        let server = RawServer::start_with(move |connection| {
            connection.request()?;
            if connection.number == 0 {
                connection.write(&first)?;
                return connection.wait();
            }
            connection.write(http("200 OK", "", mine))
        });
        let client = builder(server.url()).build().unwrap();
        _ = client.delete_thing().await;
        assert_eq!(client.get_thing().await.unwrap().name.as_deref(), Some("mine"));
        assert_eq!(server.connections(), 2);
    }
    let server = RawServer::start_with(move |connection| {
        connection.request()?;
        if connection.number == 0 {
            connection.write(others)?;
            return connection.wait();
        }
        connection.write(http("200 OK", "", mine))
    });
    let client = builder(server.url()).build().unwrap();
    client.head_thing().await.unwrap();
    assert_eq!(client.get_thing().await.unwrap().name.as_deref(), Some("mine"));
}

/// The server closes connections that the client considers reusable.
#[tokio::test]
async fn a_stale_connection_is_replaced() {
    let server = RawServer::start_with(|connection| {
        connection.request()?;
        connection.write(WHOLE)
    });
    let client = builder(server.url()).build().unwrap();
    let client = client.with(CallOptions::new().retry(Retry::new().delays(Duration::ZERO, Duration::ZERO)));
    for _ in 0..200 {
        client.get_thing().await.unwrap();
    }
    assert!(server.requests().len() >= 200);
    // A request that may have arrived is not sent again. One that certainly has not arrived is.
    let before = server.requests().len();
    let mut broken = 0;
    for _ in 0..200 {
        if let Err(error) = client.post_thing().await {
            assert_eq!(
                (error.kind(), error.attempts(), error.maybe_sent()),
                (ErrorKind::Connection, 1, true),
                "{error:?}"
            );
            broken += 1;
        }
    }
    assert!((200 - broken..=200).contains(&(server.requests().len() - before)), "{broken}");
}

#[tokio::test]
async fn a_connection_is_reused_after_a_response_that_the_caller_does_not_need() {
    let server = RawServer::start_with(|connection| {
        // A receiver without messages serves as the clock.
        let (_sender, clock) = std::sync::mpsc::channel::<()>();
        loop {
            connection.request()?;
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n")?;
            _ = clock.recv_timeout(Duration::from_millis(2));
            connection.write("{\"name\":\"x\"}")?;
        }
    });
    let client = builder(server.url()).build().unwrap();
    for _ in 0..50 {
        client.delete_thing().await.unwrap();
    }
    // The next call may look for a connection just before the last one returns its own to the pool.
    assert!(server.connections() < 5, "{}", server.connections());
}

#[tokio::test]
async fn a_response_that_the_caller_does_not_need_is_not_awaited() {
    let stuck = RawServer::start_with(|connection| {
        connection.request()?;
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{")?;
        connection.wait()
    });
    let endless = RawServer::start_with(|connection| {
        connection.request()?;
        connection.write("HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            connection.write([b' '; 1024])?;
        }
    });
    for server in [stuck, endless] {
        let client = builder(server.url()).attempt_timeout(Duration::MAX).timeout(Duration::MAX).build().unwrap();
        for _ in 0..3 {
            client.delete_thing().await.unwrap();
        }
        assert_eq!(server.connections(), 3);
        // The limit of the call still applies.
        let limit = Duration::from_millis(20);
        client.with(CallOptions::new().timeout(limit)).delete_thing().await.unwrap();
    }
}

/// Makes two calls with a pause between them. Returns the number of connections.
async fn connections_after(pause: Duration, builder: fn(ClientBuilder<Client>) -> ClientBuilder<Client>) -> usize {
    let server = RawServer::start_with(|connection| {
        loop {
            connection.request()?;
            connection.write(WHOLE)?;
        }
    });
    let client = builder(self::builder(server.url())).build().unwrap();
    client.get_thing().await.unwrap();
    tokio::time::pause();
    tokio::time::advance(pause).await;
    tokio::time::resume();
    client.get_thing().await.unwrap();
    server.connections()
}

#[tokio::test]
async fn idle_connections_are_closed_before_load_balancers_close_them() {
    let second = Duration::from_secs(1);
    assert_eq!(connections_after(49 * second, |builder| builder).await, 1);
    assert_eq!(connections_after(51 * second, |builder| builder).await, 2);
    assert_eq!(connections_after(51 * second, |builder| builder.pool_idle_timeout(Duration::from_secs(60))).await, 1);
    assert_eq!(connections_after(2 * second, |builder| builder.pool_idle_timeout(Duration::from_secs(1))).await, 2);
}

/// hyper's task for idle connections must not panic, which nothing but its absence would show.
#[tokio::test]
async fn idle_connections_can_be_kept_for_any_time() {
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let server = RawServer::start_with(|connection| {
        loop {
            connection.request()?;
            connection.write(WHOLE)?;
        }
    });
    let mut running = Vec::new();
    for limit in [Duration::from_secs(50), Duration::MAX] {
        let client = builder(server.url()).pool_idle_timeout(limit).build().unwrap();
        for _ in 0..3 {
            client.get_thing().await.unwrap();
            for _ in 0..100 {
                yield_now().await;
            }
        }
        running.push(tasks());
        drop(client);
        while tasks() > 0 {
            yield_now().await;
        }
    }
    assert_eq!(running[0], running[1]);
}

/// This holds whatever content the document describes.
#[tokio::test]
async fn responses_without_content_are_not_read() {
    for status in ["204 No Content", "205 Reset Content"] {
        let server = RawServer::start(format!("HTTP/1.1 {status}\r\nConnection: close\r\n\r\n"));
        let client = builder(server.url()).build().unwrap();
        let put: frontline::Response<()> = client.put_thing().await.unwrap();
        assert!(status.starts_with(put.status().as_str()));
    }
    let server = RawServer::start("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n");
    let head: frontline::Response<()> = builder(server.url()).build().unwrap().head_thing().await.unwrap();
    assert_eq!(head.headers()["content-length"], "12");
}
