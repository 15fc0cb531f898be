//! A server that records what goes over its connections.

use std::io::{BufRead, BufReader, Error, Read, Result, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::Value;

/// A request or a response.
#[derive(Clone, Default)]
pub struct Message {
    /// The first line and the headers, with the empty line after them.
    pub head: Vec<u8>,
    /// The body, without a transfer coding.
    pub body: Vec<u8>,
}

type Log = Arc<Mutex<Vec<(Message, Message)>>>;

/// A server, and the requests that it has got, each with its response.
pub struct Wire {
    address: SocketAddr,
    log: Log,
}

impl Wire {
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns what was recorded, and forgets it.
    pub fn take(&self) -> Vec<(Message, Message)> {
        std::mem::take(&mut *self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Starts a server that runs until the process ends.
pub fn serve(answer: impl Fn(&Message) -> Message + Send + Sync + 'static) -> Wire {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = listener.local_addr().expect("the port that was bound");
    let log = Log::default();
    let wire = Wire { address, log: Arc::clone(&log) };
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
            // A client may close its connection at any time.
            thread::spawn(move || _ = converse(&stream, &log, &*answer));
        }
    });
    wire
}

fn converse(mut stream: &TcpStream, log: &Log, answer: &impl Fn(&Message) -> Message) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let request = Message::read(&mut reader, false)?;
        let response = answer(&request);
        log.lock().unwrap_or_else(PoisonError::into_inner).push((request.clone(), response.clone()));
        stream.write_all(&[&response.head[..], if request.is("HEAD") { b"" } else { &response.body }].concat())?;
    }
}

/// Sends a request to a server, and returns its response.
pub fn forward(server: &str, request: &Message) -> Message {
    let exchange = || -> Result<Message> {
        let mut stream = TcpStream::connect(server)?;
        stream.write_all(&[&request.head[..], &request.body].concat())?;
        Message::read(&mut BufReader::new(&stream), request.is("HEAD"))
    };
    exchange().unwrap_or_else(|error| Message {
        head: b"HTTP/1.1 599 Broken\r\nContent-Length: 0\r\n\r\n".to_vec(),
        body: error.to_string().into_bytes(),
    })
}

impl Message {
    /// Makes a response from its status, its media type and its body.
    pub fn response(value: &Value) -> Self {
        let body: Vec<u8> =
            value["body"].as_str().unwrap_or_default().chars().filter_map(|c| u8::try_from(c).ok()).collect();
        let media = value["media"].as_str().map(|media| format!("Content-Type: {media}\r\n")).unwrap_or_default();
        let status = value["status"].as_u64().unwrap_or(200);
        let length = if status == 204 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        Self { head: format!("HTTP/1.1 {status} It\r\n{media}{length}\r\n").into_bytes(), body }
    }

    fn read(reader: &mut impl BufRead, is_bodiless: bool) -> Result<Self> {
        let mut message = Self::default();
        while !message.head.ends_with(b"\r\n\r\n") {
            if reader.read_until(b'\n', &mut message.head)? == 0 {
                return Err(Error::other("the connection was closed"));
            }
        }
        let length = message.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if message.header("transfer-encoding").is_some() {
            message.body = chunks(reader)?;
            message.end_transfer_coding();
        } else if !is_bodiless {
            reader.take(length).read_to_end(&mut message.body)?;
        }
        Ok(message)
    }

    /// Replaces the header `Transfer-Encoding`, because the body has none any more.
    fn end_transfer_coding(&mut self) {
        let head: String = self.head.iter().copied().map(char::from).collect();
        let length = format!("content-length: {}", self.body.len());
        let is_coding = |line: &str| line.to_ascii_lowercase().starts_with("transfer-encoding:");
        let lines = head.split("\r\n").map(|line| if is_coding(line) { length.as_str() } else { line });
        let head = lines.collect::<Vec<_>>().join("\r\n");
        self.head = head.chars().filter_map(|c| u8::try_from(c).ok()).collect();
    }

    fn is(&self, method: &str) -> bool {
        self.head.starts_with(method.as_bytes())
    }

    fn header(&self, name: &str) -> Option<String> {
        let head = String::from_utf8_lossy(&self.head).into_owned();
        let mut headers = head.lines().filter_map(|line| line.split_once(':'));
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_owned())
    }

    /// Returns the message with a character for each byte (Latin-1).
    pub fn text(&self) -> String {
        self.head.iter().chain(&self.body).copied().map(char::from).collect()
    }
}

/// Reads chunked transfer coding (RFC 9112, section 7.1) without extensions and trailers.
fn chunks(reader: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        reader.read_line(&mut size)?;
        let length = u64::from_str_radix(size.trim_end(), 16).map_err(Error::other)?;
        reader.take(length).read_to_end(&mut body)?;
        reader.read_line(&mut String::new())?;
        if length == 0 {
            return Ok(body);
        }
    }
}
