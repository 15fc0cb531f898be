//! The Frontline API in memory, for tests without Twilio (feature `testing`).
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

/// The largest request body that is read, in bytes.
const MAX_REQUEST_BYTES: usize = 64 << 10;

/// An HTTP server on a free port of 127.0.0.1 that plays the Frontline API; it stops when it is dropped.
///
/// It asks for the basic credentials [`ACCOUNT_SID`](Self::ACCOUNT_SID) and [`AUTH_TOKEN`](Self::AUTH_TOKEN), finds
/// users by SID and by identity, and is stricter with forms than Twilio: what it does not know, it refuses. Errors
/// have Twilio's shape and codes: 400/20001, 401/20003, 404/20404, 405/20004. Every response has a
/// `Twilio-Request-Id`. It logs nothing.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    users: Arc<Users>,
    accepting: JoinHandle<()>,
}

impl Server {
    /// The account that the server knows.
    pub const ACCOUNT_SID: &str = api::ACCOUNT_SID;

    /// The auth token of that account.
    pub const AUTH_TOKEN: &str = api::AUTH_TOKEN;

    /// Starts a server without users, on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let users = Arc::new(Users::new(format!("http://{address}")));
        let accepting = tokio::spawn(accept(listener, Arc::clone(&users)));
        Ok(Self { address, users, accepting })
    }

    /// Adds an active, unavailable user with its identity as its name, and returns its SID.
    pub fn add_user(&self, identity: impl Into<String>) -> String {
        self.users.add(identity.into())
    }

    /// Where the server listens, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of this server.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::build`].
    pub fn client(&self) -> Result<Client, Error> {
        self.client_builder().build()
    }

    /// The builder of a client of this server, with its URL and the right credentials set.
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

/// Aborted, it takes the connections with it.
async fn accept(listener: TcpListener, users: Arc<Users>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(connections.spawn(serve(stream, Arc::clone(&users)))),
            // Out of file descriptors, or the peer is gone already.
            Err(_) => yield_now().await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, users: Arc<Users>) {
    let service = service_fn(|request| async { Ok::<_, Infallible>(answer(&users, request).await) });
    // A client may hang up whenever it likes.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(users: &Users, request: http::Request<Incoming>) -> Answer {
    let (head, body) = request.into_parts();
    match Limited::new(body, MAX_REQUEST_BYTES).collect().await {
        Ok(body) => api::answer(users, &head, &body.to_bytes()),
        Err(_) => api::invalid(users, "the body is too large, or broken"),
    }
}
