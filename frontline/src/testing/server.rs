//! The server: connections, and what a test sees and controls.

use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet, yield_now};

use super::connection::Connection;
use super::exchange::{Broken, Exchange, Outgoing};
use super::fault::Fault;
use super::received::Received;
use super::service::Serve;
use crate::client::{Api, ClientBuilder};
use crate::error::Error;

/// The maximum size of a request body, in bytes: 64 MiB.
const MAX_REQUEST_BYTES: usize = 64 << 20;

/// An HTTP/1.1 server on 127.0.0.1 for the client `C`, which answers with the service `S`. It stops when it is dropped.
///
/// Each request is checked against the document: parameters, types, listed values, limits, patterns, the media type, and
/// whether there are credentials of a kind that the operation accepts. Their values are not checked: for a refusal, use
/// `Fault::status(StatusCode::UNAUTHORIZED)`. A request that contradicts the document gets status 400, 401, 404, 405 or 415
/// with a reason that names the parameter, and does not reach the service. So does a body of more than 64 MiB, with status
/// 413.
///
/// # Panics
///
/// When the server is dropped, it panics if a request was unexpected: the document has no such operation, or the service
/// does not implement it, or panics. So the test that owns the server fails. [`take_unexpected`](Self::take_unexpected) prevents that.
/// It also panics if a fault was not used, unless it is for [`always`](Fault::always).
pub struct ServerOf<C, S: 'static> {
    address: SocketAddr,
    pub(super) exchange: Arc<Exchange<S>>,
    accepting: JoinHandle<()>,
    client: PhantomData<fn() -> C>,
}

impl<C: Serve<S>, S: Send + Sync + 'static> ServerOf<C, S> {
    /// Starts a server on the current tokio runtime, on any free port.
    ///
    /// # Errors
    ///
    /// Returns the error of the operating system if no port can be bound.
    pub async fn start(service: S) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let exchange = Arc::new(Exchange::new::<C>(service));
        let accepting = tokio::spawn(accept(listener, Arc::clone(&exchange)));
        Ok(Self { address, exchange, accepting, client: PhantomData })
    }
}

impl<C: Api, S: 'static> ServerOf<C, S> {
    /// The user name of the clients that the server creates.
    pub const USER: &str = "AC00000000000000000000000000000000";

    /// The password, token and API key of the clients that the server creates.
    pub const SECRET: &str = "secret-for-tests";

    /// Creates a client for this server, with default options.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClientBuilder::build`].
    pub fn client(&self) -> Result<C, Error> {
        self.client_builder().build()
    }

    /// Creates a builder for clients of this server. The base URL is set, and so are credentials for each security scheme.
    #[must_use]
    pub fn client_builder(&self) -> ClientBuilder<C> {
        let builder = ClientBuilder::new().base_url(self.url());
        let builder = builder.basic_auth(Self::USER, Self::SECRET).bearer_token(Self::SECRET);
        let keys = C::SCHEMES.iter().filter(|scheme| scheme.is_key());
        keys.fold(builder, |builder, key| builder.api_key(key.name, Self::SECRET))
    }
}

impl<C, S: 'static> ServerOf<C, S> {
    /// Returns the service that answers.
    #[must_use]
    pub fn service(&self) -> &S {
        &self.exchange.service
    }

    /// Returns the base URL of the server, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the requests that have arrived so far, in this order, including those that were refused.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.exchange.notes().requests.clone()
    }

    /// Applies a fault to the next request that no earlier fault is for.
    ///
    /// Each attempt of a call is a request, so a retry meets the next fault. For an outage, use [`Fault::always`].
    pub fn fail_next(&self, fault: Fault) {
        self.exchange.notes().faults.push((None, fault));
    }

    /// Applies a fault to the next request of an operation, which is named by its `operationId` in the document, as
    /// [`Received::operation`] is.
    ///
    /// # Panics
    ///
    /// Panics if the client has no operation with this id. The message lists those that it has.
    #[track_caller]
    pub fn fail_next_of(&self, operation: &str, fault: Fault) {
        let mut operations: Vec<&str> = self.exchange.contract.operations.iter().map(|known| known.name).collect();
        // An operation has several entries if it has several media types.
        operations.dedup();
        let known = operations.iter().find(|known| **known == operation).copied();
        assert!(known.is_some(), "the document has no operation `{operation}`, but `{}`", operations.join("`, `"));
        self.exchange.notes().faults.push((known, fault));
    }

    /// Returns what is unexpected about the requests so far, and forgets it: dropping the server no longer panics because of
    /// it.
    #[must_use]
    pub fn take_unexpected(&self) -> Vec<String> {
        std::mem::take(&mut self.exchange.notes().unexpected)
    }
}

impl<C, S: 'static> Drop for ServerOf<C, S> {
    fn drop(&mut self) {
        self.accepting.abort();
        let complaints = self.exchange.complaints();
        // A second panic would abort the process, and hide the first one.
        if !std::thread::panicking() {
            assert!(complaints.is_empty(), "the test server was used differently:\n- {}", complaints.join("\n- "));
        }
    }
}

/// Leaves out the service and the requests, which may contain personal data.
impl<C, S: 'static> fmt::Debug for ServerOf<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerOf").field("url", &self.url()).finish_non_exhaustive()
    }
}

/// Accepts connections. Aborting this task also closes them, because it owns the `JoinSet`.
async fn accept<S: Send + Sync + 'static>(listener: TcpListener, exchange: Arc<Exchange<S>>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(connections.spawn(serve(stream, Arc::clone(&exchange)))),
            // No file descriptors are left, or the peer has already disconnected.
            Err(_) => yield_now().await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve<S: Send + Sync + 'static>(stream: TcpStream, exchange: Arc<Exchange<S>>) {
    let resets = Arc::new(AtomicBool::new(false));
    let connection = Connection::new(stream, Arc::clone(&resets));
    let service = service_fn(|request| async {
        let answer = answer(&exchange, request).await;
        resets.store(answer.as_ref().map_or(true, |answer| answer.body().breaks()), Ordering::Relaxed);
        answer
    });
    // Errors are ignored: a client may disconnect at any time.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(connection), service).await;
}

async fn answer<S>(
    exchange: &Exchange<S>,
    request: http::Request<Incoming>,
) -> Result<http::Response<Outgoing>, Broken> {
    let (head, mut body) = request.into_parts();
    let (mut content, mut size) = (Vec::new(), 0);
    // What is too much is read too: a client that still sends does not see an answer.
    while let Some(frame) = body.frame().await {
        let data = frame.map_err(|_| Broken)?.into_data().unwrap_or_default();
        size += data.len();
        if size <= MAX_REQUEST_BYTES {
            content.extend_from_slice(&data);
        }
    }
    exchange.answer(&head, (size <= MAX_REQUEST_BYTES).then(|| content.into())).await
}
