//! A server that records raw requests and answers with bytes that the test provides.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use socket2::SockRef;

/// A server that listens on a free port of 127.0.0.1 and records all requests.
pub struct RawServer {
    address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<RawRequest>>,
}

/// A recorded request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRequest {
    /// The request line, without its line end.
    pub line: String,
    /// The names, in lower case, and values of the headers, sorted.
    pub headers: Vec<(String, String)>,
    /// The body, whose length comes from `Content-Length` or from chunked transfer coding.
    pub body: String,
}

/// Returns a response with the headers `Content-Length` and `Connection: close`.
#[must_use]
pub fn http(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

impl RawServer {
    /// Starts a server that answers the first request of each connection with `response` and closes the connection.
    ///
    /// The server runs until the process ends.
    ///
    /// # Panics
    ///
    /// Panics if no port is free.
    #[must_use]
    pub fn start(response: impl Into<Vec<u8>>) -> Self {
        Self::start_script([response])
    }

    /// Starts a server with one response per connection. All further connections get the last response.
    ///
    /// # Panics
    ///
    /// Panics if no port is free.
    #[must_use]
    pub fn start_script<R: Into<Vec<u8>>>(responses: impl IntoIterator<Item = R>) -> Self {
        let responses: Vec<Vec<u8>> = responses.into_iter().map(Into::into).collect();
        Self::start_with(move |connection| {
            connection.request()?;
            let response = responses.get(connection.number).or(responses.last());
            response.map_or(Ok(()), |response| connection.write(response))
        })
    }

    /// Starts a server that calls `serve` for each connection, and closes the connection when `serve` returns.
    ///
    /// # Panics
    ///
    /// Panics if no port is free.
    #[must_use]
    pub fn start_with(serve: impl Fn(&mut Connection) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("the port that was bound");
        let seen = Arc::new(Seen::default());
        let server = Self { address, seen: Arc::clone(&seen) };
        let serve = Arc::new(serve);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let number = seen.connections.fetch_add(1, Ordering::SeqCst);
                let mut connection = Connection { stream, number, seen: Arc::clone(&seen) };
                let serve = Arc::clone(&serve);
                // The client may close the connection at any time, so an error here does not fail the test.
                thread::spawn(move || _ = serve(&mut connection));
            }
        });
        server
    }

    /// Returns the URL of the server, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the host and port of the server, such as `127.0.0.1:40123`.
    #[must_use]
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// Returns the number of accepted connections.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// Returns the complete requests. Each one is recorded before it is answered.
    ///
    /// # Panics
    ///
    /// Panics if a thread of the server has panicked.
    #[must_use]
    pub fn requests(&self) -> Vec<RawRequest> {
        self.seen.requests.lock().expect("no thread of the server has panicked").clone()
    }
}

/// A connection that a client has made.
pub struct Connection {
    stream: TcpStream,
    /// The number of the connection: 0 for the first one.
    pub number: usize,
    seen: Arc<Seen>,
}

impl Connection {
    /// Reads a request and records it.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is incomplete.
    ///
    /// # Panics
    ///
    /// Panics if a thread that holds the recorded requests has panicked.
    pub fn request(&mut self) -> io::Result<()> {
        let request = read(&mut self.stream)?;
        self.seen.requests.lock().expect("no thread has panicked").push(request);
        Ok(())
    }

    /// Writes bytes to the client.
    ///
    /// # Errors
    ///
    /// Returns an error if the client has closed the connection.
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())
    }

    /// Reads the request line and the headers of a request, but not the body.
    ///
    /// # Errors
    ///
    /// Returns an error if the headers are incomplete.
    pub fn head(&mut self) -> io::Result<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.extend(exactly(&mut self.stream, 1)?);
        }
        Ok(())
    }

    /// Reads and discards a number of bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if fewer bytes arrive.
    pub fn discard(&mut self, bytes: u64) -> io::Result<()> {
        let read = io::copy(&mut Read::take(&mut self.stream, bytes), &mut io::sink())?;
        if read < bytes { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// Keeps the connection open without reading from it. Never returns.
    ///
    /// # Errors
    ///
    /// Never fails. The return type fits the closures of [`RawServer::start_with`].
    pub fn park(&mut self) -> io::Result<()> {
        loop {
            thread::park();
        }
    }

    /// Waits until the client closes the connection.
    ///
    /// # Errors
    ///
    /// Returns an error if the client resets the connection.
    pub fn wait(&mut self) -> io::Result<()> {
        io::copy(&mut self.stream, &mut io::sink()).map(drop)
    }

    /// Makes the server reset the connection (TCP RST) when it closes it.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system does not support this.
    pub fn reset(&mut self) -> io::Result<()> {
        SockRef::from(&self.stream).set_linger(Some(Duration::ZERO))
    }
}

fn read(stream: &mut impl Read) -> io::Result<RawRequest> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        bytes.extend(byte);
    }
    let head = text(bytes)?;
    let mut lines = head.trim_end().split("\r\n");
    let line = lines.next().unwrap_or_default().to_owned();
    let mut headers: Vec<_> = lines
        .filter_map(|header| header.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    headers.sort();
    let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let body = match header("content-length").and_then(|length| length.parse().ok()) {
        Some(length) => exactly(stream, length)?,
        None if header("transfer-encoding") == Some("chunked") => chunks(stream)?,
        None => Vec::new(),
    };
    Ok(RawRequest { line, headers, body: text(body)? })
}

fn exactly(stream: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads chunked transfer coding (RFC 9112, section 7.1) without extensions and trailers.
fn chunks(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut size = Vec::new();
        while !size.ends_with(b"\r\n") {
            size.extend(exactly(stream, 1)?);
        }
        let length = usize::from_str_radix(text(size)?.trim_end(), 16).map_err(io::Error::other)?;
        body.extend(exactly(stream, length)?);
        exactly(stream, 2)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(io::Error::other)
}
