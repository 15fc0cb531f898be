//! Many calls at once, and calls that are given up.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use frontline::{Client, Retry, UpdateUserRequest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::task::{JoinSet, yield_now};

/// Answers each request on each connection with the identity that was asked for.
struct Server {
    url: String,
    connections: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
}

impl Server {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { url, connections: Arc::default(), open: Arc::default() };
        let (connections, open) = (Arc::clone(&server.connections), Arc::clone(&server.open));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                open.fetch_add(1, Ordering::SeqCst);
                let open = Arc::clone(&open);
                tokio::spawn(async move {
                    // A client may hang up whenever it likes.
                    _ = serve(stream).await;
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

async fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        let head = String::from_utf8(head).map_err(std::io::Error::other)?;
        let path = head.split(' ').nth(1).unwrap_or_default();
        let body = format!(r#"{{"identity":"{}"}}"#, path.rsplit('/').next().unwrap_or_default());
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await?;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_tasks_get_their_own_answers() {
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

/// Polls so often, and then gives up.
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
            // Without a further poll nobody would be woken to give up.
            Poll::Pending if self.1 == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// As often as the whole call would need to be polled, and more.
const POLLS: usize = 8;

#[tokio::test]
async fn calls_can_be_given_up_at_any_point() {
    let server = Server::start().await;
    let client = server.client();
    let tasks = || Handle::current().metrics().num_alive_tasks();
    client.fetch_user("warm").await.unwrap();
    let before = tasks();
    let mut given_up = 0;
    for round in 0..1000 {
        let change = UpdateUserRequest::new().is_available(true);
        let polls = 1 + round % POLLS;
        let done = match round % 2 {
            0 => Limited(Box::pin(client.fetch_user("x")), polls).await.map(drop),
            _ => Limited(Box::pin(client.update_user("x", &change)), polls).await.map(drop),
        };
        given_up += usize::from(done.is_none());
    }
    assert!((100..1000).contains(&given_up), "{given_up} of 1000 were given up");
    // The next call is as good as the first.
    assert_eq!(client.fetch_user("still").await.unwrap().identity.as_deref(), Some("still"));
    drop(client);
    // With its last client, connections and their tasks end: those of the server too.
    while server.open() > 0 {
        yield_now().await;
    }
    while tasks() > before {
        yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_waits_for_its_next_attempt_can_be_given_up() {
    // Nobody listens: the time before the next attempt is all that takes any.
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
fn clients_and_calls_go_anywhere() {
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
    // They are moved about on the stack, in debug builds several times over.
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
    // What is refused needs no runtime either.
    let mut refused = pin!(client.fetch_user(".."));
    let polled = refused.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, Poll::Ready(Err(error)) if error.is_invalid_argument()));
}
