//! Concurrent calls, and calls that are dropped.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use frontline::{Client, Credential, CredentialsProvider, ProviderFuture, Retry, UpdateUserRequest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::task::{JoinSet, yield_now};

/// The request body of each update.
const FORM: &str = "IsAvailable=true";

/// Answers each request with the identity that it asks for, except the first request for each busy user, which gets a
/// 503.
struct Server {
    url: String,
    connections: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
    busy: Arc<Mutex<BTreeSet<String>>>,
}

impl Server {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { url, connections: Arc::default(), open: Arc::default(), busy: Arc::default() };
        let (connections, open) = (Arc::clone(&server.connections), Arc::clone(&server.open));
        let busy = Arc::clone(&server.busy);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                open.fetch_add(1, Ordering::SeqCst);
                let (open, busy) = (Arc::clone(&open), Arc::clone(&busy));
                tokio::spawn(async move {
                    // The client may close the connection at any time.
                    _ = serve(stream, &busy).await;
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        server
    }

    fn client(&self) -> Client {
        Client::builder().base_url(&self.url).basic_auth("AC1", "x").retry(Retry::never()).build().unwrap()
    }

    fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }
}

async fn serve(mut stream: TcpStream, busy: &Mutex<BTreeSet<String>>) -> std::io::Result<()> {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        let head = String::from_utf8(head).map_err(std::io::Error::other)?;
        let identity = head.split(' ').nth(1).and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        if head.starts_with("POST") {
            stream.read_exact(&mut [0; FORM.len()]).await?;
        }
        let is_busy = identity.starts_with("busy") && busy.lock().unwrap().insert(identity.to_owned());
        let status = if is_busy { "503 Busy" } else { "200 OK" };
        let body = format!(r#"{{"identity":"{identity}"}}"#);
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await?;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_tasks_get_their_own_responses() {
    let server = Server::start().await;
    let client = server.client();
    let mut tasks = JoinSet::new();
    for task in 0..1000 {
        let client = client.clone();
        tasks.spawn(async move {
            for call in 0..5 {
                let identity = format!("{task}-{call}");
                let user = client.fetch_user(&identity).await.unwrap();
                assert_eq!(user.identity.as_deref(), Some(identity.as_str()));
            }
        });
    }
    tasks.join_all().await;
    let connections = server.connections.load(Ordering::SeqCst);
    assert!(connections < 4000, "{connections} connections for 5000 calls");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_concurrency_limit_bounds_connections() {
    const LIMIT: usize = 8;
    let server = Server::start().await;
    let client = Client::builder().base_url(&server.url).basic_auth("AC1", "x").concurrency_limit(LIMIT);
    let client = client.build().unwrap();
    let mut tasks = JoinSet::new();
    for task in 0..2000 {
        let client = client.clone();
        tasks.spawn(async move { client.fetch_user(&task.to_string()).await.unwrap() });
    }
    tasks.join_all().await;
    // A call may look for a connection just before another one returns its own to the pool.
    let connections = server.connections.load(Ordering::SeqCst);
    println!("{connections} connections");
    assert!(connections <= 4 * LIMIT, "{connections} connections");
}

/// Polls a future a limited number of times, and then drops it.
struct Limited<F>(Pin<Box<F>>, usize);

impl<F: Future> Future for Limited<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.1 == 0 {
            return Poll::Ready(None);
        }
        self.1 -= 1;
        match self.0.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            // Nothing would wake this future for the poll that gives up.
            Poll::Pending if self.1 == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// Yields once before it returns credentials, which expire immediately.
struct Vault;

impl CredentialsProvider for Vault {
    fn credential(&self) -> ProviderFuture<'_> {
        Box::pin(async {
            yield_now().await;
            Ok(Credential::basic("SK1", "x").valid_for(Duration::ZERO))
        })
    }
}

/// Drops each call after one more poll than the previous call, until a call completes.
#[tokio::test]
async fn calls_can_be_dropped_at_every_await_point() {
    const GIVEN_UP: usize = 1000;
    let server = Server::start().await;
    let retry = Retry::new().delays(Duration::ZERO, Duration::ZERO).assume_idempotent();
    let builder = Client::builder().base_url(&server.url).credentials_provider(Vault).retry(retry);
    let client = builder.build().unwrap();
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let change = UpdateUserRequest::new().is_available(true);
    let (mut given_up, mut done, mut polls) = (0, 0, 1);
    while given_up < GIVEN_UP {
        let identity = format!("busy-{done}-{given_up}");
        let call = match done % 2 {
            0 => Limited(Box::pin(client.fetch_user(&identity)), polls).await,
            _ => Limited(Box::pin(client.update_user(&identity, &change)), polls).await,
        };
        match call {
            Some(user) => {
                assert_eq!(user.unwrap().attempts(), 2);
                (done, polls) = (done + 1, 1);
            }
            None => (given_up, polls) = (given_up + 1, polls + 1),
        }
    }
    println!("for {GIVEN_UP} calls that were given up, {done} came to their end");
    assert!((10..GIVEN_UP / 5).contains(&done), "{done}");
    // The next call works like the first one.
    assert_eq!(client.fetch_user("still").await.unwrap().identity.as_deref(), Some("still"));
    drop(client);
    // When the last client is dropped, its connections and their tasks end, also in the server.
    while server.open() > 0 {
        yield_now().await;
    }
    while tasks() > before {
        yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_can_be_dropped_while_it_waits_for_a_retry() {
    // No server listens, so the pause before the next attempt is the only thing that takes time.
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let retry = Retry::new().attempts(u32::MAX).delays(Duration::from_secs(1), Duration::from_secs(1));
    let client = Client::builder().base_url(format!("http://{unused}")).basic_auth("AC1", "x").retry(retry);
    let client = client.timeout(Duration::from_secs(3600)).build().unwrap();
    let tasks = || Handle::current().metrics().num_alive_tasks();
    for _ in 0..20 {
        let call = tokio::time::timeout(Duration::from_millis(1500), client.fetch_user("x")).await;
        assert!(call.is_err());
    }
    assert_eq!(tasks(), 0);
}

fn size_of_future<F: Future + Send + 'static>(future: &F) -> usize {
    size_of_val(future)
}

#[test]
fn clients_and_calls_are_send_and_small() {
    fn anywhere<T: Send + Sync + 'static>() {}
    anywhere::<Client>();
    anywhere::<frontline::ClientBuilder<Client>>();
    anywhere::<frontline::Error>();
    anywhere::<frontline::Response<frontline::User>>();
    anywhere::<frontline::CallOptions>();
    anywhere::<frontline::BlockingClient>();

    let client = Client::builder().base_url("http://127.0.0.1:1").basic_auth("AC1", "x").build().unwrap();
    let (one, other) = (client.clone(), client);
    let fetch = size_of_future(&async move { one.fetch_user("x").await });
    let update = size_of_future(&async move { other.update_user("x", &UpdateUserRequest::new()).await });
    println!("fetch_user: {fetch} bytes, update_user: {update} bytes");
    // Futures are moved on the stack, in debug builds several times.
    assert!(fetch < 8 << 10 && update < 8 << 10, "{fetch} and {update} bytes");
}

#[test]
fn nothing_happens_before_a_call_is_awaited() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = Client::builder().base_url(url).basic_auth("AC1", "x").build().unwrap();
    drop(Box::pin(client.fetch_user("x")));
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    // A call that is refused does not need a runtime either.
    let mut refused = pin!(client.fetch_user(".."));
    let polled = refused.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, Poll::Ready(Err(error)) if error.is_invalid_argument()));
}
