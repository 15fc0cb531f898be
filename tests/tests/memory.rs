//! The memory use of large bodies. The test measures the peak of the whole process, so this file has only one test.
#![cfg(target_os = "linux")]

use std::io::Write as _;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use frontline::{ByteStream, Client, ErrorKind, Retry};
use frontline_tests::{RawServer, http};

mod wire {
    // Some of its media types are never requested.
    frontline::frontline_api!("specs/wire.yaml", warnings = false);
}

const GIB: usize = 1 << 30;
const CHUNK: usize = 64 << 10;

/// Returns the peak memory use of the process in KiB.
fn high_water() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Answers with a head, and then repeats a chunk.
fn server(head: &'static str, chunk: Arc<[u8]>, times: usize) -> RawServer {
    RawServer::start_with(move |connection| {
        connection.request()?;
        connection.write(head)?;
        (0..times).try_for_each(|_| connection.write(&chunk))
    })
}

fn client(server: &RawServer) -> Client {
    let builder = Client::builder().base_url(server.url()).basic_auth("AC1", "x").max_response_bytes(1 << 20);
    builder.gzip().retry(Retry::never()).build().unwrap()
}

fn streaming(server: &RawServer) -> wire::Client {
    wire::Client::builder().base_url(server.url()).build().unwrap()
}

/// Returns 200 MB of spaces, compressed to a thousandth of their size.
fn bomb() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let spaces = vec![b' '; 1_000_000];
    (0..200).for_each(|_| encoder.write_all(&spaces).unwrap());
    encoder.finish().unwrap()
}

#[tokio::test]
async fn large_bodies_are_never_completely_in_memory() {
    let chunk: Arc<[u8]> = vec![b' '; CHUNK].into();
    let bomb: Arc<[u8]> = bomb().into();
    assert!((180_000..220_000).contains(&bomb.len()), "{}", bomb.len());
    let many = GIB / CHUNK;

    // Everything that is allocated only once is allocated before the measurement.
    client(&RawServer::start(http("200 OK", "", "{}"))).fetch_user("x").await.unwrap();
    let before = high_water();

    let counted = server("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n", Arc::clone(&chunk), many);
    assert_eq!(client(&counted).fetch_user("x").await.unwrap_err().kind(), ErrorKind::BodyTooLarge);

    let endless = server("HTTP/1.1 200 OK\r\n\r\n", Arc::clone(&chunk), many);
    assert_eq!(client(&endless).fetch_user("x").await.unwrap_err().kind(), ErrorKind::BodyTooLarge);

    let failed = server("HTTP/1.1 500 X\r\n\r\n", Arc::clone(&chunk), many);
    let error = client(&failed).fetch_user("x").await.unwrap_err();
    assert_eq!((error.kind(), error.body().map(<[u8]>::len)), (ErrorKind::Status, Some(64 << 10)));

    let packed = server("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", bomb, 1);
    assert_eq!(client(&packed).fetch_user("x").await.unwrap_err().kind(), ErrorKind::BodyTooLarge);

    let download = server("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n", chunk, many);
    let form = wire::types::UploadRequest::new("x");
    let mut body = streaming(&download).upload(form).await.unwrap().into_inner();
    let mut read = 0;
    while let Some(chunk) = body.next_chunk().await.unwrap() {
        read += chunk.len();
    }
    assert_eq!(read, GIB);

    let sink = RawServer::start_with(|connection| {
        connection.head()?;
        connection.discard(GIB as u64)?;
        connection.write(http("307 Elsewhere", "", ""))
    });
    let chunks = futures_util::stream::iter((0..many).map(|_| Ok::<_, std::io::Error>(vec![b' '; CHUNK])));
    streaming(&sink).put_bytes(ByteStream::new(chunks).of_length(GIB as u64)).await.unwrap();

    let grown = high_water() - before;
    assert!(grown < 8 << 10, "{grown} KiB");
}
