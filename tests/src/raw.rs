//! A server below HTTP: it keeps the bytes of requests, and answers with bytes that the test makes up.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use socket2::SockRef;

/// Answers the one request of each connection with the same bytes, and closes the connection.
pub struct RawServer {
    address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<RawRequest>>,
}

/// A request as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRequest {
    /// The first line, without its line end.
    pub line: String,
    /// Names in lower case, and values; sorted.
    pub headers: Vec<(String, String)>,
    /// All behind the empty line, as far as `Content-Length` says, or what the chunks hold.
    pub body: String,
}

/// A response that says its length and that the connection ends.
#[must_use]
pub fn http(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

impl RawServer {
    /// Listens on a free port of 127.0.0.1 until the process ends.
    ///
    /// # Panics
    ///
    /// When there is no free port.
    #[must_use]
    pub fn start(response: impl Into<Vec<u8>>) -> Self {
        Self::start_script([response])
    }

    /// The same, with a response for each connection; the last one is for all further ones.
    ///
    /// # Panics
    ///
    /// When there is no free port.
    #[must_use]
    pub fn start_script<R: Into<Vec<u8>>>(responses: impl IntoIterator<Item = R>) -> Self {
        let responses: Vec<Vec<u8>> = responses.into_iter().map(Into::into).collect();
        Self::start_with(move |connection| {
            connection.request()?;
            let response = responses.get(connection.number).or(responses.last());
            response.map_or(Ok(()), |response| connection.write(response))
        })
    }

    /// The same, with `serve` for each connection, which ends the connection when it returns.
    ///
    /// # Panics
    ///
    /// When there is no free port.
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
                // The client may hang up at any time; what it makes of that is the test's business.
                thread::spawn(move || _ = serve(&mut connection));
            }
        });
        server
    }

    /// Such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Such as `127.0.0.1:40123`.
    #[must_use]
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// How many connections were accepted.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// The requests that came in whole, each recorded before it was answered.
    ///
    /// # Panics
    ///
    /// When the server did.
    #[must_use]
    pub fn requests(&self) -> Vec<RawRequest> {
        self.seen.requests.lock().expect("the server is sound").clone()
    }
}

/// A connection that a client has made.
pub struct Connection {
    stream: TcpStream,
    /// 0 for the first that the server accepted.
    pub number: usize,
    seen: Arc<Seen>,
}

impl Connection {
    /// Reads a request, and records it.
    ///
    /// # Errors
    ///
    /// When it does not come in whole.
    ///
    /// # Panics
    ///
    /// When the test did.
    pub fn request(&mut self) -> io::Result<()> {
        let request = read(&mut self.stream)?;
        self.seen.requests.lock().expect("the test is sound").push(request);
        Ok(())
    }

    /// Writes.
    ///
    /// # Errors
    ///
    /// When the client has hung up.
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())
    }

    /// Reads a request up to its body.
    ///
    /// # Errors
    ///
    /// When it does not come in.
    pub fn head(&mut self) -> io::Result<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.extend(exactly(&mut self.stream, 1)?);
        }
        Ok(())
    }

    /// Reads so many bytes, and forgets them.
    ///
    /// # Errors
    ///
    /// When they do not come in.
    pub fn discard(&mut self, bytes: u64) -> io::Result<()> {
        let read = io::copy(&mut Read::take(&mut self.stream, bytes), &mut io::sink())?;
        if read < bytes { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// Keeps the connection, and reads nothing more from it.
    ///
    /// # Errors
    ///
    /// None.
    pub fn park(&mut self) -> io::Result<()> {
        loop {
            thread::park();
        }
    }

    /// Waits for the client to hang up.
    ///
    /// # Errors
    ///
    /// When it does so with a reset.
    pub fn wait(&mut self) -> io::Result<()> {
        io::copy(&mut self.stream, &mut io::sink()).map(drop)
    }

    /// Has the end of the connection be a reset.
    ///
    /// # Errors
    ///
    /// When the system has no such thing.
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

/// RFC 9112, section 7.1, without extensions and trailers.
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
