//! An in-memory version of the Frontline API, for tests that do not use Twilio (feature `testing`).
//!
//! Start a [`Server`], add users, and use the client that the server creates:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = frontline::testing::Server::start().await?;
//! let sid = server.add_user("ada@example.com");
//!
//! let user = server.client()?.fetch_user("ada@example.com").await?;
//! assert_eq!(user.sid, Some(sid));
//! # Ok(())
//! # }
//! ```
// May use `client` and `error`.

mod api;
mod users;

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet, yield_now};

use crate::{Client, ClientBuilder, Error};
use api::Answer;
use users::Users;

/// The maximum size of a request body, in bytes.
const MAX_REQUEST_BYTES: usize = 64 << 10;

/// An HTTP server that implements the Frontline API for tests, on a free port of 127.0.0.1.
///
/// It keeps its users in memory and stops when it is dropped. It writes no logs.
///
/// - Requests need basic authentication with [`ACCOUNT_SID`](Self::ACCOUNT_SID) and [`AUTH_TOKEN`](Self::AUTH_TOKEN).
/// - Users are found by SID and by identity.
/// - Form parameters are checked more strictly than by Twilio: unknown or repeated parameters and invalid values are
///   errors. A request body may have up to 64 KiB.
/// - Every response has the header `Twilio-Request-Id`.
/// - Errors have the format and the codes of Twilio:
///
/// | status | code | reason |
/// |---|---|---|
/// | 400 | 20001 | the request body is invalid |
/// | 401 | 20003 | the credentials are missing or wrong |
/// | 404 | 20404 | no user has this SID or identity, or the path is unknown |
/// | 405 | 20004 | the method is neither GET nor POST |
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use frontline::UpdateUserRequest;
/// use frontline::testing::Server;
///
/// let server = Server::start().await?;
/// server.add_user("ada@example.com");
/// let client = server.client()?;
///
/// client.update_user("ada@example.com", &UpdateUserRequest::new().is_available(true)).await?;
/// assert_eq!(client.fetch_user("ada@example.com").await?.is_available, Some(true));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    users: Arc<Users>,
    accepting: JoinHandle<()>,
}

impl Server {
    /// The Account SID that the server accepts.
    pub const ACCOUNT_SID: &str = api::ACCOUNT_SID;

    /// The auth token that the server accepts.
    pub const AUTH_TOKEN: &str = api::AUTH_TOKEN;

    /// Starts a server without users on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// Returns the error of the operating system if no port can be bound.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let users = Arc::new(Users::new(format!("http://{address}")));
        let accepting = tokio::spawn(accept(listener, Arc::clone(&users)));
        Ok(Self { address, users, accepting })
    }

    /// Adds a user and returns its SID.
    ///
    /// The user is active and unavailable. Its friendly name is `identity`, and its avatar is empty.
    pub fn add_user(&self, identity: impl Into<String>) -> String {
        self.users.add(identity.into())
    }

    /// Returns the base URL of the server, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Creates a client for this server, with default options.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClientBuilder::build`].
    pub fn client(&self) -> Result<Client, Error> {
        self.client_builder().build()
    }

    /// Creates a builder for clients of this server, with the base URL and the credentials set.
    #[must_use]
    pub fn client_builder(&self) -> ClientBuilder<Client> {
        Client::builder().base_url(self.url()).basic_auth(Self::ACCOUNT_SID, Self::AUTH_TOKEN)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Accepts connections. Aborting this task also closes them, because it owns the `JoinSet`.
async fn accept(listener: TcpListener, users: Arc<Users>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(connections.spawn(serve(stream, Arc::clone(&users)))),
            // No file descriptors are left, or the peer has already disconnected.
            Err(_) => yield_now().await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, users: Arc<Users>) {
    let service = service_fn(|request| async { Ok::<_, Infallible>(answer(&users, request).await) });
    // Errors are ignored: a client may disconnect at any time.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(users: &Users, request: http::Request<Incoming>) -> Answer {
    let (head, body) = request.into_parts();
    match Limited::new(body, MAX_REQUEST_BYTES).collect().await {
        Ok(body) => api::answer(users, &head, &body.to_bytes()),
        Err(_) => api::invalid(users, "the body is too large or incomplete"),
    }
}
