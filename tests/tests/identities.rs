//! A hundred thousand identities: each one arrives as exactly one path segment, or is refused.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use frontline::Client;
use percent_encoding::percent_decode_str;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

const IDENTITIES: usize = 100_000;
const TASKS: usize = 8;

/// Texts that are difficult for parsers of URLs, headers, and paths.
const PIECES: [&str; 48] = [
    ".",
    "..",
    "...",
    "/",
    "//",
    "\\",
    "%",
    "%2e",
    "%2E%2e",
    "%2f",
    "%5c",
    "%00",
    "%25",
    "%zz",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\r\nX: y\r\n\r\n",
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "ü",
    "𐍈",
    "e\u{301}",
    "?",
    "#",
    "&",
    "=",
    "+",
    " ",
    ";",
    ":",
    "@",
    "*",
    "'",
    "\"",
    "<>",
    "a",
    "ada@example.com",
];

/// Returns the n-th identity. The digits of the number select its pieces, so all short combinations occur.
fn identity(mut number: usize) -> String {
    let mut text = String::new();
    while number > 0 {
        number -= 1;
        text += PIECES[number % PIECES.len()];
        number /= PIECES.len();
    }
    text
}

/// Records the request line of each request on a connection, and answers the request.
async fn serve(stream: TcpStream, lines: Arc<Mutex<Vec<String>>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        lines.lock().unwrap().push(line);
        let mut header = String::new();
        while header != "\r\n" {
            header.clear();
            stream.read_line(&mut header).await.ok().filter(|read| *read > 0)?;
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await.ok()?;
    }
}

/// Returns the identity that a server reads from the request line: the only segment after `/v1/Users/`.
fn routed(line: &str) -> String {
    let path = line.strip_prefix("GET /v1/Users/").and_then(|rest| rest.strip_suffix(" HTTP/1.1\r\n"));
    let segment = path.unwrap_or_else(|| panic!("not the operation's: {line:?}"));
    assert!(segment.bytes().all(|byte| byte.is_ascii_graphic()), "{line:?}");
    assert!(!segment.contains(['/', '?', '#', '\\']), "{line:?}");
    // Servers that decode the path before they split it would see dot segments.
    let decoded = percent_decode_str(segment).decode_utf8().unwrap().into_owned();
    assert!(!["", ".", ".."].contains(&decoded.as_str()), "{line:?}");
    decoded
}

#[tokio::test(flavor = "multi_thread")]
async fn each_accepted_identity_is_one_path_segment() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let lines = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&lines);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&seen)));
        }
    });
    let client = Client::builder().base_url(url).basic_auth("AC1", "x").build().unwrap();
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let client = client.clone();
        tasks.spawn(async move {
            let (mut accepted, mut refused) = (Vec::new(), Vec::new());
            for identity in (task..IDENTITIES).step_by(TASKS).map(identity) {
                match client.fetch_user(&identity).await {
                    Ok(_) => accepted.push(identity),
                    Err(error) if error.is_invalid_argument() => refused.push(identity),
                    Err(error) => panic!("{identity:?}: {error:?}"),
                }
            }
            (accepted, refused)
        });
    }
    let (accepted, refused): (Vec<_>, Vec<_>) = tasks.join_all().await.into_iter().unzip();
    let (accepted, refused) = (accepted.concat(), refused.concat());
    assert_eq!(accepted.len() + refused.len(), IDENTITIES);
    // Only identities that no path can contain are refused.
    let refused: BTreeSet<&str> = refused.iter().map(String::as_str).collect();
    assert_eq!(refused, BTreeSet::from(["", ".", ".."]));
    let mut arrived: Vec<String> = lines.lock().unwrap().iter().map(|line| routed(line)).collect();
    let mut sent = accepted;
    arrived.sort();
    sent.sort();
    assert!(arrived == sent, "some identity arrived as another");
}
